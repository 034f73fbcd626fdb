/**
 * Assertions with the names and signatures of `@std/assert`, for the part of it the tests use.
 * `deno.jsr.json` maps this very file to `jsr:@std/assert`, so nothing here may behave differently in a way a test
 * could come to rely on. One difference is on the strict side: `0` and `-0` are different here.
 */
import { deepStrictEqual } from "node:assert/strict";

/** What a failed assertion throws. */
export class AssertionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** The class of an error, for {@link assertThrows} and its relatives; any argument list will do. */
// deno-lint-ignore no-explicit-any
export type ErrorClass<E> = abstract new (...args: any[]) => E;

function suffix(message: string | undefined): string {
  return message === undefined ? "." : `: ${message}`;
}

function show(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (Object.is(value, -0)) return "-0";
  return String(value);
}

function difference(actual: unknown, expected: unknown): string | null {
  try {
    deepStrictEqual(actual, expected);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Fails unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Fails unless `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is false | 0 | "" | null | undefined {
  if (expr) throw new AssertionError(msg);
}

/** Fails unless the two are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  const found = difference(actual, expected);
  if (found !== null) throw new AssertionError(`Values are not equal${suffix(msg)}\n${found}`);
}

/** Fails when the two are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (difference(actual, expected) === null) {
    throw new AssertionError(`Expected actual: ${show(actual)} not to be: ${show(expected)}${suffix(msg)}`);
  }
}

/** Fails unless `actual` is an instance of `expectedType`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: ErrorClass<T>,
  msg = "",
): asserts actual is T {
  if (actual instanceof expectedType) return;
  throw new AssertionError(
    msg || `Expected object to be an instance of "${expectedType.name}" but was "${show(actual)}".`,
  );
}

/** Fails unless `actual` matches `expected`. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  if (!expected.test(actual)) {
    throw new AssertionError(`Expected actual: "${actual}" to match: "${expected}"${suffix(msg)}`);
  }
}

/** Fails unless `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(`Expected actual: "${actual}" to contain: "${expected}"${suffix(msg)}`);
  }
}

/** Fails unless `actual` < `expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (!(actual < expected)) {
    throw new AssertionError(`Expect ${show(actual)} < ${show(expected)}${suffix(msg)}`);
  }
}

/** Fails unless `error` is an Error of the class, with `msgIncludes` in its message. */
export function assertIsError<E extends Error = Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any
  ErrorClass?: abstract new (...args: any[]) => E,
  msgMatches?: string | RegExp,
  msg?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(`Expected "error" to be an Error object${suffix(msg)}`);
  }
  if (ErrorClass !== undefined && !(error instanceof ErrorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${ErrorClass.name}", but was "${error.name}"${suffix(msg)}`,
    );
  }
  const matches = msgMatches === undefined ||
    (typeof msgMatches === "string" ? error.message.includes(msgMatches) : msgMatches.test(error.message));
  if (!matches) {
    throw new AssertionError(
      `Expected error message to match ${show(msgMatches)}, but got ${show(error.message)}${suffix(msg)}`,
    );
  }
}

interface Expectation {
  readonly errorClass: ErrorClass<Error> | undefined;
  readonly includes: string | undefined;
  readonly message: string | undefined;
}

function expectation(
  errorClassOrMsg: ErrorClass<Error> | string | undefined,
  rest: (string | undefined)[],
): Expectation {
  if (typeof errorClassOrMsg === "function") {
    return { errorClass: errorClassOrMsg, includes: rest[0], message: rest[1] };
  }
  return { errorClass: undefined, includes: undefined, message: errorClassOrMsg };
}

function checkRaised(raised: unknown, expected: Expectation, verb: string): unknown {
  if (expected.errorClass === undefined) return raised;
  if (!(raised instanceof Error)) {
    throw new AssertionError(`A non-Error object was ${verb}${suffix(expected.message)}`);
  }
  assertIsError(raised, expected.errorClass, expected.includes, expected.message);
  return raised;
}

/** Fails unless `fn` throws; returns what was thrown. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Fails unless `fn` throws an error of the class whose message contains `msgIncludes`; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  errorClassOrMsg?: ErrorClass<Error> | string,
  ...rest: (string | undefined)[]
): unknown {
  const expected = expectation(errorClassOrMsg, rest);
  let raised: unknown;
  try {
    fn();
  } catch (error) {
    raised = error;
    return checkRaised(raised, expected, "thrown");
  }
  throw new AssertionError(`Expected function to throw${suffix(expected.message)}`);
}

/** Fails unless the promise `fn` returns is rejected; resolves to the reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Fails unless the promise is rejected with an error of the class; resolves to the error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: ErrorClass<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  errorClassOrMsg?: ErrorClass<Error> | string,
  ...rest: (string | undefined)[]
): Promise<unknown> {
  const expected = expectation(errorClassOrMsg, rest);
  let promise: PromiseLike<unknown>;
  try {
    promise = fn();
  } catch (error) {
    throw new AssertionError(`Function throws when expected to reject${suffix(expected.message)}`, { cause: error });
  }
  try {
    await promise;
  } catch (error) {
    return checkRaised(error, expected, "rejected");
  }
  throw new AssertionError(`Expected function to reject${suffix(expected.message)}`);
}
