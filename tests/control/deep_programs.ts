/** Programs that recurse deeply, and programs that loop by tail calls: every way that the language has to call. */

/** Makes a program, in units, that counts to `n`: its value is `n`. */
export type Counting = (n: number) => readonly string[];

/** Ways to recurse → a program that does it `n` deep. */
export const RECURSIONS: Readonly<Record<string, Counting>> = {
  "a function that calls itself": (n) => [
    "(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))",
    `(count ${n})`,
  ],
  "two functions that call each other": (n) => [
    "(define (ping n) (if (= n 0) 0 (+ 1 (pong (- n 1))))) (define (pong n) (if (= n 0) 0 (+ 1 (ping (- n 1)))))",
    `(ping ${n})`,
  ],
  "a named let": (n) => [`(let loop ((n ${n})) (if (= n 0) 0 (+ 1 (loop (- n 1)))))`],
  "closures": (n) => [
    "(define (nest n) (fn () (if (= n 0) 0 (+ 1 ((nest (- n 1)))))))",
    `((nest ${n}))`,
  ],
  "many variables": (n) => [
    "(define (many n a b c d e f) (if (= n 0) 0 (let ((g (+ a 1)) (h (* b 1.5)) (i (list c))) (+ (many (- n 1) b c d e f g) (if (and (= h (* b 1.5)) (pair? i)) 1 0)))))",
    `(many ${n} 1 2 3 4 5 6)`,
  ],
  "an assigned variable that closures share": (n) => [
    "(define (shared n) (let ((x 0)) (let ((up (fn () (set! x (+ x 1))))) (if (= n 0) 0 (let ((r (shared (- n 1)))) (up) (+ r x))))))",
    `(shared ${n})`,
  ],
  "the callback of map": (n) => [
    "(define (mapped n) (if (= n 0) 0 (+ 1 (car (map (fn (x) (mapped x)) (list (- n 1)))))))",
    `(mapped ${n})`,
  ],
  "the callback of foldl": (n) => [
    "(define (folded n) (if (= n 0) 0 (foldl (fn (sum x) (+ sum (folded x))) 1 (list (- n 1)))))",
    `(folded ${n})`,
  ],
  "the callback of filter": (n) => [
    "(define depth 0) (define (filtered n) (if (= n 0) #t (begin (filter (fn (x) (filtered x)) (list (- n 1))) (set! depth (+ depth 1)) #t)))",
    `(begin (filtered ${n}) depth)`,
  ],
  "the key function of sort-by": (n) => [
    "(define (sorted n) (if (= n 0) 0 (+ 1 (car (sort-by (fn (x) x) (list (sorted (- n 1))))))))",
    `(sorted ${n})`,
  ],
  "apply": (n) => [
    "(define (applied n) (if (= n 0) 0 (+ 1 (apply applied (list (- n 1))))))",
    `(applied ${n})`,
  ],
  "a rest parameter": (n) => [
    "(define (rest n . more) (if (= n 0) 0 (+ (car more) (rest (- n 1) 1 2))))",
    `(rest ${n} 1)`,
  ],
  "a body of try": (n) => [
    "(define (trying n) (if (= n 0) 0 (+ 1 (try (trying (- n 1)) (catch e 0)))))",
    `(trying ${n})`,
  ],
  "an extent of dynamic-wind": (n) => [
    "(define (wound n) (if (= n 0) 0 (+ 1 (dynamic-wind (fn () nil) (fn () (wound (- n 1))) (fn () nil)))))",
    `(wound ${n})`,
  ],
  "the function of call/cc": (n) => [
    "(define (captured n) (if (= n 0) 0 (+ 1 (call/cc (fn (k) (captured (- n 1)))))))",
    `(captured ${n})`,
  ],
  "a multimethod": (n) => [
    "(defmulti multi (fn (n) (if (= n 0) :end :more))) (defmethod multi :end (fn (n) 0)) (defmethod multi :more (fn (n) (+ 1 (multi (- n 1)))))",
    `(multi ${n})`,
  ],
  "the producer of values": (n) => [
    "(define (produced n) (if (= n 0) 0 (call-with-values (fn () (values 1 (produced (- n 1)))) +)))",
    `(produced ${n})`,
  ],
  "a promise that is forced": (n) => [
    "(define (promised n) (if (= n 0) (delay 0) (delay (+ 1 (force (promised (- n 1)))))))",
    `(force (promised ${n}))`,
  ],
  "a coroutine": (n) => [
    "(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))",
    `(coroutine/resume (coroutine/create (fn (yield n) (count n))) ${n})`,
  ],
  "a macro while it is expanded": (n) => [
    "(define (count n) (if (= n 0) 0 (+ 1 (count (- n 1)))))",
    "(defmacro counted (n) (count n))",
    `(counted ${n})`,
  ],
  // A unit is compiled on every level.
  "eval, with a macro": (n) => [
    "(defmacro one-more (x) `(+ 1 ,x)) (define (evaluated n) (if (= n 0) 0 (eval `(one-more (evaluated (- ,n 1))))))",
    `(+ ${n - Math.ceil(n / 100)} (evaluated ${Math.ceil(n / 100)}))`,
  ],
};

