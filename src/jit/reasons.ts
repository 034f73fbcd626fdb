/** Why the second tier declines, and why its code is left. One list of each; `--stats` shows them by these names. */

/** Why a function or loop is not compiled. */
export const REFUSALS = {
  codeGeneration: "the host forbids code generation",
  tooLarge: "more than 4000 operations",
  tooManyExits: "recompiled too often",
  entangled: "a loop that leads into the middle of the one around it",
  loopInTry: "a loop inside a try, entered in its middle",
} as const;

/** A key of {@link REFUSALS}. */
export type Refusal = keyof typeof REFUSALS;

/** Why an activation goes on in the interpreter. */
export const EXITS = {
  int32: "an operand was no 32-bit integer",
  integer: "an operand was no integer",
  float: "two integers where a float was expected",
  number: "an operand was no number",
  overflow: "a result needs more than 32 bits",
  unsafe: "a result needs more than 53 bits",
  pause: "the time slice of the task was over",
  class: "an operand was not what it had been taken for",
  storage: "a sequence is not kept as it had been, as doubles or not, or lacks the element",
  forced: "it was forced, for a test",
  error: "an error in a fused group of library calls",
  loopTypes: "a variable of the loop has another type than when it was compiled",
} as const;

/** A key of {@link EXITS}. */
export type Exit = keyof typeof EXITS;
