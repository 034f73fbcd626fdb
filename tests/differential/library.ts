/** What the library can make of values, by the kind of the result. See `template.ts` for the notation. */
import { type Kind, type Template, templates } from "./template.ts";

/** Expressions by kind. */
export const LIBRARY: Readonly<Record<Kind, readonly Template[]>> = {
  INT: templates(`
    (+ INT INT)
    (+ INT INT)
    (- INT INT)
    (* INT INT)
    (- INT)
    (+ INT INT INT)
    (- INT INT INT)
    (* INT 2 3)
    (+)
    (quotient INT DIVISOR)
    (remainder INT DIVISOR)
    (mod INT DIVISOR)
    (modulo INT DIVISOR)
    (max INT INT)
    (min INT INT INT)
    (abs INT)
    (gcd INT INT)
    (lcm INT 12)
    (math/sign INT)
    (math/clamp INT -5 5)
    (bit/and INT INT)
    (bit/or INT INT)
    (bit/xor INT INT)
    (bit/not INT)
    (bit/shift-left INT 3)
    (bit/shift-right INT 2)
    (expt INT 3)
    (numerator RATIO)
    (denominator RATIO)
    (exact (floor RATIO))
    (int FLOAT)
    (truncate INT)
    (round RATIO)
    (car (exact-integer-sqrt (abs INT)))
    (length LIST)
    (length VALUES)
    (length VECTOR)
    (length STR)
    (count MAP)
    (string-length STR)
    (string/length STR)
    (string/byte-length STR)
    (string/width STR)
    (text/word-count STR)
    (or (string/index-of STR "a") -1)
    (or (string/last-index-of STR STR) -2)
    (char->integer CHAR)
    (or (string->number (str INT)) 0)
    (car (cons INT LIST))
    (first (list INT INT))
    (let (($l:LIST LIST)) (if (null? $l) INT (car $l)))
    (let (($l:LIST LIST)) (if (pair? $l) (last $l) INT))
    (nth (append LIST '(1 2 3)) 2)
    (cadr (list INT INT))
    (caddr (list 1 2 INT))
    (list/nth-or LIST 3 INT)
    (or (list/index-of LIST INT) 9)
    (get MAP KEY INT)
    (get HASH KEY INT)
    (hashmap/get HASH KEY INT)
    (hash-ref MAP KEY INT)
    (get-in {:a {:b INT}} '(:a :b))
    (:a (assoc MAP :a INT))
    (apply + LIST)
    (apply max INT LIST)
    (apply min (cons INT LIST))
    (FN INT)
    (FN INT)
    (FN2 INT INT)
    (apply FN2 (list INT INT))
    (foldl (fn ($a:INT $x:INT) INT+*4~) INT LIST)
    (foldl FN2 INT (take 3 LIST))
    (foldr - 0 LIST)
    (fold + 0 LIST)
    (reduce max (cons INT LIST))
    (list/sum LIST)
    (list/max (cons INT LIST))
    (list/min (list INT INT))
    (list/mode (cons 1 LIST))
    (count (list/group-by even? LIST))
    (length (hashmap/keys HASH))
    (mutable-cell/get CELL)
    (mutable-array/length ARRAY)
    (mutable-array/get ARRAY 0)
    (bytevector-length BYTES)
    (bytevector-u8-ref BYTES 0)
    (point-x RECORD)
    (point-y RECORD)
    (shape ANY)
    (limit)
    (scale)
    (-> INT (+ INT) (- 3) abs)
    (->> LIST (map FN) (filter even?) (foldl + 0))
    (->> (range 9) (map (fn ($x:INT) (+ (* $x $x) INT))) (list/reject odd?) (foldl - INT))
    (->> (range 2 12) (filter (fn ($x:INT!) (< (mod $x 5) INT))) (map (fn ($x:INT) INT+*4)) (foldl + 0))
    (->> LIST (map (fn ($x:INT) (* $x INT))) (filter (fn ($x:INT) (> $x INT))) (foldl max 0))
    (length (filter (fn ($x:INT) (if (< $x INT) BOOL+*4 (> $x 2))) (map abs LIST)))
    (reduce + (map (fn ($x:INT) (+ $x INT)) (cons INT LIST)))
    (if (any (fn ($x:INT!) (> $x INT)) (map (fn ($x:INT) INT+*4) LIST)) INT 1)
    (if (every (fn ($x:INT!) (> $x 1)) (filter (fn ($x:INT!) (< $x INT)) LIST)) INT 1)
    (foldl + INT (map (fn ($x:INT) (let (($y:INT (+ $x 1))) (* $y INT+*4))) LIST))
    (foldl (fn ($a:INT! $x:INT!) (if (< $x 0) $a (- $a $x))) 0 (map (fn ($x:INT) INT+*4) (range INT 3)))
    (as-> INT $x:INT (+ $x INT) (* $x 2))
    (or (some-> (get MAP :a) (+ INT)) INT)
    (begin ASSIGN INT)
    (#(+ % 1) INT)
    (#(- (* %2 3) %1) INT INT)
    (apply #(length %&) LIST)
    (twice-plus INT INT)
    (sum-all INT INT INT)
    (i64-array/sum (i64-array/from-list '(1 2 3)))
    (i64-array/ref (i64-array 4 5 6) 1)
    (values INT)
    (eval (list '+ 'INT^ 1))
    (let (($n:INT INT)) ((fn () (set! $n INT+~) $n)))
  `),
  FLOAT: templates(`
    (+ FLOAT FLOAT)
    (- FLOAT INT)
    (* FLOAT FLOAT)
    (* INT FLOAT)
    (/ FLOAT FLOAT)
    (/ INT 2.0)
    (+ FLOAT RATIO)
    (- FLOAT)
    (+ FLOAT INT FLOAT)
    (abs FLOAT)
    (sqrt (abs FLOAT))
    (sqrt 2)
    (* 0.5 INT)
    (max FLOAT INT)
    (min FLOAT FLOAT)
    (floor FLOAT)
    (ceil FLOAT)
    (round FLOAT)
    (truncate FLOAT)
    (math/round-to FLOAT 2)
    (inexact INT)
    (float RATIO)
    (exact->inexact RATIO)
    (mod FLOAT DIVISOR)
    (math/lerp FLOAT FLOAT 0.5)
    (math/clamp FLOAT -1.0 1.5)
    (math/degrees->radians 180)
    (real-part (make-rectangular FLOAT 1))
    (f64-array/sum (f64-array 0.5 FLOAT))
    (f64-array/ref (f64-array FLOAT 1.5) 0)
    (f64-array/dot (f64-array 1 2) (f64-array 0.5 FLOAT))
    (f64-array/fold (fn (a x) (+ a x)) 0.0 (f64-array 1 2 3))
    (foldl (fn ($a:FLOAT $x:INT) FLOAT+*4) FLOAT LIST)
    (or (string->number (str FLOAT)) 0.5)
    (string->float "2.5")
    (list/avg (cons INT LIST))
    ((fn ($x:FLOAT) FLOAT+) FLOAT)
    (expt FLOAT 2)
  `),
  RATIO: templates(`
    (/ INT DIVISOR)
    (+ RATIO INT)
    (- RATIO RATIO)
    (* RATIO 3)
    (/ RATIO DIVISOR)
    (- RATIO)
    (abs RATIO)
    (max RATIO INT)
    (exact 0.75)
    (rationalize 3/10 1/10)
    (expt RATIO 2)
    (let (($q:RATIO RATIO)) (+ $q 1/3))
  `),
  COMPLEX: templates(`
    (make-rectangular INT INT)
    (+ COMPLEX INT)
    (* COMPLEX COMPLEX)
    (- COMPLEX RATIO)
    (/ COMPLEX 2)
    (- COMPLEX)
  `),
  BOOL: templates(`
    (< INT INT)
    (<= INT FLOAT)
    (> FLOAT FLOAT)
    (>= FLOAT INT)
    (< RATIO INT)
    (< INT INT INT)
    (= INT INT)
    (= FLOAT INT)
    (= NUMBER NUMBER)
    (= ANY ANY)
    (< STR STR)
    (not BOOL)
    (not ANY)
    (and BOOL BOOL)
    (or BOOL BOOL)
    (and)
    (or)
    (null? LIST)
    (pair? ANY)
    (even? INT)
    (odd? INT)
    (zero? NUMBER)
    (positive? INT)
    (negative? FLOAT)
    (equal? ANY ANY)
    (equal? LIST LIST)
    (eq? SYMBOL SYMBOL)
    (eq? STR STR)
    (contains? MAP KEY)
    (contains? HASH KEY)
    (hashmap/contains? HASH KEY)
    (list/contains? LIST INT)
    (empty? ANY)
    (number? ANY)
    (integer? ANY)
    (float? ANY)
    (rational? ANY)
    (exact? NUMBER)
    (inexact? NUMBER)
    (complex? ANY)
    (real? ANY)
    (exact-integer? ANY)
    (math/nan? FLOAT)
    (math/infinite? FLOAT)
    (string? ANY)
    (list? ANY)
    (vector? ANY)
    (map? ANY)
    (symbol? ANY)
    (keyword? ANY)
    (char? ANY)
    (bool? ANY)
    (nil? ANY)
    (fn? ANY)
    (record? ANY)
    (point? ANY)
    (promise? (delay INT))
    (bytevector? ANY)
    (string/contains? STR STR)
    (string/starts-with? STR "a")
    (string/ends-with? STR STR)
    (string/empty? STR)
    (string/number? STR)
    (string-ci=? STR STR)
    (char<? CHAR CHAR)
    (char=? CHAR CHAR)
    (char-alphabetic? CHAR)
    (char-numeric? CHAR)
    (char-upper-case? CHAR)
    (char-whitespace? CHAR)
    (any TEST LIST)
    (every TEST LIST)
    (any (fn ($x:INT!) BOOL+*4) LIST)
    (TEST INT)
    (let (($p (delay INT))) (begin (force $p) (promise-forced? $p)))
    (apply < LIST)
    (apply = (cons 1 (cons 1 LIST)))
  `),
  STR: templates(`
    (string-append STR STR)
    (string-append STR INT SYMBOL)
    (+ STR STR)
    (str INT STR)
    (str ANY)
    (str VALUES MAP)
    (str FLOAT)
    (str (type ANY))
    (f-string INT STR)
    (f-string (str "x" ANY) BOOL)
    (substring (string-append STR "-") 0 1)
    (substring STR 0)
    (string/take STR 2)
    (string/repeat STR 2)
    (string/upper STR)
    (string/lower STR)
    (string/capitalize STR)
    (string/title-case STR)
    (string/reverse STR)
    (string/trim (string-append " " STR "  "))
    (string/trim-left STR)
    (string/replace STR "a" "bb")
    (string/replace-first STR "b" STR)
    (string/remove STR "x")
    (string/join STRINGS ", ")
    (string/pad-left STR 5)
    (string/pad-right STR 5 "*")
    (string/after STR "b")
    (string/before STR " ")
    (string/between "<b>" "<" ">")
    (string/ensure-start STR "a")
    (string/wrap STR "'")
    (string/snake-case "fooBar baz")
    (string/kebab-case STR)
    (string/camel-case "foo bar")
    (string/map char-upcase STR)
    (string/normalize STR "NFC")
    (string/word-wrap STR 3)
    (text/truncate STR 4)
    (text/clean-whitespace STR)
    (text/trim-indent STR)
    (list->string (list CHAR CHAR))
    (char->string CHAR)
    (symbol->string SYMBOL)
    (keyword->string KEYWORD)
    (number->string INT)
    (number->string INT 16)
    (format "~a ~s" INT STR)
    (format "~a" ANY)
    (math/format-fixed FLOAT 2)
    (utf8->string (string->utf8 STR))
    (get {"k" STR} "k")
    (nth (string/split STR " ") 0)
    (try (throw ANY) (catch $e (:message $e)))
    (try FAIL "fine" (catch $e (:message $e)))
    (apply string-append STRINGS)
    (foldl (fn ($s:STR $x:STR) STR+*3~) STR STRINGS)
    (string/join (map (fn ($x:STR) (string-append $x STR)) STRINGS) ", ")
    (string/join (map string/upper (filter (fn ($x:STR) (< (string-length $x) INT)) STRINGS)) "")
    (let (($s:STR STR)) (substring $s 0 (min 2 (string-length $s))))
    (string/foldcase STR)
    (if (string? ANY) STR STR)
  `),
  CHAR: templates(`
    (string-ref (string-append STR "ab") 1)
    (char-upcase CHAR)
    (char-downcase CHAR)
    (integer->char (+ 97 (mod INT 26)))
    (car (string->list (string-append "z" STR)))
    (string->char "q")
  `),
  SYMBOL: templates(`
    (string->symbol (string-append "s" STR))
    (car '(a b))
    (if BOOL SYMBOL SYMBOL)
    (quote x#)
  `),
  KEYWORD: templates(`
    (string->keyword "kw")
    (type ANY)
    (first (keys {:z INT}))
    (if BOOL KEYWORD KEYWORD)
  `),
  LIST: templates(`
    (list INT INT)
    (list INT INT INT)
    (cons INT LIST)
    (append LIST LIST)
    (append LIST (list INT) LIST)
    (reverse LIST)
    (cdr LIST)
    (rest LIST)
    (sort LIST)
    (sort LIST >)
    (sort LIST (fn (a b) (- b a)))
    (sort-by (fn ($x:INT!) INT+*4) LIST)
    (sort-by - LIST)
    (map FN LIST)
    (map (fn ($x:INT) INT+*4) LIST)
    (map FN2 LIST LIST)
    (map + LIST LIST)
    (map-indexed (fn (i x) (+ i x)) LIST)
    (filter TEST LIST)
    (let* (($m (map (fn ($x:INT) (+ $x INT)) LIST)) ($k (filter (fn ($x:INT!) (> $x INT)) $m))) $k)
    (let* (($m (map (fn ($x:INT) (- $x INT)) LIST))) (list (length $m) (foldl + 0 $m)))
    (filter (fn ($x:INT!) (>= $x INT)) LIST)
    (map (fn ($x:INT) (- $x INT)) (filter (fn ($x:INT!) (< $x INT)) LIST))
    (list/reject zero? (map (fn ($x:INT) (mod $x 3)) (range 7)))
    (map (fn ($x:INT) (if (> $x 3) ANY+ $x)) (range 5))
    (filter (fn ($x:INT!) BOOL+*4) LIST)
    (list/reject even? LIST)
    (take 3 LIST)
    (drop 1 LIST)
    (take-while (fn (x) (< x INT)) LIST)
    (drop-while TEST LIST)
    (list/take-last LIST 2)
    (range 5)
    (range 2 7)
    (iota 4)
    (iota 3 INT)
    (flat-map (fn (x) (list x 1)) LIST)
    (list/unique LIST)
    (list/dedupe LIST)
    (list/diff LIST LIST)
    (list/intersect LIST LIST)
    (list/repeat 3 INT)
    (make-list 2 INT)
    (list/interleave LIST LIST)
    (interpose 0 LIST)
    (list/pad LIST 4 0)
    (flatten (list LIST LIST))
    (first (partition TEST LIST))
    (vector->list (list->vector LIST))
    (vals MAP)
    (map :a (list {:a INT} {:a 2}))
    (apply list LIST)
    (apply append (list LIST LIST))
    (bytevector->list BYTES)
    \`(,INT ,@LIST 5)
    (let (($x:LIST LIST)) (begin \`(1 ,@$x)))
    (let* (($fs (map (fn ($x:INT) (fn () (set! $x (+ $x 1)) $x)) LIST))) (append (map (fn (f) (f)) $fs) (map (fn (f) (f)) $fs)))
    (let (($all '())) (do (($i:INT! 0 (+ $i 1))) ((= $i 3)) (set! $all (cons (fn () $i) $all))) (map (fn (f) (f)) $all))
    (let (($all '())) (dotimes ($i:INT! 3) (let (($o (* $i 2))) (set! $all (cons (fn () (set! $o (+ $o 1)) $o) $all)))) (map (fn (f) (f)) $all))
    (let $l (($i 0) ($all '())) (if (< $i 3) ($l (+ $i 1) (cons (fn () (set! $i (+ $i 10)) $i) $all)) (map (fn (f) (f)) $all)))
    (let* (($s '())) (begin (map (fn (v) (set! $s (cons v $s)) v) LIST) $s))
    (list/times 3 (fn ($i:INT!) INT+*3))
    (call-with-values (fn () (values INT INT)) list)
    (i64-array/map (fn (x) x) (i64-array 1 2))
  `),
  VALUES: templates(`
    (list ANY ANY)
    (list ANY INT ANY)
    (cons ANY VALUES)
    (list)
    (map (fn ($x:INT) ANY+*4) LIST)
    (zip LIST LIST)
    (enumerate LIST)
    (list/chunk LIST 2)
    (list/sliding LIST 2)
    (list/split-at LIST 1)
    (list/cross-join (take 2 LIST) '(a b))
    (map/entries MAP)
    (keys MAP)
    (append VALUES VALUES)
    (reverse VALUES)
    (member INT LIST)
    (assoc :a (list (list :a INT)))
    (string/chars STR)
    (string/codepoints STR)
    \`(a ,INT ,@LIST b [c ,STR] {:k ,ANY})
    \`(x \`(y ,(z ,INT)) ,@VALUES)
    \`[1 ,@LIST ,ANY]
    (macroexpand '(when BOOL^ INT^))
    (macroexpand '(-> x (f 1) g))
    (read "(a [1 2.5] \\"s\\" #\\\\x {:k 1/2})")
    (try FAIL '() (catch $e (list (:type $e) (:message $e))))
    (try (throw ANY) (catch $e (list (:type $e) (:message $e) (:value $e))))
    (let-values ((($a:? . $r:VALUES) (values ?a ANY ANY))) $r)
    (list (set! $new INT) (begin $new))
    (list/find even? LIST)
    (sort-by (fn (x) (str x)) VALUES)
    (vector->list VECTOR)
    (list/group-by even? LIST)
    (partition odd? LIST)
  `),
  STRINGS: templates(`
    (list STR STR)
    (string/split STR " ")
    (string/lines STR)
    (string/words STR)
    (map str LIST)
    (map (fn ($x:INT) STR+*4) LIST)
    (sort (list STR STR STR))
    (cons STR STRINGS)
    (map symbol->string '(a b))
    (text/split-sentences STR)
    (filter string? VALUES)
  `),
  VECTOR: templates(`
    [ANY INT ANY]
    [INT INT]
    []
    (vector ANY ANY)
    (list->vector VALUES)
    (list->vector LIST)
    (rest VECTOR)
    (mutable-array/->vector ARRAY)
  `),
  MAP: templates(`
    (assoc MAP KEY INT)
    (dissoc MAP KEY)
    {:a INT "k" INT}
    {KEY INT 7 INT}
    {INT INT}
    (merge MAP MAP)
    (hash-map :a INT :c INT)
    (map/update MAP :a (fn (x) INT))
    (map/map-vals FN MAP)
    (map/filter (fn (k v) BOOL*2) MAP)
    (map/select-keys MAP '(:a "k"))
    (map/except MAP '(:a))
    (map/from-entries (list (list :a INT)))
    (map/zip '(:a :b) LIST)
    (assoc-in {} '(:a) INT)
    (update-in {:a INT} '(:a) FN)
    (frequencies LIST)
    (deep-merge MAP {:b INT})
    (hashmap/to-map HASH)
    (map/sort-keys MAP)
  `),
  HASH: templates(`
    (hashmap/new :a INT :b INT)
    (hashmap/assoc HASH KEY INT)
    (hashmap/new "k" INT)
    (if BOOL HASH HASH)
  `),
  FN: templates(`
    (fn ($x:INT) STMT+ INT+)
    (fn ($x:INT . r) (+ $x (length r)))
    (lambda ($x:INT) INT+)
    (let (($n:INT INT)) (fn (x) (set! $n (mod (+ $n x) 65536)) $n))
    (let (($n:INT INT) ($m:INT INT)) (fn ($x:INT) (set! $m $n) (set! $n (mod (+ $m $x) 1000)) INT+))
    (let $f (($i:INT! 0)) (if (= $i 2) (fn ($x:INT) INT+) ($f (+ $i 1))))
    (let () (define ($f $x:INT) INT+) $f)
    (letrec (($f (fn (n) (if (< n 1) 0 (+ 1 ($f (- (min n 9) 1))))))) $f)
    (if BOOL FN FN)
    #(+ % 7)
    #(* 2 (- % 1))
    (car (list FN))
    (get {:f FN} :f)
    (fn ($x:INT) (if (number? $x) INT+ 0))
  `),
  FN2: templates(`
    (fn ($x:INT $y:INT) INT+)
    (fn ($x:INT $y:INT) (- $x $y))
    (if BOOL + *)
    #(+ %1 (* 2 %2))
    (let (($n 0)) (fn (x y) (set! $n (+ $n 1)) (- x $n)))
  `),
  TEST: templates(`
    (fn ($x:INT) BOOL+)
    (fn ($x:INT) (< $x INT+))
    (fn (x) (not (= x INT)))
    (if BOOL even? odd?)
  `),
  THUNK: templates(`
    (fn () ANY)
    (let (($v:INT INT)) (fn () (set! $v INT+~) $v))
  `),
  RECORD: templates(`
    (make-point INT INT)
    (if BOOL RECORD RECORD)
    (apply make-point (list INT INT))
  `),
  CELL: templates(`
    (mutable-cell/new INT)
    (if BOOL CELL CELL)
  `),
  ARRAY: templates(`
    (mutable-array/new 2 INT)
    (let (($a (mutable-array/new))) (mutable-array/push! $a INT) $a)
  `),
  BYTES: templates(`
    (bytevector 1 2 255)
    (string->utf8 STR)
    (bytevector-append BYTES BYTES)
    (list->bytevector '(7 8 9))
    (make-bytevector 3 7)
    (bytevector-copy BYTES)
  `),
};

