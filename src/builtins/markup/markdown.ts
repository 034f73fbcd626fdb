/** Documents in Markdown (language reference: 05-host §23). */
import { keyword, SortedMap } from "../../data/mod.ts";
import { markdownHeadings, markdownToHtml } from "../../markup/mod.ts";
import { listOf, text } from "../check.ts";
import { type Area, one, pure } from "../declare.ts";

/** A line of three hyphens, what stands before the next such line, and the rest. */
const FRONT = /^---[ \t]*\r?\n((?:.*\n)*?)---[ \t]*(?:\r?\n|$)/;

/** `markdown/…`. */
export const markdown: Area = () =>
  pure([
    one(
      "markdown/to-html",
      "(markdown/to-html text): a document in Markdown (CommonMark) as HTML. HTML and links in it stay as they are.",
      (value, context) => {
        const document = text(value);
        context.spend(document.length);
        return markdownToHtml(document, (units) => context.spend(units));
      },
      ['(markdown/to-html "# Tea\\n\\nis *hot*")', '"<h1>Tea</h1>\\n<p>is <em>hot</em></p>\\n"'],
      [
        '(markdown/to-html "- [here](/a)\\n- `x < 1`")',
        '"<ul>\\n<li><a href=\\"/a\\">here</a></li>\\n<li><code>x &lt; 1</code></li>\\n</ul>\\n"',
      ],
    ),
    one(
      "markdown/headings",
      "(markdown/headings text): the headings of a document in Markdown, each a map of :level and :text.",
      (value, context) => {
        const document = text(value);
        context.spend(document.length);
        const found = markdownHeadings(document, (units) => context.spend(units));
        return listOf(
          found.map(({ level, text }) => SortedMap.from([[keyword("level"), level], [keyword("text"), text]])),
        );
      },
      [
        '(markdown/headings "# Tea\\n\\nHow to `brew`\\n---\\n")',
        '({:level 1 :text "Tea"} {:level 2 :text "How to brew"})',
      ],
    ),
    one(
      "markdown/frontmatter",
      "(markdown/frontmatter text): a map of :body and of what stands before it between lines of ---: :frontmatter, or nil.",
      (value) => {
        const document = text(value);
        const found = FRONT.exec(document);
        return SortedMap.from([
          [keyword("frontmatter"), found?.[1] ?? null],
          [keyword("body"), document.slice(found?.[0].length ?? 0)],
        ]);
      },
      ['(markdown/frontmatter "---\\ntitle: Tea\\n---\\n# Hot")', '{:body "# Hot" :frontmatter "title: Tea\\n"}'],
      ['(markdown/frontmatter "# Hot")', '{:body "# Hot" :frontmatter nil}'],
      ['(markdown/frontmatter "---\\n---\\n")', '{:body "" :frontmatter ""}'],
      ['(:frontmatter (markdown/frontmatter "---\\nnever closed\\n"))', "nil"],
      ['(:frontmatter (markdown/frontmatter "text\\n---\\na\\n---\\n"))', "nil"],
    ),
  ]);
