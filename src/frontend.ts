/**
 * The front end as one step: text or forms → the resolved core of a unit. Every phase is finished for the whole unit
 * before the next begins, so a malformed form anywhere means that nothing of the unit runs.
 */
import { atOnce, type Gradual, type Lambda, placed } from "./core/mod.ts";
import { evalError, intern, type Sym, type Value } from "./data/mod.ts";
import { type ExpandHost, expandUnit } from "./expand/mod.ts";
import { Lowering, type Named, SPECIAL_FORMS } from "./lower/mod.ts";
import { Positions, read, reading, type Source } from "./reader/mod.ts";
import { resolve } from "./resolve/mod.ts";

/** What analysing asks of the runtime that it works for. */
export interface AnalysisHost extends ExpandHost {
  /** Whether a global is a function of the library whose caller's frame stays while it runs. */
  keepsCaller(name: Sym): boolean;
}

/** Reads, expands, lowers and resolves a text. The unit is a function without parameters. */
export function analyse(text: string, file: string | null, host: AnalysisHost): Lambda {
  return atOnce(analysing(text, file, host));
}

/** The same in steps: meanwhile macros and globals may get other meanings, as between any two forms of a text. */
export function* analysing(text: string, file: string | null, host: AnalysisHost): Gradual<Lambda> {
  return yield* analysingSource(yield* reading(text, file), host);
}

/** Expands, lowers and resolves forms; `positions` tells where they stand. */
export function analyseForms(
  forms: readonly Value[],
  host: AnalysisHost,
  positions: Positions = new Positions(),
): Lambda {
  return atOnce(analysingSource({ forms, positions, places: [] }, host));
}

/** Reads, lowers and resolves a text without expanding its macros, which takes nothing that a program has defined. */
export function check(text: string): void {
  atOnce(lowering(read(text, null), { gensym: intern, keepsCaller: () => false }));
}

function* analysingSource({ forms, positions, places }: Source, host: AnalysisHost): Gradual<Lambda> {
  let expanded: readonly Value[];
  try {
    expanded = yield* expandUnit(forms, positions, host);
  } catch (error) {
    throw tooDeep(error, forms, positions);
  }
  return yield* lowering({ forms: expanded, positions, places }, host);
}

function* lowering(
  { forms, positions, places }: Source,
  host: Pick<AnalysisHost, "gensym" | "keepsCaller">,
): Gradual<Lambda> {
  const keepsCaller = (name: Sym): boolean => host.keepsCaller(name);
  const lowerer = new Lowering(positions, (prefix) => host.gensym(prefix), SPECIAL_FORMS);
  const lowered: Named[] = [];
  for (const form of forms) {
    const place = places[lowered.length] ?? null;
    lowered.push(guarded(form, positions, () => lowerer.lower(form, place)));
    yield;
  }
  try {
    return yield* resolve(lowered, null, keepsCaller);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    // Each alone, to find the one that it is.
    lowered.forEach((part, index) =>
      guarded(forms[index] ?? null, positions, () => atOnce(resolve([part], null, keepsCaller)))
    );
    throw error;
  }
}

function guarded<T>(form: Value, positions: Positions, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw tooDeep(error, [form], positions);
  }
}

/** The stages recurse over forms; a form too deep for the host's stack is the program's error. */
function tooDeep(error: unknown, forms: readonly Value[], positions: Positions): unknown {
  if (!(error instanceof RangeError)) return error;
  const position = forms.map((form) => positions.of(form)).find((place) => place !== null) ?? null;
  return placed(evalError("maximum resolution depth exceeded"), "<lambda>", position);
}
