/** Help inside a program: what functions, macros and special forms are for. */
import { intern, listFrom, Procedure, Sym, type Value } from "../../data/mod.ts";
import { text, wrongType } from "../check.ts";
import { type Area, one } from "../declare.ts";

/** The help builtins. */
export const help: Area = () => [
  one(
    "doc",
    "(doc subject): prints what a function does, or what a symbol or string names; nil.",
    (subject, context): Value => {
      const named = subject instanceof Procedure || subject instanceof Sym || typeof subject === "string";
      if (!named) throw wrongType("function, symbol, or string", subject, "doc: quote the name: (doc 'if)");
      context.write(context.documentation(subject));
      return null;
    },
    ["(doc car)", "nil"],
    ["(doc 'if)", "nil"],
  ),
  one("apropos", "(apropos text): the names that contain a text, sorted.", (part, context) => {
    return listFrom(context.namesWith(text(part)).map((name) => intern(name)));
  }, ['(apropos "string->s")', "(string->symbol)"]),
];
