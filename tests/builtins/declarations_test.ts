import { describe, test } from "node:test";
import { areas, type Declaration, declarations, names as indexed } from "../../src/builtins/mod.ts";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { INTRINSICS } from "../../src/core/mod.ts";
import { List, Sym, toArray, type Value } from "../../src/data/mod.ts";
import { read } from "../../src/reader/mod.ts";

const names = new Set(declarations().map((declaration) => declaration.name));
const documented = declarations().filter((declaration) => declaration.kind !== "alias");
const preludes = declarations().filter((declaration) => declaration.kind === "sema");

/** The symbols anywhere in a form, quoted data included. */
function symbolsIn(form: Value): string[] {
  if (form instanceof Sym) return [form.name];
  return form instanceof List ? toArray(form).flatMap(symbolsIn) : [];
}

describe("the table of builtins", () => {
  test("names every builtin once", () => {
    const seen = new Set<string>();
    const repeated = declarations().filter(({ name }) => seen.has(name) || !seen.add(name)).map(({ name }) => name);
    assertEquals(repeated, []);
  });

  test("has an index of exactly the names that the areas declare (deno task build writes it)", () => {
    assertEquals(indexed, areas.flatMap(([, area]) => area().map(({ name }) => name)));
  });

  test("documents every builtin in one line", () => {
    const bad = documented.filter(({ doc }) => !/^\S.*\.$/.test(doc)).map(({ name, doc }) => `${name}: ${doc}`);
    assertEquals(bad, []);
  });

  test("gives every builtin an arity that its implementation fits", () => {
    const fits = (declaration: Declaration): boolean => {
      if (declaration.kind === "alias") return true;
      const { min, max } = declaration;
      if (!(Number.isInteger(min) && min >= 0 && max >= min)) return false;
      if (declaration.kind === "sema") return true;
      const fixed = [declaration.f0, declaration.f1, declaration.f2, declaration.f3];
      const given = fixed.findIndex((implementation) => implementation !== undefined);
      return given < 0 ? declaration.fn !== undefined : declaration.fn === undefined && min === given && max === given;
    };
    assertEquals(declarations().filter((declaration) => !fits(declaration)), []);
  });

  test("has the target of every alias before it, and no alias of an alias", () => {
    const known = new Map<string, Declaration>();
    for (const declaration of declarations()) {
      if (declaration.kind === "alias") {
        const target = known.get(declaration.target);
        assert(target !== undefined && target.kind !== "alias", `${declaration.name} → ${declaration.target}`);
      }
      known.set(declaration.name, declaration);
    }
  });

  test("declares every intrinsic as pure, with an arity that its direct calls fit", () => {
    const rows = new Map(declarations().map((row) => [row.name, row]));
    const wrong = Object.values(INTRINSICS).filter(([name, count]) => {
      let row = rows.get(name);
      if (row?.kind === "alias") row = rows.get(row.target);
      if (row?.kind !== "native" || count < row.min || count > row.max) return true;
      // Reading what can be changed is no function of the arguments alone, but has no effect either.
      return row.pure !== true && name !== "mutable-array/get";
    });
    assertEquals(wrong, []);
  });
});

describe("the prelude in Sema", () => {
  test("is one fn form per function whose parameters fit the arity", () => {
    for (const { name, min, max, source } of preludes) {
      const { forms } = read(source, null);
      assertEquals(forms.length, 1, name);
      const [head, parameters] = forms[0] instanceof List ? toArray(forms[0]) : [];
      assert(head instanceof Sym && head.name === "fn" && parameters instanceof List, name);
      const words = symbolsIn(parameters);
      const dot = words.indexOf(".");
      assertEquals(dot < 0 ? words.length : dot, min, name);
      assertEquals(dot < 0, max === min, name);
    }
  });

  test("calls no builtin that a program might redefine: only intrinsics and hidden helpers", () => {
    const intrinsic = new Set<string>(Object.values(INTRINSICS).map(([name]) => name));
    for (const { name, source } of preludes) {
      const used = read(source, null).forms.flatMap(symbolsIn);
      const wrong = used.filter((word) => names.has(word) && !intrinsic.has(word) && !word.startsWith("__vm-"));
      assertEquals(wrong, [], name);
      // The spread call is the compiler's.
      const unknown = used.filter((word) => word.startsWith("__vm-") && word !== "__vm-apply" && !names.has(word));
      assertEquals(unknown, [], name);
    }
  });
});
