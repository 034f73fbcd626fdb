import { cases } from "./call.ts";

cases("format/form breaks a form that does not fit, and some always", {
  "(format/form (define (f x) (* x x)))": '"(define (f x) (* x x))"',
  "(format/form (define (f) a b))": '"(define (f)\\n  a\\n  b)"',
  "(format/form (let ((a 1)) a b))": '"(let ((a 1)) a b)"',
  "(format/form (let ((a 1) (b 2)) a))": '"(let ((a 1) (b 2))\\n  a)"',
  "(format/form (cond ((= x 1111111111111111111111111111111111) (foo bar baz 1)) ((= y 22222222222222) bar)))":
    '"(cond\\n  ((= x 1111111111111111111111111111111111) (foo bar baz 1))\\n  ((= y 22222222222222) bar))"',
  "(format/form [aaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb cccccccccccccccccccccccccccccc])":
    '"[aaaaaaaaaaaaaaaaaaaaaaaaaaaa\\n bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\\n cccccccccccccccccccccccccccccc]"',
  "(format/form {:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1 :bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 2})":
    '"{:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1\\n :bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 2}"',
  "(format/form (let loop ((aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1) (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 2)) (loop c)))":
    '"(let loop ((aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 1)\\n           (bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb 2))\\n  (loop c))"',
});
