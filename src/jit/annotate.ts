/**
 * Comments for people who read generated code: above the statements of each instruction the instruction, the types that
 * were found for what it takes, and its position; above the first instruction of a line of the program that line.
 */
import { disassembled } from "../bytecode/mod.ts";
import type { Decoded } from "./instructions.ts";
import type { Translator } from "./translator.ts";
import { ANY, BOOLEAN, FLOAT, INT32, INTEGER, isRaw, NIL, OTHER, STALE, WIDE } from "./types.ts";

/** The text of a line of the program, without its end; null where it is not known. */
export type SourceLine = (file: string | null, line: number) => string | null;

/** Writes the comments of one instruction. */
export type Annotate = (t: Translator, at: Decoded) => readonly string[];

const NAMES: readonly (readonly [bits: number, name: string])[] = [
  [INTEGER, "integer"],
  [INT32, "int32"],
  [WIDE, "wide integer"],
  [FLOAT, "float"],
  [BOOLEAN, "boolean"],
  [NIL, "nil"],
  [OTHER, "other"],
];

/** A type in words. */
function typeText(type: number): string {
  let left = type & ANY & ~STALE;
  if (left === ANY) return "any";
  if (isRaw(type)) return "raw float";
  const names: string[] = [];
  for (const [bits, name] of NAMES) {
    if ((left & bits) !== bits) continue;
    names.push(name);
    left &= ~bits;
  }
  return names.length === 0 ? "nothing" : names.join(" or ");
}

/** A comment must not end before its line does. */
function comment(text: string): string {
  return `// ${text.replace(/[\p{Cc}\u2028\u2029]/gu, " ")}`.trimEnd();
}

/** Comments for one compilation. */
export function annotation(sourceLine: SourceLine): Annotate {
  let shown = "";
  return (t, at) => {
    const position = t.code.positionAt(at.pc);
    const lines: string[] = [];
    if (position !== null) {
      const { file, line, column } = position;
      const text = sourceLine(file, line);
      if (text !== null && shown !== `${file}:${line}`) {
        shown = `${file}:${line}`;
        const label = String(line).padStart(4);
        lines.push(
          "",
          comment(`${label} | ${text}`),
          comment(`${" ".repeat(label.length)} | ${" ".repeat(column - 1)}^`),
        );
      }
    }
    lines.push(comment(`${disassembled(t.code, at.pc).trim()}${taken(t, at)}`));
    return lines;
  };
}

/** The types of what an instruction takes. */
function taken(t: Translator, { row, operands }: Decoded): string {
  const types: string[] = [];
  row.operands.forEach((kind, i) => {
    if (kind !== "slot") return;
    const slot = operands[i] ?? 0;
    if (row.name.startsWith("GET")) types.push(`${t.code.slotNames[slot] ?? slot}: ${typeText(t.types[slot] ?? ANY)}`);
  });
  const count = row.operands.includes("count") ? operands[row.operands.indexOf("count")] ?? 0 : 0;
  for (const operand of t.stack.slice(t.stack.length - row.pops - count)) types.push(typeText(t.typeOf(operand)));
  return types.length === 0 ? "" : `   [${types.join(", ")}]`;
}
