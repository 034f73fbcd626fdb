/**
 * A runtime: globals, library, machine, tiers and tasks of one interpreter, behind the embedding interface.
 */
import {
  type Builtin,
  type BuiltinContext,
  type ControlRequest,
  IndirectProcedure,
  type PreludeDeclaration,
  standardStreams,
} from "../builtins/mod.ts";
import { type Capability, grantedCapabilities, permissionDenied } from "../builtins/host/host_access.ts";
import { thrown } from "../builtins/primitives.ts";
import { Closure, type Code, disassemble, Unwind } from "../bytecode/mod.ts";
import { type Core, type Gradual, type Lambda, oneStep } from "../core/mod.ts";
import {
  arityError,
  arityText,
  type Condition,
  evalError,
  intern,
  layout,
  listFrom,
  type Procedure,
  repr,
  type Sym,
  unboundError,
  type Value,
} from "../data/mod.ts";
import { analyse, analyseForms, analysing, type AnalysisHost } from "../frontend.ts";
import { depthLimit, STACK_SLOTS } from "../runtime/depth.ts";
import { callArityError } from "../runtime/calls.ts";
import { Globals, UNBOUND } from "../runtime/globals.ts";
import { HostFunction } from "../runtime/host_function.ts";
import { Scheduler } from "../runtime/scheduler.ts";
import { Services } from "../runtime/services.ts";
import type { Step } from "../runtime/task.ts";
import { hostTiming, type Timing, Wait } from "../tasks/mod.ts";
import { Machine } from "../vm/mod.ts";
import { makeWalker, type Walker, WalkerClosure } from "../walker/mod.ts";
import type {
  AsyncOptions,
  Documentation,
  EvalOptions,
  InspectOptions,
  Listing,
  Runtime,
  RuntimeOptions,
  Stats,
  Tier,
} from "./api.ts";
import { Codes } from "./codes.ts";
import { builtinContext } from "./context.ts";
import { Evaluations } from "./evaluations.ts";
import { Expanders } from "./expanders.ts";
import type { Experiment } from "./experiment.ts";
import { hostFailure, passingError } from "./failures.ts";
import { hostRoutine } from "./host_routines.ts";
import { Help } from "./help.ts";
import { eachDefinition, nested } from "./inspection.ts";
import { firstPortion, Heat, PATIENCE } from "./heat.ts";
import { type Bridge, fromJS, functionFromJS, toJS } from "./interop.ts";
import { libraryGlobals } from "./library.ts";
import { JitOnDemand } from "./jit_on_demand.ts";
import { Modules, type UnitScope } from "./modules.ts";
import { type Account, Meter } from "./meter.ts";
import { ModuleScope } from "./scopes.ts";

/** Recursion a million deep through foldl, which takes three frames a level, is still nothing special. */
const DEFAULT_DEPTH = 3_100_000;
/** Makes a runtime. See {@link RuntimeOptions} for what it can be given; nothing is required. */
export function createRuntime(options: RuntimeOptions = {}): Runtime {
  return new Engine(options, {});
}

/** Makes a runtime whose tiers are varied, for measurements and hostile tests. */
export function createExperiment(options: RuntimeOptions, experiment: Experiment): Runtime {
  return new Engine(options, experiment);
}

class Engine implements Runtime {
  readonly #tier: Tier;
  readonly #meter: Meter;
  readonly #granted: ReadonlySet<Capability>;
  readonly #library: Globals;
  readonly #globals: Globals;
  readonly #help: Help;
  readonly #codes: Codes;
  readonly #modules: Modules;
  readonly #context: BuiltinContext;
  readonly #expanders: Expanders;
  readonly #expander: AnalysisHost;
  readonly #machine: Machine;
  readonly #tasks: Scheduler<Account>;
  readonly #services: Services<Account>;
  readonly #evaluations: Evaluations;
  readonly #clock: Timing;
  readonly #depth: number;
  readonly #jit: JitOnDemand;
  readonly #walker: Walker | null;
  /** Functions of the library that carry out calls of indirect procedures, by name: each such call asks. */
  readonly #callers: Map<string, Closure> = new Map();
  readonly #heat: Heat;
  #applier: Closure | null = null;
  /** The change of the stack that the builtin being called has asked for. */
  #request: ControlRequest | null = null;

