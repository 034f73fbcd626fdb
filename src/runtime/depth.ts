/**
 * How much of the host's stack compiled code may use before it unwinds. Depth is counted in words of 8 bytes, a frame
 * adding its own weight: the default stack of V8 (984 KB) holds 12,000 small frames but only 2,200 with forty live
 * variables; JavaScriptCore's holds four times as many at first, but its optimised frames grow.
 */

/**
 * Depth at which a callee is postponed and the stack unwound: about half of the host's default stack. (With 200,000 on
 * JavaScriptCore one run in eight of a recursion a million deep overflowed; with 80,000 none of 35.)
 */
const DEPTH_LIMIT: number = isJavaScriptCore() ? 80_000 : 60_000;

/** The depth at which the stack is unwound if a program may have so many active calls. Some runs inside others fit in it. */
export function depthLimit(frames: number): number {
  return Math.min(DEPTH_LIMIT, Math.max(8 * INTERPRETER_WEIGHT, LIGHTEST_FRAME * frames));
}

/**
 * Slots of the interpreter's stack above which its frames move to the heap: deeper recursion keeps the stack small
 * enough for caches, and only as much memory as it needs: a function with sixteen slots that calls itself three million
 * deep takes 0.9 GB so, where on a stack that grows it took 1.5 GB.
 */
export const STACK_SLOTS = 262_144;

/** Weight of one activation of the interpreter: its dispatch loop has many variables. */
export const INTERPRETER_WEIGHT = 500;

/**
 * Weight of a call from compiled code to a callee that is not known, and of one through the interpreter to code that it
 * has compiled just now: another function, and spread arguments.
 */
export const CALL_WEIGHT = 60;

/** Weight of a compiled activation without variables. */
export const LIGHTEST_FRAME = 14;

/** Weight of a compiled activation with `variables` JavaScript variables. */
export function frameWeight(variables: number): number {
  return LIGHTEST_FRAME + variables;
}

function isJavaScriptCore(): boolean {
  return "Bun" in globalThis;
}
