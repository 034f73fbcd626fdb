/** A program with its macro calls expanded, as a text: it must do what the program does. */
import { atOnce } from "../../src/core/mod.ts";
import { intern, repr, type Sym, type Value } from "../../src/data/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { type ExpandHost, expandUnit, type Macro, macroOf, preludeMacros } from "../../src/expand/mod.ts";
import { Positions, read } from "../../src/reader/mod.ts";

/** An expander with macros of its own, whose code runs in a runtime that knows nothing of the program. */
function expandHost(): ExpandHost {
  const runtime = createRuntime({ tier: "baseline", stdout: () => {}, stderr: () => {} });
  const macros = new Map<Sym, Macro>(preludeMacros().map((macro) => [intern(macro.name), macro]));
  let gensyms = 0;
  return {
    macro: (name) => macros.get(name) ?? null,
    defineMacro: (name, macro) => void macros.set(name, macro),
    evaluate: (form) => runtime.eval(repr(form)),
    apply: (procedure, args) => runtime.call(procedure, ...args),
    gensym: (prefix) => intern(`${prefix}__${++gensyms}`),
  };
}

/** Whether a text reads back as forms that are written the same. */
function isReadable(text: string): boolean {
  try {
    return read(text, null).forms.map((form) => `${repr(form)}\n`).join("") === text;
  } catch {
    return false;
  }
}

/**
 * The program in its expanded form. Its definitions of macros stay, for what expands code while it runs. Null where
 * expanding fails, or where it makes what cannot be written down.
 */
export function expandedText(text: string): string | null {
  try {
    const positions = new Positions();
    const { forms } = read(text, null);
    const expanded: readonly Value[] = atOnce(expandUnit(forms, positions, expandHost()));
    const result = expanded.map((form, i) =>
      `${repr(macroOf(forms[i] ?? null, positions) === null ? form : forms[i] ?? null)}\n`
    );
    return isReadable(result.join("")) ? result.join("") : null;
  } catch {
    return null;
  }
}
