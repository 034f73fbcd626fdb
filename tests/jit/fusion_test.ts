/**
 * Calls of library functions that become one loop: what a program sees of a fused group — values, errors and their order,
 * output, redefinitions, limits — is what it sees of the calls made one after the other.
 */
import { describe, it } from "node:test";
import { assert, assertEquals, assertMatch } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { assertEverywhere, evaluate, MODES, prepare, type Program } from "./tiers.ts";

const SUM = "(define (f n) (->> (range n) (map (fn (x) (* x x))) (filter even?) (map (fn (x) (mod x 7))) (foldl + 0)))";

const PROGRAMS: Readonly<Record<string, Program>> = {
  "a pipeline from a range to a sum": {
    units: [SUM, "(list (f 10) (f 0) (f -3) (f 1) (f 2000))"],
    heat: "(f 20)",
    printed: "(8 0 0 0 1998)",
  },
  "a range from a start": {
    units: [
      "(define (f a b) (foldl - 0 (map (fn (x) (+ x 1)) (range a b))))",
      "(list (f 2 5) (f 5 2) (f -3 3) (f 7 7))",
    ],
    heat: "(f 1 4)",
    printed: "(-12 0 -3 0)",
  },
  "a list at the end, from lists, vectors and arrays": {
    units: [
      `(define (f xs) (map (fn (x) (list x)) (filter (fn (x) (< x 3)) xs)))`,
      `(list (f '(1 5 2)) (f [3 2 1]) (f '()) (f []) (f '(9 8)) (length (f (range 100)))
             (nth (f '(2 1 0)) 2) (f '(0.5 1e300 2.0)))`,
    ],
    heat: "(f '(1 2 3))",
    printed: "(((1) (2)) ((2) (1)) () () () 3 (0) ((0.5) (2.0)))",
  },
  "a vector at the end": {
    units: [
      `(define (f xs) (list->vector (map (fn (x) (* x 2)) xs)))
       (define (g n) (let ((v (list->vector (filter odd? (range n))))) (list v (length v))))
       (define (h n) (list->vector (map (fn (i) (list->vector (map (fn (j) (* i j)) (range n)))) (range n))))`,
      `(list (f '()) (f '(1)) (f '(1 2 3 4 5)) (f '(0.5 1.0 2.5 3.5 4.5)) (f '(0.5 1.5)) (f '(0.5 1 1.5 2 2.5))
             (nth (f '(0.5 0.5 0.5 0.5)) 3) (g 0) (g 9) (h 0) (h 3)
             (try (f '(1 x)) (catch e (:message e))) (try (nth (f '(1)) 1) (catch e (:message e))))`,
    ],
    heat: "(list (f '(1 2)) (g 3) (h 2))",
    printed: `([] [2] [2 4 6 8 10] [1.0 2.0 5.0 7.0 9.0] [1.0 3.0] [1.0 2 3.0 4 5.0] 1.0 ([] 0) ([1 3 5 7] 4) [] ` +
      `[[0 0 0] [0 1 2] [0 2 4]] "expected number, got symbol and int" "index 1 out of bounds (length 1)")`,
  },
  "operands of other kinds than before": {
    units: [
      "(define (f xs) (foldl + 0 (map (fn (x) (* x 2)) (filter (fn (x) (> x 0)) xs))))",
      `(list (f '(1 -2 3)) (f '(0.5 1)) (f '(0.5 0.5)) (f '(1073741824 1)) (f '(2147483647 4294967296))
             (f '(9007199254740991)) (f '(1/2 1/3)) (f '(123456789012345678901234567890)))`,
    ],
    heat: "(f '(1 2))",
    printed: "(8 3.0 2.0 2147483650 12884901886 18014398509481982 5/3 246913578024691357802469135780)",
  },
  "sums of floats": {
    units: [
      "(define (f xs) (foldl + 0.0 (map (fn (x) (* x 0.5)) xs)))",
      "(list (f '(1 2)) (f '(0.5)) (f '()) (f '(1e20 1e20 3)))",
    ],
    heat: "(f '(1 2.5))",
    printed: "(1.5 0.25 0.0 100000000000000000000.0)",
  },
  "no strings for the function that adds, as it is": {
    units: [
      `(define (f z xs) (foldl + z (map (fn (x) x) xs)))`,
      `(list (f 1 '(2)) (try (f "a" '("b")) (catch e (:message e))) (f 1 '(2.5)) (f "a" '()))`,
    ],
    heat: "(f 1 '(2))",
    printed: `(3 "expected number, got string" 3.5 "a")`,
  },
  "the error of the stage that comes first, not of the element that comes first": {
    units: [
      `(define (f xs)
         (foldl + 0 (map (fn (x) (if (= x 2) (throw {:second x}) x)) (map (fn (x) (if (= x 3) (throw {:first x}) x)) xs))))
       (define (g xs) (try (f xs) (catch e (:value e))))`,
      "(list (g '(1)) (g '(1 2)) (g '(1 2 3)) (g '(3 2)) (g '(2 1)))",
    ],
    heat: "(f '(1 1))",
    printed: "(1 {:second 2} {:first 3} {:first 3} {:second 2})",
  },
  "an error in what is added up, after all elements were made": {
    units: [
      `(define (f xs) (foldl (fn (a x) (+ a (car x))) 0 (map (fn (x) (if (null? x) x (cdr x))) xs)))
       (define (g xs) (try (f xs) (catch e (:message e))))`,
      "(list (g '((1 2) (3 4))) (g '((1 2) (3))) (g '((1 a) 5)))",
    ],
    heat: "(f '((1 2)))",
    printed: '(6 "expected number or string, got int and nil" "expected list or vector, got int")',
  },
  "every error again and again": {
    units: [
      `(define (f x) (foldl + 0 (map (fn (y) (+ x y)) '(1 2))))
       (define (g x) (try (f x) (catch e (:message e))))`,
      `(let loop ((i 0) (last nil)) (if (= i 60) (list last (f 1) (f 0.5)) (loop (+ i 1) (g "s"))))`,
    ],
    heat: "(f 1)",
    printed: '("expected number or string, got string and int" 5 4.0)',
  },
  "a callback that prints": {
    units: [
      `(define seen '())
       (define (note x) (set! seen (cons x seen)) x)
       (define (f xs) (set! seen '()) (let ((sum (foldl + 0 (map (fn (x) (note (* 2 x))) (filter (fn (x) (note x)) xs))))) (list sum (reverse seen))))`,
      "(f '(1 2 3))",
    ],
    heat: "(f '(1))",
    printed: "(12 (1 2 3 2 4 6))",
  },
  "a callback that assigns a variable of the function": {
    units: [
      `(define (f xs) (let ((n 0)) (let ((ys (map (fn (x) (set! n (+ n 1)) (+ x n)) (filter (fn (x) (> x n)) xs)))) (list n ys))))`,
      "(list (f '(1 2 3)) (f '(0.5)) (f '()))",
    ],
    heat: "(f '(1 2))",
    printed: "((3 (2 4 6)) (1 (1.5)) (0 ()))",
  },
  "a callback that reads a variable that something else assigns": {
    units: [
      `(define (f xs) (let ((n 1)) (let* ((g (fn (x) (+ x n))) (a (map g (filter even? xs)))) (set! n 10) (list a (map g (filter even? xs))))))`,
      "(f '(1 2 3 4))",
    ],
    heat: "(f '(1 2))",
    printed: "((3 5) (12 14))",
  },
  "a callback that redefines what follows": {
    units: [
      `(define (g x) (+ x 1))
       (define (f xs at) (map g (filter (fn (x) (when (= x at) (set! g (fn (x) (list 'new x)))) #t) xs)))`,
      "(list (f '(1 2 3) 0) (f '(1 2 3) 2) (f '(1) 0))",
    ],
    heat: "(f '(1 2 3) 0)",
    printed: "((2 3 4) (2 3 4) ((new 1)))",
  },
  "library functions that are redefined, once and for all": {
    units: [
      SUM,
      "(define before (f 10))",
      "(define (filter p xs) (reverse xs))",
      "(define between (f 10))",
      "(define (map f . rest) '(1 2 3))",
      "(list before between (f 10))",
    ],
    heat: "(f 10)",
    printed: "(8 19 6)",
  },
  "a function of the program under the name of one of the library": {
    units: [
      "(define (map f xs) (list 'mine (f (car xs)))) (define (f xs) (length (map (fn (x) x) (filter even? xs))))",
      "(list (f '(1 2 4)) (f '(2)))",
    ],
    heat: "(f '(2 4))",
    printed: "(2 2)",
  },
  "a handler around a group, and one in a callback": {
    units: [
      `(define (f xs) (try (foldl + 0 (map (fn (x) (car x)) (filter pair? xs))) (catch e (list (:type e) xs))))
       (define (g xs) (map (fn (x) (try (+ x 1) (catch e 'no))) (filter (fn (x) x) xs)))`,
      `(list (f '((1) 2 (3))) (f '((1) ("a"))) (g '(1 "a" 2.5)))`,
    ],
    heat: "(begin (f '((1))) (g '(1)))",
    printed: `(4 (:type-error ((1) ("a"))) (2 no 3.5))`,
  },
  "a continuation captured in a callback, entered again": {
    units: [
      `(define k nil)
       (define (f xs) (map (fn (x) (+ x 1)) (map (fn (x) (if (= x 2) (call/cc (fn (c) (set! k c) x)) x)) xs)))`,
      `(let ((times 0)) (let ((ys (f '(1 2 3)))) (set! times (+ times 1)) (if (< times 3) (k (* 10 times)) (list times ys))))`,
    ],
    heat: "(f '(1 3))",
    printed: "(3 (2 21 4))",
  },
  "a group in a callback of a group": {
    units: [
      `(define (f n) (foldl + 0 (map (fn (i) (foldl + 0 (map (fn (j) (* i j)) (range i)))) (range n))))`,
      "(list (f 5) (f 0) (f 200) (try (f 0.5) (catch e (:type e))))",
    ],
    heat: "(f 6)",
    printed: "(35 0 196681650 :type-error)",
  },
  "keywords and builtins as callbacks": {
    units: [
      `(define (f xs) (foldl max 0 (map :age (filter :age xs))))
       (define (g xs) (map not (map null? (map cdr xs))))`,
      "(list (f (list {:age 3} {:name 1} {:age 7})) (f '()) (g '((1) (1 2))) (g '([] [1 2])))",
    ],
    heat: "(begin (f (list {:age 1})) (g '((1))))",
    printed: "(7 0 (#f #t) (#t #t))",
  },
  "what is no function, and what cannot be called with so many arguments": {
    units: [
      `(define (f g xs) (foldl + 0 (map g (filter (fn (x) x) xs))))
       (define (h xs) (map 5 (filter (fn (x) x) xs)))`,
      `(list (f abs '(1 -2)) (f 5 '()) (h '()) (h '(#f))
             (try (f 5 '(1)) (catch e (:message e))) (try (h '(1)) (catch e (:message e)))
             (try (f (fn (x y) x) '(1)) (catch e (:type e))))`,
    ],
    heat: "(f abs '(1))",
    printed: `(3 0 () () "expected callable, got int" "expected callable, got int" :arity)`,
  },
  "reductions, and tests of some and of all": {
    units: [
      `(define (r xs) (reduce - (map (fn (x) (* x 2)) xs)))
       (define (m xs) (reduce (fn (a x) (if (> x a) x a)) (filter (fn (x) (> x 0)) xs)))
       (define (a xs y) (any (fn (x) (> x y)) (map (fn (x) (* x 2)) xs)))
       (define (e xs y) (every (fn (x) (> x y)) (map (fn (x) (* x 2)) xs)))
       (define (n k) (list (any even? (range 1 k)) (every odd? (range k))))
       (define (t f xs) (try (f xs 3) (catch e (:message e))))`,
      `(list (r '(5 1 1)) (r '(2)) (r '(0.5 1)) (try (r '()) (catch e (:message e))) (m '(3 9 -1)) (m '(0.5))
             (a '(1 2) 3) (a '() 3) (a '(0.5) 3) (e '(2 3) 3) (e '() 3) (e '(1 9) 3) (n 2) (n 3) (n 0)
             (t a '(5 "x")) (t e '(1 "x")) (t a '("x")) (t e '()))`,
    ],
    heat: "(begin (r '(1 2)) (m '(1 2)) (a '(1 2) 3) (e '(2 3) 3) (n 3))",
    printed: `(6 4 -1.0 "reduce: empty list" 9 0.5 #t #f #f #t #t #f (#f #f) (#t #f) (#f #t) ` +
      `"expected number, got string and int" "expected number, got string and int" "expected number, got string and int" #t)`,
  },
  "a list that goes through a variable": {
    units: [
      `(define (f xs y)
         (let* ((a (map (fn (x) (* x 2)) xs)) (b (filter (fn (x) (> x y)) a)) (c (length b))) (list c y)))
       (define (g xs y)
         (let* ((a (map (fn (x) (* x 2)) xs)) (b (filter (fn (x) (> x y)) a))) (list b (length a))))
       (define (h xs) (let ((a (map abs xs))) (let ((k (fn () a))) (list (foldl + 0 a) (k)))))
       (define (i xs) (let* ((a (map abs xs)) (b (filter (fn (x) (< x (length a))) a))) b))`,
      "(list (f '(1 2 3) 3) (f '(0.5 9) 1) (g '(1 2) 2) (h '(-1 2)) (h '(-0.5)) (i '(5 -1 2 7)))",
    ],
    heat: "(begin (f '(1) 1) (g '(1) 1) (h '(1)) (i '(1)))",
    printed: "((2 3) (1 1) ((4) 2) (3 (1 2)) (0.5 (0.5)) (1 2))",
  },
  "an error in a closure, with what it captures": {
    units: [
      `(define (maker n) (fn (xs) (foldl + n (map (fn (x) (if (< x 0) (throw n) (+ x n))) xs))))
       (define f (maker 5)) (define (g xs) (try (f xs) (catch e (:value e))))`,
      "(list (g '(1 2)) (g '(1 -2)) (g '(0.5)))",
    ],
    heat: "(g '(1))",
    printed: "(18 5 10.5)",
  },
  "texts, joined": {
    units: [
      `(define (f text) (string/join (map (fn (s) (str (string/upper (substring s 0 1)) (substring s 1))) (filter (fn (s) (not (= s ""))) (string/split text ","))) "; "))
       (define (g xs) (let ((s (string/join (map (fn (x) x) xs) ""))) (string-length s)))
       (define (h xs) (try (f xs) (catch e (:type e))))`,
      `(list (f "ab,,c") (f "") (f ",") (g '(1 "b" nil 2.0 (x))) (g '()) (h 5) (f "\u{1F600}b,x") (f "a-longer-text-than-sixteen,b"))`,
    ],
    heat: `(begin (f "ab,c") (g '("a")))`,
    printed: `("Ab; C" "" "" 11 0 :type-error "\u{1F600}b; X" "A-longer-text-than-sixteen; B")`,
  },
  "cuts out of bounds": {
    units: [
      `(define (f s a b) (try (substring s a b) (catch e (:message e)))) (define (g s a) (try (substring s a) (catch e (:type e))))
       (define (h xs a b) (map (fn (s) (substring s a b)) (filter string? xs)))
       (define (k) (list (substring "constant" 3) (try (substring 12345 1) (catch e (:message e)))))`,
      `(list (f "abc" 1 2) (f "abc" 2 1) (f "abc" 0 4) (f "abc" -1 2) (f "abc" 0 -1) (f "\u{1F600}bc" 1 3) (g "abc" 1) (g "abc" 3) (g "abc" 4)
             (k) (g 'abc 1) (g "abc" 1.5) (h '("abc" 5 "xyz") 1 3) (try (h '("abc" "x") 1 3) (catch e (:message e))))`,
    ],
    heat: `(begin (f "abc" 0 1) (g "abc" 1) (h '("abc") 0 1))`,
    printed: `("b" "substring: index out of bounds" "substring: index out of bounds" ` +
      `"substring: start index -1 must be non-negative" "substring: end index -1 must be non-negative" "bc" ` +
      `"bc" "" :eval ("stant" "substring argument 1 expected string, got int") :type-error :type-error ("bc" "yz") "substring: index out of bounds")`,
  },
  "a range that is too long is an error": {
    units: [
      "(define (f n) (length (filter (fn (x) (< x 3)) (range n))))",
      "(list (f 10) (f 1100000) (try (f 100000000) (catch e (:message e))))",
    ],
    heat: "(f 5)",
    printed: '(3 3 "range: result of 100000000 elements is too large")',
  },
};

