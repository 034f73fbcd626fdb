/** Strings, characters, symbols and regular expressions: the areas of this folder, each a table of declarations. */
export { chars } from "./chars.ts";
export { documents } from "./documents.ts";
export { checked, reading } from "./reading.ts";
export { regexes } from "./regex.ts";
export { RegexCache } from "../../regex/mod.ts";
export { stringCase } from "./string_case.ts";
export { stringSearch } from "./string_search.ts";
export { stringWidth } from "./string_width.ts";
export { strings } from "./strings.ts";
export { styles } from "./styles.ts";
export { symbols } from "./symbols.ts";
export { texts } from "./text.ts";
