/**
 * Functions that call back, in Sema, so that a callback may suspend, unwind or be inlined in either tier.
 *
 * Rules for the sources: they name only special forms, intrinsics and `__vm-` helpers, which no program redefines by
 * accident; loops are named lets with tail calls only; the callback is checked once, before its first use and only if
 * there is one, because an empty input accepts any callback.
 */
import { type Area, pure, same, sema, tailCalling } from "../declare.ts";

/** A loop over `(__vm-sequence xs NAME)` that runs `body` when it is not empty and answers `empty` when it is. */
function over(name: string, callback: string, empty: string, body: string): string {
  return `(let ((s (__vm-sequence xs "${name}")))
    (if (null? s) ${empty} (begin (__vm-callable ${callback}) ${body})))`;
}

/** Of one sequence; the frame is small, because programs recurse through it. */
const MAP = `(fn (f xs . more)
  (if (null? more)
    ${
  over(
    "map",
    "f",
    "'()",
    `(let loop ((s s) (out '()))
      (if (null? s) (__vm-reverse out) (loop (cdr s) (cons (f (car s)) out))))`,
  )
}
    (__vm-map-several f xs more)))`;

const MAP_SEVERAL = `(fn (f xs more)
  (if (null? (cdr more))
    (let ((a (__vm-sequence xs "map")) (b (__vm-sequence (car more) "map")))
      (if (or (null? a) (null? b)) '()
        (begin (__vm-callable f)
          (let loop ((a a) (b b) (out '()))
            (if (or (null? a) (null? b)) (__vm-reverse out)
              (loop (cdr a) (cdr b) (cons (f (car a) (car b)) out)))))))
    (let ((rows (__vm-rows (cons xs more) "map")))
      (if (null? rows) '()
        (begin (__vm-callable f)
          (let loop ((rows rows) (out '()))
            (if (null? rows) (__vm-reverse out)
              (loop (cdr rows) (cons (__vm-apply f (car rows)) out)))))))))`;

const SORT = `(fn (xs . more)
  (let ((s (__vm-sequence xs "sort")))
    (if (null? more) (__vm-sort s)
      (if (or (null? s) (null? (cdr s))) s
        (let ((compare (car more)))
          (__vm-callable compare)
          (let pass ((runs (__vm-singletons s)))
            (if (null? (cdr runs)) (car runs)
              (pass
                (let pairs ((runs runs) (out '()))
                  (if (null? runs) (__vm-reverse out)
                    (if (null? (cdr runs)) (pairs '() (cons (car runs) out))
                      (pairs (cdr (cdr runs))
                        (cons
                          (let weave ((a (car runs)) (b (car (cdr runs))) (out '()))
                            (if (null? a) (__vm-reverse-onto out b)
                              (if (null? b) (__vm-reverse-onto out a)
                                (if (__vm-second-first? (compare (car a) (car b)))
                                  (weave a (cdr b) (cons (car b) out))
                                  (weave (cdr a) b (cons (car a) out))))))
                          out)))))))))))))`;

/** `(p xs)` filters: keeps the elements for which `keep` holds of `(p x)`. */
function filtering(name: string, whenTrue: string, whenFalse: string): string {
  return `(fn (p xs) ${
    over(
      name,
      "p",
      "'()",
      `(let loop ((s s) (out '()))
        (if (null? s) (__vm-reverse out)
          (loop (cdr s) (if (p (car s)) ${whenTrue} ${whenFalse}))))`,
    )
  })`;
}

function takeWhile(name: string): string {
  return `(fn (p xs) ${
    over(
      name,
      "p",
      "'()",
      `(let loop ((s s) (out '()))
        (if (null? s) (__vm-reverse out)
          (if (p (car s)) (loop (cdr s) (cons (car s) out)) (__vm-reverse out))))`,
    )
  })`;
}

function dropWhile(name: string): string {
  return `(fn (p xs) ${
    over(name, "p", "'()", `(let loop ((s s)) (if (null? s) s (if (p (car s)) (loop (cdr s)) s)))`)
  })`;
}

/** The results of `(f x)` in order, handed with the elements to the helper that builds the answer. */
function byKeys(name: string, helper: string, empty: string): string {
  return `(fn (f xs) ${
    over(
      name,
      "f",
      empty,
      `(let loop ((left s) (ks '()))
        (if (null? left) (${helper} (__vm-reverse ks) s)
          (loop (cdr left) (cons (f (car left)) ks))))`,
    )
  })`;
}

const APPLY = `(fn (f x . more)
  (if (null? more)
    (let ((args (__vm-sequence x "apply"))) (__vm-callable f) (__vm-apply f args))
    (let ((args (__vm-spread (cons x more)))) (__vm-callable f) (__vm-apply f args))))`;

/** The library's higher-order functions over sequences. */
export const higherOrder: Area = () =>
  pure([
    sema("map", 2, Infinity, "(map f coll ...): the results of f on corresponding elements.", MAP, [
      "(map + '(1 2) '(10 20))",
      "(11 22)",
    ]),
    sema("__vm-map-several", 3, 3, "The same as map, of two or more sequences.", MAP_SEVERAL),
    same("mapcar", "map"),
    sema(
      "map-indexed",
      2,
      2,
      "(map-indexed f coll): the results of (f index element).",
      `(fn (f xs) ${
        over(
          "map-indexed",
          "f",
          "'()",
          `(let loop ((s s) (i 0) (out '()))
          (if (null? s) (__vm-reverse out) (loop (cdr s) (+ i 1) (cons (f i (car s)) out))))`,
        )
      })`,
      ["(map-indexed list '(a b))", "((0 a) (1 b))"],
    ),
    sema(
      "filter",
      2,
      2,
      "(filter p coll): the elements for which p is true.",
      filtering("filter", "(cons (car s) out)", "out"),
      ["(filter even? '(1 2 3 4))", "(2 4)"],
    ),
    sema(
      "list/reject",
      2,
      2,
      "(list/reject p coll): the elements for which p is false.",
      filtering("list/reject", "out", "(cons (car s) out)"),
      ["(list/reject even? '(1 2 3 4))", "(1 3)"],
    ),
    sema(
      "foldl",
      3,
      3,
      "(foldl f init coll): (f acc element) from the left.",
      `(fn (f init xs) ${
        over(
          "foldl",
          "f",
          "init",
          "(let loop ((s s) (acc init)) (if (null? s) acc (loop (cdr s) (f acc (car s)))))",
        )
      })`,
      ["(foldl - 0 '(1 2 3))", "-6"],
    ),
    same("fold", "foldl"),
    sema(
      "foldr",
      3,
      3,
      "(foldr f init coll): (f element acc) from the right.",
      `(fn (f init xs) ${
        over(
          "foldr",
          "f",
          "init",
          "(let loop ((s (__vm-reverse s)) (acc init)) (if (null? s) acc (loop (cdr s) (f (car s) acc))))",
        )
      })`,
      ["(foldr cons '() '(1 2 3))", "(1 2 3)"],
    ),
    sema(
      "reduce",
      2,
      2,
      "(reduce f coll): foldl that starts with the first element.",
      `(fn (f xs)
      (let ((s (__vm-sequence xs "reduce")))
        (if (null? s) (__vm-error "reduce: empty list")
          (if (null? (cdr s)) (car s)
            (begin (__vm-callable f)
              (let loop ((s (cdr s)) (acc (car s)))
                (if (null? s) acc (loop (cdr s) (f acc (car s))))))))))`,
      ["(reduce + '(1 2 3))", "6"],
    ),
    sema(
      "for-each",
      2,
      2,
      "(for-each f coll): calls f on each element; nil.",
      `(fn (f xs) ${
        over(
          "for-each",
          "f",
          "nil",
          "(let loop ((s s)) (if (null? s) nil (begin (f (car s)) (loop (cdr s)))))",
        )
      })`,
      ["(for-each println '(1 2))", "nil"],
    ),
    tailCalling(
      sema("apply", 2, Infinity, "(apply f a ... coll): calls f with the given arguments and the elements.", APPLY, [
        "(apply + 1 '(2 3))",
        "6",
      ]),
    ),
    sema(
      "any",
      2,
      2,
      "(any p coll): whether p is true of an element.",
      `(fn (p xs) ${
        over("any", "p", "#f", "(let loop ((s s)) (if (null? s) #f (if (p (car s)) #t (loop (cdr s)))))")
      })`,
      ["(any even? '(1 2))", "#t"],
    ),
    same("any?", "any"),
    same("some?", "any"),
    sema(
      "every",
      2,
      2,
      "(every p coll): whether p is true of all elements.",
      `(fn (p xs) ${
        over("every", "p", "#t", "(let loop ((s s)) (if (null? s) #t (if (p (car s)) (loop (cdr s)) #f)))")
      })`,
      ["(every even? '(1 2))", "#f"],
    ),
    same("every?", "every"),
    sema(
      "flat-map",
      2,
      2,
      "(flat-map f coll): the results of f, lists and vectors among them spliced in.",
      `(fn (f xs) ${
        over(
          "flat-map",
          "f",
          "'()",
          `(let loop ((s s) (out '()))
          (if (null? s) (__vm-reverse out) (loop (cdr s) (__vm-splice (f (car s)) out))))`,
        )
      })`,
      ["(flat-map (fn (x) (list x x)) '(1 2))", "(1 1 2 2)"],
    ),
    sema(
      "partition",
      2,
      2,
      "(partition p coll): a list of the elements for which p is true and a list of the others.",
      `(fn (p xs) ${
        over(
          "partition",
          "p",
          "(cons '() (cons '() '()))",
          `(let loop ((s s) (yes '()) (no '()))
          (if (null? s) (cons (__vm-reverse yes) (cons (__vm-reverse no) '()))
            (if (p (car s)) (loop (cdr s) (cons (car s) yes) no) (loop (cdr s) yes (cons (car s) no)))))`,
        )
      })`,
      ["(partition even? '(1 2 3 4))", "((2 4) (1 3))"],
    ),
    sema(
      "take-while",
      2,
      2,
      "(take-while p coll): the elements before the first for which p is false.",
      takeWhile("take-while"),
      ["(take-while even? '(2 4 5 6))", "(2 4)"],
    ),
    sema("list/take-while", 2, 2, "(list/take-while p coll): the same as take-while.", takeWhile("list/take-while"), [
      "(list/take-while even? '(2 4 5 6))",
      "(2 4)",
    ]),
    sema(
      "drop-while",
      2,
      2,
      "(drop-while p coll): the elements from the first for which p is false.",
      dropWhile("drop-while"),
      ["(drop-while even? '(2 4 5 6))", "(5 6)"],
    ),
    sema("list/drop-while", 2, 2, "(list/drop-while p coll): the same as drop-while.", dropWhile("list/drop-while"), [
      "(list/drop-while even? '(2 4 5 6))",
      "(5 6)",
    ]),
    sema(
      "list/find",
      2,
      2,
      "(list/find p coll): the first element for which p is true, or nil.",
      `(fn (p xs) ${
        over("list/find", "p", "nil", "(let loop ((s s)) (if (null? s) nil (if (p (car s)) (car s) (loop (cdr s)))))")
      })`,
      ["(list/find even? '(1 2 3 4))", "2"],
    ),
    sema(
      "list/sole",
      2,
      2,
      "(list/sole p coll): the only element for which p is true.",
      `(fn (p xs) ${
        over(
          "list/sole",
          "p",
          `(__vm-error "list/sole: no matching item")`,
          `(let loop ((s s) (found '()))
          (if (null? s)
            (if (null? found) (__vm-error "list/sole: no matching item") (car found))
            (if (p (car s))
              (if (null? found) (loop (cdr s) (cons (car s) '())) (__vm-error "list/sole: more than one matching item"))
              (loop (cdr s) found))))`,
        )
      })`,
      ["(list/sole even? '(1 2 3))", "2"],
    ),
    sema(
      "list/group-by",
      2,
      2,
      "(list/group-by f coll): map from (f x) to the list of such x.",
      byKeys("list/group-by", "__vm-group-by", "{}"),
      ["(list/group-by even? '(1 2 3))", "{#f (1 3) #t (2)}"],
    ),
    sema(
      "list/key-by",
      2,
      2,
      "(list/key-by f coll): map from (f x) to x, the last one.",
      byKeys("list/key-by", "__vm-key-by", "{}"),
      ["(list/key-by even? '(1 2 3))", "{#f 3 #t 2}"],
    ),
    sema(
      "list/times",
      2,
      2,
      "(list/times n f): the results of f on 0 to n - 1.",
      `(fn (n f)
      (let ((n (__vm-count n "list/times")))
        (if (= n 0) '()
          (begin (__vm-callable f)
            (let loop ((i 0) (out '()))
              (if (= i n) (__vm-reverse out) (loop (+ i 1) (cons (f i) out))))))))`,
      ["(list/times 3 (fn (i) (* i i)))", "(0 1 4)"],
    ),
    sema("sort", 1, 2, "(sort coll [compare]): sorted; compare answers an integer or a boolean.", SORT, [
      "(sort '(3 1 2) >)",
      "(3 2 1)",
    ]),
    sema(
      "sort-by",
      2,
      2,
      "(sort-by f coll): sorted by (f x), which is called once per element.",
      byKeys("sort-by", "__vm-sort-by", "'()"),
      ["(sort-by abs '(-3 1 -2))", "(1 -2 -3)"],
    ),
    sema("tap", 2, 2, "(tap x f): calls f on x; x.", `(fn (x f) (begin (__vm-callable f) (f x) x))`, [
      "(tap 5 println)",
      "5",
    ]),
    tailCalling(sema(
      "call-with-values",
      2,
      2,
      "(call-with-values producer consumer): calls consumer with the values that producer returns.",
      `(fn (producer consumer)
      (let ((bundle (producer)))
        (begin (__vm-callable consumer) (__vm-apply consumer (__vm-values-list bundle)))))`,
      ["(call-with-values (fn () (values 1 2)) +)", "3"],
    )),
  ]);
