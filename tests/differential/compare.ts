/** Runs one program on several tiers and tells how they differ: in value, error with its trace, or output. */
import { SemaError, type Tier } from "../../src/engine/mod.ts";
import { createExperiment } from "../../src/engine/runtime.ts";
import type { Generated } from "./generate.ts";
import { type Program, programText } from "./tree.ts";

/** The tiers that have to agree. The first is what the others are compared with. */
export const ALL_TIERS: readonly Tier[] = ["walker", "baseline", "jit", "auto"];

/** The tiers that can run a program: the walker neither follows deep recursion nor has continuations. */
export function able({ deep, extended }: Generated, tiers: readonly Tier[] = ALL_TIERS): readonly Tier[] {
  return deep || extended ? tiers.filter((tier) => tier !== "walker") : tiers;
}

/** A program that ran longer says nothing: the tiers count what they do in different places. */
const MILLISECONDS = 1000;

/** What a program did, as text; null when it took too long. `limited`: its tier counts steps whichever it is. */
export function behaviour(
  program: Program,
  tier: Tier,
  milliseconds: number = MILLISECONDS,
  limited: boolean = false,
): string | null {
  let output = "";
  const limits = tier === "baseline" ? { milliseconds } : limited ? { milliseconds: 10 * milliseconds } : {};
  const print = (piece: string) => output += piece;
  const options = { tier, limits, stdout: print, stderr: print };
  const runtime = createExperiment(options, { forcing: { checkExits: true } });
  const ending = () => {
    try {
      return runtime.print(runtime.eval(programText(program), { file: "program" }));
    } catch (error) {
      if (!(error instanceof SemaError)) return `failure of the host: ${error}`;
      const trace = error.trace.slice(0, 30).map(({ name, line, column }) => `  in ${name} at ${line}:${column}\n`);
      const hint = error.hint === undefined ? "" : `  hint: ${error.hint}\n`;
      return `${error.type}: ${error.message}\n${trace.join("")}${hint}`;
    }
  };
  const result = ending();
  return result.includes("exceeded time limit") ? null : `${output}=> ${result}`;
}

/** How the tiers differ on a program; null when they agree or the program takes too long. */
export function disagreement(program: Program, tiers: readonly Tier[], limited: boolean = false): string | null {
  // The baseline's limit is the one that counts: it tells which programs the others can be trusted with.
  const baseline = behaviour(program, "baseline");
  if (baseline === null) return null;
  const found = new Map<string, Tier[]>();
  for (const tier of tiers) {
    const shown = tier === "baseline" ? baseline : behaviour(program, tier, MILLISECONDS, limited) ?? "took too long";
    found.set(shown, [...found.get(shown) ?? [], tier]);
  }
  if (found.size === 1) return null;
  return [...found].map(([shown, those]) => `--- ${those.join(", ")}:\n${shown}`).join("\n");
}
