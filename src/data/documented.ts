/** What functions and forms are documented with: doc lines and examples. */

/** An expression and what the REPL prints for its value; nothing for one whose value is not the point. */
export type Example = readonly [code: string, printed?: string];

/** A doc line that begins with the shape of a call: the shape, and what follows the colon. */
const SHAPE = /^(\(.*?): (.*)$/s;

/** The shape of a call and the sentence of a doc line; null where it begins with none. */
export function usageOf(doc: string): { readonly usage: string; readonly text: string } | null {
  const found = SHAPE.exec(doc);
  if (found === null) return null;
  const [, usage = "", text = ""] = found;
  return { usage, text };
}
