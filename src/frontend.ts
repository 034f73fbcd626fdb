/**
 * The front end as one step: text or forms → the resolved core of a unit. Every phase is finished for the whole unit
 * before the next begins, so a malformed form anywhere means that nothing of the unit runs.
 */
import type { Lambda } from "./core/mod.ts";
import { evalError, intern, type Sym, type Value } from "./data/mod.ts";
import { type ExpandHost, expandUnit } from "./expand/mod.ts";
import { Lowering, type Named, SPECIAL_FORMS } from "./lower/mod.ts";
import { Positions, read, type Source } from "./reader/mod.ts";
import { resolve } from "./resolve/mod.ts";

/** Reads, expands, lowers and resolves a text. The unit is a function without parameters. */
export function analyse(text: string, file: string | null, host: ExpandHost): Lambda {
  return guarded(() => analyseSource(read(text, file), host));
}

/** Expands, lowers and resolves forms; `positions` tells where they stand. */
export function analyseForms(
  forms: readonly Value[],
  host: ExpandHost,
  positions: Positions = new Positions(),
): Lambda {
  return guarded(() => analyseSource({ forms, positions }, host));
}

/** Reads, lowers and resolves a text without expanding its macros, which takes nothing that a program has defined. */
export function check(text: string): void {
  guarded(() => {
    const { forms, positions } = read(text, null);
    return lowered(forms, positions, intern);
  });
}

function analyseSource({ forms, positions }: Source, host: ExpandHost): Lambda {
  return lowered(expandUnit(forms, positions, host), positions, (prefix) => host.gensym(prefix));
}

function lowered(forms: readonly Value[], positions: Positions, gensym: (prefix: string) => Sym): Lambda {
  const lowering = new Lowering(positions, gensym, SPECIAL_FORMS);
  const body = forms.map((form): Named => lowering.lower(form));
  const unit: Named = body.length === 0 ? { kind: "const", value: null } : { kind: "seq", body };
  return resolve(unit, null);
}

/** The stages recurse over forms; a form too deep for the host's stack is the program's error. */
function guarded(run: () => Lambda): Lambda {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) throw evalError("maximum resolution depth exceeded");
    throw error;
  }
}
