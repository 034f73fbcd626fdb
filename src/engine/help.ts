/** Help about the names of one runtime: what they mean, which there are, and which one was meant by one that is unbound. */
import { Builtin, HostRoutine } from "../builtins/mod.ts";
import { Closure } from "../bytecode/mod.ts";
import { docString } from "../core/mod.ts";
import { type Condition, evalError, intern, Procedure, Sym, typeName, type Value } from "../data/mod.ts";
import { Macro } from "../expand/mod.ts";
import { SPECIAL_FORMS } from "../lower/mod.ts";
import { type GlobalCell, type Globals, UNBOUND } from "../globals/mod.ts";
import { HostFunction } from "../runtime/mod.ts";
import { WalkerClosure } from "../walker/mod.ts";
import type { Documentation } from "./api.ts";
import {
  documentationText,
  functionDocumentation,
  type FunctionFacts,
  libraryDocumentation,
  libraryEntry,
} from "./documentation.ts";
import { hintFor } from "./hints.ts";
import { libraryNames } from "./library.ts";
import { suggest } from "./suggestions.ts";

/** Answers questions about names. */
export class Help {
  readonly #globals: Globals;
  readonly #library: Globals;

  constructor(globals: Globals, library: Globals) {
    this.#globals = globals;
    this.#library = library;
  }

  /** What a name means; null when it means nothing. */
  doc(name: string): Documentation | null {
    return this.#meaning(name, libraryDocumentation);
  }

  /** The same but for the other names of functions of the library. */
  entry(name: string): Documentation | null {
    return this.#meaning(name, libraryEntry);
  }

  #meaning(name: string, ofLibrary: (name: string) => Documentation | null): Documentation | null {
    if (SPECIAL_FORMS.has(name)) return ofLibrary(name);
    const symbol = intern(name);
    const { value } = this.#globals.cell(symbol);
    if (value === UNBOUND) return null;
    return value === this.#library.cell(symbol).value ? ofLibrary(name) : described(name, value as Value);
  }

  /** The help text for a function, or for what a symbol or string names. */
  text(subject: Value): string {
    const name = subject instanceof Sym ? subject.name : subject;
    if (typeof name !== "string") return documentationText(described("<lambda>", subject));
    const entry = this.doc(name);
    if (entry !== null) return documentationText(entry);
    throw evalError(`doc: nothing is called ${name}`, suggest(name, this.names()));
  }

  /** The names that start with `prefix`, sorted. */
  complete(prefix: string): string[] {
    return this.#sorted((name) => name.startsWith(prefix));
  }

  /** The names with `part` in them, sorted. */
  containing(part: string): string[] {
    return this.#sorted((name) => name.includes(part));
  }

  #sorted(wanted: (name: string) => boolean): string[] {
    return [...new Set([...this.names(), ...SPECIAL_FORMS.keys()])].filter(wanted).sort();
  }

  /** The bound globals: those of the library in their order, then those of programs. */
  names(): readonly string[] {
    return [...libraryNames, ...this.programNames()];
  }

  /** The hint of a condition: its own, or what can be told of what was meant. */
  hint(condition: Condition): string | undefined {
    return condition.hint ?? (condition.reraised ? undefined : hintFor(condition, this));
  }

  /** The bound globals of programs. */
  programNames(): readonly string[] {
    const known = new Set(libraryNames);
    const added = ({ name: { name } }: GlobalCell): boolean => !known.has(name) && !name.startsWith("__");
    return [...this.#globals.bound()].filter(added).map(({ name }) => name.name);
  }
}

/** What is known of a value that a program has bound to a name. */
function described(name: string, value: Value): Documentation {
  const own = libraryName(value);
  if (own !== null) return libraryDocumentation(own) ?? simple(own, "function", "A function of the library.");
  if (value instanceof Closure) return functionDocumentation(value.code.name ?? name, closureFacts(value));
  if (value instanceof WalkerClosure) return functionDocumentation(value.lambda.name ?? name, walkerFacts(value));
  if (value instanceof HostFunction || value instanceof HostRoutine) {
    return simple(value.name, "function", "A function of the host.");
  }
  if (value instanceof Macro) {
    return { ...simple(value.name, "macro", "A macro of the program."), usage: value.usage };
  }
  if (value instanceof Procedure) {
    return simple(name, "function", `A value that can be called, of type ${typeName(value)}.`);
  }
  return { ...simple(name, "variable", `A variable that holds a value of type ${typeName(value)}.`), usage: name };
}

function simple(name: string, kind: Documentation["kind"], text: string): Documentation {
  return { name, kind, usage: `(${name} ...)`, text, arity: null, aliases: [], examples: [] };
}

/** The name under which the library declares a function; null for functions of programs and for other values. */
function libraryName(value: Value): string | null {
  if (value instanceof Builtin) return value.name;
  if (value instanceof Closure) return value.code.library && value.code.named ? value.code.name : null;
  return value instanceof WalkerClosure ? value.signature?.name ?? null : null;
}

function closureFacts({ code }: Closure): FunctionFacts {
  const { slotNames, parameters, rest, doc } = code;
  return {
    parameters: slotNames.slice(0, parameters),
    rest: rest ? slotNames[parameters] ?? null : null,
    doc,
  };
}

function walkerFacts({ lambda }: WalkerClosure): FunctionFacts {
  return {
    parameters: lambda.parameters.map(({ name }) => name.name),
    rest: lambda.rest?.name.name ?? null,
    doc: docString(lambda),
  };
}
