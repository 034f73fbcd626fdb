/**
 * First half of resolving: which binding each name means. Walks the named core in the order of evaluation and notes,
 * per binding, how often it is assigned and when it is first used, and per named let whether it can be a loop. The
 * second half (`emit.ts`) needs all of it before it can give out slots.
 */
import type { Gradual } from "../core/mod.ts";
import type { Sym } from "../data/mod.ts";
import type { Named, NamedDefine, NamedLambda, NamedLoop } from "../lower/mod.ts";

/** A function of the program; the body of a named let counts as one, though it may become a loop. */
export class FunctionScope {
  readonly parent: FunctionScope | null;
  /** Set when the function is the body of a named let that runs as a loop of its parent. */
  inlined = false;

  constructor(parent: FunctionScope | null) {
    this.parent = parent;
  }

  /** The function whose frame holds this one's variables. */
  get frame(): FunctionScope {
    let scope = this as FunctionScope;
    while (scope.inlined && scope.parent !== null) scope = scope.parent;
    return scope;
  }
}

/** One variable of the program. */
export class Binding {
  readonly name: Sym;
  readonly owner: FunctionScope;
  /** Assignments by `set!`. */
  assignments = 0;
  /** The definitions that give it a value. */
  readonly definitions: Definition[] = [];
  /** When it was first referred to or assigned, on the clock of the walk. */
  firstUse: number = Infinity;
  /** The named let whose procedure it is. */
  readonly loop: LoopFacts | null;

  constructor(name: Sym, owner: FunctionScope, loop: LoopFacts | null = null) {
    this.name = name;
    this.owner = owner;
    this.loop = loop;
  }
}

/** A definition in a block or a letrec, and when evaluation of it starts and ends. */
export interface Definition {
  readonly binding: Binding;
  readonly value: Named;
  start: number;
  end: number;
}

/** What is known of a named let. */
export interface LoopFacts {
  readonly node: NamedLoop;
  readonly scope: FunctionScope;
  /** False once its procedure is used other than by a fitting call in tail position. */
  simple: boolean;
  /** Whether it stands in tail position of the named let around it. */
  readonly nested: boolean;
  /** The functions from whose code it is called. */
  readonly callers: FunctionScope[];
}

/** What a node that binds variables binds. */
export interface Bound {
  readonly bindings: readonly Binding[];
  readonly scope: FunctionScope;
}

/** Everything the walk finds out. */
export interface Facts {
  /** References and assignments of local variables; what is missing is global. */
  readonly uses: ReadonlyMap<Named, Binding>;
  /** Definitions of local variables; what is missing is global. */
  readonly definitions: ReadonlyMap<Named, Definition>;
  /** The variables of `let`, `letrec`, `lambda` (parameters, then rest), `try` and `block` (by its definitions). */
  readonly bound: ReadonlyMap<Named, Bound>;
  readonly loops: ReadonlyMap<NamedLoop, { readonly facts: LoopFacts; readonly procedure: Binding }>;
  /** Globals that the unit defines or assigns. */
  readonly assignedGlobals: ReadonlySet<Sym>;
}

/** The loops in whose tail position an expression stands. */
interface Tails {
  readonly loop: LoopFacts;
  readonly outer: Tails | null;
}

class Scope {
  readonly parent: Scope | null;
  readonly owner: FunctionScope;
  readonly block: boolean;
  readonly names: Map<Sym, Binding> = new Map();
  /** All variables made here, hidden ones of equal name included. */
  readonly bindings: Binding[] = [];

  constructor(parent: Scope | null, owner: FunctionScope, block = false) {
    this.parent = parent;
    this.owner = owner;
    this.block = block;
  }

  declare(name: Sym, loop: LoopFacts | null = null): Binding {
    const binding = new Binding(name, this.owner, loop);
    this.names.set(name, binding);
    this.bindings.push(binding);
    return binding;
  }

