/** `prompt/*`: templates filled in from a map. `document/*`: a text with metadata, as a `{}` map. */
import { display, evalError, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { listOf, text, wrongType } from "../check.ts";
import { type Area, type Declaration, type Example, many, one, pure, two } from "../declare.ts";
import { chunks } from "./text.ts";

const TEXT = keyword("text");
const METADATA = keyword("metadata");
const INDEX = keyword("chunk-index");
const TOTAL = keyword("total-chunks");

function map(value: Value): SortedMap {
  if (value instanceof SortedMap) return value;
  throw wrongType("map", value);
}

function document(value: Value): SortedMap {
  if (value instanceof SortedMap) return value;
  throw wrongType("map (document)", value);
}

function render(template: Value, values: Value): Value {
  const string = text(template);
  const bindings = map(values);
  let result = "";
  let from = 0;
  for (;;) {
    const start = string.indexOf("{{", from);
    // A hole ends at the next `}}`, so a name may hold braces; what never ends is no hole.
    const end = start < 0 ? -1 : string.indexOf("}}", start + 2);
    if (end < 0) return result + string.slice(from);
    const value = bindings.get(keyword(string.slice(start + 2, end)));
    result += string.slice(from, start) + (value === undefined ? string.slice(start, end + 2) : display(value));
    from = end + 2;
  }
}

function makeDocument(content: string, metadata: Value): SortedMap {
  return SortedMap.from([[TEXT, content], [METADATA, metadata]]);
}

/** A part of a document by its key. */
function part(name: string, doc: string, key: Value & { readonly name: string }, example: Example): Declaration {
  return one(name, doc, (value) => {
    const found = document(value).get(key);
    if (found === undefined) throw evalError(`not a document: missing :${key.name}`);
    return found;
  }, example);
}

function chunk(args: Value[]): Value {
  const whole = document(args[0] as Value);
  const content = whole.get(TEXT);
  if (typeof content !== "string") throw evalError("document/chunk: document missing :text");
  const given = whole.get(METADATA);
  const metadata = given instanceof SortedMap ? given : SortedMap.EMPTY;
  const pieces = content === "" ? [""] : chunks(content, args[1]);
  return listOf(pieces.map((piece, i) => makeDocument(piece, metadata.with(INDEX, i).with(TOTAL, pieces.length))));
}

/** The `prompt/*` and `document/*` builtins. */
export const documents: Area = () =>
  pure([
    one("prompt/template", "The template itself: a string with {{name}} holes.", (template) => text(template), [
      '(prompt/template "Dear {{who}},")',
      '"Dear {{who}},"',
    ]),
    two("prompt/render", "(prompt/render template map): every {{name}} replaced by the value of :name.", render, [
      '(prompt/render "Dear {{who}}," {:who "Ann"})',
      '"Dear Ann,"',
    ]),
    two(
      "document/create",
      "(document/create text metadata): a document.",
      (content, metadata) => makeDocument(text(content), map(metadata)),
      ['(document/create "body" {:page 4})', '{:metadata {:page 4} :text "body"}'],
    ),
    part("document/text", "The text of a document.", TEXT, [
      '(document/text (document/create "body" {:page 4}))',
      '"body"',
    ]),
    part("document/metadata", "The metadata of a document.", METADATA, [
      '(document/metadata (document/create "body" {:page 4}))',
      "{:page 4}",
    ]),
    many(
      "document/chunk",
      1,
      2,
      "(document/chunk document [options]): a document for every piece that text/chunk makes.",
      chunk,
      ['(map :text (document/chunk (document/create "one two" {}) {:size 3 :overlap 0}))', '("one" "two")'],
    ),
  ]);
