/**
 * Everything that must hold before a change is good: `deno task test`, or with names of steps, only those.
 *
 * One line per step, the output of a step only when it fails, and at the end `N passed, N failed`: the tests of all
 * suites added up, each other step counting as one. Needs no set-up: what is not there comes through npx.
 */
import { spawn } from "node:child_process";
import process from "node:process";

const NODE = ["npx", "-y", "node@24"];
const BUN = ["npx", "-y", "bun@1.4.5"];
const DENO = [process.execPath];

/** How many tests a runner says have passed and failed; null when it says nothing. */
interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** One thing to run. */
interface Step {
  readonly name: string;
  readonly about: string;
  readonly command: readonly string[];
  /** Finds the counts in the output of a test runner. Absent for a step that passes or fails as one. */
  readonly counts?: (output: string) => Counts | null;
}

function sum(output: string, pattern: RegExp): number | null {
  let total: number | null = null;
  for (const match of output.matchAll(pattern)) total = (total ?? 0) + Number(match[1]);
  return total;
}

function reader(passed: RegExp, failed: RegExp): (output: string) => Counts | null {
  return (output) => {
    const good = sum(output, passed);
    const bad = sum(output, failed);
    return good === null || bad === null ? null : { passed: good, failed: bad };
  };
}

// Deno counts a suite as a test (or a step) beside what is in it; the others do not. Its line has no verdict at first.
function denoCounts(output: string): Counts | null {
  const totals = /\| (\d+) passed(?: \((\d+) steps?\))? \| (\d+) failed(?: \((\d+) steps?\))?/.exec(output);
  if (totals === null) return null;
  const [passed = 0, steps = 0, failed = 0, failedSteps = 0] = totals.slice(1).map((digits) => Number(digits ?? 0));
  const suites = [...output.matchAll(/^\s*\S.* \.\.\.$/gm)].length;
  return { passed: Math.max(0, passed + steps - suites), failed: Math.max(failed, failedSteps) };
}

const bunCounts = reader(/^\s*(\d+) pass$/gm, /^\s*(\d+) fail$/gm);
const nodeCounts = reader(/^(?:ℹ|#) pass (\d+)$/gm, /^(?:ℹ|#) (?:fail|cancelled) (\d+)$/gm);

// The types of Node come with the compiler: there is no node_modules here to find them in.
const TSC = 'tsc --project tsconfig.json --typeRoots "$(dirname "$(command -v tsc)")/../@types"';

const STEPS: readonly Step[] = [
  { name: "format", about: "deno fmt --check", command: [...DENO, "fmt", "--check"] },
  { name: "lint", about: "deno lint", command: [...DENO, "lint"] },
  {
    name: "types",
    about: "deno check",
    command: [...DENO, "check", "--quiet", "mod.ts", "src", "tests", "bench", "scripts"],
  },
  {
    name: "tsc",
    about: "the same by typescript 7",
    command: ["npx", "-y", "-p", "typescript@7", "-p", "@types/node@24", "-c", TSC],
  },
  { name: "docs", about: "deno doc --lint", command: [...DENO, "doc", "--lint", "mod.ts"] },
  { name: "publish", about: "deno publish --dry-run", command: [...DENO, "publish", "--dry-run", "--allow-dirty"] },
  {
    name: "bundle",
    about: "the engine in one file is what its modules give",
    command: [...DENO, "run", "-A", "--no-check", "scripts/bundle.ts", "--check"],
  },
  {
    name: "package",
    about: "the package for npm: installed, type-checked and run on all hosts",
    command: [...DENO, "run", "-A", "--no-check", "scripts/package_check.ts"],
  },
  {
    name: "deno",
    about: "tests on Deno",
    command: [...DENO, "test", "-A", "--no-check", "tests/"],
    counts: denoCounts,
  },
  {
    name: "no-eval",
    about: "programs and conformance where code generation is forbidden",
    command: [
      ...DENO,
      "test",
      "-A",
      "--no-check",
      "--v8-flags=--disallow-code-generation-from-strings",
      "tests/programs/",
      "tests/conformance/",
    ],
    counts: denoCounts,
  },
  {
    name: "bun",
    about: "tests on Bun",
    command: [...BUN, "test", "--timeout", "120000", "./tests/"],
    counts: bunCounts,
  },
  {
    name: "node",
    about: "tests on Node 24",
    command: [...NODE, "--no-warnings", "--test", "tests/**/*_test.ts"],
    counts: nodeCounts,
  },
];

interface Outcome {
  readonly code: number | null;
  readonly output: string;
}

function run(command: readonly string[]): Promise<Outcome> {
  const [program = "", ...args] = command;
  const env = { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined };
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"], env });
  const chunks: Uint8Array[] = [];
  child.stdout.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  child.stderr.on("data", (chunk: Uint8Array) => chunks.push(chunk));
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, output: `${program}: ${error.message}\n` }));
    child.on("close", (code) => {
      const decoder = new TextDecoder();
      const text = chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
      resolve({ code, output: text });
    });
  });
}

/** What a finished step adds to the sum: a runner that fails without naming a failure counts as one. */
function count(step: Step, outcome: Outcome): Counts {
  const good = outcome.code === 0;
  if (step.counts === undefined) return good ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
  // deno-lint-ignore no-control-regex
  const found = step.counts(outcome.output.replace(/\x1b\[[0-9;]*m/g, ""));
  if (found === null || (good && found.passed === 0)) return { passed: 0, failed: 1 };
  return good || found.failed > 0 ? found : { passed: found.passed, failed: 1 };
}

/** The output of a runner without its lines about tests that have passed, among which the others are hard to find. */
function withoutPasses(output: string): string {
  return output.split("\n").filter((line) => !/^\s*(?:\(pass\) |✔ |.* \.\.\. ok \()/.test(line)).join("\n");
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    console.error(`no step ${unknown.join(", ")}; there are: ${STEPS.map((step) => step.name).join(" ")}`);
    process.exitCode = 2;
    return;
  }
  let passed = 0;
  let failed = 0;
  for (const step of STEPS) {
    if (wanted.length > 0 && !wanted.includes(step.name)) continue;
    const start = performance.now();
    const outcome = await run(step.command);
    const counts = count(step, outcome);
    passed += counts.passed;
    failed += counts.failed;
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6);
    const verdict = counts.failed === 0 ? "ok    " : "FAILED";
    const numbers = step.counts === undefined ? "" : `: ${counts.passed} passed, ${counts.failed} failed`;
    console.log(`${verdict} ${seconds} s  ${step.name.padEnd(8)} ${step.about}${numbers}`);
    if (counts.failed > 0) console.log(withoutPasses(outcome.output).trimEnd().replace(/^/gm, "       | "));
  }
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

await main();
