/**
 * Code as text: one instruction per line with its operands in words, source positions at the right, and the variant
 * that the dispatch loop takes there.
 */
import { repr, type Value } from "../data/mod.ts";
import { Builtin } from "../builtins/declare.ts";
import { GlobalCell } from "../globals/mod.ts";
import { Code, type Constant } from "./code.ts";
import { type Instruction, INSTRUCTIONS } from "./instructions.ts";
import { VARIANTS } from "./variants.ts";

/** The listing of `code` and, after it, of the functions inside it. */
export function disassemble(code: Code): string {
  const lines = [heading(code)];
  for (let pc = 0; pc < code.words.length; pc += instructionAt(code, pc).width) {
    lines.push(annotate(code, pc, disassembled(code, pc)));
  }
  for (const handler of code.handlers) {
    const trace = handler.trace ? ", trace" : "";
    lines.push(
      `       errors in ${handler.start}..${handler.end} → ${handler.target}, stack ${handler.height}${trace}`,
    );
  }
  const inner = code.constants.filter((constant) => constant instanceof Code);
  return [lines.join("\n"), ...inner.map(disassemble)].join("\n\n");
}

/** One instruction with its operands, after its pc. */
export function disassembled(code: Code, pc: number): string {
  const row = instructionAt(code, pc);
  const operands = row.operands.map((kind, i) => operand(code, kind, code.words[pc + 1 + i] ?? 0));
  return `${String(pc).padStart(5)}  ${row.name} ${operands.join(" ")}`.trimEnd();
}

function instructionAt(code: Code, pc: number): Instruction {
  const row = INSTRUCTIONS[code.words[pc] ?? -1];
  if (row === undefined) throw new RangeError(`no instruction at ${pc}`);
  return row;
}

function heading(code: Code): string {
  const parameters = code.slotNames.slice(0, code.parameters);
  if (code.rest) parameters.push(".", code.slotNames[code.parameters] ?? "");
  const at = code.position === null ? "" : `  ; ${code.position.file ?? "<input>"}:${code.position.line}`;
  const captures = code.captureNames.length === 0 ? "" : `, captures ${code.captureNames.join(" ")}`;
  return `${code.name ?? "<lambda>"} (${
    parameters.join(" ")
  })${at}\n       slots ${code.slots}, stack ${code.maxStack}${captures}`;
}

function annotate(code: Code, pc: number, text: string): string {
  const notes: string[] = [];
  const opcode = code.variantWords[pc] ?? 0;
  const variant = VARIANTS.find((v) => v.opcode === opcode);
  if (variant !== undefined) notes.push(`[${variant.name}]`);
  if (code.redefined?.has(pc) === true) notes.push("[REDEFINED]");
  const position = code.positionAt(pc);
  if (position !== null) notes.push(`; ${position.line}:${position.column}`);
  return notes.length === 0 ? text : `${text.padEnd(44)} ${notes.join(" ")}`;
}

function operand(code: Code, kind: Instruction["operands"][number], word: number): string {
  switch (kind) {
    case "slot":
      return code.slotNames[word] ?? `slot${word}`;
    case "capture":
      return code.captureNames[word] ?? `capture${word}`;
    case "constant":
    case "cell":
    case "code":
    case "builtin":
      return constant(code.constants[word]);
    case "target":
      return `→${word}`;
    case "feedback":
      return "";
    case "integer":
    case "count":
      return String(word);
    default:
      return kind satisfies never;
  }
}

function constant(value: Constant | undefined): string {
  if (value === undefined) return "?";
  if (value instanceof GlobalCell) return value.name.name;
  if (value instanceof Code) return `<${value.name ?? "<lambda>"}>`;
  if (value instanceof Builtin) return value.name;
  return repr(value satisfies Value);
}
