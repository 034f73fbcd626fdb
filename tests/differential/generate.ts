/**
 * Small programs from integer seeds, to hold the tiers against each other: arithmetic at the edges of its ranges, lists,
 * strings, maps, closures over shared and per-iteration variables, loops, errors, tail calls and redefinitions.
 *
 * Expressions are made by kind, so that most programs run to their end; now and then one of the wrong kind is put in.
 * Every program ends: a function calls only earlier ones, loops count up to a constant, and the estimated number of
 * evaluations is bounded. Whatever is carried from one round to the next is kept small.
 */
import { Random } from "../data/random.ts";
import type { Program, Tree } from "./tree.ts";

type Kind = "integer" | "float" | "boolean" | "string" | "list" | "map" | "function";

interface Variable {
  readonly name: string;
  readonly kind: Kind;
  readonly assignable: boolean;
}

interface Callable {
  readonly name: string;
  readonly parameters: readonly Kind[];
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
}

const KINDS: readonly Kind[] = [
  "integer",
  "integer",
  "integer",
  "float",
  "boolean",
  "string",
  "list",
  "map",
  "function",
];
const KEYS = [":a", ":b", ":c", '"k"', "7"] as const;
const EDGES = [
  "2147483647",
  "2147483648",
  "-2147483648",
  "-2147483649",
  "1073741824",
  "46341",
  "9007199254740991",
  "9007199254740992",
  "-9007199254740991",
  "-9007199254740993",
  "4611686018427387904",
  "18446744073709551616",
] as const;
const FLOATS = ["0.5", "1.5", "-2.25", "2.0", "-0.0", "0.0", "1e300", "1e-5", "math/infinity", "math/nan"] as const;
const STRINGS = ['""', '"a"', '"b c"', '"é"', '"x😀"'] as const;
const MODULI = ["97", "65536", "2147483647", "4294967296", "9007199254740993"] as const;
/** Rounds of the loop around the main function: enough for `auto` to compile it and what it calls. */
const ROUNDS = 300;
const MOST_EVALUATIONS = 60_000;

class Generator {
  readonly #random: Random;
  readonly #functions: Callable[] = [];
  readonly #globals: Variable[] = [];
  #names = 0;
  #cost = 0;
  deep = false;
  redefines = false;

  constructor(seed: number) {
    this.#random = new Random(Math.imul(seed, 0x9e3779b1) ^ 0x5bd1e995);
    for (let i = 0; i < 4; i++) this.#random.below(2);
  }

  // --- Programs --------------------------------------------------------------------------------------------------------

