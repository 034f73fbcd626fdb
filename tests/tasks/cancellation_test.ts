/** What becomes of cancelled tasks, of those that they started, and of what they waited for. */
import { describe, it } from "node:test";
import { assertEverywhere } from "./tiers.ts";

const PROGRAMS: Readonly<Record<string, readonly [program: string, wanted: string, ...lines: string[]]>> = {
  "that has not begun never does": [
    `(define p (async (println "ran"))) (list (async/cancel p) (async/cancelled? p) (async/cancel p))`,
    "(#t #t #f)",
  ],
  "that sleeps is told where it sleeps": [
    `(define p (async (try (async/sleep 1000) (catch e (println (:type e) (:reason e)) (throw e)))))
     (async/sleep 1) (list (async/cancel p) (async/pending? p) (begin (async/sleep 1) (async/cancelled? p)))`,
    "(#t #t #t)",
    ":cancelled :explicit",
  ],
  "is not revived by catching that": [
    `(define p (async (try (async/sleep 1000) (catch e :recovered)))) (async/sleep 1) (async/cancel p)
     (try (await p) (catch e (list (:type e) (:message e))))`,
    '(:cancelled "async/await: awaited task was cancelled")',
  ],
  "runs its dynamic-wind and context/with to their ends": [
    `(define p (async (context/with {:a 1} (fn () (dynamic-wind (fn () nil) (fn () (async/sleep 1000)) (fn () (println "left" (context/get :a))))))))
     (async/sleep 1) (async/cancel p) (async/sleep 1) (async/cancelled? p)`,
    "#t",
    "left 1",
  ],
  "may not wait while it cleans up": [
    `(define p (async (try (async/sleep 1000) (catch e (println "first") (async/sleep 1) (println "second")))))
     (async/sleep 1) (async/cancel p) (async/sleep 10) (async/cancelled? p)`,
    "#t",
    "first",
  ],
  "ends although it catches and waits for ever": [
    `(define c (channel/new)) (define p (async (let loop () (try (channel/recv c) (catch e nil)) (loop))))
     (async/sleep 1) (async/cancel p) (async/sleep 1) (async/cancelled? p)`,
    "#t",
  ],
  "that cancels itself does not go on": [
    `(define p (async (async/cancel p) (println "not reached"))) (async/run) (async/cancelled? p)`,
    "#t",
  ],
  "takes the tasks that it started with it": [
    `(define child nil) (define grandchild nil)
     (define p (async (set! child (async (set! grandchild (async (async/sleep 1000))) (await grandchild))) (await child)))
     (async/sleep 1) (async/cancel p) (async/sleep 1) (map async/cancelled? (list p child grandchild))`,
    "(#t #t #t)",
  ],
  "that has ended leaves the tasks that it started alone": [
    `(define child nil) (define p (async (set! child (async (async/sleep 5) :grown)) :parent))
     (await p) (list (async/cancel p) (await child))`,
    "(#f :grown)",
  ],
  "no longer receives: the value stays for others": [
    `(define c (channel/new)) (define p (async (channel/recv c))) (async/sleep 1) (async/cancel p)
     (channel/send c 5) (list (channel/count c) (channel/recv c))`,
    "(1 5)",
  ],
  "no longer sends": [
    `(define c (channel/new)) (channel/send c 0) (define p (async (channel/send c 1))) (async/sleep 1) (async/cancel p)
     (list (channel/recv c) (channel/try-recv c))`,
    "(0 nil)",
  ],
  "in the middle of a computation ends at its next turn": [
    `(define p (async (let loop ((i 0)) (if (= (mod i 1000) 0) (async/resolved 1)) (loop (+ i 1)))))
     (async/resolved 1) (async/resolved 1) (async/cancel p) (async/resolved 1) (async/cancelled? p)`,
    "#t",
  ],
  "of race-owned and with-timeout does nothing more": [
    `(define hits '())
     (define (hit x) (fn () (async/sleep x) (set! hits (cons x hits)) x))
     (define a (async/race-owned (list (hit 5) (hit 10) (hit 15))))
     (define b (try (async/with-timeout 3 (hit 20)) (catch e (:message e))))
     (define c (try (async/spawn-all (list (hit 30) (fn () (error "x")))) (catch e (:message e))))
     (define d (try (async/map (fn (x) (if (= x 1) (error "y") ((hit x)))) '(40 1)) (catch e (:message e))))
     (async/sleep 100) (list a b c d hits)`,
    '(5 "operation exceeded 3 ms" "x" "y" (5))',
  ],
  "of async/timeout is not cancelled": [
    `(define p (async (async/sleep 10) :done)) (list (try (async/timeout 5 p) (catch e (:type e))) (await p))`,
    "(:timeout :done)",
  ],
};

describe("a task that is cancelled", () => {
  for (const [claim, [program, wanted, ...lines]] of Object.entries(PROGRAMS)) {
    it(claim, async () => await assertEverywhere(program, wanted, lines));
  }
});