/** Values without parts that are evaluated, by kind: half of them common ones, half at the edges. */
export const CONSTANTS: Readonly<Record<Kind, readonly [common: readonly Template[], edges: readonly Template[]]>> = {
  INT: [
    templates("0\n1\n2\n3\n-1\n5\n-7\n10\n42\n100"),
    templates(`
      2147483647
      2147483648
      -2147483648
      -2147483649
      1073741824
      46341
      140737488355327
      140737488355328
      -140737488355329
      9007199254740990
      9007199254740991
      9007199254740992
      -9007199254740991
      -9007199254740993
      4611686018427387904
      9223372036854775807
      -9223372036854775808
      18446744073709551616
      100000000000000000000000000001
    `),
  ],
  FLOAT: [
    templates("0.5\n1.5\n-2.25\n2.0\n100.0\n0.1"),
    templates(`
      -0.0
      0.0
      1e300
      1e-5
      1e21
      2147483648.0
      9007199254740993.0
      9007199254740991.5
      math/infinity
      math/nan
      -inf
      5e-324
    `),
  ],
  RATIO: [templates("1/2\n-1/3\n7/3"), templates("1/9007199254740993\n-18446744073709551617/2\n3\n0")],
  COMPLEX: [templates("1+2i\n0-1i\n2i"), templates("1.5-2.5i\n3+1/2i")],
  BOOL: [templates("#t\n#f"), templates("true\nfalse")],
  STR: [
    templates('"a"\n"b c"\n"hello"\n""'),
    templates('"é"\n"x😀"\n"tab\\tend"\n"a,b,,c"\n"Ünï ß"\n"12"\n"\\\\ \\""'),
  ],
  CHAR: [templates("#\\a\n#\\Z\n#\\7"), templates("#\\space\n#\\é\n#\\😀\n#\\(")],
  SYMBOL: [templates("'a\n'foo"), templates("'+\n'a.b/c\n'else")],
  KEYWORD: [templates(":a\n:b\n:int"), templates(":a/b\n:1\n:+")],
  LIST: [
    templates("'(1 2 3)\n'()\n(list INT 7)\n'(5 -4 2147483647 0)"),
    templates("'(9007199254740991 1)\n'(1 2.5 1/2)\n(range 4)"),
  ],
  VALUES: [templates('\'(a "b" :c)\n(list 1 2.5 #t)'), templates("'(1 (2 [3 {4 5}]) ())\n'(nil #\\a 1/2)")],
  STRINGS: [templates('\'("a" "b")\n\'("x" "" "yy")'), templates("'()")],
  VECTOR: [templates("[1 2 3]\n[]"), templates('[\'a [INT] "s"]')],
  MAP: [templates("{:a 1 :b 2}\n{:a INT}\n{}"), templates('{"k" 3 7 8}\n{[1] 2 \'x 3}\n{1 1 1.5 2}')],
  HASH: [templates("(hashmap/new :a 1)\n(hashmap/new)"), templates('(hashmap/new "k" 1 7 2 :b 3)')],
  FN: [templates("(fn (x) (+ x 1))\n-\nabs\n(fn (x) x)"), templates("(fn (x) (* x x))\n(fn (x) 7)")],
  FN2: [templates("+\n-\nmax\n(fn (a b) a)"), templates("*\n(fn (a . b) (car b))")],
  TEST: [templates("even?\nodd?\nnumber?\n(fn (x) (> x 2))"), templates("(fn (x) x)\nnull?\nzero?")],
  THUNK: [templates("(fn () 1)\n(fn () nil)"), templates("list")],
  RECORD: [templates("(make-point 1 2)\n(make-point INT INT)"), templates("(make-point 0.5 2147483648)")],
  CELL: [templates("(mutable-cell/new 1)"), templates("(mutable-cell/new 2147483647)")],
  ARRAY: [templates("(mutable-array/new 1 5)"), templates("(mutable-array/new 3 0.5)")],
  BYTES: [templates("#u8(1 2 3)"), templates("#u8(0)\n(bytevector)")],
};

