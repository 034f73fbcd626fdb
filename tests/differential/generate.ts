/**
 * Programs from integer seeds, made from the tables of forms and of the library.
 *
 * Expressions are made by kind, so that most programs run to their end; now and then one fails or is of another kind.
 * Every program ends: a function calls only earlier ones, loops count up to a constant, and the estimated number of
 * evaluations is bounded. Whatever is carried from one round to the next is kept small.
 */
import { Random } from "../data/random.ts";
import { EXTENSIONS, FAILURES, FORMS, STATEMENTS } from "./forms.ts";
import { BOUNDS, CONSTANTS, LIBRARY, SUPPORT } from "./library.ts";
import { binders, type Hole, isParts, type Kind, KINDS, symbols, type Template } from "./template.ts";
import type { Program, Tree } from "./tree.ts";

interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly assignable: boolean;
}

interface Callable {
  readonly name: string;
  readonly parameters: readonly Kind[];
  /** Takes any number of further integers. */
  readonly rest: boolean;
  readonly macro: boolean;
  readonly result: Kind;
  readonly cost: number;
}

interface Scope {
  readonly variables: readonly Variable[];
  /** How often this place is evaluated, about. */
  readonly weight: number;
  readonly depth: number;
}

/** What a seed makes. */
export interface Generated {
  readonly program: Program;
  /** Recursion deeper than an evaluator on the host's stack can follow. */
  readonly deep: boolean;
  /** A builtin is redefined. */
  readonly redefines: boolean;
  /** Continuations are used, which the walker does not have, or something else that the reference does not have. */
  readonly extended: boolean;
}

/** How programs may be. */
export interface Style {
  /** Rounds of the loop around the main function. */
  readonly rounds?: number;
  /** Whether programs may use what the reference does not have. */
  readonly extensions?: boolean;
}

/** Kinds of variables and results, the common ones more often. */
const USUAL: readonly Kind[] = [
  ..."INT INT INT INT INT FLOAT FLOAT BOOL STR STR LIST LIST VALUES MAP FN FN".split(" ") as Kind[],
  ...KINDS,
];
const NUMBERS: readonly Kind[] = ["INT", "INT", "INT", "FLOAT", "FLOAT", "RATIO", "COMPLEX"];
/** Kinds that functions are: nothing assigns a variable of these. */
const FUNCTIONS: ReadonlySet<Kind> = new Set<Kind>(["FN", "FN2", "TEST", "THUNK"]);
const KEYS = [":a", ":b", ":c", '"k"', "7"] as const;
const DIVISORS = ["97", "65536", "2147483647", "4294967296", "9007199254740993", "3", "-7", "2", "1"] as const;
/** The largest is enough for `auto` to compile the main function and what it calls. */
const ROUNDS = [10, 60, 300] as const;
const MOST_EVALUATIONS = 9000;
/** Forms in a program, about. */
const MOST_FORMS = 600;
/** Of so many expressions, one fails or may. */
const FAILURE = 500;

class Generator {
  readonly #random: Random;
  readonly #rounds: number;
  readonly extended: boolean;
  readonly #functions: Callable[] = [];
  readonly #globals: Variable[] = [];
  #names = 0;
  #cost = 0;
  #size = 0;
  deep = false;
  redefines = false;

  constructor(seed: number, { rounds, extensions = true }: Style) {
    this.#random = new Random(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
    for (let i = 0; i < 4; i++) this.#random.below(2);
    this.#rounds = rounds ?? this.#pick(ROUNDS);
    this.extended = this.#chance(20) && extensions;
  }

  // --- Programs --------------------------------------------------------------------------------------------------------

