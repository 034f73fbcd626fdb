/**
 * The code of a fused group: one function with one loop, which does what calls of library functions do one after the
 * other, each with the list that the one before it has made. It is bytecode like any other, but no part of a program:
 * no interpreter runs it, and it is only ever inlined (`fusion.ts`).
 *
 * A list that the group answers is made from its front, so that it need not be reversed; a vector is collected in an
 * array of the host.
 */
import { Builtin, type BuiltinDeclaration, one, three, two, zero } from "../builtins/declare.ts";
import { declaration } from "../builtins/mod.ts";
import { Closure, Code, type Constant, type Entry, instruction, intrinsicOpcode } from "../bytecode/mod.ts";
import { type Intrinsic, INTRINSICS } from "../core/mod.ts";
import type { Value } from "../data/mod.ts";

/** What a stage does with the elements. */
export type Kind =
  | "range"
  | "map"
  | "filter"
  | "reject"
  | "foldl"
  | "reduce"
  | "any"
  | "every"
  | "length"
  | "join"
  | "vector";

/** One call of a group. */
export interface Stage {
  readonly kind: Kind;
  readonly name: string;
  /** What it takes besides a list: functions, the start of a sum, the bounds of a range. */
  readonly own: number;
  /** The intrinsic that is the same as its function. */
  readonly operation: Intrinsic | null;
}

/** The longest `range` that is not made: those beyond a certain length are errors. */
const LONGEST_RANGE = 2 ** 20;

/** Hidden builtins that collect elements; `expansions.ts` has what they are in place. */
export const COLLECT: Readonly<
  Record<"start" | "link" | "list" | "add" | "vector" | "join" | "joined", BuiltinDeclaration>
> = {
  start: { ...zero("collect", "Nothing collected yet.", inPlaceOnly), pure: true },
  link: { ...two("collect-in-list", "Adds an element to a list.", inPlaceOnly), pure: true },
  list: { ...one("collected-list", "The list.", inPlaceOnly), pure: true },
  add: { ...two("collect-in-array", "Adds an element to an array of the host.", inPlaceOnly), pure: true },
  vector: { ...one("collected-vector", "A vector of the elements of the array.", inPlaceOnly), pure: true },
  join: { ...three("join-one", "The text, or nil at first, with a separator and a piece.", inPlaceOnly), pure: true },
  joined: { ...one("joined", "The text.", inPlaceOnly), pure: true },
};

function inPlaceOnly(): Value {
  throw new Error("only ever performed in place");
}

const collect = {
  start: new Builtin(COLLECT.start),
  link: new Builtin(COLLECT.link),
  list: new Builtin(COLLECT.list),
  add: new Builtin(COLLECT.add),
  vector: new Builtin(COLLECT.vector),
  join: new Builtin(COLLECT.join),
  joined: new Builtin(COLLECT.joined),
};

let sequence: Builtin | undefined;

/** The builtin that makes a list of a sequence, looked up by the first group: its area need not be there for others. */
function sequenceOf(): Builtin {
  if (sequence !== undefined) return sequence;
  const row = declaration("__vm-sequence");
  if (row?.kind !== "native") throw new TypeError("there is no builtin __vm-sequence");
  return sequence = new Builtin(row);
}

const neverEntered: Entry = () => {
  throw new Error("a fused group has no entry");
};

/** The group as a function of what its stages take: of the first all of it, of the others all but the list. */
export function fusedCode(stages: readonly Stage[]): Closure {
  return new Closure(new Writer(stages).code(), []);
}

/** Writes the instructions. */
class Writer {
  readonly #stages: readonly Stage[];
  readonly #words: number[] = [];
  readonly #constants: Constant[] = [];
  readonly #slotNames: string[] = [];
  #feedback = 0;
  /** For `reduce`: whether there was an element. */
  #started = -1;

  constructor(stages: readonly Stage[]) {
    this.#stages = stages;
  }

