/** Coroutines and generators: stacks that programs leave and enter again, the same on every tier. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate, MODES, prepare } from "../jit/tiers.ts";

const TREE = "(define (tree n) (if (= n 0) '() (list (tree (- n 1)) n (tree (- n 1)))))" +
  "(define (walk t yield) (if (null? t) nil (begin (walk (car t) yield) (yield (cadr t)) (walk (caddr t) yield))))";

describe("coroutines", () => {
  const CASES: Readonly<Record<string, readonly [units: readonly string[], printed: string]>> = {
    "exchange values with who resumes them": [
      [
        "(define c (coroutine/create (fn (yield a) (let ((b (yield (list a)))) (let ((d (yield (list a b)))) (list a b d))))))",
        "(let ((first (coroutine/resume c 1))) (let ((second (coroutine/resume c 2))) (list first second (coroutine/done? c) (coroutine/resume c 3) (coroutine/done? c))))",
      ],
      "((1) (1 2) #f (1 2 3) #t)",
    ],
    "yield from any depth": [
      [TREE, "(coroutine/list (coroutine/create (fn (yield x) (walk (tree 3) yield))))"],
      "(1 2 1 3 1 2 1)",
    ],
    "yield from callbacks of the library": [
      [
        "(define c (coroutine/create (fn (yield x) (list (map yield '(1 2)) (foldl (fn (a x) (yield (+ a x))) 0 '(1 2)) (sort-by yield '(5 4))))))",
        "(let loop ((v (coroutine/resume c)) (out '())) (if (coroutine/done? c) (list (reverse out) v) (loop (coroutine/resume c v) (cons v out))))",
      ],
      "((1 2 1 3 5 4) ((1 2) 3 (4 5)))",
    ],
    "compare two trees without flattening them": [
      [
        TREE +
        "(define (same? a b) (let ((ga (generator (fn (y) (walk a y)) 'end)) (gb (generator (fn (y) (walk b y)) 'end))) (let loop () (let ((x (ga)) (y (gb))) (if (not (= x y)) #f (if (= x 'end) #t (loop)))))))",
        "(list (same? (tree 6) (tree 6)) (same? (tree 6) (tree 5)))",
      ],
      "(#t #f)",
    ],
    "resume each other": [
      [
        "(define inner (coroutine/create (fn (yield x) (yield 'i1) (yield 'i2) 'i3)))" +
        "(define outer (coroutine/create (fn (yield x) (yield (coroutine/resume inner)) (yield 'o) (list (coroutine/resume inner) (coroutine/resume inner)))))",
        "(let ((a (coroutine/resume outer))) (let ((b (coroutine/resume outer))) (list a b (coroutine/resume outer) (coroutine/done? inner))))",
      ],
      "(i1 o (i2 i3) #t)",
    ],
    "are left from inside of another, which goes along": [
      [
        "(define log '()) (define outer (coroutine/create (fn (yield x) (let ((inner (coroutine/create (fn (y2 x2) (yield 'from-inside) (y2 'inner) 'last)))) (list (coroutine/resume inner) (coroutine/resume inner))))))",
        "(let ((a (coroutine/resume outer))) (list a (coroutine/resume outer)))",
      ],
      "(from-inside (inner last))",
    ],
    "pass their errors to who resumes them, and are finished then": [
      [
        "(define c (coroutine/create (fn (yield x) (yield 1) (throw 'oops))))",
        "(list (coroutine/resume c) (try (coroutine/resume c) (catch e (:value e))) (coroutine/done? c) (try (coroutine/resume c) (catch e (:message e))))",
      ],
      '(1 oops #t "coroutine/resume: the coroutine has finished")',
    ],
    "keep their own handlers": [
      [
        "(define c (coroutine/create (fn (yield x) (try (begin (yield 1) (throw 'inside)) (catch e (list 'caught (:value e)))))))",
        "(list (coroutine/resume c) (try (coroutine/resume c) (catch e 'outside)))",
      ],
      "(1 (caught inside))",
    ],
    "cannot be resumed while they run": [
      [
        "(define c nil) (set! c (coroutine/create (fn (yield x) (coroutine/resume c))))",
        "(try (coroutine/resume c) (catch e (:message e)))",
      ],
      '"coroutine/resume: the coroutine is running already"',
    ],
    "cannot yield while they do not run": [
      [
        "(define out nil) (define c (coroutine/create (fn (yield x) (set! out yield) 1))) (coroutine/resume c)",
        "(try (out 1) (catch e (:message e)))",
      ],
      '"yield: the coroutine is not running here"',
    ],
    "print as what they are": [
      ["(list (coroutine/create (fn (y x) x)) (coroutine? (coroutine/create (fn (y x) x))))"],
      "(<coroutine (new)> #t)",
    ],
    "keep assigned variables between resumptions": [
      [
        "(define g (generator (fn (yield) (let ((n 0)) (while #t (set! n (+ n 1)) (yield n))))))",
        "(do ((i 0 (+ i 1)) (sum 0 (+ sum (g)))) ((= i 1000) sum))",
      ],
      "500500",
    ],
    "live on in stacks a hundred thousand frames deep": [
      [
        "(define (down n yield) (if (= n 0) (yield 'bottom) (+ 1 (down (- n 1) yield))))",
        "(let ((c (coroutine/create (fn (yield x) (down 100000 yield))))) (let ((a (coroutine/resume c))) (list a (coroutine/resume c 1))))",
      ],
      "(bottom 100001)",
    ],
    "take extents of dynamic-wind with them without running them": [
      [
        "(define log '()) (define (note x) (set! log (cons x log)))" +
        "(define c (coroutine/create (fn (yield x) (dynamic-wind (fn () (note 'in)) (fn () (yield 1) (yield 2)) (fn () (note 'out))))))",
        "(begin (dynamic-wind (fn () (note 'a)) (fn () (coroutine/resume c)) (fn () (note 'b))) (coroutine/resume c) (coroutine/resume c) (reverse log))",
      ],
      "(a in b out)",
    ],
    "have their extents left when a continuation leaves them": [
      [
        "(define log '()) (define (note x) (set! log (cons x log)))",
        "(let ((c (coroutine/create (fn (yield k) (dynamic-wind (fn () (note 'in)) (fn () (k 'left)) (fn () (note 'out))))))) (list (call/cc (fn (k) (coroutine/resume c k))) (coroutine/done? c) (reverse log)))",
      ],
      "(left #t (in out))",
    ],
  };
  for (const [claim, [units, printed]] of Object.entries(CASES)) it(claim, () => assertEverywhere({ units, printed }));

  it("generate for hot loops", () => {
    assertEverywhere({
      heat: "(sum (generator (fn (yield) (yield 1) (yield 2))))",
      units: [
        "(define (sum g) (let loop ((total 0)) (let ((x (g))) (if (null? x) total (loop (+ total x))))))",
        "(sum (generator (fn (yield) (do ((i 0 (+ i 1))) ((= i 2000)) (yield i)))))",
      ],
      printed: "1999000",
    });
  });

  it("wait for promises", async () => {
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: [] });
      const value = await runtime.evalAsync(
        "(let ((c (coroutine/create (fn (yield x) (yield (await (async 1))) (await (async 2)))))) (let ((a (coroutine/resume c))) (list a (await (async (coroutine/resume c))))))",
      );
      assertEquals(runtime.print(value), "(1 2)", mode.name);
    }
  });

  it("cannot be left through a function of the host, but run inside of its callbacks", () => {
    for (const mode of MODES) {
      const runtime = createRuntime({ tier: mode.tier });
      runtime.define("host-map", (f: (x: number) => unknown, xs: number[]) => xs.map((x) => f(x)));
      assertEquals(
        evaluate(runtime, "(let ((c (coroutine/create (fn (yield x) (host-map yield '(1 2)))))) (coroutine/resume c))"),
        "eval: yield: the coroutine is not running here",
        mode.name,
      );
      assertEquals(
        evaluate(runtime, "(let ((g (generator (fn (yield) (yield 1) (yield 2))))) (host-map (fn (x) (g)) '(7 8 9)))"),
        "(1 2 nil)",
        mode.name,
      );
    }
  });
});