  program(): Program {
    const forms: Tree[] = [];
    for (let i = this.#below(3); i >= 0; i--) forms.push(this.#global());
    for (let i = this.#below(4); i >= 0; i--) forms.push(this.#chance(15) ? this.#macro() : this.#function());
    if (this.#chance(12)) forms.push(this.#redefinition());
    // Macros inside a module form are none for what follows.
    if (this.#chance(5) && !this.#functions.some(({ macro }) => macro)) {
      forms.splice(0, forms.length, ["module", "m", ["export", "main"], ...forms]);
    }
    forms.push(...this.#main());
    if (this.#chance(6)) forms.push(...this.#deep());
    if (this.#chance(10)) forms.push(...this.#tailCalls());
    return [...this.#support(forms), ...forms];
  }

  /** The definitions that the names in `forms` need, and those that these need. */
  #support(forms: readonly Tree[]): Tree[] {
    const used = symbols(forms);
    // These stand in front of everything else.
    this.#globals.length = 0;
    this.#functions.length = 0;
    const made: Tree[] = [];
    for (const [names, definitions] of [...SUPPORT].reverse()) {
      if (!names.some((name) => used.has(name))) continue;
      const scope = { variables: [], weight: 20, depth: 1 };
      const fresh = definitions.map((definition) => this.#fill(definition, "INT", scope));
      symbols(fresh, used);
      made.unshift(...fresh);
    }
    return made;
  }

  #global(): Tree {
    const kind = this.#pick(USUAL);
    const name = this.#name("g");
    const form = ["define", name, this.#expression(kind, { variables: [], weight: 1, depth: 2 })];
    this.#globals.push(variable(name, kind));
    return form;
  }

  #function(): Tree {
    const name = this.#name("f");
    const parameters = this.#variables("p", 1 + this.#below(3));
    const rest = this.#chance(15);
    const result = this.#pick(USUAL);
    this.#cost = 0;
    const variables = rest ? [...parameters, variable("others", "LIST")] : parameters;
    const body = this.#body(result, { variables, weight: 1, depth: 3 + this.#below(2) });
    const kinds = parameters.map(({ kind }) => kind);
    this.#functions.push({ name, parameters: kinds, rest, macro: false, result, cost: this.#cost });
    const names = [...parameters.map((parameter) => parameter.name), ...rest ? [".", "others"] : []];
    return this.#pick<Tree>([
      ["define", [name, ...names], ...body],
      ["define", [name, ...names], ...body],
      ["define", name, ["fn", names, ...body]],
      [this.#pick(["defn", "defun"]), name, names, ...body],
    ]);
  }

  /** A macro of two integers, one of which is evaluated more than once or not at all. */
  #macro(): Tree {
    const name = this.#name("m");
    this.#cost = 0;
    const own = this.#expression("INT", { variables: [variable("a", "INT")], weight: 1, depth: 2 });
    this.#functions.push({
      name,
      parameters: ["INT", "INT"],
      rest: false,
      macro: true,
      result: "INT",
      cost: this.#cost,
    });
    const quasi = (form: Tree): Tree => ["quasiquote", form];
    const un = (part: Tree): Tree => ["unquote", part];
    return this.#pick<Tree>([
      ["defmacro", name, ["a", "b"], quasi(["let", [["t#", un("a")]], ["+", "t#", un("b"), "t#"]])],
      ["defmacro", name, ["a", "b"], quasi(["if", ["=", un("a"), "0"], un("b"), ["let", [["a", un("a")]], own]])],
      ["defmacro", name, ["a", ".", "rest"], ["list", ["quote", "begin"], ["cons", ["quote", "list"], "rest"], "a"]],
      ["define-syntax", name, ["syntax-rules", [], [["_", "x", "y"], ["let", [["a", "x"]], ["+", "y", own]]]]],
      ["define-syntax", name, ["syntax-rules", [], [["_", "x", "..."], ["+", "1", "x", "..."]]]],
    ]);
  }

