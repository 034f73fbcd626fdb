/** A task may wait anywhere: at any depth of calls, inside callbacks of the library, handlers and loops. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { assertEverywhere, outcome, recorded, TIERS } from "./tiers.ts";

/** `(later x)` is x after a while. */
const LATER = "(define (later x) (await (async (async/sleep 1) x)))";

const PROGRAMS: Readonly<Record<string, readonly [program: string, wanted: string]>> = {
  "at top level": ["(later 1)", "1"],
  "inside map": ["(map (fn (x) (later (* x x))) '(1 2 3))", "(1 4 9)"],
  "inside map over two lists": ["(map (fn (x y) (later (+ x y))) '(1 2) '(10 20))", "(11 22)"],
  "inside filter": ["(filter (fn (x) (later (even? x))) (range 6))", "(0 2 4)"],
  "inside foldl": ["(foldl (fn (sum x) (+ sum (later x))) 0 '(1 2 3))", "6"],
  "inside foldr": ["(foldr (fn (x out) (cons (later x) out)) '() '(1 2 3))", "(1 2 3)"],
  "inside reduce": ["(reduce (fn (a b) (later (+ a b))) '(1 2 3))", "6"],
  "inside for-each": ["(define out '()) (for-each (fn (x) (set! out (cons (later x) out))) '(1 2 3)) out", "(3 2 1)"],
  "inside sort-by": ["(sort-by (fn (x) (later (- x))) '(2 9 4))", "(9 4 2)"],
  "inside a comparison of sort": ["(sort '(3 1 2) (fn (a b) (later (- a b))))", "(1 2 3)"],
  "inside any and every": ["(list (any later '(#f 2)) (every later '(1 #f)))", "(#t #f)"],
  "inside apply": ["(apply (fn (a b) (later (+ a b))) '(1 2))", "3"],
  "inside a method": ["(defmulti m (fn (x) (later x))) (defmethod m 1 (fn (x) (later :one))) (m 1)", ":one"],
  "inside the body of try": ["(try (+ 1 (later 2)) (catch e :caught))", "3"],
  "inside the body of try, and fails": ['(try (begin (later 1) (error "x")) (catch e (:message e)))', '"x"'],
  "inside a handler": ['(try (error "x") (catch e (list (later 1) (:message e))))', '(1 "x")'],
  "inside try in a loop": [
    "(let loop ((i 0) (sum 0)) (if (= i 5) sum (loop (+ i 1) (+ sum (try (if (odd? i) (throw 10) (later i)) (catch e (later 100)))))))",
    "206",
  ],
  "inside a named let": [
    "(let loop ((i 0) (out '())) (if (= i 4) out (loop (+ i 1) (cons (later i) out))))",
    "(3 2 1 0)",
  ],
  "inside do": ["(do ((i 0 (+ i 1)) (sum 0 (+ sum (later i)))) ((= i 5) sum))", "10"],
  "inside while": ["(let ((i 0)) (while (< i 3) (set! i (later (+ i 1)))) i)", "3"],
  "inside a loop with a float": ["(let loop ((i 0) (x 0.5)) (if (= i 4) x (loop (+ i 1) (+ x (later 0.25)))))", "1.5"],
  "with a shared variable": [
    "(let ((n 0)) (let ((up (fn () (set! n (+ n 1)) n))) (list (up) (later :x) (up) (begin (later 1) n))))",
    "(1 :x 2 2)",
  ],
  "inside parameterize": [
    "(define p (make-parameter 1)) (list (parameterize ((p 2)) (later 0) (p)) (p))",
    "(2 1)",
  ],
  "inside context/with": ["(context/with {:a 1} (fn () (later 0) (context/get :a)))", "1"],
  "inside force": ["(force (delay (later 7)))", "7"],
  "inside eval": ["(eval '(+ 1 (later 2)))", "3"],
  "inside dynamic-wind": [
    "(define out '()) (define (note x) (set! out (cons x out))) (dynamic-wind (fn () (note 1)) (fn () (note (later 2))) (fn () (note (later 3)))) out",
    "(3 2 1)",
  ],
  "inside a coroutine": [
    "(define c (coroutine/create (fn (yield x) (yield (later 1)) (yield (later 2)) 3))) (list (coroutine/resume c 0) (later :x) (coroutine/resume c 0))",
    "(1 :x 2)",
  ],
  "while a continuation is captured": [
    "(define k nil) (define n 0) (define r (+ 1 (call/cc (fn (c) (set! k c) (later 1))))) (set! n (+ n 1)) (if (< n 3) (k (later n)) (list r n))",
    "(3 3)",
  ],
  "inside async/map inside async/map": [
    "(async/map (fn (x) (foldl + 0 (async/map (fn (y) (later (* x y))) '(1 2 3)))) '(1 10))",
    "(6 60)",
  ],
};

describe("a task waits", () => {
  for (const [claim, [program, wanted]] of Object.entries(PROGRAMS)) {
    it(claim, async () => await assertEverywhere(`${LATER} ${program}`, wanted));
  }

  it("a hundred thousand calls deep, and goes on", async () => {
    const program = `${LATER} (define (down n) (if (= n 0) (later 0) (+ 1 (down (- n 1))))) (down 100000)`;
    await assertEverywhere(program, "100000");
  });

  it("again and again at some depth of callbacks", async () => {
    const program = `${LATER}
      (define (nest n) (if (= n 0) (later 1) (foldl (fn (sum x) (+ sum (nest (- n 1)))) 0 '(1 2))))
      (nest 6)`;
    await assertEverywhere(program, "64");
  });

  it("inside functions that are hot", async () => {
    for (const tier of TIERS) {
      const { runtime } = recorded(tier);
      runtime.eval(`${LATER} (define (f n) (let loop ((i 0) (sum 0)) (if (= i n) sum (loop (+ i 1) (+ sum (step i))))))
        (define (step i) (if (= (mod i 1000) 999) (later i) i))`);
      runtime.eval("(define (warm n) (let loop ((i 0)) (if (= i n) nil (begin (f 10) (loop (+ i 1)))))) (warm 3000)");
      assertEquals(await outcome(runtime, "(f 10000)"), "49995000", tier);
    }
  });
});

describe("an error in a task", () => {
  it("is raised where it is awaited: the same error map each time", async () => {
    await assertEverywhere(
      `(define p (async (+ 1 (error "x")))) (define (failed) (try (+ 1 (await p)) (catch e e)))
       (let ((a (failed)) (b (failed))) (list (eq? a b) (:message a) (map :name (:stack-trace a))))`,
      '(#t "x" ("<lambda>"))',
    );
  });

  it("that nobody awaits is nobody's", async () => {
    await assertEverywhere(`(async (error "x")) (async/run) :fine`, ":fine");
  });

  it("reaches the host with its type, message and value", async () => {
    await assertEverywhere("(await (async (throw :kw)))", "user: User exception: :kw");
  });
});