  code(): Code {
    const stages = this.#stages;
    const [first, last] = [stages[0] as Stage, stages.at(-1) as Stage];
    const isRange = first.kind === "range";
    // The parameters: what each stage takes, and the list of the first.
    const own = stages.map((stage, i) => {
      const names = Array.from({ length: stage.own }, (_, k) => this.#slot(OWN[stage.kind].at(k - stage.own) ?? ""));
      if (i === 0 && !isRange) names.push(this.#slot("xs"));
      return names;
    });
    const parameters = this.#slotNames.length;
    const item = this.#slot("x");
    // A `foldl` begins with what it was given.
    const result = last.kind === "foldl" ? (own.at(-1) as number[])[1] as number : this.#slot("out");
    const source = isRange ? this.#range(own[0] as number[], item) : this.#list(own[0] as number[], first.name, item);
    this.#start(last.kind, result);
    const loop = this.#words.length;
    const done = source();
    const skips = stages.flatMap((stage, i) => this.#stage(stage, own[i] as number[], item, result));
    if (isCollected(last.kind)) {
      this.#call(
        last.kind === "vector" ? collect.add : collect.link,
        () => this.#emit("GET_LOCAL", result).#emit("GET_LOCAL", item),
      );
      this.#emit("POP");
    }
    skips.forEach((jump) => this.#arrive(jump));
    this.#emit("LOOP", loop);
    this.#arrive(done);
    this.#answer(last.kind, result);
    return this.#finish(parameters);
  }

  /** What the result is before the first element. */
  #start(kind: Kind, result: number): void {
    switch (kind) {
      case "foldl":
        return;
      case "reduce":
        // Nothing yet: whether there was an element is a variable of its own.
        this.#started = this.#slot("started");
        this.#emit("FALSE").#emit("SET_LOCAL", this.#started);
        return;
      case "any":
        this.#emit("FALSE");
        break;
      case "every":
        this.#emit("TRUE");
        break;
      case "length":
        this.#emit("INTEGER", 0);
        break;
      case "join":
        this.#emit("NIL");
        break;
      default:
        this.#call(collect.start, () => {});
    }
    this.#emit("SET_LOCAL", result);
  }

  /** Returns the result. */
  #answer(kind: Kind, result: number): void {
    if (kind === "reduce") {
      this.#emit("GET_LOCAL", this.#started);
      this.#require();
    }
    if (kind === "join") this.#call(collect.joined, () => this.#emit("GET_LOCAL", result));
    else if (kind === "vector") this.#call(collect.vector, () => this.#emit("GET_LOCAL", result));
    else if (isCollected(kind)) this.#call(collect.list, () => this.#emit("GET_LOCAL", result));
    else this.#emit("GET_LOCAL", result);
    this.#emit("RETURN");
  }

  /** Goes on if what is on the stack is true. Whatever is raised only starts the group again in the interpreter. */
  #require(): void {
    const holds = this.#jump("JUMP_IF_TRUE");
    this.#emit("NIL").#emit("THROW");
    this.#arrive(holds);
  }

