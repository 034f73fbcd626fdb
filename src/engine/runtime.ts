/**
 * A runtime: globals, library, machine, tiers and tasks of one interpreter, behind the embedding interface.
 */
import { type BuiltinContext, standardStreams } from "../builtins/mod.ts";
import { grantedCapabilities, permissionDenied } from "../builtins/host/host_access.ts";
import { thrown } from "../builtins/primitives.ts";
import { Closure, type Code, disassemble } from "../bytecode/mod.ts";
import { type Gradual, type Lambda, oneStep } from "../core/mod.ts";
import { type Condition, evalError, intern, layout, repr, type Sym, unboundError, type Value } from "../data/mod.ts";
import { analyse, analyseForms, analysing, type AnalysisHost } from "../frontend.ts";
import { depthLimit, Scheduler, Services, STACK_SLOTS, type Step } from "../runtime/mod.ts";
import { Globals, UNBOUND } from "../globals/mod.ts";
import { hostTiming, type Timing } from "../tasks/mod.ts";
import { Machine } from "../vm/mod.ts";
import { makeWalker, type Walker } from "../walker/mod.ts";
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
import { HostCalls } from "./host_calls.ts";
import { eachDefinition, nested } from "./inspection.ts";
import { firstPortion, Heat, PATIENCE } from "./heat.ts";
import { type Bridge, fromJS, functionFromJS, toJS } from "./interop.ts";
import { libraryGlobals } from "./library.ts";
import { JitOnDemand } from "./jit_on_demand.ts";
import { Modules, type UnitScope } from "./modules.ts";
import { type Account, Meter } from "./meter.ts";
import { Procedures } from "./procedures.ts";
import { ModuleScope } from "./scopes.ts";

/** Recursion a million deep is nothing special. */
const DEFAULT_DEPTH = 1_050_000;

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
  readonly #heat: Heat;
  readonly #procedures: Procedures;
  readonly #hostCalls: HostCalls;

  constructor(options: RuntimeOptions, experiment: Experiment) {
    const tier = this.#tier = options.tier ?? "auto";
    this.#clock = options.timing ?? hostTiming;
    this.#depth = options.limits?.depth ?? DEFAULT_DEPTH;
    this.#meter = new Meter(this.#clock, {
      others: () => this.#tasks.busy,
      activated: () => this.#jit.count(),
      depth: (depth) => this.#machine.limitFrames(depth ?? this.#depth),
      interrupted: () => this.#machine.closure.code.settle(),
    });
    this.#tasks = this.#makeScheduler();
    this.#services = new Services(this.#tasks);
    this.#procedures = new Procedures({
      codes: () => this.#codes,
      machine: () => this.#machine,
      walker: () => this.#walker,
      library: () => this.#library,
      expander: () => this.#expander,
      context: () => this.#context,
    });
    this.#hostCalls = new HostCalls({
      machine: () => this.#machine,
      jit: () => this.#jit,
      tasks: this.#tasks,
      changesStack: tier !== "walker",
    });
    this.#evaluations = this.#makeEvaluations(options);
    this.#library = libraryGlobals(
      (declaration) => this.#procedures.ofLibrary(declaration),
      (builtin) => this.#procedures.ofBuiltin(builtin),
      (name) => Object.hasOwn(standardStreams, name) ? standardStreams[name]?.make(this.#context) : undefined,
      grantedCapabilities(options.host ?? {}, options.deny ?? []),
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
      procedure: (lambda) => this.#procedures.ofProgram(lambda, this.#globals),
      control: (request) => this.#hostCalls.control(request),
      fail: (condition) => this.#hostCalls.fail(condition),
    });
    this.#codes = new Codes(this.#globals, this.#library, {
      ...experiment,
      heat: (words) => experiment.heat ?? firstPortion(tier, this.#meter, words),
      procedure: (builtin) => this.#procedures.ofBuiltin(builtin),
      interpret: (parameters) => this.#procedures.interpretEntry(parameters),
    });
    this.#machine = this.#makeMachine(experiment);
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
    return this.#procedures.entering(code);
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
      await this.#evaluations.carryOn(oneStep(() => this.#procedures.entering(unit)), {});
    } else eachDefinition(unit, (cell, code) => void cell.assignWatched(this.#procedures.closure(code)));
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
    return this.#evaluations.perform(this.#procedures.unit(lambda, scope));
  }

  #apply(procedure: Value, args: readonly Value[]): Value {
    return this.#evaluations.perform(this.#procedures.call(procedure, args));
  }

  /** A call by the host. */
  #application(procedure: Value, args: readonly unknown[]): Step {
    return this.#procedures.call(procedure, args.map((arg) => this.fromJS(arg)));
  }

  #callee(procedure: string | Value): Value {
    return typeof procedure === "string" ? this.#value(intern(procedure)) : procedure;
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
        this.#procedures.ofProgram(analyseForms([form], this.#expanders.of(scope), positions), scope),
      procedure: (lambda, scope) => this.#procedures.ofProgram(lambda, scope),
    });
  }

  #makeScheduler(): Scheduler<Account> {
    return new Scheduler({
      clock: this.#clock,
      stepper: () => this.#machine,
      pace: this.#meter,
      maxFrames: () => this.#machine.maxFrames,
      call: (thunk) => this.#procedures.thunk(thunk),
      failure: hostFailure,
      // Several tasks have to share the time.
      spawned: () => this.#meter.activate(),
      wake: () => this.#evaluations.wake(),
    });
  }

  #makeEvaluations(options: RuntimeOptions): Evaluations {
    return new Evaluations({
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
  }

  #makeMachine(experiment: Experiment): Machine {
    return new Machine(
      {
        context: this.#context,
        pace: this.#meter,
        depthLimit: experiment.depthLimit ?? depthLimit(this.#depth),
        stackSlots: experiment.stackSlots ?? STACK_SLOTS,
        raise: thrown,
        unbound: (cell) => this.#unbound(cell.name),
        await: (promise) => this.#tasks.await(promise),
        caller: (procedure) => this.#procedures.caller(procedure),
        callHost: (callee, args) => this.#hostCalls.call(callee, args),
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