  lookup(name: Sym): Binding | null {
    for (let scope = this as Scope | null; scope !== null; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding !== undefined) return binding;
    }
    return null;
  }

  /** What a definition of `name` here assigns: a variable of the same function, or a new one of the innermost block. */
  definitionTarget(name: Sym): Binding | null {
    let block: Scope | null = null;
    for (let scope = this as Scope | null; scope !== null && scope.owner === this.owner; scope = scope.parent) {
      const binding = scope.names.get(name);
      if (binding !== undefined && binding.owner === this.owner) return binding;
      if (scope.block) block ??= scope;
    }
    return block === null ? null : block.declare(name);
  }
}

class Walk implements Facts {
  readonly uses: Map<Named, Binding> = new Map();
  readonly definitions: Map<Named, Definition> = new Map();
  readonly bound: Map<Named, Bound> = new Map();
  readonly loops: Map<NamedLoop, { facts: LoopFacts; procedure: Binding }> = new Map();
  readonly assignedGlobals: Set<Sym> = new Set();
  #clock = 0;

  #use(node: Named, name: Sym, scope: Scope): Binding | null {
    const binding = scope.lookup(name);
    if (binding !== null) {
      this.uses.set(node, binding);
      binding.firstUse = Math.min(binding.firstUse, this.#clock++);
    }
    return binding;
  }

