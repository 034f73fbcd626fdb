/**
 * The library reference as Markdown, from the declarations: `docs.ts [FILE]`; without a file on the standard output.
 * `deno task docs`
 */
import { writeFileSync } from "node:fs";
import process from "node:process";
import { areas, numberConstants, standardStreams } from "../src/builtins/mod.ts";
import type { Documentation } from "../src/engine/mod.ts";
import { libraryDocumentation } from "../src/engine/documentation.ts";
import { MACRO_DESCRIPTIONS } from "../src/expand/mod.ts";
import { SPECIAL_FORMS } from "../src/lower/mod.ts";

/** Text between back-quotes, whatever it contains. */
function code(text: string): string {
  return text.includes("`") ? `\`\` ${text} \`\`` : `\`${text}\``;
}

/** One name: usage, text, arity, other names, examples. */
function entry({ usage, text, arity, aliases, examples }: Documentation): string {
  const lines = [`### ${code(usage)}`, "", arity === null ? text : `${text} *${arity}*`];
  if (aliases.length > 0) lines.push("", `Also ${aliases.map(code).join(", ")}.`);
  if (examples.length > 0) {
    const shown = examples.map(([form, printed]) => printed === undefined ? form : `${form} ; → ${printed}`);
    lines.push("", "```scheme", ...shown, "```");
  }
  return lines.join("\n");
}

function section(title: string, names: readonly string[]): string {
  const entries = names.map(libraryDocumentation).filter((found) => found !== null);
  return [`## ${title}`, ...entries.map(entry)].join("\n\n");
}

/** The special forms, each under the first of its names. */
function formNames(): string[] {
  const seen = new Set<unknown>();
  return [...SPECIAL_FORMS].filter(([, { examples }]) => !seen.has(examples) && seen.add(examples)).map(([name]) =>
    name
  );
}

const sections = [
  "# The library of Sema",
  "Written by `deno task docs` from the declarations of the library; every example is executed by the tests.",
  section("Special forms", formNames()),
  section("Macros", [...MACRO_DESCRIPTIONS.keys()]),
  section("Constants", [...Object.keys(numberConstants), ...Object.keys(standardStreams)]),
  ...areas.map(([title, area]) =>
    section(title, area().filter((row) => row.kind !== "alias" && !SPECIAL_FORMS.has(row.name)).map(({ name }) => name))
  ),
];
const text = `${sections.join("\n\n")}\n`;
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
