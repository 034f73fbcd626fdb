/**
 * The programs: `programs/NAME.sema`, and the same by hand in `programs/NAME.js`. A program defines `(main n)` and its
 * last line prints it for the size that counts; the JavaScript exports `main` and that size as `N`.
 *
 * The tests pin the outputs below, so they are written out here and not computed.
 */
import { readFileSync } from "node:fs";

/** One size of a program and the line it prints then. */
export interface Size {
  readonly n: number;
  readonly output: string;
}

/** What is known about a program. */
export interface Program {
  readonly full: Size;
  /** A smaller size for tiers and hosts that are too slow for the full one. */
  readonly small?: Size;
}

/** All programs by name. */
export const PROGRAMS: Readonly<Record<string, Program>> = {
  "tak": { full: { n: 500, output: "3500" }, small: { n: 5, output: "35" } },
  "fib": { full: { n: 27, output: "196418" } },
  "ack": { full: { n: 6, output: "2036" } },
  "even-odd": { full: { n: 10_000_000, output: "even" }, small: { n: 100_001, output: "odd" } },
  "nqueens": { full: { n: 10, output: "724" } },
  "deriv": { full: { n: 4000, output: "168000" } },
  "mandelbrot": { full: { n: 150, output: "277621" } },
  "nbody": { full: { n: 10_000, output: "-0.1690164412644488" } },
  "spectral-norm": { full: { n: 60, output: "1.2742060936355593" } },
  "fannkuch": { full: { n: 8, output: "1616 22" } },
  "binary-trees": { full: { n: 10, output: "135854" } },
  "upvalue-counter": { full: { n: 200_000, output: "200094 400000 200101" } },
  "pipeline": { full: { n: 100, output: "49383828" } },
  "string-pipeline": {
    full: { n: 3000, output: "132000 Alpha9-Beta9-Gamma9-Delta9-Zeta9-Eta9-Theta9" },
  },
  "word-count": {
    full: {
      n: 20_000,
      output: "a:1347 boil:1326 brown:1285 dog:1378 fox:1366 jumps:1383 lazy:1335 over:1391 quick:1364 " +
        "seven:1266 some:1310 tea:1273 the:1287 while:1346 wizards:1343",
    },
  },
  "throw-catch": { full: { n: 20_000, output: "66710001" } },
  "bignum": { full: { n: 40, output: "50037" } },
  "sieve": { full: { n: 300_000, output: "25997 299993" } },
  "matmul": { full: { n: 60, output: "3591318.9244195907" } },
  "quicksort": { full: { n: 10_000, output: "712169622" } },
};

/** The file of a program, as an absolute URL. */
export function programUrl(name: string, extension: "sema" | "js"): URL {
  return new URL(`programs/${name}.${extension}`, import.meta.url);
}

/** The text of a program. */
export function programText(name: string): string {
  return readFileSync(programUrl(name, "sema"), "utf8");
}

/** The text of a program without its last line: it defines `main` and runs nothing. */
export function definitions(name: string): string {
  const text = programText(name).trimEnd();
  return text.slice(0, text.lastIndexOf("\n") + 1);
}

/** The hand-written JavaScript of a program. */
export interface HandWritten {
  readonly N: number;
  readonly main: (n: number) => string | number;
}

/** Loads the hand-written JavaScript of a program. */
export async function handWritten(name: string): Promise<HandWritten> {
  const module: HandWritten = await import(programUrl(name, "js").href);
  return module;
}
