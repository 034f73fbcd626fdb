/** The reference implementation as a peer, where its WebAssembly build is at hand. */
import { readFileSync } from "node:fs";
import process from "node:process";
import { createRuntime, SemaError } from "../../src/engine/mod.ts";
import { type Program, programText } from "./tree.ts";

/** What is used of the reference's module. */
interface Reference {
  readonly initSync: (options: { module: Uint8Array }) => unknown;
  readonly SemaInterpreter: new () => {
    evalGlobal(code: string): { value: string | null; output: string[]; error: string | null };
    free(): void;
  };
}

/** Compares a program with what the reference does; null when they agree. */
export type Oracle = (program: Program) => string | null;

/** Loads the reference from its JavaScript module; the WebAssembly file lies beside it. */
export async function loadOracle(path: string): Promise<Oracle> {
  const location = new URL(path, `file://${process.cwd()}/`);
  const reference: Reference = await import(location.href);
  const binary = new URL(location.href.replace(/\.js$/, "_bg.wasm"));
  reference.initSync({ module: readFileSync(binary) });
  return (program) => {
    const interpreter = new reference.SemaInterpreter();
    const { value, output, error } = interpreter.evalGlobal(programText(program));
    interpreter.free();
    const theirs = shown(output.join("\n"), value, error?.split("\n")[0] ?? null);
    const ours = observed(program);
    return ours === theirs ? null : `--- reference:\n${theirs}\n--- auto:\n${ours}`;
  };
}

function observed(program: Program): string {
  let output = "";
  const runtime = createRuntime({ stdout: (piece) => output += piece, stderr: () => {} });
  const result = (value: string | null, error: string | null) => shown(output.replace(/\n$/, ""), value, error);
  try {
    return result(runtime.print(runtime.eval(programText(program))), null);
  } catch (error) {
    return result(null, error instanceof SemaError ? error.message : String(error));
  }
}

function shown(output: string, value: string | null, error: string | null): string {
  return `${output}\n=> ${error ?? value ?? "nil"}`;
}
