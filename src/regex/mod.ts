/**
 * Regular expressions in the dialect of Rust's regex crate. In: a pattern as text. Out: where it matches, in time linear
 * in the text for every pattern, so that no pattern can hang a program. Imports nothing and knows nothing of values.
 *
 * An engine of its own, because translation to the host's cannot be exact (the last group of a repetition, empty
 * matches, classes, word boundaries, `$`) and the host's backtracks: even `a*b` is quadratic there. Unicode's tables are
 * the host's.
 */
export { UNLIMITED } from "./budget.ts";
export { RegexCache } from "./cache.ts";
export { RegexError, type Span } from "./errors.ts";
export { Regex } from "./regex.ts";
