/** Whose turn it is: one queue, first in first out, and timers by due time. */
import { describe, it } from "node:test";
import { assertEverywhere } from "./tiers.ts";

const PROGRAMS: Readonly<Record<string, readonly [program: string, wanted: string, ...lines: string[]]>> = {
  "tasks run in the order they were started": [
    `(for-each (fn (i) (async (println i))) '(1 2 3)) (async/run)`,
    "nil",
    ..."123",
  ],
  "timers fire by due time, equal ones in the order they were started": [
    `(for-each (fn (t) (async (async/sleep (car t)) (println (cadr t)))) '((30 a) (10 b) (20 c) (10 d) (0 e))) (async/sleep 40)`,
    "nil",
    ..."ebdca",
  ],
  "a sleeper wakes after the tasks that are ready": [
    `(async (async/sleep 0) (println "slept")) (async (println "ready")) (async/sleep 1)`,
    "nil",
    "ready",
    "slept",
  ],
  "receivers are served in the order they began to wait": [
    `(define c (channel/new)) (for-each (fn (i) (async (println (list i (channel/recv c))))) '(1 2 3))
     (async/sleep 1) (channel/send c :a) (channel/send c :b) (channel/send c :c) (async/sleep 1)`,
    "nil",
    "(1 :a)",
    "(2 :b)",
    "(3 :c)",
  ],
  "values come out of a channel in the order they were sent, whoever waited": [
    `(define c (channel/new 1)) (for-each (fn (i) (async (channel/send c i))) (range 5)) (async/sleep 1)
     (let loop ((n 0) (out '())) (if (= n 5) out (loop (+ n 1) (append out (list (channel/recv c))))))`,
    "(0 1 2 3 4)",
  ],
  "those who await a promise wake in the order they began": [
    `(define p (async (async/sleep 5) 1)) (for-each (fn (i) (async (await p) (println i))) '(1 2 3)) (async/sleep 10)`,
    "nil",
    ..."123",
  ],
  "async/race tells who was first in time": [
    `(async/race (list (async (async/sleep 20) :slow) (async (async/sleep 10) :fast)))`,
    ":fast",
  ],
  "async/all fails with the failure that came first": [
    `(try (async/all (list (async (async/sleep 20) (error "late")) (async (async/sleep 10) (error "early")))) (catch e (:message e)))`,
    '"early"',
  ],
  "async/run waits for sleepers and what they wake": [
    `(define c (channel/new)) (async (async/sleep 10) (channel/send c 1)) (async (println (channel/recv c))) (async/run) (println 2)`,
    "nil",
    ..."12",
  ],
  "two that call async/run do not wait for each other": [
    `(define p (async (async/run) (println "a"))) (async/run) (println "b") (await p)`,
    "nil",
    "b",
    "a",
  ],
  "pool-map keeps the order of its items and the number at work": [
    `(define running 0) (define most 0)
     (list (async/pool-map (fn (x) (set! running (+ running 1)) (set! most (max most running)) (async/sleep (- 10 x)) (set! running (- running 1)) x) (range 8) 3) most)`,
    "((0 1 2 3 4 5 6 7) 3)",
  ],
  "a pipeline has no barrier between its stages": [
    `(pipeline '(30 1) (fn (x) (async/sleep x) (println (list 1 x)) x) (fn (x) (println (list 2 x)) x))`,
    "(30 1)",
    "(1 1)",
    "(2 1)",
    "(1 30)",
    "(2 30)",
  ],
  "with-retry waits longer each time": [
    `(define t '()) (define n 0) (with-retry {:max 4 :base-ms 10 :factor 3 :on (fn (e k) (println k))} (fn () (set! n (+ n 1)) (if (< n 4) (error "x") n)))`,
    "4",
    ..."123",
  ],
  "retry gives up with the last error": [
    `(define n 0) (try (retry (fn () (set! n (+ n 1)) (error (str "no " n))) {:max-attempts 3}) (catch e (list n (:message e))))`,
    '(3 "no 3")',
  ],
  "sleep lets others go on": [`(async (println "other")) (sleep 5) (println "slept")`, "nil", "other", "slept"],
  "what is ready when the main task ends still runs, sleepers do not": [
    `(async (println "ready")) (async (async/sleep 1) (println "never")) :end`,
    ":end",
    "ready",
  ],
};

describe("the order of tasks", () => {
  for (const [claim, [program, wanted, ...lines]] of Object.entries(PROGRAMS)) {
    it(claim, async () => await assertEverywhere(program, wanted, lines));
  }

  it("shares the time between tasks that compute for ever", async () => {
    await assertEverywhere(
      `(define stop #f) (define p (async (let loop ((i 0)) (if stop :stopped (loop (+ i 1))))))
       (define q (async (define (f) (if stop :too (f))) (f)))
       (define r (async (define (g) (if stop :three (h))) (define (h) (g)) (g)))
       (async/resolved 1) (set! stop #t) (async/all (list p q r))`,
      "(:stopped :too :three)",
    );
  });

  it("shares it inside callbacks and recursion, too", async () => {
    await assertEverywhere(
      `(define stop #f)
       (define (spin) (for-each (fn (x) (if stop nil (spin2))) '(1 2)))
       (define (spin2) (let loop ((i 0)) (if (or stop (= i 5000)) nil (loop (+ i 1)))))
       (define (endless) (if stop :stopped (begin (spin) (endless))))
       (define (tree n) (if (or stop (= n 0)) 1 (+ (tree (- n 1)) (tree (- n 1)))))
       (define p (async (endless))) (define q (async (tree 60) :pruned))
       (async/resolved 1) (set! stop #t) (async/all (list p q))`,
      "(:stopped :pruned)",
    );
  });
});
