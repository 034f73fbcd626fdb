/** HTML as browsers read it: normal forms, selectors, texts, and documents made to be hard. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { htmlText, normalHtml, selectHtml, selectHtmlText, SelectorError } from "../../src/markup/mod.ts";

const free = (): void => {};

/** The body of a document, as it is written again. */
function body(source: string): string {
  return normalHtml(source).replace(/^.*<body>(.*)<\/body><\/html>.*$/s, "$1");
}

/** What bodies become. */
const BODIES: Readonly<Record<string, readonly (readonly [html: string, normal: string])[]>> = {
  "elements that end without being told": [
    ["<p>a<p>b<div>c", "<p>a</p><p>b</p><div>c</div>"],
    ["<ul><li>a<ul><li>b</ul><li>c</ul>d", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d"],
    ["<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"],
    ["<h1>a<h2>b</h1>c", "<h1>a</h1><h2>b</h2>c"],
    [
      "<select><option>a<option>b<optgroup><option>c</select>d",
      "<select><option>a</option><option>b</option><optgroup><option>c</option></optgroup></select>d",
    ],
    ["<button>a<button>b", "<button>a</button><button>b</button>"],
    ["<ruby>a<rt>b<rt>c</ruby>", "<ruby>a<rt>b</rt><rt>c</rt></ruby>"],
    ["a</p>b</br>c</x>d", "a<p></p>b<br>cd"],
  ],
  "formatting that lies across": [
    ["<b>a<i>b</b>c</i>d", "<b>a<i>b</i></b><i>c</i>d"],
    ["<p>a<b>b<p>c", "<p>a<b>b</b></p><p><b>c</b></p>"],
    ["<b>a<p>b</b>c", "<b>a</b><p><b>b</b>c</p>"],
    ["<a href=x>a<a href=y>b", '<a href="x">a</a><a href="y">b</a>'],
    ["<b><b><b><b>a</p>b", "<b><b><b><b>a<p></p>b</b></b></b></b>"],
    ["<a>1<div>2<div>3</a>4", "<a>1</a><div><a>2</a><div><a>3</a>4</div></div>"],
  ],
  "tables": [
    ["<table><td>a<tr><td>b", "<table><tbody><tr><td>a</td></tr><tr><td>b</td></tr></tbody></table>"],
    ["<table>a<tr>b<td>c</table>d", "ab<table><tbody><tr><td>c</td></tr></tbody></table>d"],
    [
      "<table><caption>a<col><b>b<tr></table>",
      "<b>b</b><table><caption>a</caption><colgroup><col></colgroup><tbody><tr></tr></tbody></table>",
    ],
    [
      "<table><td><table><td>a</table>b</table>",
      "<table><tbody><tr><td><table><tbody><tr><td>a</td></tr></tbody></table>b</td></tr></tbody></table>",
    ],
    [
      "<table><tr><td><select><option>a<td>b",
      "<table><tbody><tr><td><select><option>a</option></select></td><td>b</td></tr></tbody></table>",
    ],
  ],
  "texts that are no HTML": [
    ["<textarea>\n<p>&amp;</textarea>", "<textarea>&lt;p&gt;&amp;</textarea>"],
    ["<script>a<b>c</script>d", "<script>a<b>c</script>d"],
    ["<script><!--<script></script>--></script>a", "<script><!--<script></script>--></script>a"],
    [
      "<style>a</b></style><xmp><i></xmp><plaintext>b</plaintext>",
      "<style>a</b></style><xmp><i></xmp><plaintext>b</plaintext></plaintext>",
    ],
    ["<pre>\n\na</pre>", "<pre>\na</pre>"],
    ["a<!-- b --><!c><?d></ e>", "a<!-- b --><!--c--><!--?d--><!-- e-->"],
    ["a < b </ <>", "a &lt; b <!-- <-->"],
  ],
  "attributes and references": [
    ["<p a b=1 c='2' d=\"3\" e=4/ A=5>", '<p a="" b="1" c="2" d="3" e="4/"></p>'],
    ["<p title='&quot;&lt;&copy;&nbsp;'>", '<p title="&quot;&lt;©&nbsp;"></p>'],
    ["<a href='?a=1&copy=2&amp;b'>", '<a href="?a=1&amp;copy=2&amp;b"></a>'],
    ["&lt;&copy&copyx&notit;&#65;&#x42;&#128;&#0;&nosuch;&", "&lt;©©x¬it;AB€\ufffd&amp;nosuch;&amp;"],
    ["<br/><div/>a", "<br><div>a</div>"],
    ["<p", ""],
    ["<p a='b", ""],
  ],
  "SVG and MathML": [
    [
      "<svg viewbox=1><lineargradient/><foreignobject><p>a</p></foreignobject></svg>b",
      '<svg viewBox="1"><linearGradient></linearGradient><foreignObject><p>a</p></foreignObject></svg>b',
    ],
    ["<svg><![CDATA[<a>]]></svg>", "<svg>&lt;a&gt;</svg>"],
    ["<svg><circle/><p>a", "<svg><circle></circle></svg><p>a</p>"],
    ["<math><mi>a<b>c</b></mi></math>", "<math><mi>a<b>c</b></mi></math>"],
  ],
};

const WHOLE: readonly (readonly [html: string, normal: string])[] = [
  ["", "<html><head></head><body></body></html>"],
  ["<!doctype HTML> a", "<!DOCTYPE html><html><head></head><body>a</body></html>"],
  [
    "<html lang=en><title>a &amp; b</title><link><body class=x>c</body><!--d--></html><!--e-->",
    '<html lang="en"><head><title>a &amp; b</title><link></head><body class="x">c<!--d--></body></html><!--e-->'
      .replace(
        "<!--d--></body></html>",
        "</body><!--d--></html>",
      ),
  ],
  [
    "<head></head> <meta>a",
    "<html><head><meta></head> <body>a</body></html>".replace("<meta></head> ", "<meta></head> "),
  ],
  ["<p>a<body id=x><html lang=y>", '<html lang="y"><head></head><body id="x"><p>a</p></body></html>'],
  ["<frameset><frame></frameset>", "<html><head></head><frameset><frame></frameset></html>"],
  ["<template><td>a</template>b", "<html><head><template><td>a</td></template></head><body>b</body></html>"],
];

const DOCUMENT = `<div id=a class="x y"><p>1<p class=x>2<span data-k="v w">3</span><p lang=en-US>4</div>
  <ul id=u><li>a<li class="new x">b<ul><li>c<li>d</ul><li>e<em></em></ul><a href="/x">l</a>
  <input type=checkbox checked disabled><svg><linearGradient id=g /></svg><template><p>5</template>`;

/** What selectors find in the document, as texts or names. */
const SELECTORS: readonly (readonly [selector: string, ...texts: string[]])[] = [
  ["p", "1", "2 3", "4"],
  ["#a > p.x, em", "2 3", ""],
  ["p+p~p", "4"],
  ["li:nth-child(2n+1)", "a", "c", "e"],
  ["li:nth-last-child( -n + 1 ), li.new", "b c d", "d", "e"],
  ["p:nth-of-type(2)", "2 3"],
  ["ul ul > li:not(:first-child)", "d"],
  ["li:has(> ul)", "b c d"],
  ["p:has(span), p:has(+ [lang])", "2 3"],
  [":is(p, li):last-child", "4", "d", "e"],
  ["[class~=x]:not(div)", "2 3", "b c d"],
  ["[lang|=en]", "4"],
  ["[DATA-K='V W' i]", "3"],
  ["[data-k^=v][data-k$=w][data-k*=' ']", "3"],
  ["a:link", "l"],
  ["em:only-child:empty", ""],
  ["input:checked:disabled", ""],
  ["#\\61  p:first-of-type", "1"],
  ["lineargradient", ""],
  ["template p"],
];

describe("HTML", () => {
  for (const [name, cases] of Object.entries(BODIES)) {
    it(`has ${name}`, () => {
      for (const [source, normal] of cases) assertEquals(body(`<!DOCTYPE html><body>${source}`), normal, source);
    });
  }

  it("is completed to whole documents", () => {
    for (const [source, normal] of WHOLE) assertEquals(normalHtml(source), normal, source);
  });

  it("has a text that people see", () => {
    assertEquals(
      htmlText(
        "<title>t</title><style>s</style><p>a  b&nbsp;c</p><script>d</script>\n<p>e<b>f</b><!--g--><noscript>h</noscript>",
      ),
      "a b c e f",
    );
    assertEquals(htmlText(""), "");
  });

  it("is searched by selectors", () => {
    for (const [selector, ...texts] of SELECTORS) {
      assertEquals(selectHtmlText(DOCUMENT, selector, free), texts, selector);
    }
    assertEquals(selectHtml(DOCUMENT, "p.x, linearGradient", free), [
      '<p class="x">2<span data-k="v w">3</span></p>',
      '<linearGradient id="g"></linearGradient>',
    ]);
  });

  it("refuses what is no selector", () => {
    const WRONG = [
      "",
      "p >",
      "> p",
      "p,,q",
      "p:foo",
      "p:nth-child(x)",
      "[a",
      "[a=]",
      "p(",
      ":not(",
      "p::before",
      "..x",
      "#",
    ];
    for (const selector of WRONG) {
      assertThrows(() => selectHtml("<p>", selector, free), SelectorError);
    }
    assertThrows(() => selectHtml("<p>", ":not(".repeat(10_000), free), SelectorError, "too deep");
  });

  it("bears any document", () => {
    const MANY = 20_000;
    const PIECES = [
      "<div>",
      "<b>",
      "<p>",
      "<b><p>",
      "<table>",
      "<table><td>",
      "<a><div>",
      "</p>",
      "</>",
      "<",
      "</",
      "<!--",
      "<svg>",
      "<svg><p>",
      "<li>",
      "<select>",
      "<template>",
      "<b id=1><i>x</b>",
      "&",
      "<p a='",
      "<font size=1>x<p>",
      "<nobr>",
      "<button>",
      "<h1>",
      "<ruby><rt>",
      "<script><!--",
    ];
    for (const piece of PIECES) {
      const html = normalHtml(piece.repeat(MANY));
      assert(html.includes("<html>") && html.length < 200 * piece.length * MANY, piece);
    }
    const attributes = Array.from({ length: 2000 }, (_, i) => `<b a=${i}>`).join("");
    assert(normalHtml(`${attributes}${"<p>x".repeat(100)}`).length < 500_000);
  });

  it("is work that is counted", () => {
    let spent = 0;
    const spend = (units: number): void => void (spent += units);
    selectHtml("<div>".repeat(100), "* * * div", spend);
    assert(spent > 500);
  });
});
