/**
 * Second half of resolving: named core with its bindings known becomes resolved core. Gives out slots and captures,
 * and turns definitions into the narrowest thing they can be: functions that only see each other into a `fix`, a
 * value nobody asks for early into a `let`, and only the rest into a variable that is assigned.
 */
import {
  type Capture,
  type Core,
  type Gradual,
  type Intrinsic,
  INTRINSICS,
  type Lambda,
  type LoopLabel,
  type Names,
  type Position,
  type Variable,
} from "../core/mod.ts";
import { intern, type Sym } from "../data/mod.ts";
import type { Named, NamedLambda, NamedLoop } from "../lower/mod.ts";
import type { Binding, Bound, Definition, Facts, FunctionScope, LoopFacts } from "./scope.ts";

const APPLY = intern("__vm-apply");

const INTRINSIC_BY_CALL: ReadonlyMap<string, Intrinsic> = new Map(
  (Object.keys(INTRINSICS) as Intrinsic[]).map((operation) => [INTRINSICS[operation].join(" "), operation]),
);

/** A function being emitted. */
interface Frame {
  readonly scope: FunctionScope;
  readonly parent: Frame | null;
  readonly variables: Variable[];
  /** The variables here and in the functions around. */
  readonly names: Names;
  readonly captures: Capture[];
  readonly captureIndex: Map<Binding, number>;
  /** The never-assigned variable that holds the function itself. */
  readonly self: Binding | null;
}

/** One item of a block: an expression, definitions that become a `fix`, or one that becomes a `let`. */
type Item =
  | { readonly kind: "plain"; readonly node: Named }
  | { readonly kind: "fix"; readonly definitions: readonly Definition[] }
  | { readonly kind: "let"; readonly definition: Definition }
  | { readonly kind: "assign"; readonly definition: Definition };

class Emitter {
  readonly #facts: Facts;
  readonly #keepsCaller: (name: Sym) => boolean;
  readonly #variables: Map<Binding, Variable> = new Map();
  readonly #labels: Map<LoopFacts, LoopLabel> = new Map();
  /** Bindings whose one definition is also their initialisation. */
  readonly #initialised: Set<Binding> = new Set();

  constructor(facts: Facts, keepsCaller: (name: Sym) => boolean) {
    this.#facts = facts;
    this.#keepsCaller = keepsCaller;
  }

  /** The whole unit as a function without parameters. */
  *unit(forms: readonly Named[], scope: FunctionScope, position: Position | null): Gradual<Lambda> {
    const frame = newFrame(scope, null, null);
    const body: Core[] = [];
    for (const form of forms) {
      // The unit's own frame stays, so that traces end in it.
      body.push(this.#emit(form, frame, false));
      yield;
    }
    return {
      name: null,
      named: false,
      parameters: [],
      rest: null,
      body: body.length === 0 ? { kind: "const", value: null } : { kind: "seq", body },
      captures: frame.captures,
      variables: frame.variables,
      outer: null,
      position,
    };
  }

  #declare(binding: Binding, frame: Frame): Variable {
    const variable: Variable = {
      name: binding.name,
      slot: frame.variables.length,
      captured: false,
      shared: false,
      assigned: false,
    };
    frame.variables.push(variable);
    this.#variables.set(binding, variable);
    return variable;
  }