  visit(node: Named, scope: Scope, tails: Tails | null): void {
    switch (node.kind) {
      case "const":
        return;
      case "ref": {
        const binding = this.#use(node, node.name, scope);
        if (binding !== null && binding.loop !== null) binding.loop.simple = false;
        return;
      }
      case "set": {
        this.visit(node.value, scope, null);
        const binding = this.#use(node, node.name, scope);
        if (binding === null) this.assignedGlobals.add(node.name);
        else {
          binding.assignments++;
          if (binding.loop !== null) binding.loop.simple = false;
        }
        return;
      }
      case "define":
        return this.#define(node, scope);
      case "defineGlobal":
        this.assignedGlobals.add(node.name);
        return this.visit(node.value, scope, null);
      case "if":
        this.visit(node.test, scope, null);
        this.visit(node.then, scope, tails);
        return this.visit(node.else, scope, tails);
      case "seq": {
        this.#declareEarly(node, scope);
        const last = node.body.length - 1;
        node.body.forEach((part, index) => this.visit(part, scope, index === last ? tails : null));
        return;
      }
      case "block": {
        const inner = new Scope(scope, scope.owner, true);
        this.#declareEarly(node.body, inner);
        this.visit(node.body, inner, tails);
        this.bound.set(node, { bindings: inner.bindings, scope: scope.owner });
        return;
      }
      case "let": {
        for (const init of node.inits) this.visit(init, scope, null);
        const inner = new Scope(scope, scope.owner);
        for (const name of node.names) inner.declare(name);
        this.bound.set(node, { bindings: inner.bindings, scope: scope.owner });
        return this.visit(node.body, inner, tails);
      }
      case "letrec": {
        const inner = new Scope(scope, scope.owner, true);
        const bindings = node.names.map((name) => inner.declare(name));
        this.#declareEarly(node.body, inner);
        node.inits.forEach((init, index) => {
          const binding = bindings[index] as Binding;
          const definition: Definition = { binding, value: init, start: this.#clock++, end: 0 };
          binding.definitions.push(definition);
          this.definitions.set(init, definition);
          this.visit(init, inner, null);
          definition.end = this.#clock++;
        });
        this.visit(node.body, inner, tails);
        this.bound.set(node, { bindings: inner.bindings, scope: scope.owner });
        return;
      }
      case "lambda":
        return this.#lambda(node, scope);
      case "loop":
        return this.#loop(node, scope, tails);
      case "while":
        this.visit(node.test, scope, null);
        return this.visit(node.body, scope, null);
      case "call":
        if (node.callee.kind === "ref" && this.#loopCall(node.callee, node.args.length, scope, tails)) {
          this.#use(node.callee, node.callee.name, scope);
        } else this.visit(node.callee, scope, null);
        for (const arg of node.args) this.visit(arg, scope, null);
        return;
      case "intrinsic":
      case "primitive":
        for (const arg of node.args) this.visit(arg, scope, null);
        return;
      case "try": {
        this.visit(node.body, scope, null);
        const inner = new Scope(scope, scope.owner);
        inner.declare(node.name);
        this.bound.set(node, { bindings: inner.bindings, scope: scope.owner });
        return this.visit(node.handler, inner, tails);
      }
      default: {
        const never: never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }

  /** Declares what the definitions standing directly in a body define. */
  #declareEarly(body: Named, scope: Scope): void {
    const parts = body.kind === "seq" ? body.body : [body];
    for (const part of parts) if (part.kind === "define" && part.early) scope.definitionTarget(part.name);
  }

  #define(node: NamedDefine, scope: Scope): void {
    // An early definition has its variable already; this finds it.
    const early = node.early ? scope.definitionTarget(node.name) : null;
    const start = this.#clock++;
    this.visit(node.value, scope, null);
    const binding = early ?? (node.early ? null : scope.definitionTarget(node.name));
    if (binding === null) {
      this.assignedGlobals.add(node.name);
      return;
    }
    if (binding.loop !== null) binding.loop.simple = false;
    const definition: Definition = { binding, value: node.value, start, end: this.#clock++ };
    binding.definitions.push(definition);
    this.definitions.set(node, definition);
  }

  #lambda(node: NamedLambda, scope: Scope): void {
    const owner = new FunctionScope(scope.owner);
    const inner = new Scope(scope, owner);
    for (const name of node.parameters) inner.declare(name);
    if (node.rest !== null) inner.declare(node.rest);
    this.bound.set(node, { bindings: inner.bindings, scope: owner });
    this.visit(node.body, inner, null);
  }

  #loop(node: NamedLoop, scope: Scope, tails: Tails | null): void {
    for (const init of node.inits) this.visit(init, scope, null);
    const owner = new FunctionScope(scope.owner);
    const nested = tails !== null && tails.loop.scope === scope.owner;
    const facts: LoopFacts = { node, scope: owner, simple: true, nested, callers: [] };
    const outer = new Scope(scope, scope.owner);
    const procedure = outer.declare(node.name, facts);
    const inner = new Scope(outer, owner);
    for (const name of node.names) inner.declare(name);
    this.bound.set(node, { bindings: inner.bindings, scope: owner });
    this.loops.set(node, { facts, procedure });
    this.visit(node.body, inner, { loop: facts, outer: tails });
    // Inner named lets are decided by now: what calls from one of them must not have become a closure.
    owner.inlined = facts.simple && facts.callers.every((caller) => caller.frame === owner);
    if (!owner.inlined) facts.simple = false;
  }

  /** Notes a call of a named let's procedure in one of its tail positions; false when it is anything else. */
  #loopCall(callee: Named & { readonly kind: "ref" }, count: number, scope: Scope, tails: Tails | null): boolean {
    const loop = scope.lookup(callee.name)?.loop ?? null;
    if (loop === null || loop.node.names.length !== count) return false;
    for (let tail = tails; tail !== null; tail = tail.outer) {
      if (tail.loop === loop) {
        loop.callers.push(scope.owner);
        return true;
      }
    }
    return false;
  }
}

/** Finds the binding of every name in the forms of a unit. */
export function* bindNames(unit: readonly Named[]): Gradual<{ readonly facts: Facts; readonly scope: FunctionScope }> {
  const walk = new Walk();
  const scope = new FunctionScope(null);
  const globals = new Scope(null, scope);
  for (const form of unit) {
    walk.visit(form, globals, null);
    yield;
  }
  return { facts: walk, scope };
}
