/**
 * What active calls count as, for the limit of depth. A level of a program that recurses through functions of the library
 * is several calls: one or two of the library, that of the callback, and what this calls. They count as one together, so
 * that recursion a million deep is nothing special in any way, and recursion without end ends where a function calls
 * itself for the millionth time, instead of going as deep as all those calls need. (Counted one by one, three million had
 * to be allowed: closures that call each other without end took 3.2 s of the processor and 1.1 GB on Deno instead of 1.0 s
 * and 0.3 GB; `bench/endless.ts`.)
 */
import type { Code } from "../bytecode/mod.ts";

/** What a call is, as far as it matters. */
export type Role = typeof PROGRAM | typeof LIBRARY | typeof INNER_LIBRARY | typeof CALLBACK | typeof CALLED_BACK;

/** A call of the program that counts; below everything there is one, too. */
export const PROGRAM = 0;
/** A call of the library that counts. */
const LIBRARY = 1;
/** A call of the library that the one below it counts for. */
const INNER_LIBRARY = 2;
/** A call of the program, made by the library. */
const CALLBACK = 3;
/** What that calls. */
const CALLED_BACK = 4;

/** Slots of a frame that counts as one: the limit bounds what frames need in memory. */
const USUAL_SLOTS = 30;

/** The role of a call of `code` on top of another one. */
export function roleOf(code: Code, below: Role, codeBelow: Code | null): Role {
  if (code.library) return below === LIBRARY && code !== codeBelow ? INNER_LIBRARY : LIBRARY;
  return below === LIBRARY || below === INNER_LIBRARY ? CALLBACK : below === CALLBACK ? CALLED_BACK : PROGRAM;
}

/** What a call counts as while its frame has so many slots. */
export function weightOf(code: Code, role: Role, slots: number): number {
  return Math.max(
    role === PROGRAM || role === LIBRARY ? code.frames : 0,
    slots > USUAL_SLOTS ? slots / USUAL_SLOTS : 0,
  );
}
