/** Calls builtins that need no tier: a case is the text of a call whose arguments are data, not evaluated. */
import { test } from "node:test";
import { Builtin, type BuiltinContext, type BuiltinDeclaration, declarations } from "../../src/builtins/mod.ts";
import { assertEquals } from "../../src/compat/assert.ts";
import { Condition, intern, List, repr, Sym, toArray, type Value } from "../../src/data/mod.ts";
import { RegexCache } from "../../src/regex/mod.ts";
import { read } from "../../src/reader/mod.ts";

const byName = new Map(declarations().map((declaration) => [declaration.name, declaration]));

/** The TypeScript declaration that a name stands for. */
export function native(name: string): BuiltinDeclaration {
  let declaration = byName.get(name);
  while (declaration?.kind === "alias") declaration = byName.get(declaration.target);
  if (declaration?.kind !== "native") throw new TypeError(`${name} is not written in TypeScript`);
  return declaration;
}

/** The result of a call and what it wrote. */
export function callWith(name: string, args: Value[]): { value: Value; output: string } {
  let output = "";
  let symbols = 0;
  const used: Partial<BuiltinContext> = {
    write: (text) => output += text,
    writeError: (text) => output += `error: ${text}`,
    flush: () => {},
    patterns: new RegexCache(),
    spend: () => {},
    gensym: (prefix) => intern(`${prefix}__${++symbols}`),
  };
  // The tables under test ask a runtime for nothing else.
  const context = used as BuiltinContext;
  const value = new Builtin(native(name)).apply(args, context);
  return { value, output };
}

/** The read form of the result of `(name datum …)`, or `TYPE: MESSAGE` when it fails. */
export function result(text: string): string {
  const [form] = read(text, null).forms;
  if (!(form instanceof List)) throw new TypeError(`not a call: ${text}`);
  const [head, ...args] = toArray(form);
  if (!(head instanceof Sym)) throw new TypeError(`not a call of a name: ${text}`);
  try {
    return repr(callWith(head.name, args).value);
  } catch (error) {
    if (error instanceof Condition) return `${error.type}: ${error.message}`;
    throw error;
  }
}

/** A test that calls whose arguments are data give these read forms. */
export function cases(title: string, table: Readonly<Record<string, string>>): void {
  test(title, () => {
    for (const [call, expected] of Object.entries(table)) assertEquals(result(call), expected, call);
  });
}
