/** The tokens of the language; the kinds of the punctuation are their own text. */
import type { Position } from "../core/mod.ts";
import type { Value } from "../data/mod.ts";

/** What punctuation there is. */
export type Punctuation = "(" | ")" | "[" | "]" | "{" | "}" | "#(" | "#u8(" | "'" | "`" | "," | ",@" | "@" | ".";

/** What kinds of atoms there are, by the names that error messages use. */
export type AtomKind =
  | "integer"
  | "float"
  | "rational"
  | "complex"
  | "string"
  | "regex"
  | "character"
  | "boolean"
  | "symbol"
  | "keyword";

/** A piece of an f-string: text, or the source of an interpolation and where it begins. */
export type FStringPart = string | { readonly text: string; readonly position: Position };

/** One token. */
export type Token =
  | { readonly kind: Punctuation; readonly position: Position }
  | { readonly kind: AtomKind; readonly value: Value; readonly position: Position }
  | { readonly kind: "f-string"; readonly parts: readonly FStringPart[]; readonly position: Position };
