/**
 * Command-line parsing with the signature and results of `@std/cli/parse-args`, for the part of it the command line
 * uses. `deno.jsr.json` maps this very file to the real one. (`node:util.parseArgs` has another result shape.)
 */

/** What {@link parseArgs} is told about the options. */
export interface ParseOptions {
  /** Names that are always booleans. */
  readonly boolean?: readonly string[];
  /** Names whose value is always a string. */
  readonly string?: readonly string[];
  /** Names that collect every value into an array. */
  readonly collect?: readonly string[];
  /** Names for which `--no-NAME` means false. */
  readonly negatable?: readonly string[];
  /** Other names by which an option is known. */
  readonly alias?: Readonly<Record<string, string | readonly string[]>>;
  /** Values of options that are not given. */
  readonly default?: Readonly<Record<string, unknown>>;
  /** Everything from the first positional on goes to `_`. */
  readonly stopEarly?: boolean;
  /** Put what follows `--` into a `--` entry of its own, instead of `_`. */
  readonly "--"?: boolean;
  /** Called for every option not declared (and every positional); false drops it. */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** The options by name and the positionals in `_`. */
export interface Args {
  /** The positional arguments. A number-like one is a number, unless `_` is listed in `string`. */
  _: (string | number)[];
  /** What follows `--`, when asked for. */
  "--"?: string[];
  [name: string]: unknown;
}

const NUMBER = /^(?:0x[0-9a-f]+|[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?)$/i;

class Parser {
  readonly #options: ParseOptions;
  readonly #groups: Map<string, readonly string[]> = new Map();
  readonly #booleans: Set<string>;
  readonly #strings: Set<string>;
  readonly #collect: Set<string>;
  readonly #negatable: Set<string>;
  readonly result: Args = { _: [] };

  constructor(options: ParseOptions) {
    this.#options = options;
    for (const [name, others] of Object.entries(options.alias ?? {})) {
      const group = [name, ...(typeof others === "string" ? [others] : others)];
      for (const member of group) this.#groups.set(member, group);
    }
    const closed = (names: readonly string[] | undefined) => new Set((names ?? []).flatMap((n) => this.#group(n)));
    this.#booleans = closed(options.boolean);
    this.#strings = closed(options.string);
    this.#collect = closed(options.collect);
    this.#negatable = closed(options.negatable);
  }

  #group(name: string): readonly string[] {
    return this.#groups.get(name) ?? [name];
  }

  isBoolean(name: string): boolean {
    return this.#booleans.has(name);
  }

  isNegatable(name: string): boolean {
    return this.#negatable.has(name);
  }

  isString(name: string): boolean {
    return this.#strings.has(name);
  }

  #declared(name: string): boolean {
    return this.#booleans.has(name) || this.#strings.has(name) || this.#groups.has(name) || this.#collect.has(name);
  }

  #value(name: string, value: string | boolean): unknown {
    if (typeof value === "boolean" || this.isString(name) || !NUMBER.test(value)) return value;
    return Number(value);
  }

  set(name: string, value: string | boolean, arg: string): void {
    const { unknown } = this.#options;
    if (unknown !== undefined && !this.#declared(name) && unknown(arg, name, value) === false) return;
    const stored = this.#value(name, value);
    for (const member of this.#group(name)) {
      const before = this.result[member];
      if (!this.#collect.has(name)) this.result[member] = stored;
      else this.result[member] = Array.isArray(before) ? [...before, stored] : [stored];
    }
  }

  positional(arg: string): void {
    const { unknown } = this.#options;
    if (unknown !== undefined && unknown(arg) === false) return;
    this.result._.push(!this.isString("_") && NUMBER.test(arg) ? Number(arg) : arg);
  }

  /** Gives every declared option that was not given its default. */
  finish(): Args {
    const fill = (name: string, value: unknown) => {
      for (const member of this.#group(name)) if (!Object.hasOwn(this.result, member)) this.result[member] = value;
    };
    for (const [name, value] of Object.entries(this.#options.default ?? {})) fill(name, value);
    for (const name of this.#collect) fill(name, []);
    for (const name of this.#booleans) fill(name, false);
    return this.result;
  }
}

/** Parses `args`; see the `@std/cli` documentation for the rules. */
export function parseArgs(args: readonly string[], options: ParseOptions = {}): Args {
  const parser = new Parser(options);
  const end = args.indexOf("--");
  const given = end < 0 ? args : args.slice(0, end);
  const rest = end < 0 ? [] : args.slice(end + 1);
  if (options["--"]) parser.result["--"] = [...rest];

  let i = 0;
  /** The value of the option `name` at `i`: attached, the next argument, or true. */
  const take = (name: string, attached: string | undefined, arg: string): void => {
    if (attached !== undefined) return parser.set(name, parser.isBoolean(name) ? attached !== "false" : attached, arg);
    const next = given[i + 1];
    if (!parser.isBoolean(name) && next !== undefined && (next === "-" || !next.startsWith("-"))) {
      i++;
      return parser.set(name, next, arg);
    }
    parser.set(name, parser.isString(name) ? "" : true, arg);
  };
  for (; i < given.length; i++) {
    const arg = given[i] as string;
    const negated = /^--no-(.+)$/.exec(arg)?.[1];
    const long = /^--([^=]+)(?:=([\s\S]*))?$/.exec(arg);
    if (negated !== undefined && parser.isNegatable(negated)) {
      parser.set(negated, false, arg);
    } else if (long !== null) {
      take(long[1] as string, long[2], arg);
    } else if (/^-[^-]/.test(arg) && !NUMBER.test(arg)) {
      const equals = arg.indexOf("=");
      const letters = arg.slice(1, equals < 0 ? undefined : equals);
      for (const letter of letters.slice(0, -1)) parser.set(letter, true, arg);
      take(letters.slice(-1), equals < 0 ? undefined : arg.slice(equals + 1), arg);
    } else {
      parser.positional(arg);
      if (!options.stopEarly) continue;
      for (const later of given.slice(i + 1)) parser.positional(later);
      break;
    }
  }
  if (!options["--"]) { for (const arg of rest) parser.positional(arg); }
  return parser.finish();
}
