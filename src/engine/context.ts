/** What the builtins of one runtime may ask of it (`BuiltinContext`), put together from the parts of the runtime. */
import type { BuiltinContext, ControlRequest } from "../builtins/mod.ts";
import { BufferedInput } from "../builtins/host/buffered_input.ts";
import { FileAccess, systemFailure } from "../builtins/host/file_access.ts";
import type { Condition, Value } from "../data/mod.ts";
import { macroexpand } from "../expand/mod.ts";
import { analyseForms, type AnalysisHost, check } from "../frontend.ts";
import { textRoom } from "../builtins/text/lazy.ts";
import type { RegexCache } from "../regex/mod.ts";
import type { Lambda } from "../core/mod.ts";
import type { RuntimeOptions } from "./api.ts";
import { conditionOf } from "./failures.ts";
import type { Help } from "./help.ts";
import type { Account, Meter } from "./meter.ts";
import type { Modules } from "./modules.ts";
import type { Scheduler } from "../runtime/mod.ts";
import type { TaskServices } from "../tasks/mod.ts";
import { sink } from "./streams.ts";

/** The parts that answer. */
export interface ContextParts {
  readonly meter: Meter;
  readonly help: Help;
  readonly modules: Modules;
  readonly tasks: Scheduler<Account>;
  readonly services: TaskServices;
  /** The expander of the program's scope. */
  readonly expander: AnalysisHost;
  /** A function of a program. */
  procedure(lambda: Lambda): Value;
  /** Notes the change of the stack that the builtin being called asks for. */
  control(request: ControlRequest): void;
  fail(condition: Condition): void;
}

/** The context of a runtime. */
export function builtinContext(options: RuntimeOptions, parts: ContextParts): BuiltinContext {
  const { meter, help, modules, tasks, services, expander } = parts;
  const { host = {}, allowedPaths = null } = options;
  let patterns: RegexCache | null = null;
  const stdout = sink(1, options.stdout, options.stdoutBytes);
  const stderr = sink(2, options.stderr, options.stderrBytes);
  return {
    write: (text) => {
      meter.print(text);
      stdout.text(text);
    },
    writeError: (text) => {
      meter.print(text);
      stderr.text(text);
    },
    writeBytes: (stream, bytes) => {
      meter.printed(bytes.length);
      (stream === "stdout" ? stdout : stderr).bytes(bytes);
    },
    flush: () => options.flush?.(),
    gensym: expander.gensym,
    get patterns() {
      return patterns ??= new (textRoom().RegexCache)();
    },
    get charges() {
      return meter.active;
    },
    spend: (units) => meter.spend(units),
    documentation: (subject) => help.text(subject),
    namesWith: (part) => help.containing(part),
    unit: (form) => parts.procedure(analyseForms([form], expander)),
    check: (source) => conditionOf(() => check(source)),
    macroexpand: (form) => macroexpand(form, expander),
    defineMacro: (form) => void analyseForms([form], expander),
    moduleExports: (names) => modules.list(names),
    modules: modules,
    control: (request) => {
      parts.control(request);
      return null;
    },
    fail: (condition) => {
      parts.fail(condition);
      return null;
    },
    get winders() {
      return tasks.current.winders;
    },
    set winders(winders) {
      tasks.current.winders = winders;
    },
    files: new FileAccess(host.files, () => host.environment?.directory() ?? "/", allowedPaths),
    input: new BufferedInput((into) => {
      try {
        return host.input?.(into) ?? 0;
      } catch (error) {
        throw systemFailure(error, "*stdin*", "", "fs-read");
      }
    }),
    host,
    tasks: services,
    awaitHere: (value) => tasks.awaitHere(value),
  };
}