  program(): Program {
    const forms: Tree[] = [];
    for (let i = this.#below(3); i >= 0; i--) forms.push(this.#global());
    for (let i = this.#below(4); i >= 0; i--) forms.push(this.#function());
    if (this.#chance(15)) forms.push(this.#redefinition());
    forms.push(...this.#main());
    if (this.#chance(10)) forms.push(...this.#deep());
    if (this.#chance(10)) forms.push(...this.#tailCalls());
    return forms;
  }

  #global(): Tree {
    const kind = this.#pick(KINDS);
    const name = this.#name("g");
    const form = ["define", name, this.#expression(kind, { variables: [], weight: 1, depth: 2 })];
    this.#globals.push({ name, kind, assignable: kind !== "function" });
    return form;
  }

  #function(): Tree {
    const name = this.#name("f");
    const parameters = this.#variables("p", 1 + this.#below(3));
    const result = this.#pick(KINDS);
    this.#cost = 0;
    const scope = { variables: parameters, weight: 1, depth: 3 + this.#below(2) };
    const body = this.#body(result, scope);
    this.#functions.push({ name, parameters: parameters.map(({ kind }) => kind), result, cost: this.#cost });
    return ["define", [name, ...parameters.map((parameter) => parameter.name)], ...body];
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
    ];
    if (this.#functions.length === 0 || this.#chance(50)) {
      this.redefines = true;
      return this.#pick(builtins);
    }
    const { name, parameters, result } = this.#pick(this.#functions);
    const variables = parameters.map((kind, i) => ({ name: `r${i}`, kind, assignable: true }));
    const known = this.#functions.splice(this.#functions.findIndex((each) => each.name === name));
    const body = this.#expression(result, { variables, weight: 1, depth: 2 });
    this.#functions.push(...known);
    const names = variables.map((variable) => variable.name);
    return this.#pick<Tree>([
      ["define", [name, ...names], body],
      ["set!", name, ["fn", names, body]],
      ["eval", ["quote", ["define", [name, ...names], body]]],
    ]);
  }

  #main(): Tree[] {
    const kind = this.#pick<Kind>(["integer", "integer", "float", "string", "list"]);
    const variables: Variable[] = [{ name: "i", kind: "integer", assignable: false }];
    this.#cost = 0;
    const body = this.#body(kind, { variables, weight: ROUNDS, depth: 4 });
    const special = String(this.#below(ROUNDS));
    if (this.#chance(30)) body.unshift(["when", ["=", "i", special], this.#redefinition()]);
    if (this.#chance(40)) {
      const scope = { variables, weight: 1, depth: 2 };
      body.unshift(["when", ["=", "i", special], this.#pick([() => this.#failing(scope), () => this.#show(scope)])()]);
    }
    const main: Tree = ["define", ["main", "i"], ...body];
    const call: Tree = ["main", "i"];
    const rounds = String(ROUNDS);
    const loops: readonly (() => Tree)[] = [
      () => ["let", "loop", [["i", "0"], ["last", "nil"]], [
        "if",
        ["<", "i", rounds],
        ["loop", ["+", "i", "1"], call],
        "last",
      ]],
      () => ["do", [["i", "0", ["+", "i", "1"]], ["all", "'()", ["cons", call, "all"]]], [["=", "i", rounds], [
        "take",
        "5",
        "all",
      ]]],
      () => ["map", ["fn", ["i"], call], ["list", "0", "1", "2"]],
      () => ["foldl", ["fn", ["last", "i"], call], "nil", ["range", rounds]],
      () => ["begin", ["dotimes", ["i", rounds], call], ["main", "7"]],
      () => ["let", [["i", "0"], ["last", "nil"]], [
        "while",
        ["<", "i", rounds],
        ["set!", "last", call],
        ["set!", "i", ["+", "i", "1"]],
      ], "last"],
    ];
    const guarded: Tree = ["define", ["safe", "i"], ["try", call, ["catch", "e", ["list", "i", [":message", "e"]]]]];
    const forms: Tree[] = [main];
    if (this.#chance(25)) {
      forms.push(guarded, ["println", ["last", ["map", "safe", ["range", rounds]]]]);
    }
    forms.push(this.#pick(loops)());
    const shown: Tree = [
      "list",
      ...this.#globals.filter(({ kind: each }) => each !== "function").map(({ name }) => name),
    ];
    const value = forms.pop() as Tree;
    return this.#chance(50) ? [...forms, ["println", value], shown] : [...forms, ["list", value, shown]];
  }

  #deep(): Tree[] {
    this.deep = true;
    const name = this.#name("deep");
    const step = this.#pick<Tree>([
      ["+", "1", [name, ["-", "n", "1"]]],
      ["let", [["r", [name, ["-", "n", "1"]]]], ["if", ["string?", "r"], "r", ["+", "r", "n"]]],
      ["+", ["try", [name, ["-", "n", "1"]], ["catch", "e", ["throw", "e"]]], "2"],
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

  // --- Statements ------------------------------------------------------------------------------------------------------

  #body(result: Kind, scope: Scope): Tree[] {
    const statements: Tree[] = [];
    const variables = [...scope.variables];
    for (let i = this.#below(3); i > 0; i--) {
      const inner = { ...scope, variables };
      if (this.#chance(30)) {
        const kind = this.#pick(KINDS);
        const name = this.#name("d");
        statements.push(["define", name, this.#expression(kind, inner)]);
        variables.push({ name, kind, assignable: true });
      } else {
        statements.push(this.#statement(inner));
      }
    }
    return [...statements, this.#expression(result, { ...scope, variables })];
  }

  #statement(scope: Scope): Tree {
    if (scope.depth <= 0) return this.#assignment(scope);
    const inner = { ...scope, depth: scope.depth - 1 };
    return this.#pick<(() => Tree)>([
      () => this.#assignment(scope),
      () => this.#assignment(scope),
      () => scope.weight <= 1 ? this.#show(inner) : this.#assignment(scope),
      () => ["when", this.#expression("boolean", inner), this.#statement(inner)],
      () => this.#loop(inner),
      () => ["for-each", this.#procedure({ ...inner, weight: inner.weight * 4 }), this.#expression("list", inner)],
      () => ["try", this.#statement(inner), ["catch", "e", this.#assignment(inner)]],
    ])();
  }

  #show(scope: Scope): Tree {
    return ["println", this.#expression(this.#pick(KINDS.filter((kind) => kind !== "function")), scope)];
  }

  #assignment(scope: Scope): Tree {
    const targets = [...scope.variables, ...this.#globals].filter(({ assignable }) => assignable);
    if (targets.length === 0) return this.#expression("integer", { ...scope, depth: 1 });
    const { name, kind } = this.#pick(targets);
    return ["set!", name, this.#bounded(kind, this.#expression(kind, { ...scope, depth: Math.min(scope.depth, 2) }))];
  }

  /** A loop for its effects. */
  #loop(scope: Scope): Tree {
    const count = 2 + this.#below(6);
    const name = this.#name("k");
    const variables = [...scope.variables, { name, kind: "integer" as const, assignable: false }];
    const inner = { variables, weight: scope.weight * count, depth: scope.depth - 1 };
    if (!this.#affordable(inner.weight)) return this.#assignment(scope);
    return this.#pick<() => Tree>([
      () => ["dotimes", [name, String(count)], this.#statement(inner)],
      () => ["do", [[name, "0", ["+", name, "1"]]], [["=", name, String(count)]], this.#statement(inner)],
      () => ["let", [[name, "0"]], [
        "while",
        ["<", name, String(count)],
        this.#statement(inner),
        ["set!", name, ["+", name, "1"]],
      ]],
    ])();
  }

  // --- Expressions -----------------------------------------------------------------------------------------------------

  #expression(kind: Kind, scope: Scope): Tree {
    this.#cost += scope.weight;
    if (this.#random.below(400) === 0) return this.#failing(scope);
    if (scope.depth <= 0 || !this.#affordable(scope.weight)) return this.#leaf(kind, scope);
    const inner = { ...scope, depth: scope.depth - 1 };
    switch (this.#below(9)) {
      case 0:
        return this.#leaf(kind, scope);
      case 1:
        return ["if", this.#expression("boolean", inner), this.#expression(kind, inner), this.#expression(kind, inner)];
      case 2:
        return this.#let(kind, inner);
      case 3:
        return this.#call(kind, inner) ?? this.#leaf(kind, scope);
      case 4:
        return this.#chance(40) ? this.#carrying(kind, inner) : this.#operation(kind, inner);
      case 5:
        return this.#chance(30)
          ? ["try", this.#expression(kind, inner), ["catch", "e", this.#expression(kind, inner)]]
          : this.#operation(kind, inner);
      default:
        return this.#operation(kind, inner);
    }
  }

  #leaf(kind: Kind, scope: Scope): Tree {
    const known = [...scope.variables, ...this.#globals].filter((variable) => variable.kind === kind);
    if (known.length > 0 && this.#chance(70)) return this.#pick(known).name;
    switch (kind) {
      case "integer":
        return this.#chance(20) ? this.#pick(EDGES) : String(this.#below(21) - 5);
      case "float":
        return this.#pick(FLOATS);
      case "boolean":
        return this.#pick(["#t", "#f"]);
      case "string":
        return this.#pick(STRINGS);
      case "list":
        return this.#pick<Tree>(["'()", "'(1 2 3)", "'(5 -4 2147483647 0)", [
          "list",
          this.#leaf("integer", scope),
          "7",
        ]]);
      case "map":
        return this.#pick<Tree>([["{}", ":a", this.#leaf("integer", scope)], ["hash-map", ":b", "2"], ["{}"]]);
      case "function":
        return this.#pick<Tree>([["fn", ["x"], ["+", "x", this.#leaf("integer", scope)]], "-", "abs"]);
      default:
        return kind satisfies never;
    }
  }

  #let(kind: Kind, scope: Scope): Tree {
    const variables = this.#variables("v", 1 + this.#below(2));
    const bindings = variables.map((variable): Tree => [variable.name, this.#expression(variable.kind, scope)]);
    const inner = { ...scope, variables: [...scope.variables, ...variables] };
    return [this.#pick(["let", "let*"]), bindings, ...this.#body(kind, inner)];
  }

  #call(kind: Kind, scope: Scope): Tree | null {
    const fitting = this.#functions.filter((each) =>
      each.result === kind && this.#affordable(scope.weight * each.cost)
    );
    if (fitting.length === 0) return null;
    const { name, parameters, cost } = this.#pick(fitting);
    this.#cost += scope.weight * cost;
    const args = parameters.map((parameter) => this.#expression(parameter, scope));
    if (this.#chance(2)) args.pop();
    return this.#chance(10) ? ["apply", name, ["list", ...args]] : [name, ...args];
  }

  /** A loop that carries a value of the kind along. */
  #carrying(kind: Kind, scope: Scope): Tree {
    const count = 2 + this.#below(8);
    const [index, value] = [this.#name("k"), this.#name("c")];
    const variables: Variable[] = [
      ...scope.variables,
      { name: index, kind: "integer", assignable: false },
      { name: value, kind, assignable: true },
    ];
    const inner = { variables, weight: scope.weight * count, depth: scope.depth - 1 };
    if (!this.#affordable(inner.weight)) return this.#leaf(kind, scope);
    const start = this.#leaf(kind, scope);
    const next = this.#bounded(kind, this.#expression(kind, inner));
    const step: Tree = ["+", index, "1"];
    return this.#pick<() => Tree>([
      () => ["let", this.#loopName(), [[index, "0"], [value, start]], [
        "if",
        ["<", index, String(count)],
        [this.#lastLoop, step, next],
        value,
      ]],
      () => ["do", [[index, "0", step], [value, start, next]], [[">=", index, String(count)], value]],
      () => ["foldl", ["fn", [value, index], next], start, ["range", String(count)]],
    ])();
  }

  #lastLoop = "";

  #loopName(): string {
    this.#lastLoop = this.#name("loop");
    return this.#lastLoop;
  }

  /** Keeps what is carried over small. */
  #bounded(kind: Kind, value: Tree): Tree {
    switch (kind) {
      case "integer":
        return ["mod", value, this.#pick(MODULI)];
      case "string":
        return ["let", [["s", value]], ["if", ["<", ["string-length", "s"], "40"], "s", '"cut"']];
      case "list":
        return ["take", "6", value];
      case "function":
        return ["begin", value, "abs"];
      case "map":
      case "float":
      case "boolean":
        return value;
      default:
        return kind satisfies never;
    }
  }

  #operation(kind: Kind, scope: Scope): Tree {
    const make = (each: Kind): Tree => this.#expression(each, scope);
    const of = (head: string, ...kinds: Kind[]): () => Tree => () => [head, ...kinds.map(make)];
    const choices: Readonly<Record<Kind, readonly (() => Tree)[]>> = {
      integer: [
        of("+", "integer", "integer"),
        of("+", "integer", "integer"),
        of("-", "integer", "integer"),
        of("*", "integer", "integer"),
        of("-", "integer"),
        of("+", "integer", "integer", "integer"),
        () => ["quotient", make("integer"), this.#divisor(scope)],
        () => ["remainder", make("integer"), this.#divisor(scope)],
        () => ["mod", make("integer"), this.#divisor(scope)],
        () => ["modulo", make("integer"), this.#divisor(scope)],
        of("max", "integer", "integer"),
        of("abs", "integer"),
        of("length", "list"),
        of("string-length", "string"),
        () => ["car", ["cons", make("integer"), make("list")]],
        () => ["let", [["l", make("list")]], ["if", ["null?", "l"], "0", ["car", "l"]]],
        () => ["nth", ["append", make("list"), "'(1 2 3)"], String(this.#below(4))],
        () => ["get", make("map"), this.#pick(KEYS), make("integer")],
        () => ["apply", "+", make("list")],
        () => [make("function"), make("integer")],
        () => ["foldl", ["fn", ["acc", "x"], this.#bounded("integer", ["+", "acc", "x"])], "0", make("list")],
        () => ["begin", this.#assignment(scope), make("integer")],
      ],
      float: [
        of("+", "float", "float"),
        of("-", "float", "integer"),
        of("*", "float", "float"),
        of("*", "integer", "float"),
        of("/", "float", "float"),
        of("-", "float"),
        of("abs", "float"),
        () => ["sqrt", ["abs", make("float")]],
        () => ["*", "0.5", make("integer")],
        of("max", "float", "integer"),
        of("floor", "float"),
      ],
      boolean: [
        of("<", "integer", "integer"),
        of("<=", "integer", "float"),
        of(">", "float", "float"),
        of(">=", "float", "integer"),
        of("=", "integer", "integer"),
        of("=", "float", "integer"),
        of("not", "boolean"),
        of("and", "boolean", "boolean"),
        of("or", "boolean", "boolean"),
        of("null?", "list"),
        of("even?", "integer"),
        of("zero?", "float"),
        of("equal?", "list", "list"),
        of("equal?", "string", "string"),
        () => ["contains?", make("map"), this.#pick(KEYS)],
        () => [this.#pick(["number?", "string?", "list?", "pair?", "symbol?", "nil?"]), make(this.#pick(KINDS))],
      ],
      string: [
        of("string-append", "string", "string"),
        of("str", "integer", "string"),
        of("str", "float"),
        of("str", "list"),
        of("str", "map"),
        () => ["substring", ["string-append", make("string"), '"-"'], "0", "1"],
        () => ["str", ["type", make(this.#pick(KINDS))]],
      ],
      list: [
        of("list", "integer", "integer"),
        of("cons", "integer", "list"),
        of("append", "list", "list"),
        of("reverse", "list"),
        of("cdr", "list"),
        of("rest", "list"),
        of("sort", "list"),
        () => ["map", this.#procedure({ ...scope, weight: scope.weight * 4 }), make("list")],
        () => ["filter", ["fn", ["x"], ["<", "x", this.#leaf("integer", scope)]], make("list")],
        () => ["take", String(this.#below(4)), make("list")],
        () => ["range", String(this.#below(7))],
        () => this.#perRound(scope),
      ],
      map: [
        () => ["assoc", make("map"), this.#pick(KEYS), make("integer")],
        () => ["dissoc", make("map"), this.#pick(KEYS)],
        () => ["{}", ":a", make("integer"), '"k"', make("integer")],
        of("merge", "map", "map"),
      ],
      function: [
        () => this.#procedure(scope),
        () => this.#procedure(scope),
        () => this.#counter(scope),
      ],
    };
    return this.#pick(choices[kind])();
  }

  /** A function of one integer. Its parameter may be assigned, and so may be what it captures. */
  #procedure(scope: Scope): Tree {
    const name = this.#name("x");
    const variables = [...scope.variables, { name, kind: "integer" as const, assignable: true }];
    return ["fn", [name], ...this.#body("integer", { ...scope, variables, depth: Math.min(2, scope.depth - 1) })];
  }

  /** A closure over a variable of its own. */
  #counter(scope: Scope): Tree {
    const name = this.#name("n");
    const next = this.#bounded("integer", ["+", name, "x"]);
    return ["let", [[name, this.#leaf("integer", scope)]], ["fn", ["x"], ["set!", name, next], name]];
  }

  /** Closures made in the rounds of a loop, called after it. */
  #perRound(scope: Scope): Tree {
    const [index, all] = [this.#name("k"), this.#name("all")];
    const closure: Tree = this.#pick<Tree>([
      ["fn", [], index],
      ["fn", [], ["set!", index, ["+", index, "1"]], index],
      ["let", [["own", ["*", index, "2"]]], ["fn", [], ["set!", "own", ["+", "own", "1"]], "own"]],
    ]);
    const more: Tree = ["cons", closure, all];
    const made = this.#pick<Tree>([
      ["let", "loop", [[index, "0"], [all, "'()"]], ["if", ["<", index, "4"], ["loop", ["+", index, "1"], more], all]],
      ["let", [[all, "'()"]], ["do", [[index, "0", ["+", index, "1"]]], [["=", index, "4"]], ["set!", all, more]], all],
      ["let", [[all, "'()"]], ["dotimes", [index, "4"], ["set!", all, more]], all],
    ]);
    this.#cost += scope.weight * 10;
    return ["map", ["fn", ["f"], ["f"]], made];
  }

  /** Something that raises an error, or may. */
  #failing(scope: Scope): Tree {
    const leaf = (kind: Kind): Tree => this.#leaf(kind, scope);
    return this.#pick<() => Tree>([
      () => ["throw", this.#pick<Tree>([leaf("integer"), leaf("string"), ["{}", ":code", "4"]])],
      () => ["error", '"made to fail"'],
      () => ["+", leaf("integer"), leaf("string")],
      () => ["car", leaf("integer")],
      () => ["<", leaf("list"), leaf("integer")],
      () => [leaf("integer"), "1"],
      () => ["undefined-variable", leaf("integer")],
      () => ["abs", "1", "2"],
      () => [["fn", ["x"], "x"]],
      () => ["map", leaf("function"), ["list", "1", '"two"', "3"]],
      () => ["nth", leaf("list"), "99"],
      () => ["modulo", leaf("integer"), "0"],
      () => ["string-length", leaf("list")],
    ])();
  }

  /** An integer that is seldom zero. */
  #divisor(scope: Scope): Tree {
    if (this.#chance(3)) return this.#leaf("integer", scope);
    if (this.#chance(50)) return this.#pick<Tree>([...MODULI, "3", "-7", "2"]);
    return ["let", [["z", this.#expression("integer", { ...scope, depth: scope.depth - 1 })]], [
      "if",
      ["=", "z", "0"],
      "5",
      "z",
    ]];
  }

  // --- Choices ---------------------------------------------------------------------------------------------------------

  #variables(prefix: string, count: number): Variable[] {
    return Array.from({ length: count }, () => {
      const kind = this.#pick(KINDS);
      return { name: this.#name(prefix), kind, assignable: kind !== "function" };
    });
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

/** The program of a seed, the same on every run. */
export function generate(seed: number): Generated {
  const generator = new Generator(seed);
  const program = generator.program();
  return { program, deep: generator.deep, redefines: generator.redefines };
}