describe("a fused group", () => {
  for (const [claim, program] of Object.entries(PROGRAMS)) {
    it(`is as its calls: ${claim}`, () => assertEverywhere(program));
  }

  it("is one loop that makes no list but the last, and calls nothing", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval(SUM);
    runtime.eval("(define (g xs y) (map (fn (x) (* x y)) (filter (fn (x) (< x y)) xs)))");
    runtime.eval("(begin (f 10) (g '(1 2) 2))");
    const sum = runtime.generatedSource("f");
    assertEquals(sum.match(/for \(;;\)/g)?.length, 1);
    assertEquals(/\$link|new List|\.entry\(/.test(sum), false, sum);
    runtime.eval(
      '(define (h s) (let ((xs (map string/trim (string/split s ",")))) (string/join (filter (fn (x) (= x "a")) xs) "-")))',
    );
    runtime.eval('(h "a , b")');
    const text = runtime.generatedSource("h");
    assertEquals(text.match(/for \(;;\)/g)?.length, 1);
    assertEquals(/\$link|new List|\.entry\(/.test(text), false, text);
    const list = runtime.generatedSource("g");
    assertEquals(list.match(/for \(;;\)/g)?.length, 1);
    assertEquals(list.match(/new List\(/g)?.length, 2);
    assertEquals(/\$link|\.entry\(/.test(list), false, list);
    runtime.eval("(define (v xs y) (list->vector (map (fn (x) (* x y)) xs)))");
    runtime.eval("(v '(1 2) 2)");
    const vector = runtime.generatedSource("v");
    assertEquals(vector.match(/for \(;;\)/g)?.length, 1);
    assertEquals(vector.match(/\$vectorOf\(/g)?.length, 1);
    assertEquals(/\$link|new List|\.entry\(/.test(vector), false, vector);
  });

  it("is left for the first of its calls from wherever it is left", () => {
    const runtime = createRuntime({ tier: "baseline" });
    runtime.eval("(define (f xs) (foldl + 0 (map (fn (x) (* x x)) xs)))");
    runtime.eval("(f '(1 2))");
    const exits = runtime.generatedSource("f").match(/\$leave\(\$F.*\)/g) ?? [];
    assert(exits.length > 3);
    for (const exit of exits) {
      assertMatch(exit, /^\$leave\(\$F, \$d, \d+, \$c, \$k\d+, 0, \(\$m \?\?= [^,]+, \[\]\)\), xs\)$/);
    }
  });

  it("is not tried again and again where it always fails", () => {
    const runtime = createRuntime({ tier: "jit" });
    runtime.eval("(define (f x) (foldl + 0 (map (fn (y) (+ x y)) '(1 2))))");
    runtime.eval("(define (g x) (try (f x) (catch e 'no)))");
    for (let i = 0; i < 200; i++) runtime.eval('(g "s")');
    const exits = Object.values(runtime.stats().exits).reduce((sum, times) => sum + times, 0);
    assert(exits > 0 && exits < 60, `${exits} exits`);
    assertEquals(runtime.stats().refusals, {});
    assertEquals(evaluate(runtime, "(f 1)"), "5");
  });

  it("names in a trace the lines that the calls have", () => {
    const text = `(define (f xs)
  (foldl + 0
    (map (fn (x)
           (car x))
         (filter pair? xs))))
(define (g xs) (+ 1 (f xs)))`;
    for (const mode of MODES) {
      const runtime = prepare(mode, { units: [text, ""], heat: "(g '((1) (2)))" });
      const failed = evaluate(runtime, `(try (g '((1) ("a"))) (catch e (map :line (:stack-trace e))))`);
      assertEquals(failed, "(2 6 1)", mode.name);
    }
  });
});

describe("limits in a fused group", () => {
  const ENDLESS: Readonly<Record<string, string>> = {
    "many elements": "(define (f n) (foldl + 0 (map (fn (x) (mod x 3)) (range n)))) (f 1000000)",
    "a loop in a callback": "(define (f n) (length (map (fn (x) (let loop ((i x)) (loop (+ i 1)))) (range n)))) (f 3)",
  };
  for (const [claim, text] of Object.entries(ENDLESS)) {
    it(`end ${claim}`, () => {
      for (const tier of ["baseline", "jit", "auto"] as const) {
        const runtime = createRuntime({ tier, limits: { steps: 20_000 } });
        const message = "eval: evaluation exceeded step limit (looks like an infinite loop?)";
        assertEquals(evaluate(runtime, `(try (begin ${text}) (catch e 'caught))`), message, tier);
        assertEquals(evaluate(runtime, text), message, tier);
      }
    });
  }

  it("let others run meanwhile", () => {
    for (const tier of ["baseline", "jit", "auto"] as const) {
      const runtime = createRuntime({ tier });
      runtime.eval("(define (f n) (foldl + 0 (map (fn (x) (mod x 3)) (range n))))");
      const text = "(let* ((a (async (f 300000))) (b (async (f 1000)))) (list (await b) (await a)))";
      assertEquals(evaluate(runtime, text), "(999 300000)", tier);
    }
  });
});