function stepping(form: string): Counting {
  return (n) => [`(define (f n i) ${form})`, `(f ${n} 0)`];
}

/** Forms with a tail position → a program that makes `n` tail calls there. */
export const TAIL_CALLS: Readonly<Record<string, Counting>> = {
  "if": stepping("(if (= n 0) i (f (- n 1) (+ i 1)))"),
  "if, the other branch": stepping("(if (> n 0) (f (- n 1) (+ i 1)) i)"),
  "cond": stepping("(cond ((= n 0) i) ((even? n) (f (- n 1) (+ i 1))) (else (f (- n 1) (+ i 1))))"),
  "case": stepping("(case n ((0) i) ((1) (f 0 (+ i 1))) (else (f (- n 1) (+ i 1))))"),
  "when": (n) => ["(define i 0) (define (f n) (when (> n 0) (set! i (+ i 1)) (f (- n 1))))", `(begin (f ${n}) i)`],
  "unless": (n) => ["(define i 0) (define (f n) (unless (= n 0) (set! i (+ i 1)) (f (- n 1))))", `(begin (f ${n}) i)`],
  "match": stepping("(match n (0 i) (x when (even? x) (f (- n 1) (+ i 1))) (x (f (- x 1) (+ i 1))))"),
  "match*": stepping("(if (= n 0) i (match* (list n i) ([a b] (f (- a 1) (+ b 1)))))"),
  "and": (n) => ["(define i 0) (define (f n) (and (> n 0) (set! i (+ i 1)) (f (- n 1))))", `(begin (f ${n}) i)`],
  "or": (
    n,
  ) => ["(define i 0) (define (f n) (or (= n 0) (begin (set! i (+ i 1)) #f) (f (- n 1))))", `(begin (f ${n}) i)`],
  "begin": stepping("(begin 1 (if (= n 0) i (begin 2 (f (- n 1) (+ i 1)))))"),
  "let": stepping("(let ((m (- n 1)) (j (+ i 1))) (if (= n 0) i (f m j)))"),
  "let with a variable that closures share": stepping(
    "(let ((m n)) (let ((down (fn () (set! m (- m 1))))) (if (= n 0) i (begin (down) (f m (+ i 1))))))",
  ),
  "let*": stepping("(let* ((m (- n 1)) (j (+ i 1))) (if (= n 0) i (f m j)))"),
  "letrec": stepping("(letrec ((less (fn (x) (- x 1)))) (if (= n 0) i (f (less n) (+ i 1))))"),
  "let-values": stepping("(let-values (((m j) (values (- n 1) (+ i 1)))) (if (= n 0) i (f m j)))"),
  "let with patterns": stepping("(let (([m j] (list (- n 1) (+ i 1)))) (if (= n 0) i (f m j)))"),
  "a body with definitions": stepping("(define m (- n 1)) (define (more) (f m (+ i 1))) (if (= n 0) i (more))"),
  "a named let": (n) => [`(let loop ((n ${n}) (i 0)) (if (= n 0) i (loop (- n 1) (+ i 1))))`],
  "a named let that leaves": stepping(
    "(let loop ((k 2)) (if (> k 0) (loop (- k 1)) (if (= n 0) i (f (- n 1) (+ i 1)))))",
  ),
  "the results of do": stepping("(do ((k 0 (+ k 1))) ((= k 2) (if (= n 0) i (f (- n 1) (+ i 1)))))"),
  "a handler": stepping("(try (throw n) (catch e (if (= n 0) i (f (- n 1) (+ i 1)))))"),
  "when-let": (
    n,
  ) => [
    "(define i 0) (define (f n) (when-let (m (if (= n 0) nil n)) (set! i (+ i 1)) (f (- m 1))))",
    `(begin (f ${n}) i)`,
  ],
  "if-let": stepping("(if-let (m (if (= n 0) nil n)) (f (- m 1) (+ i 1)) i)"),
  "->": stepping("(if (= n 0) i (-> (- n 1) (f (+ i 1))))"),
  "->>": stepping("(if (= n 0) i (->> (+ i 1) (f (- n 1))))"),
  "a macro of the program": (n) => [
    "(defmacro unless-zero (n then otherwise) `(if (= ,n 0) ,otherwise ,then))",
    "(define (f n i) (unless-zero n (f (- n 1) (+ i 1)) i))",
    `(f ${n} 0)`,
  ],
  "two functions": (n) => [
    "(define (f n i) (if (= n 0) i (g (- n 1) (+ i 1)))) (define (g n i) (if (= n 0) i (f (- n 1) (+ i 1))))",
    `(f ${n} 0)`,
  ],
  "three inner functions": (n) => [
    "(define (all n) (define (a n i) (if (= n 0) i (b (- n 1) (+ i 1)))) (define (b n i) (if (= n 0) i (c (- n 1) (+ i 1)))) (define (c n i) (if (= n 0) i (a (- n 1) (+ i 1)))) (a n 0))",
    `(all ${n})`,
  ],
  "a function and one too large to be compiled": (n) => [
    `(define (f n i) (if (= n 0) i (g (- n 1) (+ i 1)))) (define (g n i) (cond ${
      Array.from({ length: 1500 }, (_, k) => `((= n ${-1 - k}) (list n i))`).join(" ")
    } (else (if (= n 0) i (f (- n 1) (+ i 1))))))`,
    `(f ${n} 0)`,
  ],
  "functions of different numbers of parameters": (n) => [
    "(define (f n i) (if (= n 0) i (g (- n 1) (+ i 1) 1 2 3))) (define (g n i . more) (if (= n 0) i (h (list (- n 1) (+ i 1))))) (define (h both) (f (car both) (cadr both)))",
    `(f ${n} 0)`,
  ],
  "a variable": (n) => ["(define (f g n i) (if (= n 0) i (g g (- n 1) (+ i 1))))", `(f f ${n} 0)`],
  "a value from a map": (n) => [
    "(define (f n i) (if (= n 0) i ((:next table) (- n 1) (+ i 1)))) (define table {:next f})",
    `(f ${n} 0)`,
  ],
  "apply": (n) => ["(define (f n i) (if (= n 0) i (apply f (list (- n 1) (+ i 1)))))", `(f ${n} 0)`],
  "apply with further arguments": (
    n,
  ) => ["(define (f n i) (if (= n 0) i (apply f (- n 1) (list (+ i 1)))))", `(f ${n} 0)`],
  "a multimethod": (n) => [
    "(defmulti m (fn (n i) (= n 0))) (defmethod m #t (fn (n i) i)) (defmethod m #f (fn (n i) (m (- n 1) (+ i 1))))",
    `(m ${n} 0)`,
  ],
  "call/cc": (n) => ["(define (f n i) (if (= n 0) i (call/cc (fn (k) (f (- n 1) (+ i 1))))))", `(f ${n} 0)`],
  "call-with-values": (n) => [
    "(define (f n i) (if (= n 0) i (call-with-values (fn () (values (- n 1) (+ i 1))) f)))",
    `(f ${n} 0)`,
  ],
};
