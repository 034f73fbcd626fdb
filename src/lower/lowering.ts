/**
 * The context of lowering one unit: dispatch on the kind of form, and what all special forms share. A special form is
 * checked here completely, so everything after this stage can trust the shapes.
 */
import { placed, type Position } from "../core/mod.ts";
import {
  arityError,
  arityText,
  type Condition,
  EMPTY,
  evalError,
  type Example,
  intern,
  lengthOf,
  List,
  repr,
  SortedMap,
  Sym,
  toArray,
  typeError,
  typeName,
  usageOf,
  type Value,
  Vector,
} from "../data/mod.ts";
import type { Positions } from "../reader/mod.ts";
import { constant, type Named, primitive, reference, sequence } from "./named.ts";

/** How deep forms may nest; beyond it a program gets an error instead of exhausting the host's stack. */
const DEPTH_LIMIT = 1000;

/** One special form: its shape, and what it means. */
export interface SpecialForm {
  /** The name in error messages. */
  readonly label: string;
  readonly min: number;
  readonly max: number;
  /** Lowers `form`, a list with the form's name in front and a fitting number of arguments. */
  readonly lower: (form: FormContext) => Named;
  /** One sentence that begins with the shape of the form. */
  readonly doc: string;
  readonly examples: readonly Example[];
}

/** Lowers the forms of one unit. */
export class Lowering {
  readonly positions: Positions;
  /** Makes a fresh symbol for `prefix#` in a template. */
  readonly gensym: (prefix: string) => Sym;
  readonly #forms: ReadonlyMap<string, SpecialForm>;
  /** Where the innermost form around stands: names that have lost their own place stand there. */
  #around: Position | null = null;
  #temporaries = 0;
  #depth = 0;

  constructor(positions: Positions, gensym: (prefix: string) => Sym, forms: ReadonlyMap<string, SpecialForm>) {
    this.positions = positions;
    this.gensym = gensym;
    this.#forms = forms;
  }

  /** A name that no program can write. */
  temporary(): Sym {
    return intern(` ${++this.#temporaries}`);
  }

  /** Lowers one form. */
  lower(form: Value, position: Position | null = null): Named {
    if (form instanceof List) return this.#list(form);
    if (form instanceof Sym) return reference(form, position ?? this.#around);
    if (form instanceof Vector) {
      return this.#literal(form, "vector", form.items);
    }
    if (form instanceof SortedMap) {
      return this.#literal(form, "map", [...form].flat());
    }
    return constant(form);
  }

  /** Lowers the first form of a non-empty `cell`, with its place when it is a symbol. */
  first(cell: List): Named {
    const form = cell.first;
    return form instanceof Sym ? reference(form, this.positions.ofFirst(cell) ?? this.#around) : this.lower(form);
  }

  /** Lowers all forms of a list. */
  all(list: List): Named[] {
    const result: Named[] = [];
    for (let cell = list; cell !== EMPTY; cell = cell.rest) result.push(this.first(cell));
    return result;
  }

  /** Lowers the forms of a list as a sequence. */
  body(list: List): Named {
    return sequence(this.all(list));
  }

  /** Lowers the forms of a list as the body of a new scope. */
  block(list: List): Named {
    return { kind: "block", body: this.body(list) };
  }

  #literal(form: Value, operation: "vector" | "map", forms: readonly Value[]): Named {
    const position = this.positions.of(form);
    const parts = forms.map((part) => this.lower(part, position));
    // Vectors and maps are immutable, so one whose parts are constants of their own form can be shared.
    if (parts.every((part, index) => part.kind === "const" && part.value === forms[index])) return constant(form);
    return primitive(operation, parts, position);
  }

  #list(form: List): Named {
    if (form === EMPTY) return constant(null);
    if (++this.#depth > DEPTH_LIMIT) {
      throw placed(evalError("maximum lowering depth exceeded"), "<lambda>", this.positions.of(form));
    }
    const around = this.#around;
    this.#around = this.positions.of(form) ?? around;
    const head = form.first;
    const special = head instanceof Sym ? this.#forms.get(head.name) : undefined;
    let result: Named;
    if (special === undefined) {
      const callee = this.first(form);
      const args = this.all(form.rest);
      const position = this.positions.of(form);
      result = { kind: "call", callee, args, position };
    } else {
      const context = new FormContext(this, special, form);
      context.checkCount(special.min, special.max);
      result = special.lower(context);
    }
    this.#around = around;
    this.#depth--;
    return result;
  }
}

