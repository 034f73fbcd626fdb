/**
 * Quasiquote: a template becomes code that builds it, or a constant where nothing is inserted. Inner quasiquotes
 * raise the level and unquotes lower it; only level 1 runs.
 */
import { EMPTY, intern, lengthOf, List, listFrom, SortedMap, Sym, toArray, type Value, Vector } from "../data/mod.ts";
import type { FormContext } from "./lowering.ts";
import { constant, type Named, primitive } from "./named.ts";

const QUASIQUOTE = intern("quasiquote");
const UNQUOTE = intern("unquote");
const SPLICE = intern("unquote-splicing");

/** `(quasiquote template)` */
export function lowerQuasiquote(context: FormContext): Named {
  return new Template(context).form(context.argument(0), 1);
}

/** One template; its `name#` symbols share their fresh names. */
class Template {
  readonly #context: FormContext;
  readonly #fresh: Map<Sym, Sym> = new Map();

  constructor(context: FormContext) {
    this.#context = context;
  }

  form(template: Value, level: number): Named {
    if (template instanceof Sym) return constant(this.#symbol(template));
    if (template instanceof Vector) {
      const items = this.#sequence(template.items, level);
      if (items.kind === "const" && items.value instanceof List) return constant(new Vector(toArray(items.value)));
      return primitive("listToVector", [items], this.#context.position);
    }
    if (template instanceof SortedMap) return this.#map(template, level);
    if (!(template instanceof List) || template === EMPTY) return constant(template);
    if (template.first === UNQUOTE) {
      this.#checkOperand(template);
      return level === 1
        ? this.#context.lowering.first(template.rest)
        : this.#list([constant(UNQUOTE), this.form(template.rest.first, level - 1)]);
    }
    // Outside of a sequence, and behind an inner quasiquote, a splice is data: it lowers no level.
    if (template.first === SPLICE) return this.#list(toArray(template).map((item) => this.form(item, level)));
    if (template.first === QUASIQUOTE && lengthOf(template) === 2) {
      return this.#list([constant(QUASIQUOTE), this.form(template.rest.first, level + 1)]);
    }
    return this.#sequence(toArray(template), level);
  }

  #symbol(symbol: Sym): Sym {
    const { name } = symbol;
    if (name.length < 2 || !name.endsWith("#") || name.endsWith("##")) return symbol;
    let fresh = this.#fresh.get(symbol);
    if (fresh === undefined) {
      fresh = this.#context.lowering.gensym(name.slice(0, -1));
      this.#fresh.set(symbol, fresh);
    }
    return fresh;
  }

  #checkOperand(form: List): void {
    if (!(form.first instanceof Sym)) return;
    const label = form.first.name;
    this.#context.inner(label, form).checkCount(1, 1);
  }

  #isSplice(template: Value, level: number): template is List {
    return level === 1 && template instanceof List && template.first === SPLICE;
  }

  /** The elements of a list or vector as a list. */
  #sequence(templates: readonly Value[], level: number): Named {
    const segments: Named[] = [];
    let run: Named[] = [];
    const flush = () => {
      if (run.length > 0) segments.push(this.#list(run));
      run = [];
    };
    for (const template of templates) {
      if (!this.#isSplice(template, level)) {
        run.push(this.form(template, level));
        continue;
      }
      this.#checkOperand(template);
      flush();
      segments.push(this.#context.lowering.first(template.rest));
    }
    // A splice that is the only element is the value itself, whatever it is.
    if (templates.length === 1 && run.length === 0 && segments[0] !== undefined) return segments[0];
    if (segments.length === 0) return this.#list(run);
    flush();
    return primitive("append", segments, this.#context.position);
  }

  #map(template: SortedMap, level: number): Named {
    const parts = [...template].flat();
    if (parts.some((part) => this.#isSplice(part, level))) {
      throw this.#context.failure(
        "unquote-splicing is not allowed in a quasiquoted map key or value",
        "splicing only makes sense inside a list or vector",
      );
    }
    const values = parts.map((part) => this.form(part, level));
    if (!values.every((value, index) => value.kind === "const" && value.value === parts[index])) {
      return primitive("map", values, this.#context.position);
    }
    return constant(template);
  }

  #list(parts: readonly Named[]): Named {
    const values: Value[] = [];
    for (const part of parts) {
      if (part.kind !== "const") return primitive("list", parts, this.#context.position);
      values.push(part.value);
    }
    return constant(listFrom(values));
  }
}
