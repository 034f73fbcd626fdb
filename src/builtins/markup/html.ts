/** Documents in HTML (language reference: 05-host §23), read as browsers read them. */
import { evalError, type Value } from "../../data/mod.ts";
import { htmlText, normalHtml, selectHtml, selectHtmlText, SelectorError } from "../../markup/mod.ts";
import { listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, one, pure, two } from "../declare.ts";

/** Units of work that reading a character counts as. */
const READING = 4;

/** A document, whose reading is counted as work. */
function documentText(value: Value, context: BuiltinContext): string {
  const source = text(value);
  context.spend(READING * source.length);
  return source;
}

/** What `find` finds in a document by a selector, as a list. */
function selected(find: typeof selectHtml, value: Value, selector: Value, context: BuiltinContext): Value {
  const source = documentText(value, context);
  try {
    return listOf(find(source, text(selector), (units) => context.spend(units)));
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw evalError(
      `invalid selector: ${selector}: ${error.message}`,
      'selectors are those of CSS, such as "ul > li.new"',
    );
  }
}

/** `html/…`. */
export const html: Area = () =>
  pure([
    one(
      "html/parse",
      "(html/parse text): a document in HTML as browsers read it: with everything that it leaves out, and without mistakes.",
      (value, context) => normalHtml(documentText(value, context)),
      ['(html/parse "<p>tea<p>is hot")', '"<html><head></head><body><p>tea</p><p>is hot</p></body></html>"'],
    ),
    one(
      "html/text",
      "(html/text text): what people see of a document in HTML, its white space collapsed.",
      (value, context) => htmlText(documentText(value, context)),
      ['(html/text "<style>p {}</style><p>tea</p>\\n<p>is <b>hot</b>")', '"tea is hot"'],
    ),
    two(
      "html/select",
      "(html/select text selector): the elements of a document in HTML that a selector of CSS finds, as HTML.",
      (value, selector, context) => selected(selectHtml, value, selector, context),
      ['(html/select "<ul><li>a<li class=new>b</ul>" "li.new")', '("<li class=\\"new\\">b</li>")'],
      ['(html/select "<p>a" "li")', "()"],
    ),
    two(
      "html/select-text",
      "(html/select-text text selector): the texts of the elements of a document that a selector of CSS finds.",
      (value, selector, context) => selected(selectHtmlText, value, selector, context),
      ['(html/select-text "<ul><li>a <b>b</b><li>c</ul>" "ul > li")', '("a b" "c")'],
      ['(try (html/select-text "<p>a" "p >") (catch e (:message e)))', '"invalid selector: p >: it ends too early"'],
    ),
  ]);
