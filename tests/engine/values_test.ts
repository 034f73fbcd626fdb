/** A value of a program that the host hands back is that very value, whatever its kind. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";

const VALUES: readonly string[] = [
  "7",
  "0.5",
  "2.0",
  "10000000000000000000000",
  "1/2",
  "2i",
  "1.5-2.5i",
  "#\\a",
  '"text"',
  "'symbol",
  ":keyword",
  "'(1 (2))",
  "[1 2]",
  "{:a {:b 1}}",
  "(hashmap/new :a 1)",
  "(bytevector 1 2)",
  "nil",
  "#f",
  "'()",
];

describe("defined by the host, a value of a program stays what it is:", () => {
  for (const text of VALUES) {
    it(text, () => {
      const runtime = createRuntime({ tier: "baseline" });
      runtime.define("given", runtime.eval(text));
      assertEquals(
        runtime.print(runtime.eval(`(list (equal? given ${text}) (equal? (type given) (type ${text})))`)),
        "(#t #t)",
      );
    });
  }
});
