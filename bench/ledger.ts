/**
 * What `bench:all` writes down: the tables of the last measurement, a line for every measurement so far, and what people
 * have added below, which stays as it is.
 */
import { availableParallelism, cpus } from "node:os";
import type { Column } from "./run_one.ts";

/** Best figures so far of one program on one host and column, in milliseconds; null when it failed. */
export type Best = { readonly min: number; readonly median: number; readonly first: number } | null;

/** Figures by {@link resultKey}. */
export type Results = Map<string, Best>;

/** One measurement of everything. */
export interface Measured {
  readonly hosts: readonly string[];
  readonly names: readonly string[];
  readonly columns: readonly Column[];
  readonly results: Results;
  readonly rounds: number;
  /** The hosts with their versions. */
  readonly engines: string;
}

/** The better of two figures, number by number. */
export function better(a: Best | undefined, b: Best): Best {
  if (a === undefined || a === null || b === null) return b;
  return { min: Math.min(a.min, b.min), median: Math.min(a.median, b.median), first: Math.min(a.first, b.first) };
}

/** Where the figures of a program stand. */
export function resultKey(host: string, name: string, column: Column): string {
  return `${host} ${name} ${column}`;
}

function milliseconds(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function times(ratio: number): string {
  return `${ratio.toFixed(ratio < 10 ? 2 : 0)}x`;
}

/** How many times as long as `base` a column takes by the median, for every program that has both. */
function ratios({ names, results }: Pick<Measured, "names" | "results">, host: string, column: Column, base: Column) {
  return names.flatMap((name) => {
    const value = results.get(resultKey(host, name, column));
    const other = results.get(resultKey(host, name, base));
    return value && other ? [value.median / other.median] : [];
  });
}

function geometricMean(values: readonly number[]): string {
  if (values.length === 0) return "";
  return times(Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length));
}

/** The table of one host: minimum and median per column, their ratio to JavaScript's, and what compiling is worth. */
export function table(host: string, names: readonly string[], columns: readonly Column[], results: Results): string {
  const lines = names.map((name) => {
    const figures = (column: Column) => results.get(resultKey(host, name, column)) ?? null;
    const javascript = figures("javascript");
    const cells = columns.map((column) => {
      const best = figures(column);
      if (best === null) return "failed";
      const text = `${milliseconds(best.min)} / ${milliseconds(best.median)}`;
      return column === "javascript" || javascript === null
        ? text
        : `${text} (${times(best.median / javascript.median)})`;
    });
    const [baseline, jit] = [figures("baseline"), figures("jit")];
    cells.push(baseline === null || jit === null ? "" : times(baseline.median / jit.median));
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const means = columns.map((column) => {
    return column === "javascript" ? "" : geometricMean(ratios({ names, results }, host, column, "javascript"));
  });
  means.push(geometricMean(ratios({ names, results }, host, "baseline", "jit")));
  return [
    `| ${host} | ${columns.join(" | ")} | baseline : jit |`,
    `|---|${columns.map(() => "---:|").join("")}---:|`,
    ...lines,
    `| *geometric mean* | ${means.join(" | ")} |`,
  ].join("\n");
}

const HISTORY = `## History

Geometric means over all programs, as multiples of hand-written JavaScript: baseline / jit / auto.

`;

/** The line of a measurement in the history. */
function historyLine(measured: Measured, date: string): string {
  const means = measured.hosts.map((host) => {
    const columns = ["baseline", "jit", "auto"] as const;
    return columns.map((column) => geometricMean(ratios(measured, host, column, "javascript"))).join(" / ");
  });
  return `| ${[date, ...means, measured.engines].join(" | ")} |`;
}

/** The new text of the ledger, from its old one and a measurement. */
export function ledger(old: string, measured: Measured): string {
  const date = new Date().toISOString().slice(0, 10);
  const { hosts, names, columns, results, rounds } = measured;
  const kept = old.indexOf(HISTORY);
  const heading = `| date | ${hosts.join(" | ")} | engines |\n|---|${hosts.map(() => "---|").join("")}---|\n`;
  const history = kept < 0 ? heading : old.slice(kept + HISTORY.length);
  const tableEnd = /^(?!\|)/m.exec(history)?.index ?? history.length;
  const tables = hosts.map((host) => table(host, names, columns, results));
  return `# Measurements

Milliseconds per run of a program: minimum / median, and in brackets the median as a multiple of the hand-written
JavaScript's on the same host. Best of ${rounds} rounds of fresh processes. Written by \`deno task bench:all\`.

${cpus()[0]?.model ?? "unknown processor"}, ${availableParallelism()} cores, ${date}; ${measured.engines}.

${tables.join("\n\n")}

${HISTORY}${history.slice(0, tableEnd)}${historyLine(measured, date)}
${history.slice(tableEnd)}`;
}