  constructor(options: RuntimeOptions, experiment: Experiment) {
    const tier = this.#tier = options.tier ?? "auto";
    this.#clock = options.timing ?? hostTiming;
    this.#depth = options.limits?.depth ?? DEFAULT_DEPTH;
    this.#meter = new Meter(this.#clock, {
      others: () => this.#tasks.busy,
      activated: () => this.#jit.count(),
      depth: (depth) => this.#machine.limitFrames(depth ?? this.#depth),
    });
    this.#tasks = this.#makeScheduler();
    this.#services = new Services(this.#tasks);
    this.#evaluations = new Evaluations({
      clock: this.#clock,
      tasks: this.#tasks,
      meter: this.#meter,
      limits: options.limits ?? {},
      heapUsed: options.heapUsed,
      depth: this.#depth,
      machine: () => this.#machine,
      help: () => this.#help,
      failed: () => this.#modules.reset(),
      flush: () => options.flush?.(),
    });
    this.#library = libraryGlobals(
      (declaration) => this.#libraryFunction(declaration),
      (builtin) => this.#callable(builtin),
      (name) => Object.hasOwn(standardStreams, name) ? standardStreams[name]?.make(this.#context) : undefined,
      this.#granted = grantedCapabilities(options.host ?? {}, options.deny ?? []),
    );
    this.#globals = new Globals((name) => this.#library.cell(name).value);
    this.#help = new Help(this.#globals, this.#library);
    this.#modules = this.#makeModules(options);
    this.#expanders = new Expanders({
      globals: this.#globals,
      library: this.#library,
      evaluate: (lambda, scope) => this.#evaluate(lambda, scope),
      apply: (procedure, args) => this.#apply(procedure, args),
    });
    this.#expander = this.#expanders.of(this.#globals);
    this.#context = builtinContext(options, {
      meter: this.#meter,
      help: this.#help,
      modules: this.#modules,
      tasks: this.#tasks,
      services: this.#services,
      expander: this.#expander,
      procedure: (lambda) => this.#procedure(lambda, this.#globals),
      control: (request) => this.#control(request),
    });
    this.#codes = new Codes(this.#globals, this.#library, {
      ...experiment,
      heat: (words) => experiment.heat ?? firstPortion(tier, this.#meter, words),
      procedure: (builtin) => this.#callable(builtin),
      interpret: (parameters) => this.#interpretEntry(parameters),
    });
    this.#machine = new Machine(
      {
        context: this.#context,
        pace: this.#meter,
        depthLimit: experiment.depthLimit ?? depthLimit(this.#depth),
        stackSlots: experiment.stackSlots ?? STACK_SLOTS,
        raise: thrown,
        unbound: (cell) => this.#unbound(cell.name),
        await: (promise) => this.#tasks.await(promise),
        caller: (procedure) => this.#caller(procedure),
        callHost: (callee, args) => this.#callHost(callee, args),
        hot: (code, looping = false) => this.#heat.hot(code, looping),
        hotLoop: (closure, pc, frame) => {
          const wait = !this.#jit.knows(closure.code, pc) && this.#heat.putsOff(closure.code);
          return wait ? null : this.#jit.loop(closure, pc, frame);
        },
        waitingTrace: (trace) => this.#tasks.current.addTrace(trace, null),
      },
      new Closure(this.#codes.compile(analyseForms([], this.#expander)), []),
      this.#depth,
      experiment.dispatch,
    );
    this.#jit = new JitOnDemand(this.#machine, tier === "jit" || tier === "auto", this.#meter, {
      watch: options.onTier ?? null,
      forcing: experiment.forcing ?? null,
      patience: experiment.heat === undefined ? PATIENCE : 0,
    });
    this.#heat = new Heat(this.#meter, this.#machine, this.#jit, experiment.heat);
    this.#walker = tier === "walker" ? this.#makeWalker() : null;
    this.#codes.watchIntrinsics((codes) => this.#jit.invalidate(codes));
  }

  // --- The embedding interface -----------------------------------------------------------------------------------------

  eval(source: string, options: EvalOptions = {}): Value {
    return this.#evaluations.outermost(
      () => this.#evaluate(analyse(source, options.file ?? null, this.#expander)),
      options,
    );
  }

  async evalAsync(source: string, options: AsyncOptions = {}): Promise<Value> {
    if (this.#walker !== null) return this.eval(source, options);
    return await this.#evaluations.carryOn(this.#preparing(source, options.file ?? null), options);
  }

  *#preparing(source: string, file: string | null): Gradual<Step> {
    const code = yield* this.#codes.compiling(yield* analysing(source, file, this.#expander));
    return this.#entering(code);
  }

  async callAsync(procedure: string | Value, args: readonly unknown[], options: AsyncOptions = {}): Promise<Value> {
    if (this.#walker !== null) return this.call(procedure, ...args);
    return await this.#evaluations.carryOn(
      oneStep(() => this.#application(this.#callee(procedure), args)),
      options,
    );
  }

  print(value: Value): string {
    return layout(value);
  }

  toJS(value: Value): unknown {
    return this.#evaluations.outermost(() => toJS(value, this.#bridge));
  }

  fromJS(value: unknown): Value {
    return this.#evaluations.outermost(() => fromJS(value, this.#bridge));
  }

  define(name: string, value: unknown): void {
    this.#assign(
      intern(name),
      typeof value === "function"
        ? functionFromJS(value as (...args: unknown[]) => unknown, this.#bridge, name)
        : this.fromJS(value),
    );
  }

  get(name: string): Value {
    return this.#evaluations.outermost(() => this.#value(intern(name)));
  }

  call(procedure: string | Value, ...args: unknown[]): Value {
    return this.#evaluations.outermost(() =>
      this.#evaluations.perform(this.#application(this.#callee(procedure), args))
    );
  }

  doc(name: string): Documentation | null {
    return this.#help.doc(name);
  }

  complete(prefix: string): string[] {
    return this.#help.complete(prefix);
  }

  definedNames(): string[] {
    const names: string[] = [];
    for (const { name, value } of this.#globals.bound()) {
      if (value !== this.#library.cell(name).value) names.push(name.name);
    }
    return names;
  }

  async inspect(source: string, options: InspectOptions = {}): Promise<Listing[]> {
    const unit = this.#evaluations.outermost(() =>
      this.#codes.compile(analyse(source, options.file ?? null, this.#expander))
    );
    if (options.run === true) {
      await this.#evaluations.carryOn(oneStep(() => this.#entering(unit)), {});
    } else eachDefinition(unit, (cell, code) => void cell.assignWatched(this.#closure(code)));
    const lines = source.split("\n");
    const line = (file: string | null, number: number) =>
      file === (options.file ?? null) ? lines[number - 1] ?? null : null;
    return [...nested(unit)].map((code): Listing => ({
      name: code.name ?? "<lambda>",
      bytecode: () => disassemble(code),
      javascript: ({ annotate = false } = {}) =>
        this.#evaluations.outermost(() => this.#jit.tier.source(code, annotate ? line : null)),
    }));
  }

  disassemble(name: string): string {
    return this.#evaluations.outermost(() => disassemble(this.#code(name)));
  }

  generatedSource(name: string): string {
    return this.#evaluations.outermost(() => this.#jit.tier.source(this.#code(name)));
  }

  stats(): Stats {
    return {
      tier: this.#tier,
      functions: this.#codes.made,
      globalSites: this.#codes.globalSites,
      sharedCells: this.#machine.cellsMade,
      unwinds: { ...this.#machine.unwinding.counts },
      ...this.#jit.tier.stats(),
    };
  }

  readonly #bridge: Bridge = {
    call: (procedure, args) => this.toJS(this.call(procedure, ...args)),
    adopt: (promise) => this.#services.adopt(promise.then((value) => this.fromJS(value))),
    suspend: (promise) => this.#services.outside(() => promise.then((value) => this.fromJS(value))),
    failure: hostFailure,
    error: (condition) => passingError(condition, this.#help),
    callee: (procedure) =>
      typeof procedure === "string" ? this.#value(intern(procedure)) : fromJS(procedure, this.#bridge),
    functions: new WeakMap(),
    routine: (run, name) => hostRoutine(run, this.#bridge, name),
  };

  // --- Running ---------------------------------------------------------------------------------------------------------

  /** Runs a unit to its end; as the outermost one also what it started in the background. */
  #evaluate(lambda: Lambda, scope: UnitScope = this.#globals): Value {
    return this.#evaluations.perform(this.#unit(lambda, scope));
  }

  #unit(lambda: Lambda, scope: UnitScope): Step {
    const walker = this.#walker;
    if (walker !== null) return { kind: "run", run: () => walker.call(walker.closure(lambda, scope), []) };
    return this.#entering(this.#codes.compile(lambda, scope));
  }

  #entering(unit: Code): Step {
    return { kind: "call", closure: this.#closure(unit), args: [] };
  }

  /** The call of a function without arguments; raises for a function that takes some. */
  #step(thunk: Value): Step {
    if (thunk instanceof WalkerClosure && thunk.lambda.parameters.length > 0) {
      const { name, parameters } = thunk.lambda;
      throw arityError(name ?? "<lambda>", arityText(parameters.length, parameters.length), 0);
    }
    if (!(thunk instanceof Closure)) return this.#call(thunk, []);
    if (thunk.code.min > 0) throw callArityError(thunk.code, 0);
    return thunk.code.exact === 0 ? { kind: "call", closure: thunk, args: [] } : this.#call(thunk, []);
  }

  #call(procedure: Value, args: readonly Value[]): Step {
    const walker = this.#walker;
    if (walker !== null) return { kind: "run", run: () => walker.call(procedure, [...args]) };
    this.#applier ??= this.#closure(
      this.#codes.compileLibrary(this.#function("(fn (f args) (__vm-apply f args))"), { name: "call", min: 2, max: 2 }),
    );
    return { kind: "call", closure: this.#applier, args: [procedure, listFrom(args)] };
  }

  #apply(procedure: Value, args: readonly Value[]): Value {
    return this.#evaluations.perform(this.#call(procedure, args));
  }

  /** A call by the host. */
  #application(procedure: Value, args: readonly unknown[]): Step {
    return this.#call(procedure, args.map((arg) => this.fromJS(arg)));
  }

  #callee(procedure: string | Value): Value {
    return typeof procedure === "string" ? this.#value(intern(procedure)) : procedure;
  }

  #closure(code: Code): Closure {
    return new Closure(this.#machine.link(code), []);
  }

  /** A function of a program that captures nothing. */
  #procedure(lambda: Lambda, scope: UnitScope): Value {
    return this.#walker?.closure(lambda, scope) ?? this.#closure(this.#codes.compile(lambda, scope));
  }

  /** The lambda of a text that is one `(fn …)` form. */
  #function(text: string): Lambda {
    const unit = analyse(text, null, { ...this.#expander, keepsCaller: () => false }).body;
    const body = unit.kind === "seq" && unit.body.length === 1 ? unit.body[0] as Core : unit;
    if (body.kind !== "lambda") throw new TypeError(`not a function: ${text}`);
    return body.lambda;
  }

  #libraryFunction(declaration: PreludeDeclaration): Value {
    const lambda = this.#function(declaration.source);
    if (this.#walker !== null) return this.#walker.libraryClosure(lambda, declaration);
    return this.#closure(this.#codes.compileLibrary(lambda, declaration));
  }

  /** The closure that calls a procedure which is neither closure nor builtin: with it and a list of arguments. */
  #caller(procedure: Procedure): Closure | null {
    if (!(procedure instanceof IndirectProcedure)) return null;
    const known = this.#callers.get(procedure.caller);
    if (known !== undefined) return known;
    const value = this.#library.named(procedure.caller).value;
    if (!(value instanceof Closure)) return null;
    this.#callers.set(procedure.caller, value);
    return value;
  }

  /**
   * A builtin, as a function of the host when it runs programs: both may redefine what their callers rely on. So may
   * what runs when it changes the stack.
   */
  #callable(builtin: Builtin): Builtin | HostFunction {
    const { runsPrograms, changesStack } = builtin.declaration;
    if (runsPrograms !== true && changesStack !== true) return builtin;
    return new HostFunction(builtin.name, (args) => builtin.apply(args, this.#context));
  }

  #callHost(callee: HostFunction, args: Value[]): Value | Unwind {
    const before = this.#jit.invalidations;
    const result = callee.run(args);
    const request = this.#request;
    if (request !== null) {
      this.#request = null;
      return this.#machine.unwinding.start({ kind: "control", request });
    }
    const value = result instanceof Wait ? this.#tasks.await(result) : result;
    if (value instanceof Unwind) return value;
    // Compiled code below this call may rely on what the host has redefined: all of it goes on in the interpreter.
    return this.#jit.invalidations === before ? value : this.#machine.unwinding.start({ kind: "resume", value });
  }

  #interpretEntry(parameters: number): Code["entry"] {
    switch (parameters) {
      case 0:
        return (closure, depth) => this.#machine.interpret(closure, depth, []);
      case 1:
        return (closure, depth, a) => this.#machine.interpret(closure, depth, [a as Value]);
      case 2:
        return (closure, depth, a, b) => this.#machine.interpret(closure, depth, [a as Value, b as Value]);
      default:
        return (closure, depth, ...args) => this.#machine.interpret(closure, depth, args);
    }
  }

  // --- Globals ---------------------------------------------------------------------------------------------------------

  #value(name: Sym): Value {
    const { value } = this.#globals.cell(name);
    if (value === UNBOUND) throw this.#unbound(name);
    return value as Value;
  }

  #assign(name: Sym, value: Value): void {
    this.#globals.cell(name).assignWatched(value);
  }

  #unbound(name: Sym): Condition {
    return unboundError(name.name);
  }

  /** The code of the function that a global holds. */
  #code(name: string): Code {
    const value = this.#value(intern(name));
    if (value instanceof Closure) return value.code;
    throw evalError(`${name} is not a function of a program but ${repr(value)}`);
  }

  // --- What the stages and the library ask for -------------------------------------------------------------------------

  /** Notes the change of the stack that the builtin being called asks for. */
  #control(request: ControlRequest): void {
    if (this.#walker !== null) {
      throw evalError("the walker has no continuations", "every other tier does: auto, baseline, jit");
    }
    this.#request = request;
  }

  #makeModules({ files, host = {}, deny = [], allowedPaths }: RuntimeOptions): Modules {
    return new Modules({
      globals: this.#globals,
      files: files ?? null,
      permit: (path) => {
        if (deny.includes("fs-read")) throw permissionDenied("load", "fs-read");
        if (allowedPaths !== undefined && host.files !== undefined) this.#context.files.check("load", path);
      },
      makeScope: () => new ModuleScope(this.#globals, (codes) => this.#jit.invalidate(codes)),
      unit: (form, { positions }, scope) =>
        this.#procedure(analyseForms([form], this.#expanders.of(scope), positions), scope),
      procedure: (lambda, scope) => this.#procedure(lambda, scope),
    });
  }

  #makeScheduler(): Scheduler<Account> {
    return new Scheduler({
      clock: this.#clock,
      stepper: () => this.#machine,
      pace: this.#meter,
      maxFrames: () => this.#machine.maxFrames,
      call: (thunk) => this.#step(thunk),
      failure: hostFailure,
      // Several tasks have to share the time.
      spawned: () => this.#meter.activate(),
      wake: () => this.#evaluations.wake(),
    });
  }

  #makeWalker(): Walker {
    return makeWalker({
      context: this.#context,
      library: this.#library,
      unbound: (name) => this.#unbound(name),
      tick: () => this.#meter.step(),
    });
  }
}
