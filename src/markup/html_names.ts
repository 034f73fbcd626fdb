/** Which elements of HTML do what while a tree is built (HTML Living Standard §13.2.6), as sets of their names. */

function names(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

/** Elements that formatting does not reach through, and that others end in front of. */
export const SPECIAL: ReadonlySet<string> = names(
  "address applet area article aside base basefont bgsound blockquote body br button caption center col colgroup dd details " +
    "dir div dl dt embed fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html " +
    "iframe img input keygen li link listing main marquee menu meta nav noembed noframes noscript object ol p param plaintext " +
    "pre script search section select source style summary table tbody td template textarea tfoot th thead title tr track ul " +
    "wbr xmp",
);

/** Elements in which other elements are not looked for from inside. */
export const SCOPE: ReadonlySet<string> = names("applet caption html table td th marquee object template");
/** The same for items of lists. */
export const LIST_SCOPE: ReadonlySet<string> = new Set([...SCOPE, "ol", "ul"]);
/** The same for paragraphs. */
export const BUTTON_SCOPE: ReadonlySet<string> = new Set([...SCOPE, "button"]);
/** The same in tables. */
export const TABLE_SCOPE: ReadonlySet<string> = names("html table template");

/** Elements that format text, and begin again where they were not closed. */
export const FORMATTING: ReadonlySet<string> = names("a b big code em font i nobr s small strike strong tt u");

/** Elements that end a paragraph when they begin. */
export const BLOCKS: ReadonlySet<string> = names(
  "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main " +
    "menu nav ol p search section summary ul",
);

/** Elements that end what is in them when they end. */
export const CLOSING_BLOCKS: ReadonlySet<string> = new Set(
  [...BLOCKS, "button", "listing", "pre"].filter((name) => name !== "p"),
);

/** Headings. */
export const HEADINGS: ReadonlySet<string> = names("h1 h2 h3 h4 h5 h6");

/** Elements of the head of a document. */
export const HEAD: ReadonlySet<string> = names(
  "base basefont bgsound link meta noframes script style template title",
);

/** Elements that end without being told. */
export const IMPLIED: ReadonlySet<string> = names("dd dt li optgroup option p rb rp rt rtc");
/** The same when all of a template ends. */
export const THOROUGHLY_IMPLIED: ReadonlySet<string> = new Set(
  [...IMPLIED, "caption", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"],
);

/** Parts of tables. */
export const TABLE_PARTS: ReadonlySet<string> = names("caption col colgroup tbody td tfoot th thead tr");

/** Elements of HTML that do not occur in SVG and MathML: they end these. */
export const BREAKOUT: ReadonlySet<string> = names(
  "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta nobr ol p " +
    "pre ruby s small span strong strike sub sup table tt u ul var",
);

function byLowerCase(text: string): ReadonlyMap<string, string> {
  return new Map(text.split(" ").map((name) => [name.toLowerCase(), name]));
}

/** Names of SVG that have upper case in them. */
export const SVG_ELEMENTS: ReadonlyMap<string, string> = byLowerCase(
  "altGlyph altGlyphDef altGlyphItem animateColor animateMotion animateTransform clipPath feBlend feColorMatrix " +
    "feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood " +
    "feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight " +
    "feSpecularLighting feSpotLight feTile feTurbulence foreignObject glyphRef linearGradient radialGradient textPath",
);

/** The same of attributes. */
export const SVG_ATTRIBUTES: ReadonlyMap<string, string> = byLowerCase(
  "attributeName attributeType baseFrequency baseProfile calcMode clipPathUnits diffuseConstant edgeMode filterUnits glyphRef " +
    "gradientTransform gradientUnits kernelMatrix kernelUnitLength keyPoints keySplines keyTimes lengthAdjust " +
    "limitingConeAngle markerHeight markerUnits markerWidth maskContentUnits maskUnits numOctaves pathLength " +
    "patternContentUnits patternTransform patternUnits pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio " +
    "primitiveUnits refX refY repeatCount repeatDur requiredExtensions requiredFeatures specularConstant specularExponent " +
    "spreadMethod startOffset stdDeviation stitchTiles surfaceScale systemLanguage tableValues targetX targetY textLength " +
    "viewBox viewTarget xChannelSelector yChannelSelector zoomAndPan",
);