  /** Code that steps through a list. Returns what writes the head of a round, and gives the jump at the end of the list. */
  #list(own: readonly number[], name: string, item: number): () => number {
    const list = this.#slot("s");
    this.#call(sequenceOf(), () => this.#emit("GET_LOCAL", own.at(-1) as number).#constant(name));
    this.#emit("SET_LOCAL", list);
    return () => {
      this.#emit("GET_LOCAL", list).#intrinsic("isNull");
      const done = this.#jump("JUMP_IF_TRUE");
      this.#emit("GET_LOCAL", list).#intrinsic("car").#emit("SET_LOCAL", item);
      this.#emit("GET_LOCAL", list).#intrinsic("cdr").#emit("SET_LOCAL", list);
      return done;
    };
  }

  /** The same for the integers between bounds. */
  #range(bounds: readonly number[], item: number): () => number {
    const next = this.#slot("i");
    const end = bounds.at(-1) as number;
    if (bounds.length === 1) this.#emit("INTEGER", 0);
    else this.#emit("GET_LOCAL", bounds[0] as number);
    this.#emit("SET_LOCAL", next);
    this.#emit("GET_LOCAL", end).#emit("GET_LOCAL", next).#intrinsic("subtract");
    this.#emit("INTEGER", LONGEST_RANGE).#intrinsic("lessOrEqual");
    this.#require();
    return () => {
      this.#emit("GET_LOCAL", next).#emit("GET_LOCAL", end).#intrinsic("less");
      const done = this.#jump("JUMP_IF_FALSE");
      this.#emit("GET_LOCAL", next).#emit("SET_LOCAL", item);
      this.#emit("GET_LOCAL", next).#emit("INTEGER", 1).#intrinsic("add").#emit("SET_LOCAL", next);
      return done;
    };
  }

  /** What a stage does with an element. Returns the jumps taken when nothing is left to be done with it. */
  #stage(stage: Stage, own: readonly number[], item: number, result: number): number[] {
    // For `join`, the separator.
    const callback = own[0] as number;
    switch (stage.kind) {
      case "range":
      case "vector":
        return [];
      case "map":
        this.#apply(stage, callback, [item]).#emit("SET_LOCAL", item);
        return [];
      case "filter":
      case "reject":
        this.#apply(stage, callback, [item]);
        return [this.#jump(stage.kind === "filter" ? "JUMP_IF_FALSE" : "JUMP_IF_TRUE")];
      case "foldl":
        this.#apply(stage, callback, [result, item]).#emit("SET_LOCAL", result);
        return [];
      case "reduce": {
        this.#emit("GET_LOCAL", this.#started);
        const later = this.#jump("JUMP_IF_TRUE");
        this.#emit("TRUE").#emit("SET_LOCAL", this.#started);
        this.#emit("GET_LOCAL", item).#emit("SET_LOCAL", result);
        const first = this.#jump("JUMP");
        this.#arrive(later);
        this.#apply(stage, callback, [result, item]).#emit("SET_LOCAL", result);
        return [first];
      }
      case "any":
      case "every": {
        // Decided already: the functions of the stages before are called all the same, because they may fail.
        const [decided, undecided, answer] = stage.kind === "any"
          ? ["JUMP_IF_TRUE", "JUMP_IF_FALSE", "TRUE"] as const
          : ["JUMP_IF_FALSE", "JUMP_IF_TRUE", "FALSE"] as const;
        this.#emit("GET_LOCAL", result);
        const skip = this.#jump(decided);
        this.#apply(stage, callback, [item]);
        const next = this.#jump(undecided);
        this.#emit(answer).#emit("SET_LOCAL", result);
        return [skip, next];
      }
      case "length":
        this.#emit("GET_LOCAL", result).#emit("INTEGER", 1).#intrinsic("add").#emit("SET_LOCAL", result);
        return [];
      case "join":
        this.#call(collect.join, () => {
          for (const slot of [result, callback, item]) this.#emit("GET_LOCAL", slot);
        });
        this.#emit("SET_LOCAL", result);
        return [];
      default:
        return stage.kind satisfies never;
    }
  }

  /** The callback of a stage on variables. */
  #apply({ operation }: Stage, callback: number, args: readonly number[]): this {
    if (operation === null) this.#emit("GET_LOCAL", callback);
    for (const slot of args) this.#emit("GET_LOCAL", slot);
    return operation === null ? this.#emit("CALL", args.length) : this.#intrinsic(operation);
  }

  #call(builtin: Builtin, push: () => void): void {
    this.#constant(builtin);
    const count = builtin.max;
    push();
    this.#emit("CALL", count);
  }

  #slot(name: string): number {
    return this.#slotNames.push(name) - 1;
  }

  #emit(name: string, ...operands: readonly number[]): this {
    this.#words.push(instruction(name).opcode, ...operands);
    return this;
  }

  #constant(value: Value): this {
    return this.#emit("CONSTANT", this.#constants.push(value) - 1);
  }

  #intrinsic(key: Intrinsic): this {
    this.#words.push(intrinsicOpcode(key), this.#feedback++);
    return this;
  }

  /** A jump forwards; {@link #arrive} gives it its target. */
  #jump(name: "JUMP" | "JUMP_IF_TRUE" | "JUMP_IF_FALSE"): number {
    this.#emit(name, 0);
    return this.#words.length - 1;
  }

  #arrive(jump: number): void {
    this.#words[jump] = this.#words.length;
  }

  #finish(parameters: number): Code {
    const words = Int32Array.from(this.#words);
    const slots = this.#slotNames.length;
    const none = this.#slotNames.map(() => false);
    return new Code({
      name: this.#stages.map(({ name }) => name).join(" "),
      named: false,
      library: true,
      min: parameters,
      max: parameters,
      parameters,
      rest: false,
      slots,
      slotNames: this.#slotNames,
      slotShared: none,
      slotAssigned: none,
      captures: [],
      captureNames: [],
      position: null,
      doc: null,
      names: { variables: [], outer: null },
      words,
      variantWords: words,
      constants: this.#constants,
      handlers: [],
      loops: [],
      feedback: new Uint8Array(this.#feedback),
      maxStack: MOST_OPERANDS,
      positionPcs: new Int32Array(0),
      positions: [],
      heat: Infinity,
      entry: neverEntered,
    });
  }
}

/** Whether a group that ends with such a stage answers a list or a vector. */
function isCollected(kind: Kind): boolean {
  return kind === "map" || kind === "filter" || kind === "reject" || kind === "vector";
}

/** The operand stack of what is written above: a callback and three arguments. */
const MOST_OPERANDS = 4;

/** The names of what stages take besides a list; a range may lack the first. */
const OWN: Readonly<Record<Kind, readonly string[]>> = {
  range: ["start", "end"],
  map: ["f"],
  filter: ["p"],
  reject: ["p"],
  foldl: ["f", "acc"],
  reduce: ["f"],
  any: ["p"],
  every: ["p"],
  length: [],
  join: ["separator"],
  vector: [],
};

/** The intrinsic that is the same as a function on so many arguments, where there is one. */
export function intrinsicOf(value: Value, count: number): Intrinsic | null {
  if (!(value instanceof Builtin)) return null;
  const found = Object.entries(INTRINSICS).find(([, [name, arity]]) =>
    name === value.declaration.name && arity === count
  );
  return found === undefined ? null : found[0] as Intrinsic;
}
