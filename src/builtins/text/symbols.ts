/** Symbols and keywords from text and back. Any text is a name. */
import { intern, Keyword, keyword, Sym } from "../../data/mod.ts";
import { text, wrongType } from "../check.ts";
import { type Area, one, pure, same } from "../declare.ts";

/** The symbol and keyword builtins. */
export const symbols: Area = () =>
  pure([
    one("string->symbol", "The symbol with this name.", (name) => intern(text(name)), [
      '(string->symbol "abc")',
      "abc",
    ]),
    same("string/to-symbol", "string->symbol"),
    one("symbol->string", "The name of a symbol.", (symbol) => {
      if (symbol instanceof Sym) return symbol.name;
      throw wrongType("symbol", symbol);
    }, ["(symbol->string 'abc)", '"abc"']),
    same("symbol/to-string", "symbol->string"),
    one("string->keyword", "The keyword with this name.", (name) => keyword(text(name)), [
      '(string->keyword "abc")',
      ":abc",
    ]),
    same("string/to-keyword", "string->keyword"),
    one("keyword->string", "The name of a keyword, without its colon.", (value) => {
      if (value instanceof Keyword) return value.name;
      throw wrongType("keyword", value);
    }, ["(keyword->string :abc)", '"abc"']),
    same("keyword/to-string", "keyword->string"),
  ]);