  #variable(binding: Binding): Variable {
    const variable = this.#variables.get(binding);
    if (variable === undefined) throw new TypeError(`variable ${binding.name.name} is used before it is declared`);
    return variable;
  }

  #bound(node: Named): Bound {
    const bound = this.#facts.bound.get(node);
    if (bound === undefined) throw new TypeError(`no bindings are known for a ${node.kind}`);
    return bound;
  }

  /** The index of the capture of `frame` that holds `binding`, made when there is none. */
  #capture(binding: Binding, frame: Frame): number {
    const known = frame.captureIndex.get(binding);
    if (known !== undefined) return known;
    const { parent } = frame;
    const variable = this.#variable(binding);
    if (parent === null) throw new TypeError(`variable ${binding.name.name} belongs to no enclosing function`);
    let capture: Capture;
    if (binding.owner.frame === parent.scope) {
      capture = { from: "slot", variable };
      variable.captured = true;
      const initial = this.#initialised.has(binding) ? 1 : 0;
      if (binding.assignments > 0 || binding.definitions.length > initial) variable.shared = true;
    } else capture = { from: "capture", index: this.#capture(binding, parent), variable };
    const index = frame.captures.push(capture) - 1;
    frame.captureIndex.set(binding, index);
    return index;
  }

  #read(binding: Binding, frame: Frame): Core {
    if (binding.owner.frame === frame.scope) return { kind: "local", variable: this.#variable(binding) };
    if (frame.self === binding) return { kind: "self", variable: this.#variable(binding) };
    return { kind: "captured", index: this.#capture(binding, frame), variable: this.#variable(binding) };
  }

  #write(binding: Binding, value: Core, frame: Frame): Core {
    const variable = this.#variable(binding);
    const own = binding.owner.frame === frame.scope;
    if (own) variable.assigned = true;
    return own
      ? { kind: "setLocal", variable, value }
      : { kind: "setCaptured", index: this.#capture(binding, frame), variable, value };
  }

  #emit(node: Named, frame: Frame, tail: boolean): Core {
    switch (node.kind) {
      case "const":
        return { kind: "const", value: node.value };
      case "ref": {
        const binding = this.#facts.uses.get(node);
        return binding === undefined
          ? { kind: "global", name: node.name, position: node.position }
          : this.#read(binding, frame);
      }
      case "set": {
        const value = this.#emit(node.value, frame, false);
        const binding = this.#facts.uses.get(node);
        return binding === undefined
          ? { kind: "setGlobal", name: node.name, value }
          : this.#write(binding, value, frame);
      }
      case "define": {
        const value = this.#emit(node.value, frame, false);
        const definition = this.#facts.definitions.get(node);
        return definition === undefined
          ? { kind: "defineGlobal", name: node.name, value }
          : this.#write(definition.binding, value, frame);
      }
      case "defineGlobal":
        return { kind: "defineGlobal", name: node.name, value: this.#emit(node.value, frame, false) };
      case "if":
        return {
          kind: "if",
          test: this.#emit(node.test, frame, false),
          then: this.#emit(node.then, frame, tail),
          else: this.#emit(node.else, frame, tail),
        };
      case "seq": {
        const last = node.body.length - 1;
        return { kind: "seq", body: node.body.map((part, index) => this.#emit(part, frame, tail && index === last)) };
      }
      case "block": {
        const parts = flatten(node.body, []).map((part) => ({
          definition: this.#facts.definitions.get(part) ?? null,
          node: part,
        }));
        return this.#block(this.#bound(node).bindings, parts, frame, tail);
      }
      case "let": {
        const inits = node.inits.map((init) => this.#emit(init, frame, false));
        const variables = this.#bound(node).bindings.map((binding) => this.#declare(binding, frame));
        return { kind: "let", variables, inits, body: this.#emit(node.body, frame, tail) };
      }
      case "letrec": {
        const parts: Part[] = node.inits.map((init) => ({
          definition: this.#facts.definitions.get(init) ?? null,
          node: init,
        }));
        for (const part of flatten(node.body, [])) {
          parts.push({ definition: this.#facts.definitions.get(part) ?? null, node: part });
        }
        return this.#block(this.#bound(node).bindings, parts, frame, tail);
      }
      case "lambda":
        return { kind: "lambda", lambda: this.#lambda(node, node.body, frame, null) };
      case "loop":
        return this.#loop(node, frame, tail);
      case "while":
        return {
          kind: "while",
          test: this.#emit(node.test, frame, false),
          body: this.#emit(node.body, frame, false),
          position: node.position,
        };
      case "call":
        return this.#call(node, frame, tail);
      case "intrinsic":
        return { ...node, args: node.args.map((arg) => this.#emit(arg, frame, false)) };
      case "primitive":
        return { ...node, args: node.args.map((arg) => this.#emit(arg, frame, false)) };
      case "try": {
        const body = this.#emit(node.body, frame, false);
        const [binding] = this.#bound(node).bindings;
        if (binding === undefined) throw new TypeError("a try binds no variable");
        const variable = this.#declare(binding, frame);
        return { kind: "try", body, variable, handler: this.#emit(node.handler, frame, tail), position: node.position };
      }
      default: {
        const never: never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }

  #call(node: Named & { readonly kind: "call" }, frame: Frame, tail: boolean): Core {
    const { callee, position } = node;
    if (callee.kind === "ref") {
      const binding = this.#facts.uses.get(callee);
      if (binding === undefined) {
        const args = node.args.map((arg) => this.#emit(arg, frame, false));
        const operation = this.#intrinsic(callee.name, args.length);
        if (operation !== null) return { kind: "intrinsic", operation, args, position };
        const [first, second] = args;
        if (callee.name === APPLY && args.length === 2 && first !== undefined && second !== undefined) {
          return { kind: "apply", callee: first, list: second, tail, position };
        }
        // An operator that is unbound is reported at the call.
        const global: Core = { kind: "global", name: callee.name, position: position ?? callee.position };
        const kept = tail && !this.#facts.assignedGlobals.has(callee.name) && this.#keepsCaller(callee.name);
        return { kind: "call", callee: global, args, tail: tail && !kept, position };
      }
      const label = binding.loop === null ? undefined : this.#labels.get(binding.loop);
      if (label !== undefined) {
        return { kind: "continue", label, args: node.args.map((arg) => this.#emit(arg, frame, false)) };
      }
    }
    const operator = this.#emit(callee, frame, false);
    const args = node.args.map((arg) => this.#emit(arg, frame, false));
    return { kind: "call", callee: operator, args, tail, position };
  }

  #intrinsic(name: Sym, count: number): Intrinsic | null {
    const operation = INTRINSIC_BY_CALL.get(`${name.name} ${count}`);
    return operation === undefined || this.#facts.assignedGlobals.has(name) ? null : operation;
  }

  /** A function; `self` is the variable that will hold it, when nothing else ever does. */
  #lambda(node: NamedLambda | NamedLoop, body: Named, parent: Frame, self: Binding | null): Lambda {
    const { bindings, scope } = this.#bound(node);
    const frame = newFrame(scope, parent, self);
    const variables = bindings.map((binding) => this.#declare(binding, frame));
    const isLoop = node.kind === "loop";
    const rest = isLoop || node.rest === null ? null : variables.pop() ?? null;
    return {
      name: isLoop ? node.name.name : node.name,
      named: isLoop || node.named,
      parameters: variables,
      rest,
      body: this.#emit(body, frame, true),
      captures: frame.captures,
      variables: frame.variables,
      outer: parent.names,
      position: node.position,
    };
  }

  #loop(node: NamedLoop, frame: Frame, tail: boolean): Core {
    const known = this.#facts.loops.get(node);
    if (known === undefined) throw new TypeError("nothing is known of a named let");
    const { facts, procedure } = known;
    const inits = node.inits.map((init) => this.#emit(init, frame, false));
    if (facts.scope.inlined) {
      const variables = this.#bound(node).bindings.map((binding) => this.#declare(binding, frame));
      const label: LoopLabel = { name: node.name.name, variables };
      this.#labels.set(facts, label);
      const body = this.#emit(node.body, frame, tail);
      return facts.callers.length === 0
        ? { kind: "let", variables, inits, body }
        : { kind: "loop", label, variables, inits, body, tail: tail || facts.nested, position: node.position };
    }
    const variable = this.#declare(procedure, frame);
    const call: Core = {
      kind: "call",
      callee: { kind: "local", variable },
      args: inits,
      tail,
      position: node.position,
    };
    if (procedure.assignments === 0) {
      const lambda = this.#lambda(node, node.body, frame, procedure);
      return { kind: "fix", variables: [variable], lambdas: [lambda], body: call };
    }
    const value: Core = { kind: "lambda", lambda: this.#lambda(node, node.body, frame, null) };
    const body: Core = { kind: "seq", body: [{ kind: "setLocal", variable, value }, call] };
    return { kind: "let", variables: [variable], inits: [{ kind: "const", value: null }], body };
  }

  /** A block or letrec: `parts` in order, with definitions of `bindings` among them. */
  #block(bindings: readonly Binding[], parts: readonly Part[], frame: Frame, tail: boolean): Core {
    const own = new Set(bindings);
    const items = this.#plan(parts, own);
    const assigned = bindings.filter((binding) => !this.#initialised.has(binding));
    const variables = assigned.map((binding) => this.#declare(binding, frame));
    const body = this.#items(items, 0, frame, tail);
    return variables.length === 0
      ? body
      : { kind: "let", variables, inits: variables.map(() => ({ kind: "const", value: null })), body };
  }

  /** Decides what each definition becomes. */
  #plan(parts: readonly Part[], own: ReadonlySet<Binding>): Item[] {
    const single = (part: Part | undefined): Definition | null => {
      const definition = part?.definition ?? null;
      return definition !== null && own.has(definition.binding) && definition.binding.definitions.length === 1
        ? definition
        : null;
    };
    const isFunction = (part: Part | undefined): boolean => {
      const definition = single(part);
      return definition !== null && definition.value.kind === "lambda" && definition.binding.assignments === 0;
    };
    const items: Item[] = [];
    for (let index = 0; index < parts.length;) {
      const part = parts[index] as Part;
      const definition = single(part);
      if (definition === null) {
        items.push(
          part.definition === null || part.node.kind === "define"
            ? { kind: "plain", node: part.node }
            : { kind: "assign", definition: part.definition },
        );
        index++;
      } else if (isFunction(part)) {
        let end = index + 1;
        while (isFunction(parts[end])) end++;
        const group = parts.slice(index, end).flatMap((each) => single(each) ?? []);
        const early = group.filter(({ binding }) => binding.firstUse < definition.start);
        const fixed = group.filter(({ binding }) => binding.firstUse >= definition.start);
        for (const { binding } of fixed) this.#initialised.add(binding);
        if (fixed.length > 0) items.push({ kind: "fix", definitions: fixed });
        for (const each of early) items.push({ kind: "assign", definition: each });
        index = end;
      } else {
        index++;
        if (definition.binding.firstUse < definition.end) items.push({ kind: "assign", definition });
        else {
          this.#initialised.add(definition.binding);
          items.push({ kind: "let", definition });
        }
      }
    }
    return items;
  }

  /** The items from `start` on; a definition scopes over what follows it. */
  #items(items: readonly Item[], start: number, frame: Frame, tail: boolean): Core {
    const body: Core[] = [];
    for (let index = start; index < items.length; index++) {
      const item = items[index] as Item;
      const last = index === items.length - 1;
      switch (item.kind) {
        case "plain":
          body.push(this.#emit(item.node, frame, tail && last));
          break;
        case "assign":
          body.push(this.#write(item.definition.binding, this.#emit(item.definition.value, frame, false), frame));
          break;
        case "let": {
          const init = this.#emit(item.definition.value, frame, false);
          const variable = this.#declare(item.definition.binding, frame);
          const rest: Core = last ? { kind: "local", variable } : this.#items(items, index + 1, frame, tail);
          body.push({ kind: "let", variables: [variable], inits: [init], body: rest });
          return asSequence(body);
        }
        case "fix": {
          const variables = item.definitions.map(({ binding }) => this.#declare(binding, frame));
          const lambdas = item.definitions.map(({ value, binding }) => {
            if (value.kind !== "lambda") throw new TypeError("a fix of something else than functions");
            return this.#lambda(value, value.body, frame, binding);
          });
          const rest: Core = last
            ? { kind: "local", variable: variables.at(-1) as Variable }
            : this.#items(items, index + 1, frame, tail);
          body.push({ kind: "fix", variables, lambdas, body: rest });
          return asSequence(body);
        }
      }
    }
    return asSequence(body);
  }
}

/** A form of a block, and the definition it is, if any. */
interface Part {
  readonly definition: Definition | null;
  readonly node: Named;
}

function newFrame(scope: FunctionScope, parent: Frame | null, self: Binding | null): Frame {
  const variables: Variable[] = [];
  const names = { variables, outer: parent?.names ?? null };
  return { scope, parent, variables, names, captures: [], captureIndex: new Map(), self };
}

/** The expressions of a body with nested sequences dissolved. */
function flatten(node: Named, into: Named[]): Named[] {
  if (node.kind !== "seq") into.push(node);
  else for (const part of node.body) flatten(part, into);
  return into;
}

function asSequence(body: readonly Core[]): Core {
  const [first = { kind: "const", value: null } as const] = body;
  return body.length <= 1 ? first : { kind: "seq", body };
}

/** Emits the forms of a unit whose names are bound. */
export function emitUnit(
  unit: readonly Named[],
  facts: Facts,
  scope: FunctionScope,
  position: Position | null,
  keepsCaller: (name: Sym) => boolean,
): Gradual<Lambda> {
  return new Emitter(facts, keepsCaller).unit(unit, scope, position);
}
