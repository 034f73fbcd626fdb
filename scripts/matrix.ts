/**
 * Every builtin with every kind of argument, against the reference: `matrix.ts REFERENCE.js [--record] [PREFIX OF NAMES …]`.
 *
 * Prints each call whose outcome differs from the reference's and has no reason in tests/builtins/matrix_deviations.json.
 * `--record` writes tests/builtins/matrix.jsonl anew, the rows of the given names or all; it keeps the old row of a
 * builtin that differs without a reason. A builtin that crashes the reference, or that it does not have, is recorded as it is here.
 */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { createRuntime } from "../src/engine/mod.ts";
import { quietHost } from "../tests/quiet_host.ts";
import {
  calls,
  KINDS,
  LETTERS,
  matrixProgram,
  PREPARATION,
  type Probe,
  readDeviations,
  readRows,
  type Row,
  rowFrom,
  rowLines,
  ROWS,
} from "../tests/builtins/matrix.ts";

/** What is used of the reference's module. */
interface Reference {
  readonly initSync: (options: { module: Uint8Array }) => unknown;
  readonly SemaInterpreter: new () => {
    evalGlobal(code: string): { value: string | null; error: string | null };
    free(): void;
  };
}

/** The reference; a crash spoils an instance of its module, and the next evaluation gets a new one. */
class Peer {
  readonly #source: string;
  readonly #binary: Uint8Array;
  readonly #directory: string = mkdtempSync(join(tmpdir(), "sema-matrix-"));
  #count = 0;
  #module: Reference | null = null;

  constructor(path: string) {
    this.#source = resolve(path);
    this.#binary = readFileSync(this.#source.replace(/\.js$/, "_bg.wasm"));
  }

  /** What a program prints as its value; the error's first line where it fails, null where it crashes. */
  async eval(code: string): Promise<{ value: string } | { error: string } | null> {
    if (this.#module === null) {
      const copy = join(this.#directory, `reference${this.#count++}.mjs`);
      copyFileSync(this.#source, copy);
      const module: Reference = await import(pathToFileURL(copy).href);
      module.initSync({ module: this.#binary });
      this.#module = module;
    }
    try {
      const interpreter = new this.#module.SemaInterpreter();
      const { value, error } = interpreter.evalGlobal(code);
      interpreter.free();
      return error === null ? { value: value ?? "nil" } : { error: error.split("\n")[0] ?? "" };
    } catch {
      this.#module = null;
      return null;
    }
  }

  close(): void {
    rmSync(this.#directory, { recursive: true });
  }
}

/** What happens here. */
async function ours(probe: Probe): Promise<Row> {
  const runtime = createRuntime({ tier: "baseline", host: quietHost(), stdout: () => {}, stderr: () => {} });
  return rowFrom(probe, runtime.print(await runtime.evalAsync(PREPARATION + matrixProgram(probe))));
}

/** The outcome in a record for a letter. */
function at(record: Readonly<Record<string, string>> | undefined, letter: string): string {
  return Object.entries(record ?? {}).find(([, letters]) => letters.includes(letter))?.[0] ?? "?";
}

/** The calls whose outcomes differ, as lines. */
function differences(probe: Probe, here: Row, there: Row): string[] {
  const lines: string[] = [];
  probe.args.forEach((_, i) => {
    const groups = new Map<string, string[]>();
    for (const letter of LETTERS) {
      const [a, b] = [at(here.got[i], letter), at(there.got[i], letter)];
      if (a !== b) {
        groups.set(`here ${a}\n  there ${b}`, [
          ...groups.get(`here ${a}\n  there ${b}`) ?? [],
          KINDS[letter]?.[0] ?? "",
        ]);
      }
    }
    const call = [probe.name, ...probe.args.map((arg, j) => i === j ? "X" : arg)].join(" ");
    for (const [what, values] of groups) lines.push(`(${call}) with X = ${values.join(", ")}\n  ${what}`);
  });
  here.arity.forEach((text, i) => {
    if (text !== there.arity[i]) {
      lines.push(`${probe.name} with a wrong count\n  here ${text}\n  there ${there.arity[i]}`);
    }
  });
  return lines;
}

/** The names of globals that the reference has. */
async function known(peer: Peer, name: string): Promise<boolean> {
  const found = await peer.eval(name);
  return found !== null && "value" in found;
}

async function main([path, ...args]: string[]): Promise<void> {
  if (path === undefined) throw new Error("which module is the reference?");
  const record = args.includes("--record");
  const prefixes = args.filter((arg) => !arg.startsWith("--"));
  const rows = readRows();
  const deviations = readDeviations();
  const peer = new Peer(path);
  let unexplained = 0;
  for (const probe of calls()) {
    if (probe.guessed || (prefixes.length > 0 && !prefixes.some((prefix) => probe.name.startsWith(prefix)))) continue;
    const here = await ours(probe);
    let found: string[] = [];
    const answer = probe.ofHost ? undefined : await peer.eval(PREPARATION + matrixProgram(probe));
    if (answer === undefined) console.log(`${probe.name}: asks the host`);
    else if (answer === null) console.log(`${probe.name}: crashes the reference`);
    else if ("error" in answer) console.log(`${probe.name}: ${answer.error}`);
    else if (await known(peer, probe.name)) found = differences(probe, here, rowFrom(probe, answer.value));
    const explained = Object.hasOwn(deviations, probe.name);
    if (found.length > 0 && !explained) {
      unexplained++;
      console.log(found.join("\n"));
    } else rows.set(probe.name, here);
  }
  peer.close();
  console.log(`${unexplained} builtins differ without a reason`);
  if (record) writeFileSync(ROWS, rowLines(rows));
}

await main(process.argv.slice(2));
