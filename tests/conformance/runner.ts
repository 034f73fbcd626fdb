/**
 * Runs the cases recorded from the reference implementation: each in a fresh runtime, compared with what was recorded
 * or, where this implementation means to differ, with `deviations.jsonl`.
 *
 * Compared are the printed value, the type and message of an error, and the output. Hints are not: they may be better.
 */
import { readFileSync } from "node:fs";
import {
  createRuntime,
  type Runtime,
  type RuntimeOptions,
  SemaError,
  type SemaValue,
  type Tier,
} from "../../src/engine/mod.ts";
import { quietHost } from "../quiet_host.ts";

/** The files of cases. */
export const CORPORA = ["core", "numbers", "collections", "strings", "host"] as const;

/** The name of a file of cases. */
export type Corpus = typeof CORPORA[number];

/** A recorded error. Without a type no program can catch it: it arises before the program runs. */
interface RecordedError {
  readonly type: string | null;
  readonly message: string;
}

/** One case, as it stands in the files. */
export interface Case {
  readonly id: string;
  readonly code: string;
  readonly value?: string;
  readonly error?: RecordedError;
  /** Lines. */
  readonly output?: readonly string[];
  readonly mode?: "async";
}

/** What is expected instead of what was recorded, and why. */
interface Deviation {
  readonly id: string;
  readonly value?: string;
  readonly error?: RecordedError;
  /** The value holds but for the last place of floats, where the mathematical functions of hosts differ. */
  readonly lastPlace?: true;
  /** The value holds, but this is written. */
  readonly output?: readonly string[];
  readonly reason: string;
}

/** A case with the deviation from it. */
export interface Expectation extends Case {
  readonly lastPlace: boolean;
  /** Background tasks that nothing ends are in the host's corpus alone. */
  readonly mayHang: boolean;
}

/** The cases known to fail, by corpus. */
export type Ledger = Readonly<Record<Corpus, readonly string[]>>;

function text(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}

function rows<T>(name: string): T[] {
  return text(name).split("\n").filter((line) => line !== "").map((line): T => JSON.parse(line));
}

/** The ledger of known failures. */
export function readLedger(): Ledger {
  const ledger: Ledger = JSON.parse(text("failing.json"));
  return ledger;
}

/** The rows of `deviations.jsonl`, by id. */
export function deviations(): Map<string, Deviation> {
  return new Map(rows<Deviation>("deviations.jsonl").map((row) => [row.id, row]));
}

/** The cases of a corpus. */
export function cases(corpus: Corpus): Expectation[] {
  const wanted = deviations();
  return rows<Case>(`${corpus}.jsonl`).map((recorded) => {
    const deviation = wanted.get(recorded.id);
    const { value, error, output, lastPlace = false } = deviation ?? {};
    const common = { lastPlace, mayHang: corpus === "host" };
    if (output !== undefined) return { ...recorded, ...common, output };
    if (value === undefined && error === undefined) return { ...recorded, ...common };
    const { value: _value, error: _error, ...kept } = recorded;
    if (error !== undefined) return { ...kept, ...common, error };
    return { ...kept, ...common, value: value as string };
  });
}

/** What a program did. */
interface Observed {
  readonly value: string | null;
  readonly error: { readonly type: string; readonly message: string } | null;
  readonly output: string;
}

/** Time for a case that waits for the host or might never end, in milliseconds. */
const PATIENCE = 500;

/** Makes the runtime for a case. */
export type MakeRuntime = (options: RuntimeOptions) => Runtime;

/** More than any case needs that ends; the rest shall overflow soon. */
const DEPTH = 100_000;

function impatient(promise: Promise<SemaValue>): Promise<SemaValue> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not finished after ${PATIENCE} ms`)), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function observe({ code, mode, mayHang }: Expectation, tier: Tier, make: MakeRuntime): Promise<Observed> {
  let output = "";
  // The recording has standard error among the lines of standard output, marked, except for what `spy` writes.
  const spying = code.includes("(spy ");
  const runtime = make({
    tier,
    host: quietHost(),
    limits: mayHang ? { depth: DEPTH, milliseconds: PATIENCE } : { depth: DEPTH },
    stdout: (piece) => output += piece,
    stderr: (piece) => output += spying ? "" : `[error] ${piece.replace(/\n$/, "")}\n`,
  });
  try {
    const value = mode === "async" ? await impatient(runtime.evalAsync(code)) : runtime.eval(code);
    return { value: runtime.print(value), error: null, output };
  } catch (error) {
    const type = error instanceof SemaError ? error.type : "failure of the host";
    const message = error instanceof Error ? error.message : String(error);
    // The recording has the first line of a message alone.
    return { value: null, error: { type, message: message.split("\n", 1).join() }, output };
  }
}

const FLOAT = /-?\d+\.\d+/g;

/** Whether two printed values are the same but for the last place of the floats in them. */
function nearly(a: string, b: string): boolean {
  if (a.replace(FLOAT, "0.0") !== b.replace(FLOAT, "0.0")) return false;
  const wanted = b.match(FLOAT) ?? [];
  return (a.match(FLOAT) ?? []).every((float, i) => {
    const x = Number(float);
    const y = Number(wanted[i]);
    return Math.abs(x - y) <= 2 * Number.EPSILON * Math.max(Math.abs(x), Math.abs(y));
  });
}

/** How what a case does on a tier differs from what is expected; null when it does not. */
export async function difference(
  expected: Expectation,
  tier: Tier,
  make: MakeRuntime = createRuntime,
): Promise<string | null> {
  const observed = await observe(expected, tier, make);
  const { value = null, error = null, output = [] } = expected;
  const found: string[] = [];
  const compare = (what: string, actual: string | null, wanted: string | null) => {
    if (actual === wanted || (expected.lastPlace && actual !== null && wanted !== null && nearly(actual, wanted))) {
      return;
    }
    found.push(`${what} is ${actual ?? "none"}\n      wanted ${wanted ?? "none"}`);
  };
  compare("value", observed.value, value);
  if (error !== null && error.type === null) compare("message", observed.error?.message ?? null, error.message);
  else compare("error", shown(observed.error), shown(error));
  compare("output", observed.output.replace(/\n$/, ""), output.join("\n"));
  return found.length === 0 ? null : `${expected.id}: ${expected.code}\n    ${found.join("\n    ")}`;
}

function shown(error: RecordedError | null): string | null {
  return error === null ? null : `${error.type}: ${error.message}`;
}

/** How a corpus fares on a tier. */
export interface Outcome {
  readonly total: number;
  /** The ids that differ and how, in order. */
  readonly failing: ReadonlyMap<string, string>;
}

/** Runs a corpus on a tier. */
export async function runCorpus(corpus: Corpus, tier: Tier): Promise<Outcome> {
  const failing = new Map<string, string>();
  const all = cases(corpus);
  for (const each of all) {
    const found = await difference(each, tier);
    if (found !== null) failing.set(each.id, found);
  }
  return { total: all.length, failing };
}
