/**
 * `deno task bench`: per program one group, hand-written JavaScript as its baseline. Programs by name:
 * `deno task bench -- fib tak`. For figures to keep, and for Bun and Node, see `all.ts`.
 */
import process from "node:process";
import { PROGRAMS } from "./programs.ts";
import { COLUMNS, prepare } from "./run_one.ts";

// Said here because tsc does not know Deno.
declare const Deno: {
  bench(definition: {
    group: string;
    name: string;
    baseline: boolean;
    n: number;
    warmup: number;
    fn: () => unknown;
  }): void;
};

const wanted = process.argv.slice(2);

for (const name of Object.keys(PROGRAMS)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  for (const column of COLUMNS) {
    if (column === "auto") continue;
    const body = await prepare(name, column);
    // The walker takes seconds where the others take milliseconds: few rounds are enough.
    const effort = column === "walker" ? { n: 2, warmup: 1 } : { n: 10, warmup: 3 };
    Deno.bench({ group: name, name: `${name} ${column}`, baseline: column === "javascript", ...effort, fn: body });
  }
}
