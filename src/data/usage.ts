/** The shape of a call, as doc lines begin with it. */

/** A doc line that begins with the shape of a call: the shape, and what follows the colon. */
const SHAPE = /^(\(.*?): (.*)$/s;

/** The shape of a call and the sentence of a doc line; null where it begins with none. */
export function usageOf(doc: string): { readonly usage: string; readonly text: string } | null {
  const found = SHAPE.exec(doc);
  if (found === null) return null;
  const [, usage = "", text = ""] = found;
  return { usage, text };
}