  /** Another definition of something that is there, of the same kind. */
  #redefinition(): Tree {
    const builtins: readonly Tree[] = [
      ["define", ["abs", "x"], ["if", ["<", "x", "0"], ["-", "0", "x"], ["+", "x", "1"]]],
      ["set!", "length", ["fn", ["x"], "42"]],
      ["define", ["not", "x"], ["if", "x", "#f", ":no"]],
      ["define", ["+", ".", "xs"], ["apply", "-", "xs"]],
      ["set!", "max", "min"],
      ["define", ["cons", "x", "xs"], ["append", "xs", ["list", "x"]]],
      ["set!", "car", ["fn", ["xs"], ["nth", "xs", ["-", ["length", "xs"], "1"]]]],
      ["define", ["<", "x", "y"], [">", "x", "y"]],
      ["set!", "reverse", ["fn", ["xs"], "xs"]],
      ["define", ["map", "f", "xs"], ["list", "f", "xs"]],
      ["set!", "foldl", ["fn", ["f", "z", "xs"], "z"]],
      ["set!", "str", ["fn", [".", "xs"], '"str"']],
      ["define", "-", "*"],
    ];
    const known = this.#functions.filter(({ macro, rest }) => !macro && !rest);
    if (known.length === 0 || this.#chance(50)) {
      this.redefines = true;
      return this.#pick(builtins);
    }
    const { name, parameters, result } = this.#pick(known);
    const variables = parameters.map((kind, i) => variable(`r${i}`, kind));
    const later = this.#functions.splice(this.#functions.findIndex((each) => each.name === name));
    const body = this.#expression(result, { variables, weight: 1, depth: 2 });
    this.#functions.push(...later);
    const names = variables.map((each) => each.name);
    return this.#pick<Tree>([
      ["define", [name, ...names], body],
      ["set!", name, ["fn", names, body]],
      ["eval", ["quote", ["define", [name, ...names], body]]],
    ]);
  }

  #main(): Tree[] {
    const kind = this.#pick(USUAL);
    const variables = [variable("i", "INT", false)];
    this.#cost = 0;
    const body = this.#body(kind, { variables, weight: this.#rounds, depth: 4 });
    const special = String(this.#below(this.#rounds));
    if (this.#chance(30)) {
      // A definition in a function would be a local one.
      const form = this.#redefinition();
      body.unshift(["when", ["=", "i", special], form[0] === "define" ? ["eval", ["quote", form]] : form]);
    }
    if (this.#chance(40)) {
      const scope = { variables, weight: 1, depth: 2 };
      const rare = this.#chance(50) ? this.#one(FAILURES, "INT", scope) : ["println", this.#any(scope)];
      body.unshift(["when", ["=", "i", special], rare]);
    }
    const main: Tree = ["define", ["main", "i"], ...body];
    const call: Tree = ["main", "i"];
    const rounds = String(this.#rounds);
    const loops: readonly Tree[] = [
      ["let", "loop", [["i", "0"], ["last", "nil"]], [
        "if",
        ["<", "i", rounds],
        ["loop", ["+", "i", "1"], call],
        "last",
      ]],
      ["do", [["i", "0", ["+", "i", "1"]], ["all", "'()", ["cons", call, "all"]]], [["=", "i", rounds], [
        "take",
        "5",
        "all",
      ]]],
      ["map", ["fn", ["i"], call], ["list", "0", "1", "2"]],
      ["foldl", ["fn", ["last", "i"], call], "nil", ["range", rounds]],
      ["begin", ["dotimes", ["i", rounds], call], ["main", "1"]],
      ["let", [["i", "0"], ["last", "nil"]], ["while", ["<", "i", rounds], ["set!", "last", call], ["set!", "i", [
        "+",
        "i",
        "1",
      ]]], "last"],
    ];
    const guarded: Tree = [
      "define",
      ["safe", "i"],
      ["try", call, ["catch", "e", ["list", "i", [":type", "e"], [":message", "e"]]]],
    ];
    const forms: Tree[] = [main];
    if (this.#chance(35)) {
      forms.push(guarded, ["println", ["take", "3", ["reverse", ["map", "safe", ["range", rounds]]]]]);
    }
    const shown: Tree = ["list", ...this.#globals.filter((each) => !FUNCTIONS.has(each.kind)).map(({ name }) => name)];
    const value = this.#pick(loops);
    return this.#chance(50) ? [...forms, ["println", value], shown] : [...forms, ["list", value, shown]];
  }

  #deep(): Tree[] {
    this.deep = true;
    const name = this.#name("deep");
    const next: Tree = [name, ["-", "n", "1"]];
    const step = this.#pick<Tree>([
      ["+", "1", next],
      ["let", [["r", next]], ["if", ["string?", "r"], "r", ["+", "r", "n"]]],
      ["+", ["try", next, ["catch", "e", ["throw", "e"]]], "2"],
      ["foldl", ["fn", ["a", "x"], ["+", "a", next]], "0", ["quote", ["1"]]],
      ["car", ["map", ["fn", ["x"], next], ["quote", ["1"]]]],
      ["+", ["apply", name, ["list", ["-", "n", "1"]]], "0.5"],
      ["string-append", next, '"."'],
    ]);
    const end = this.#pick<Tree>(["0", ["throw", '"bottom"'], "1.5"]);
    return [
      ["define", [name, "n"], ["if", ["=", "n", "0"], end, step]],
      [name, String(this.#pick([3000, 20000]))],
    ];
  }

  #tailCalls(): Tree[] {
    const [even, odd] = [this.#name("even"), this.#name("odd")];
    return [
      ["define", [even, "n"], ["cond", [["=", "n", "0"], "#t"], ["else", [odd, ["-", "n", "1"]]]]],
      ["define", [odd, "n"], ["and", ["not", ["=", "n", "0"]], [even, ["-", "n", "1"]]]],
      ["list", [even, "20001"], [odd, "20001"]],
    ];
  }

  // --- Expressions -----------------------------------------------------------------------------------------------------

  #body(result: Kind, scope: Scope): Tree[] {
    const statements: Tree[] = [];
    const variables = [...scope.variables];
    for (let i = this.#below(3); i > 0; i--) {
      const inner = { ...scope, variables };
      if (this.#chance(30)) {
        const kind = this.#pick(USUAL);
        const name = this.#name("d");
        statements.push(["define", name, this.#expression(kind, inner)]);
        variables.push(variable(name, kind));
      } else {
        statements.push(this.#statement(inner));
      }
    }
    return [...statements, this.#expression(result, { ...scope, variables })];
  }

  #statement(scope: Scope): Tree {
    this.#cost += scope.weight;
    if (scope.depth <= 0 || !this.#affordable(scope.weight * 4)) return this.#assignment(scope);
    return this.#one(STATEMENTS, "INT", { ...scope, depth: scope.depth - 1 });
  }

  /** Gives a variable another value of its kind. */
  #assignment(scope: Scope): Tree {
    const targets = [...scope.variables, ...this.#globals].filter(({ assignable }) => assignable);
    if (targets.length === 0) return this.#leaf("INT", scope);
    const { name, kind } = this.#pick(targets);
    return ["set!", name, this.#bounded(kind, this.#expression(kind, { ...scope, depth: scope.depth - 1 }), scope)];
  }

  #any(scope: Scope): Tree {
    return this.#chance(6) ? "nil" : this.#expression(this.#pick(USUAL), scope);
  }

  #expression(wanted: Kind, scope: Scope): Tree {
    this.#cost += scope.weight;
    const kind = this.#below(FAILURE) === 0 ? this.#pick(KINDS) : wanted;
    if (scope.depth <= 0 || !this.#affordable(scope.weight)) return this.#leaf(kind, scope);
    const inner = { ...scope, depth: scope.depth - 1 };
    if (this.#below(FAILURE) === 0) return this.#one(FAILURES, kind, inner);
    const choice = this.#below(20);
    if (choice < 2) return this.#leaf(kind, scope);
    if (choice < 5) return this.#call(kind, inner) ?? this.#one(LIBRARY[kind], kind, inner);
    if (choice === 5 && this.extended) return this.#one(EXTENSIONS, kind, inner);
    return this.#one(choice < 12 ? FORMS : LIBRARY[kind], kind, inner);
  }

  #leaf(kind: Kind, scope: Scope): Tree {
    const known = [...scope.variables, ...this.#globals].filter((each) => each.kind === kind);
    if (known.length > 0 && this.#chance(70)) return this.#pick(known).name;
    const [common, edges] = CONSTANTS[kind];
    return this.#one(this.#chance(25) ? edges : common, kind, { ...scope, depth: 0 });
  }

  #call(kind: Kind, scope: Scope): Tree | null {
    const fitting = this.#functions.filter((each) =>
      each.result === kind && this.#affordable(scope.weight * each.cost)
    );
    if (fitting.length === 0) return null;
    const { name, parameters, rest, macro, cost } = this.#pick(fitting);
    this.#cost += scope.weight * cost;
    const args = parameters.map((parameter) => this.#expression(parameter, scope));
    if (rest) { for (let i = this.#below(3); i > 0; i--) args.push(this.#expression("INT", scope)); }
    if (this.#below(100) === 0) args.pop();
    return !macro && this.#chance(10) ? ["apply", name, ["list", ...args]] : [name, ...args];
  }

  /** `value` made small enough to be carried from round to round. */
  #bounded(kind: Kind, value: Tree, scope: Scope): Tree {
    const bound = BOUNDS[kind];
    return bound === null ? value : this.#fill(bound(value), kind, scope);
  }

  // --- Templates -------------------------------------------------------------------------------------------------------

  /** One of the forms, filled in. */
  #one(forms: readonly Template[], same: Kind, scope: Scope): Tree {
    return this.#fill(this.#pick(forms), same, scope);
  }

  #fill(form: Template, same: Kind, scope: Scope): Tree {
    const names = new Map<string, string>();
    const nameOf = (name: string): string => {
      const known = names.get(name) ?? this.#name(name);
      names.set(name, known);
      return known;
    };
    const bound = new Map(
      binders(form).map((binder): [string, Variable] => {
        const kind = binder.kind === null ? this.#pick(USUAL) : binder.kind === "SAME" ? same : binder.kind;
        return [binder.name, variable(nameOf(binder.name), kind, binder.assignable)];
      }),
    );
    const fill = (part: Template): Tree[] => {
      if (typeof part === "string") return [part.replace(/\$([a-z]+)/g, (_, name: string) => nameOf(name))];
      if (isParts(part)) {
        this.#size++;
        return [part.flatMap(fill)];
      }
      return part.type === "binder" ? [nameOf(part.name)] : this.#hole(part, same, scope, bound);
    };
    return fill(form)[0] ?? "nil";
  }

  #hole(hole: Hole, same: Kind, outer: Scope, bound: ReadonlyMap<string, Variable>): Tree[] {
    const seen = hole.sees === "all" ? [...bound.values()] : hole.sees.flatMap((name) => bound.get(name) ?? []);
    const scope: Scope = {
      variables: hole.globalsOnly ? seen : [...outer.variables, ...seen],
      weight: outer.weight * hole.times,
      depth: this.#affordable(outer.weight * hole.times) && this.#size < MOST_FORMS ? outer.depth : 0,
    };
    const kept = (kind: Kind): Tree[] => {
      const value = this.#expression(kind, scope);
      return [hole.carried ? this.#bounded(kind, value, scope) : value];
    };
    const { wanted } = hole;
    switch (wanted) {
      case "SAME":
        return kept(same);
      case "BODY":
        return this.#body(same, scope);
      case "ANY":
        return [this.#any(scope)];
      case "NUMBER":
        return kept(this.#pick(NUMBERS));
      case "STMT":
        return [this.#statement(scope)];
      case "ASSIGN":
        return [this.#assignment(scope)];
      case "FAIL":
        return [this.#one(FAILURES, same, { ...scope, depth: Math.min(scope.depth, 1) })];
      case "KEY":
        return [this.#pick(KEYS)];
      case "DIVISOR":
        return [this.#divisor(scope)];
    }
    if (isKind(wanted)) return kept(wanted);
    const named = bound.get(wanted.slice(1));
    if (named === undefined) throw new RangeError(`no variable for ${wanted}`);
    return kept(named.kind);
  }

  /** A number that is seldom zero. */
  #divisor(scope: Scope): Tree {
    if (this.#chance(3)) return this.#leaf("INT", scope);
    if (this.#chance(60)) return this.#pick(DIVISORS);
    const value = this.#expression("INT", { ...scope, depth: scope.depth - 1 });
    return ["let", [["z", value]], ["if", ["=", "z", "0"], "5", "z"]];
  }

  // --- Choices ---------------------------------------------------------------------------------------------------------

  #variables(prefix: string, count: number): Variable[] {
    return Array.from({ length: count }, () => variable(this.#name(prefix), this.#pick(USUAL)));
  }

  #name(prefix: string): string {
    return `${prefix}${++this.#names}`;
  }

  #below(limit: number): number {
    return this.#random.below(limit);
  }

  #pick<T>(items: readonly T[]): T {
    return this.#random.pick(items);
  }

  #chance(percent: number): boolean {
    return this.#random.below(100) < percent;
  }

  #affordable(evaluations: number): boolean {
    return evaluations + this.#cost <= MOST_EVALUATIONS;
  }
}

const kinds: ReadonlySet<string> = new Set(KINDS);

function isKind(wanted: string): wanted is Kind {
  return kinds.has(wanted);
}

function variable(name: string, kind: Kind, assignable = true): Variable {
  return { name, kind, assignable: assignable && !FUNCTIONS.has(kind) };
}

/** The program of a seed, the same on every run. */
export function generate(seed: number, style: Style = {}): Generated {
  const generator = new Generator(seed, style);
  const program = generator.program();
  return { program, deep: generator.deep, redefines: generator.redefines, extended: generator.extended };
}
