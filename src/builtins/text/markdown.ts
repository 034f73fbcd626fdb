/** Documents in Markdown (language reference: 05-host §23). */
import { keyword, SortedMap } from "../../data/mod.ts";
import { text } from "../check.ts";
import { type Area, one, pure } from "../declare.ts";

/** A line of three hyphens, what stands before the next such line, and the rest. */
const FRONT = /^---[ \t]*\r?\n((?:.*\n)*?)---[ \t]*(?:\r?\n|$)/;

/** `markdown/…`. */
export const markdown: Area = () =>
  pure([
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
