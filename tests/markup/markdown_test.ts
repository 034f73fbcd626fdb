/** Markdown as HTML, by CommonMark: what this implementation makes of each construct, and of documents made to be hard. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, SemaError, type Tier } from "../../src/engine/mod.ts";
import { markdownHeadings, markdownToHtml } from "../../src/markup/mod.ts";

const free = (): void => {};
const html = (source: string): string => markdownToHtml(source, free);

/** What a text becomes; in the text, `→` is a tab. */
const CASES: Readonly<Record<string, readonly (readonly [markdown: string, html: string])[]>> = {
  "paragraphs and breaks": [
    ["one\ntwo\n\n\nthree", "<p>one\ntwo</p>\n<p>three</p>\n"],
    ["   one\n      two", "<p>one\ntwo</p>\n"],
    ["one  \ntwo\\\nthree", "<p>one<br />\ntwo<br />\nthree</p>\n"],
    ["one \n two   ", "<p>one\ntwo</p>\n"],
    ["a\r\nb\rc", "<p>a\nb\nc</p>\n"],
    ["a\0b", "<p>a\ufffdb</p>\n"],
    ["", ""],
    [" \n→\n", ""],
  ],
  "headings": [
    ["# one\n###### six ##\n####### seven", "<h1>one</h1>\n<h6>six</h6>\n<p>####### seven</p>\n"],
    ["#one\n\\# two", "<p>#one\n# two</p>\n"],
    ["# a #b\n## #\n#", "<h1>a #b</h1>\n<h2></h2>\n<h1></h1>\n"],
    ["one\ntwo *three*\n===\nfour\n--", "<h1>one\ntwo <em>three</em></h1>\n<h2>four</h2>\n"],
    ["> a\n===", "<blockquote>\n<p>a\n===</p>\n</blockquote>\n"],
    ["[a]: /b\n===\n[a]", '<p>===\n<a href="/b">a</a></p>\n'],
  ],
  "rules": [
    ["***\n- - -\n_____", "<hr />\n<hr />\n<hr />\n"],
    ["--\n**_", "<p>--\n**_</p>\n"],
    ["- a\n***\n- b", "<ul>\n<li>a</li>\n</ul>\n<hr />\n<ul>\n<li>b</li>\n</ul>\n"],
  ],
  "code": [
    ["    a\n\n      b\n\nc", "<pre><code>a\n\n  b\n</code></pre>\n<p>c</p>\n"],
    ["a\n    b", "<p>a\nb</p>\n"],
    ["→a→b", "<pre><code>a→b\n</code></pre>\n"],
    [
      "```js x\n<a>\n~~~\n```\n~~~\nb",
      '<pre><code class="language-js">&lt;a&gt;\n~~~\n</code></pre>\n<pre><code>b\n</code></pre>\n',
    ],
    ["  ```\n   a\n    b\n  `````\nc", "<pre><code> a\n  b\n</code></pre>\n<p>c</p>\n"],
    ["``` a`b\nc", "<p>``` a`b\nc</p>\n"],
    ["> ```\n> a\n\nb", "<blockquote>\n<pre><code>a\n</code></pre>\n</blockquote>\n<p>b</p>\n"],
    [
      "`a` `` b`c `` ` `` ` `d\\` `e\nf`",
      "<p><code>a</code> <code>b`c</code> <code>``</code> <code>d\\</code> <code>e f</code></p>\n",
    ],
    ["``a` ```b", "<p>``a` ```b</p>\n"],
  ],
  "quotes": [
    ["> # a\n>b\nc\n\nd", "<blockquote>\n<h1>a</h1>\n<p>b\nc</p>\n</blockquote>\n<p>d</p>\n"],
    ["> > a\n> b\n>\n> c", "<blockquote>\n<blockquote>\n<p>a\nb</p>\n</blockquote>\n<p>c</p>\n</blockquote>\n"],
    [">     a\n    b", "<blockquote>\n<pre><code>a\n</code></pre>\n</blockquote>\n<pre><code>b\n</code></pre>\n"],
    [">", "<blockquote>\n</blockquote>\n"],
  ],
  "lists": [
    ["- a\n- b\n\n\n- c", "<ul>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n<li>\n<p>c</p>\n</li>\n</ul>\n"],
    [
      "- a\n  - b\n    1. c\n+ d",
      "<ul>\n<li>a\n<ul>\n<li>b\n<ol>\n<li>c</li>\n</ol>\n</li>\n</ul>\n</li>\n</ul>\n<ul>\n<li>d</li>\n</ul>\n",
    ],
    ["7) a\n8) b\n1. c", '<ol start="7">\n<li>a</li>\n<li>b</li>\n</ol>\n<ol>\n<li>c</li>\n</ol>\n'],
    ["a\n2. b\n1. c", "<p>a\n2. b</p>\n<ol>\n<li>c</li>\n</ol>\n"],
    ["-\n- a\n-", "<ul>\n<li></li>\n<li>a</li>\n<li></li>\n</ul>\n"],
    ["-\n\n  a", "<ul>\n<li></li>\n</ul>\n<p>a</p>\n"],
    ["- a\n\n  b\n\nc", "<ul>\n<li>\n<p>a</p>\n<p>b</p>\n</li>\n</ul>\n<p>c</p>\n"],
    ["-     a\n\n  b", "<ul>\n<li>\n<pre><code>a\n</code></pre>\n<p>b</p>\n</li>\n</ul>\n"],
    [
      "- a\n  > b\n\n  ```\n  c\n\n\n  ```",
      "<ul>\n<li>\n<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n<pre><code>c\n\n\n</code></pre>\n</li>\n</ul>\n",
    ],
    ["-→→a", "<ul>\n<li>\n<pre><code>  a\n</code></pre>\n</li>\n</ul>\n"],
    ["1234567890. a", "<p>1234567890. a</p>\n"],
  ],
  "HTML": [
    ["<div>\n*a*\n\n*b*", "<div>\n*a*\n<p><em>b</em></p>\n"],
    ["<!-- a\n\n*b* --> c\n*d*", "<!-- a\n\n*b* --> c\n<p><em>d</em></p>\n"],
    ["a\n<x-y b='c'>\n\n<x-y b=\"c\">\n*d*", "<p>a\n<x-y b='c'></p>\n<x-y b=\"c\">\n*d*\n"],
    [
      "a <b c=d e/> </b > <? f ?> <!G h> <![CDATA[i]]> <!---->",
      "<p>a <b c=d e/> </b > <? f ?> <!G h> <![CDATA[i]]> <!----></p>\n",
    ],
    ['<3 <a b="c> </a d> <!-- e', "<p>&lt;3 &lt;a b=&quot;c&gt; &lt;/a d&gt; &lt;!-- e</p>\n"],
    ["&amp; &copy &#65; &#x42; &#0; &nosuch; &lt;i&gt;", "<p>&amp; &amp;copy A B \ufffd &amp;nosuch; &lt;i&gt;</p>\n"],
  ],
  "emphasis": [
    [
      "*a* **b** ***c*** _d_ __e__",
      "<p><em>a</em> <strong>b</strong> <em><strong>c</strong></em> <em>d</em> <strong>e</strong></p>\n",
    ],
    ["a_b_c a*b*c _a_b", "<p>a_b_c a<em>b</em>c _a_b</p>\n"],
    ["* a * **b **", "<ul>\n<li>a * **b **</li>\n</ul>\n"],
    ["*a **b* c**", "<p><em>a <em><em>b</em> c</em></em></p>\n"],
    ["**a*b**c* ***d** e*", "<p><strong>a*b</strong>c* <em><strong>d</strong> e</em></p>\n"],
    ["*a `*` [*](b)*", '<p><em>a <code>*</code> <a href="b">*</a></em></p>\n'],
    ["«*a*»*b*", "<p>«<em>a</em>»<em>b</em></p>\n"],
    ["\\*a\\* \\a", "<p>*a* \\a</p>\n"],
  ],
  "links": [
    [
      '[a *b*](/c "d") [e](<f g>) [h]()',
      '<p><a href="/c" title="d">a <em>b</em></a> <a href="f%20g">e</a> <a href="">h</a></p>\n',
    ],
    [
      "[a](b 'c\"d') [e](f (g)) [h](i(j)k) [l](m (n)",
      '<p><a href="b" title="c&quot;d">a</a> <a href="f" title="g">e</a> <a href="i(j)k">h</a> [l](m (n)</p>\n',
    ],
    [
      "[a][b] [B][] [b] [c]\n\n[b]: /d\n'e'\n[b]: /f",
      '<p><a href="/d" title="e">a</a> <a href="/d" title="e">B</a> <a href="/d" title="e">b</a> [c]</p>\n',
    ],
    ["[a [b](c)](d) [![e](f)](g)", '<p>[a <a href="c">b</a>](d) <a href="g"><img src="f" alt="e" /></a></p>\n'],
    ['![a *b* [c](d) `e`](f "g")', '<p><img src="f" alt="a b c e" title="g" /></p>\n'],
    [
      "<http://a.b/?c=d&e> <x@y.z> <a:b c>",
      '<p><a href="http://a.b/?c=d&amp;e">http://a.b/?c=d&amp;e</a> <a href="mailto:x@y.z">x@y.z</a> &lt;a:b c&gt;</p>\n',
    ],
    ["[a](ü%20%zz\\))", '<p><a href="%C3%BC%20%25zz)">a</a></p>\n'],
    ["[ẞ]\n\n[SS]: /a", '<p><a href="/a">ẞ</a></p>\n'],
    ['[a]:\nb\n"c" d\n\n[a]', '<p>&quot;c&quot; d</p>\n<p><a href="b">a</a></p>\n'],
    ["[a] (b) [ ]: c", "<p>[a] (b) [ ]: c</p>\n"],
  ],
};

