/**
 * Proves code safe to run, before it runs: every operand is in range, every jump lands on an instruction, the operand
 * stack has one height at each place, never goes below zero or above what the frame reserves, every path ends in an
 * instruction that leaves the function, what closures capture is there, and the table of handlers is that of the TRY
 * instructions. Both tiers rely on exactly this and check none of it again.
 */
import { Builtin } from "../builtins/declare.ts";
import { Code, type Constant, type Handler, type Instruction, INSTRUCTIONS } from "../bytecode/mod.ts";
import { atOnce, type Gradual } from "../core/mod.ts";
import { GlobalCell } from "../globals/mod.ts";

/** Throws an `Error` naming function, pc and fault when `code` or a function inside it is malformed. */
export function verify(code: Code): void {
  atOnce(verifying(code));
}

/** The same in steps. */
export function* verifying(code: Code): Gradual<void> {
  new Verifier(code).run();
  yield;
  for (const constant of code.constants) if (constant instanceof Code) yield* verifying(constant);
}

class Verifier {
  readonly #code: Code;
  /** Height of the operand stack before each instruction; -1 where none was seen, -2 inside an instruction. */
  readonly #heights: Int32Array;
  readonly #work: number[] = [];

  constructor(code: Code) {
    this.#code = code;
    this.#heights = new Int32Array(code.words.length).fill(-2);
  }

  run(): void {
    const { words, parameters, rest, slots } = this.#code;
    if (parameters + (rest ? 1 : 0) > slots) this.#fail(0, "parameters without a slot");
    if (words.length === 0) this.#fail(0, "no instructions");
    for (let pc = 0; pc < words.length;) {
      const row = INSTRUCTIONS[words[pc] ?? -1];
      if (row === undefined) return this.#fail(pc, `no instruction ${words[pc]}`);
      if (pc + row.width > words.length) this.#fail(pc, `${row.name} is cut off`);
      this.#heights[pc] = -1;
      pc += row.width;
    }
    this.#flowTo(0, 0, 0);
    for (let pc = this.#work.pop(); pc !== undefined; pc = this.#work.pop()) this.#step(pc);
    for (const handler of this.#code.handlers) this.#covered(handler);
  }

  /** What a handler covers begins at its TRY and leaves alone what lies below the height it restores. */
  #covered({ start, end, height }: Handler): void {
    const at = INSTRUCTIONS[this.#code.words[start] ?? -1];
    const begins = at?.flow === "try" && this.#heights[start] !== -2;
    if (!begins || end <= start || end > this.#code.words.length) this.#fail(start, "a handler without its TRY");
    for (let pc = start; pc < end; pc++) {
      const found = this.#heights[pc] ?? -2;
      if (found >= 0 && found < height) this.#fail(pc, `the stack is lower than the ${height} of its handler`);
    }
  }

  #step(pc: number): void {
    const code = this.#code;
    const row = INSTRUCTIONS[code.words[pc] ?? -1] as Instruction;
    const words = [...code.words.subarray(pc + 1, pc + row.width)];
    const targets: number[] = [];
    let count = 0;
    row.operands.forEach((kind, i) => {
      const word = words[i] ?? -1;
      if (!this.#inRange(kind, word)) this.#fail(pc, `${row.name}: operand ${i} is ${word}`);
      if (kind === "count") count = word;
      if (kind === "target") targets.push(word);
    });
    const before = this.#heights[pc] ?? 0;
    const popped = before - row.pops - count;
    if (popped < 0) this.#fail(pc, `${row.name} takes more than there is on the stack`);
    const after = popped + row.pushes;
    if (after > code.maxStack) this.#fail(pc, `the stack grows above ${code.maxStack}`);
    switch (row.flow) {
      case "next":
        return this.#flowTo(pc, pc + row.width, after);
      case "branch":
        this.#flowTo(pc, pc + row.width, after);
        return this.#flowTo(pc, targets[0] ?? -1, after);
      case "jump":
        return this.#flowTo(pc, targets[0] ?? -1, after);
      case "loop":
        if ((targets[0] ?? 0) > pc) this.#fail(pc, "LOOP goes forward");
        return this.#flowTo(pc, targets[0] ?? -1, after);
      case "try":
        this.#handler(pc, targets[0] ?? -1, after);
        return this.#flowTo(pc, pc + row.width, after);
      case "return":
      case "throw":
        return;
      default:
        return row.flow satisfies never;
    }
  }

  #handler(pc: number, target: number, height: number): void {
    const handler = this.#code.handlers.find((h) => h.start === pc);
    if (handler === undefined || handler.target !== target || handler.height !== height) {
      return this.#fail(pc, "TRY and the table of handlers disagree");
    }
    if (height + 1 > this.#code.maxStack) this.#fail(pc, "no room for the error map");
    this.#flowTo(pc, target, height + 1);
  }

  #flowTo(from: number, pc: number, height: number): void {
    const known = this.#heights[pc];
    if (known === undefined) return this.#fail(from, `control leaves the code (to ${pc})`);
    if (known === -2) return this.#fail(from, `control goes into the middle of an instruction (${pc})`);
    if (known === -1) {
      this.#heights[pc] = height;
      this.#work.push(pc);
    } else if (known !== height) {
      this.#fail(from, `the stack is ${height} high going to ${pc}, elsewhere ${known}`);
    }
  }

  #inRange(kind: Instruction["operands"][number], word: number): boolean {
    const { constants, slots, captures, feedback } = this.#code;
    const below = (limit: number): boolean => word >= 0 && word < limit;
    switch (kind) {
      case "slot":
        return below(slots);
      case "capture":
        return below(captures.length);
      case "constant":
        return below(constants.length) && !(constants[word] instanceof Code) &&
          !(constants[word] instanceof GlobalCell);
      case "cell":
        return constants[word] instanceof GlobalCell;
      case "code":
        return this.#closes(constants[word]);
      case "builtin":
        return constants[word] instanceof Builtin;
      case "feedback":
        return below(feedback.length);
      case "count":
        return below(0x1000000);
      case "integer":
        return true;
      case "target":
        return below(this.#code.words.length);
      default:
        return kind satisfies never;
    }
  }

  /** Whether a constant is code whose captures this function has. */
  #closes(inner: Constant | undefined): boolean {
    const { slots, captures } = this.#code;
    return inner instanceof Code &&
      inner.captures.every(({ from, index }) => index >= 0 && index < (from === "slot" ? slots : captures.length));
  }

  #fail(pc: number, fault: string): void {
    throw new Error(`malformed code of ${this.#code.name ?? "<lambda>"} at ${pc}: ${fault}`);
  }
}
