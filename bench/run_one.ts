/**
 * Measures one program on one tier in this process, and prints one line of JSON:
 * `run_one.ts PROGRAM TIER [quick]`, the tier `javascript` being the hand-written program. Run by `all.ts` in a fresh
 * process each time, because what ran before in a process changes what the host's compiler makes of the next program.
 */
import process from "node:process";
import { createRuntime } from "../src/engine/mod.ts";
import { measure, QUICK, THOROUGH, type Timing } from "./measure.ts";
import { definitions, handWritten, PROGRAMS } from "./programs.ts";

/** What is compared. */
export const COLUMNS = ["walker", "baseline", "jit", "auto", "javascript"] as const;

/** One of {@link COLUMNS}. */
export type Column = typeof COLUMNS[number];

/** The line a child prints. */
export interface Measurement extends Timing {
  /** False when the program did not print its pinned line. */
  readonly correct: boolean;
  /** The version of the host. */
  readonly engine: string;
}

/** A call of the program's `main` as `column` runs it, giving the text it would print. */
export async function prepare(name: string, column: Column): Promise<() => string> {
  const program = PROGRAMS[name];
  if (program === undefined) throw new Error(`no program ${name}`);
  const { n } = program.full;
  if (column === "javascript") {
    const { main } = await handWritten(name);
    return () => String(main(n));
  }
  const runtime = createRuntime({ tier: column });
  runtime.eval(definitions(name), { file: `${name}.sema` });
  return () => String(runtime.toJS(runtime.call("main", n)));
}

if (import.meta.main) {
  const [name = "", given, effort] = process.argv.slice(2);
  const column = COLUMNS.find((each) => each === given);
  if (column === undefined) throw new Error(`the tier must be one of ${COLUMNS.join(", ")}`);
  const body = await prepare(name, column);
  let output = "";
  const timing = measure(() => output = body(), effort === "quick" ? QUICK : THOROUGH);
  const { deno, bun, node } = process.versions as Readonly<Record<string, string | undefined>>;
  const engine = deno ?? bun ?? node ?? "unknown";
  const measurement: Measurement = { ...timing, correct: output === PROGRAMS[name]?.full.output, engine };
  console.log(JSON.stringify(measurement));
}