describe("Markdown", () => {
  for (const [name, cases] of Object.entries(CASES)) {
    it(`has ${name}`, () => {
      for (const [source, expected] of cases) {
        assertEquals(html(source.replaceAll("→", "\t")), expected.replaceAll("→", "\t"), source);
      }
    });
  }

  it("has headings, whose words can be listed", () => {
    const source = "# a *b* `c`  d\n> e\n> f\n> ==\n\n- ## [g](h) ![i](j) <k> &amp;\n###\n";
    assertEquals(markdownHeadings(source, free), [
      { level: 1, text: "a b c d" },
      { level: 1, text: "e f" },
      { level: 2, text: "g i &" },
      { level: 3, text: "" },
    ]);
  });

  it("bears any document", () => {
    const MANY = 20_000;
    const DEEP = [
      ">",
      "- ",
      "1. ",
      "[",
      "![",
      "*a **a ",
      "_a",
      "<!--",
      "<a b='",
      "[a](b",
      '[a](b "',
      "[a",
      "&a",
      "\\a",
      "` `` ",
    ];
    // What lies deeper than the deepest block is text, and nothing of it is lost.
    for (const piece of DEEP) assert(html(`${piece.repeat(MANY)}a`).length >= MANY, piece);
    const links = `${"[".repeat(MANY)}${"[a](b)".repeat(MANY)}`;
    assertEquals(html(links).split("<a ").length, MANY + 1);
    const ticks = Array.from({ length: 300 }, (_, i) => "`".repeat(i + 1)).join(" ");
    assertEquals(html(ticks), `<p>${ticks}</p>\n`);
  });

  it("does not grow out of proportion by references", () => {
    const source = `[a]: /${"x".repeat(50_000)}\n\n${"[a]".repeat(20_000)}`;
    assert(html(source).length < 4 * source.length);
  });

  it("is work that limits count", () => {
    for (const tier of ["baseline", "jit", "auto"] satisfies Tier[]) {
      const runtime = createRuntime({ tier, limits: { steps: 1_000_000 } });
      let failure = "";
      try {
        runtime.eval('(define s (string/repeat "- " 200)) (let loop () (begin (markdown/to-html s) (loop)))');
      } catch (error) {
        if (!(error instanceof SemaError)) throw error;
        failure = error.message;
      }
      assert(failure.includes("step limit"), failure);
    }
  });
});