/** One special form being lowered. */
export class FormContext {
  readonly lowering: Lowering;
  readonly label: string;
  readonly form: List;
  readonly position: Position | null;
  readonly #doc: string;

  constructor(
    lowering: Lowering,
    { label, doc }: Pick<SpecialForm, "label" | "doc">,
    form: List,
    position: Position | null = lowering.positions.of(form),
  ) {
    this.lowering = lowering;
    this.label = label;
    this.form = form;
    this.position = position;
    this.#doc = doc;
  }

  /** The arguments as a list. */
  get rest(): List {
    return this.form.rest;
  }

  /** Argument `index` (0-based). */
  argument(index: number): Value {
    return this.cell(index).first;
  }

  /** The cell of argument `index`. */
  cell(index: number): List {
    let cell = this.form.rest;
    for (let i = 0; i < index; i++) cell = cell.rest;
    return cell;
  }

  /** Lowers argument `index`. */
  lower(index: number): Named {
    return this.lowering.first(this.cell(index));
  }

  /** The same form under another name in messages. */
  named(label: string): FormContext {
    return new FormContext(this.lowering, { label, doc: this.#doc }, this.form, this.position);
  }

  /** A form inside this one that is checked like a special form, at the place of this one. */
  inner(label: string, form: List): FormContext {
    return new FormContext(this.lowering, { label, doc: this.#doc }, form, this.position);
  }

  /** Throws the arity error of this form unless it has `min` to `max` arguments. */
  checkCount(min: number, max: number): void {
    const count = lengthOf(this.form) - 1;
    if (count >= min && count <= max) return;
    throw this.#at(arityError(this.label, arityText(min, max, max !== Infinity), count, this.#usage()));
  }

  /**
   * An error of this form with a text of its own. It stands at the first of the `parts` that has a place, the innermost
   * one to blame first, or else at the form.
   */
  failure(message: string, hint: string = this.#usage(), ...parts: readonly Value[]): Condition {
    return this.#at(evalError(message, hint), parts);
  }

  /** The error for a part of this form that has the wrong type. */
  wrongType(expected: string, found: Value): Condition {
    return this.#at(typeError(expected, typeName(found), { hint: this.#found(found) }), [found]);
  }

  /** An error `LABEL: problem`, at one of the parts to blame. */
  shape(problem: string, ...parts: readonly Value[]): Condition {
    return this.failure(`${this.label}: ${problem}`, this.#usage(), ...parts);
  }

  /** `form`, which must be a list; `around` is the part of this form that it is in. */
  list(form: Value, around: Value = this.form): List {
    if (form instanceof List) return form;
    throw this.#unexpected("expected a list", form, around);
  }

  /** `form`, which must be a symbol; `around` is the part of this form that it is in. */
  symbol(form: Value, around: Value = this.form): Sym {
    if (form instanceof Sym) return form;
    throw this.#unexpected("expected a symbol", form, around);
  }

  /** The error for a form that can be neither a name nor a pattern of names. */
  notPattern(form: Value, around: Value): Condition {
    return this.#unexpected("binding name must be a symbol, vector, or map pattern", form, around);
  }

  #unexpected(problem: string, form: Value, around: Value): Condition {
    return this.failure(`${this.label}: ${problem}`, this.#found(form), form, around);
  }

  #found(form: Value): string {
    return `found ${described(form)}; ${this.#usage()}`;
  }

  #usage(): string {
    return `usage: ${usageOf(this.#doc)?.usage ?? `(${this.label} ...)`}`;
  }

  #at(condition: Condition, parts: readonly Value[] = []): Condition {
    let position = this.position;
    for (const part of [...parts].reverse()) position = this.lowering.positions.of(part) ?? position;
    return placed(condition, this.label, position);
  }
}

/** More of a form than this does not help in a hint. */
const LONGEST = 40;

/** A form in words, for a hint: some words, like `inf` and `nil`, are no names. */
function described(form: Value): string {
  const text = repr(form);
  const type = typeName(form);
  const kind = type === text ? "which is no name" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
  return `${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}, ${kind}`;
}

/** The elements of a list or vector form, or null. */
export function elements(form: Value): readonly Value[] | null {
  if (form instanceof List) return toArray(form);
  return form instanceof Vector ? form.items : null;
}