/** How a value that is carried from one round to the next is kept small, by kind; null where it stays so by itself. */
export const BOUNDS: Readonly<Record<Kind, ((value: Template) => Template) | null>> = {
  INT: (value) => ["mod", value, "4294967311"],
  FLOAT: null,
  RATIO: (value) => ["/", ["mod", ["numerator", value], "97"], "7"],
  COMPLEX: (value) => ["begin", value, "1+2i"],
  BOOL: null,
  STR: (value) => ["clip", value],
  CHAR: null,
  SYMBOL: null,
  KEYWORD: null,
  LIST: (value) => ["map", "small", ["take", "6", value]],
  VALUES: (value) => ["map", "type", ["take", "5", value]],
  STRINGS: (value) => ["map", "clip", ["take", "4", value]],
  VECTOR: (value) => ["list->vector", ["map", "type", ["take", "5", ["vector->list", value]]]],
  MAP: (value) => ["map/map-vals", "small", value],
  HASH: (value) => ["begin", value, ["hashmap/new", ":a", "1"]],
  FN: (value) => ["begin", value, "abs"],
  FN2: (value) => ["begin", value, "-"],
  TEST: (value) => ["begin", value, "odd?"],
  THUNK: (value) => ["begin", value, "list"],
  RECORD: (value) => ["begin", value, ["make-point", "1", "2"]],
  CELL: (value) => ["begin", value, ["mutable-cell/new", "3"]],
  ARRAY: (value) => ["begin", value, ["mutable-array/new", "1", "1"]],
  BYTES: (value) => ["begin", value, ["bytevector", "1"]],
};

