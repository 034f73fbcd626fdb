/**
 * The reference implementation as a peer, where its WebAssembly build is at hand. Compared are the output, the value,
 * or the error's message and the line of the innermost place in its trace.
 */
import { readFileSync } from "node:fs";
import process from "node:process";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";
import { type KnownDifference, knownDifference } from "./known.ts";
import { type Program, programText } from "./tree.ts";

/** What is used of the reference's module. */
interface Reference {
  readonly initSync: (options: { module: Uint8Array }) => unknown;
  readonly SemaInterpreter: new () => {
    evalGlobal(code: string): { value: string | null; output: string[]; error: string | null };
    free(): void;
  };
}

/** How a program differs from what the reference does. `known` where that is as it should be. */
export interface Difference {
  readonly known: KnownDifference | null;
  readonly text: string;
}

/** Compares a program with what the reference does; null when they agree. */
export type Oracle = (program: Program) => Difference | null;

/** Loads the reference from its JavaScript module; the WebAssembly file lies beside it. */
export async function loadOracle(path: string): Promise<Oracle> {
  const location = new URL(path, `file://${process.cwd()}/`);
  const reference: Reference = await import(location.href);
  const binary = new URL(location.href.replace(/\.js$/, "_bg.wasm"));
  const load = () => reference.initSync({ module: readFileSync(binary) });
  load();
  return (program) => {
    const text = programText(program);
    const ours = observed(text);
    const theirs = refer(reference, text);
    if (theirs === null) {
      // A trap leaves the module unusable.
      load();
      return null;
    }
    if (ours === theirs || ours.includes("exceeded time limit")) return null;
    return {
      known: knownDifference({ program, ours, theirs }),
      text: `--- reference:\n${theirs}\n--- baseline:\n${ours}`,
    };
  };
}

/** What the reference does; null when it crashes or gives up. */
function refer(reference: Reference, text: string): string | null {
  try {
    const interpreter = new reference.SemaInterpreter();
    const { value, output, error } = interpreter.evalGlobal(text);
    interpreter.free();
    if (error?.includes("exceeded step limit") === true) return null;
    const [message = "", ...trace] = error?.split("\n") ?? [];
    const place = trace.map((line) => /^ {2}at .*?(\d+):\d+\)?$/.exec(line)?.[1]).find((found) => found !== undefined);
    return shown(output.join("\n"), error === null ? value : null, `${message} @${place ?? "-"}`);
  } catch {
    return null;
  }
}

function observed(text: string): string {
  let output = "";
  const runtime = createRuntime({
    tier: "baseline",
    limits: { milliseconds: 2000 },
    stdout: (piece) => output += piece,
    stderr: () => {},
  });
  const result = (value: string | null, error: string) => shown(output.replace(/\n$/, ""), value, error);
  try {
    return result(runtime.print(runtime.eval(text)), "");
  } catch (error) {
    if (!(error instanceof SemaError)) return result(null, String(error));
    const place = error.trace.find(({ line }) => line > 0);
    return result(null, `${error.message} @${place?.line ?? "-"}`);
  }
}

/** Columns are left out: the reference's are those of the last call that was evaluated, often an argument. */
function shown(output: string, value: string | null, error: string): string {
  return `${output}\n=> ${value ?? error}`.replace(/:col \d+/g, ":col _");
}
