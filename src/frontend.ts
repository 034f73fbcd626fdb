/**
 * The front end as one step: text or forms → the resolved core of a unit. Every phase is finished for the whole unit
 * before the next begins, so a malformed form anywhere means that nothing of the unit runs.
 */
import { type Lambda, placed } from "./core/mod.ts";
import { evalError, intern, type Sym, type Value } from "./data/mod.ts";
import { type ExpandHost, expandUnit } from "./expand/mod.ts";
import { Lowering, type Named, SPECIAL_FORMS } from "./lower/mod.ts";
import { Positions, read, type Source } from "./reader/mod.ts";
import { resolve } from "./resolve/mod.ts";

/** What analysing asks of the runtime that it works for. */
export interface AnalysisHost extends ExpandHost {
  /** Whether a global is a function of the library whose caller's frame stays while it runs. */
  keepsCaller(name: Sym): boolean;
}

/** Reads, expands, lowers and resolves a text. The unit is a function without parameters. */
export function analyse(text: string, file: string | null, host: AnalysisHost): Lambda {
  return analyseSource(read(text, file), host);
}

/** Expands, lowers and resolves forms; `positions` tells where they stand. */
export function analyseForms(
  forms: readonly Value[],
  host: AnalysisHost,
  positions: Positions = new Positions(),
): Lambda {
  return analyseSource({ forms, positions, places: [] }, host);
}

/** Reads, lowers and resolves a text without expanding its macros, which takes nothing that a program has defined. */
export function check(text: string): void {
  lowered(read(text, null), { gensym: intern, keepsCaller: () => false });
}

function analyseSource({ forms, positions, places }: Source, host: AnalysisHost): Lambda {
  const expanded = guarded(forms, positions, () => expandUnit(forms, positions, host));
  return lowered({ forms: expanded, positions, places }, host);
}

function lowered(
  { forms, positions, places }: Source,
  host: Pick<AnalysisHost, "gensym" | "keepsCaller">,
): Lambda {
  const keepsCaller = (name: Sym): boolean => host.keepsCaller(name);
  const lowering = new Lowering(positions, (prefix) => host.gensym(prefix), SPECIAL_FORMS);
  const body = forms.map((form, index): Named =>
    guarded([form], positions, () => lowering.lower(form, places[index] ?? null))
  );
  const whole: Named = body.length === 0 ? { kind: "const", value: null } : { kind: "seq", body };
  try {
    return resolve(whole, null, keepsCaller);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    body.forEach((part, index) => guarded([forms[index] ?? null], positions, () => resolve(part, null, keepsCaller)));
    throw error;
  }
}

/** The stages recurse over forms; a form too deep for the host's stack is the program's error. */
function guarded<T>(forms: readonly Value[], positions: Positions, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const position = forms.map((form) => positions.of(form)).find((place) => place !== null) ?? null;
    throw placed(evalError("maximum resolution depth exceeded"), "<lambda>", position);
  }
}