/** Definitions that programs start with when they use one of the names. */
export const SUPPORT: readonly (readonly [names: readonly string[], forms: readonly Template[]])[] = [
  [["clip"], templates('(define (clip s) (if (string? s) (if (< (string-length s) 40) s "cut") s))')],
  [["small"], templates("(define (small x) (if (integer? x) (mod x 65537) x))")],
  [
    ["make-point", "point?", "point-x", "point-y"],
    templates("(define-record-type point (make-point x y) point? (x point-x) (y point-y))"),
  ],
  [["limit"], templates("(define limit (make-parameter INT))")],
  [["scale"], templates("(define scale (make-parameter 2 (fn (x) (if (number? x) (+ x 1) 0))))")],
  [
    ["shape"],
    templates(`
      (defmulti shape (fn (x) (cond ((number? x) :n) ((string? x) "s") ((list? x) '(l)) (else (type x)))))
      (defmethod shape :n (fn ($x:INT) (if (integer? $x) INT+ 1)))
      (defmethod shape "s" string-length)
      (defmethod shape '(l) (fn ($x:LIST) INT+))
      (defmethod shape :default (fn (x) INT))
    `),
  ],
  [["second-of"], templates("(defmacro second-of (a b) `(let ((t# ,a)) (begin t# ,b)))")],
  [
    ["keep-last"],
    templates("(define-syntax keep-last (syntax-rules () ((_ x) x) ((_ x y ...) (begin x (keep-last y ...)))))"),
  ],
  [
    ["with-names"],
    templates("(define-syntax with-names (syntax-rules () ((_ (n v) ... body) (let ((n v) ...) body))))"),
  ],
  [
    ["choose"],
    templates(
      "(define-syntax choose (syntax-rules (else) ((_ c a else b) (if c a b)) ((_ c a b) (let ((t c)) (if t a b)))))",
    ),
  ],
  [["bump!"], templates("(defmacro bump! (form) (list 'begin form nil))")],
  [["twice-plus"], templates("(defmacro twice-plus (a b) `(let ((x# ,a)) (+ x# x# ,b)))")],
  [
    ["sum-all"],
    templates("(define-syntax sum-all (syntax-rules () ((_) 0) ((_ a b ...) (+ a (sum-all b ...)))))"),
  ],
];
