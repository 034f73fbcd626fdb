import { describe, test } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { EMPTY, listFrom, MutableArray, repr, SortedMap, type Value } from "../../src/data/mod.ts";
import { callWith, cases, result } from "./call.ts";

describe("lists", () => {
  cases("slices clamp, and take their arguments in the documented order", {
    "(take 2 (a b c))": "(a b)",
    "(take 9 [a b])": "(a b)",
    "(drop 1 [a b])": "(b)",
    "(list/take-last 2 (a b c))": "(b c)",
    "(list/drop-last 2 (a b c))": "(a)",
    "(list/split-at (1 2 3 4) 1)": "((1) (2 3 4))",
    "(list/chunk 2 (a b c))": "((a b) (c))",
    "(list/sliding (1 2 3 4 5) 3 2)": "((1 2 3) (3 4 5))",
    "(list/page (0 1 2 3 4 5) 2 4)": "(4 5)",
    "(list/pad (1 2) 4 0)": "(1 2 0 0)",
    "(take (1 2) 1)": "type-error: expected int, got list",
    "(take -1 (1 2))": "eval: take: expected a non-negative integer, got -1",
    "(drop 1 nil)": "type-error: expected list, vector, or mutable-array, got nil in drop",
    "(take 12345678901234567890 (1))": "type-error: expected int, got int",
  });

  cases("combine into lists, except that reverse keeps a vector", {
    "(append (1) [2] () (3))": "(1 2 3)",
    "(append)": "()",
    "(reverse [1 2])": "[2 1]",
    "(zip (1 2 3) (a b))": "((1 a) (2 b))",
    "(list/interleave (1 2) (a b) (x y))": "(1 a x 2 b y)",
    "(interpose :s (1 2))": "(1 :s 2)",
    "(flatten (1 (2 (3)) [4 [5]]))": "(1 2 (3) 4 [5])",
    "(flatten-deep (1 (2 [3 (4)])))": "(1 2 3 4)",
    '(list/join ("a" 1 nil) "-")': '"\\"a\\"-1-nil"',
    '(list/join (a b c) ", " ", and ")': '"a, b, and c"',
  });

  cases("count in integers that end at 64 bits", {
    "(range 10 0 -3)": "(10 7 4 1)",
    "(range 0 5 0)": "eval: range: step cannot be 0",
    "(range 9223372036854775805 9223372036854775807)": "(9223372036854775805 9223372036854775806)",
    "(iota 3 9223372036854775806)": "(9223372036854775806 9223372036854775807 -9223372036854775808)",
    "(iota -2)": "()",
    "(range 99999999999)": "eval: range: result of 99999999999 elements is too large",
  });

  cases("find by equality", {
    "(member 2 [1 2 3])": "(2 3)",
    "(member 2.0 (1 2))": "#f",
    "(list/index-of (a b) b)": "1",
    "(assoc b ((a 1) [b 2] (b 3)))": "(b 3)",
    "(assq a nil)": "type-error: expected list, vector, or mutable-array, got nil in assq",
    "(list/nth-or [nil] 0 :d)": "nil",
    "(list/nth-or 5 -1 :d)": "type-error: expected list, vector, or mutable-array, got int in list/nth-or",
    "(cadr)": "arity: cdr expects 1 argument, got 0",
    "(list/max (nil 1))": "type-error: expected number, got nil",
    "(list/min (nil 1))": "type-error: expected number, got int",
    "(list/duplicates ([1] [1 ] 2))": "([1])",
    "(list/nth-or (1) 5 :d)": ":d",
    "(nth (1 2) 2)": "eval: index 2 out of bounds (length 2)",
    "(nth 5 0)": "type-error: nth argument 1 expected list, vector, or mutable-array, got int",
  });

  cases("as collections of values go by the total order", {
    "(list/unique (9 4 9 7 4))": "(9 4 7)",
    "(list/unique (1 1.0 1))": "(1 1.0)",
    "(list/duplicates (3 1 3 2 1))": "(1 3)",
    "(list/diff (1 2 1 3) (1))": "(2 3)",
    "(list/intersect (1 2 1 3) [1 3])": "(1 1 3)",
    "(frequencies (:x :y :x))": "{:x 2 :y 1}",
    "(list/mode (x x y y z))": "(x y)",
    "(list/dedupe (1 1 2 1))": "(1 2 1)",
    "(list/sum (9223372036854775807 1))": "9223372036854775808",
    "(list/sum (1 2.5))": "3.5",
    "(list/median [4 1 3 2])": "2.5",
    "(list/max (1 nil))": "type-error: expected number, got int",
    '(list/max ("z"))': '"z"',
  });

  test("sort by one type, numbers by value, equal numbers in their order", () => {
    const sorted = (text: string): string => result(`(__vm-sort ${text})`);
    assertEquals(sorted("(3 1/2 1.5 1 1.0 1)"), "(1/2 1 1.0 1 1.5 3)");
    assertEquals(sorted('("b" "B" "a")'), '("B" "a" "b")');
    assertEquals(sorted("((2) (1.5))"), "((2) (1.5))");
    assertEquals(sorted('(1 "a")'), "type-error: expected int, got string");
  });

  test("of a deep nesting are flattened without the host's stack", () => {
    let deep: Value = 1;
    for (let i = 0; i < 200_000; i++) deep = listFrom([deep]);
    assertEquals(repr(callWith("flatten-deep", [deep]).value), "(1)");
  });

  test("are what mutable arrays become, as a snapshot", () => {
    const array = new MutableArray([1, 2]);
    const { value } = callWith("take", [5, array]);
    array.push(3);
    assertEquals(repr(value), "(1 2)");
  });
});

describe("maps", () => {
  cases("keep their kind and refuse what is not a map", {
    "(hash-map :b 1 :a 2 :b 3)": "{:a 2 :b 3}",
    "(hash-map :a)": "eval: hash-map: requires even number of arguments",
    "(get {:a nil} :a 1)": "nil",
    "(get {:a nil} :b 1)": "1",
    "(assoc {:a 1} :b 2 :a 3)": "{:a 3 :b 2}",
    "(assoc {:a 1} :b)": "eval: assoc: requires (key alist) or (map key val ...)",
    "(dissoc {:a 1 :b 2} :a :z)": "{:b 2}",
    "(merge {:a 1} {:a nil :b 2})": "{:a nil :b 2}",
    "(map/entries {:b 1 :a 2})": "((:a 2) (:b 1))",
    "(map/from-entries ((:a 1) [:b 2]))": "{:a 1 :b 2}",
    "(map/from-entries ((:a)))": "eval: map/from-entries: each entry must be a pair (key value)",
    "(map/zip (:a :b :c) [1 2])": "{:a 1 :b 2}",
    "(map/select-keys {:a 1 :b 2} [:b :z])": "{:b 2}",
    "(keys nil)": "type-error: expected map or hashmap, got nil",
    "(count nil)": "0",
    "(empty? 0)": "type-error: expected collection, got int",
    "(hashmap/assoc {:a 1} :b 2)": "type-error: expected hashmap, got map",
  });

  cases("nest", {
    "(get-in {:a {:b nil}} [:a :b] 1)": "nil",
    "(get-in {:a [10]} [:a 0] :none)": ":none",
    "(assoc-in {:a 5} [:a :b] 1)": "{:a {:b 1}}",
    "(assoc-in 7 () 1)": "1",
    "(deep-merge {:a {:x 1} :b 1} {:a {:y 2} :b {:z 3}})": "{:a {:x 1 :y 2} :b {:z 3}}",
    "(deep-merge 1 2 3)": "3",
  });

  test("take no key with something mutable inside, at any depth", () => {
    const inner = SortedMap.EMPTY.with(listFrom([new MutableArray([])]), 1);
    for (const key of [new MutableArray([]), listFrom([1, new MutableArray([])]), listFrom([inner])]) {
      let message = "";
      try {
        callWith("assoc", [SortedMap.EMPTY, key, 1]);
      } catch (error) {
        message = error instanceof Object && "message" in error ? String(error.message) : "";
      }
      assertEquals(message.replace(/got .*/, "got T"), "expected immutable map key, got T");
    }
    assertEquals(repr(callWith("assoc", [SortedMap.EMPTY, EMPTY, 1]).value), "{() 1}");
  });
});

describe("bytes and typed arrays", () => {
  cases("are immutable and check every element", {
    "(bytevector 1 256)": "eval: bytevector: byte value 256 at index 1 out of range 0..255",
    "(bytevector/set! #u8(1 2) 1 9)": "#u8(1 9)",
    "(bytevector-copy #u8(1 2) 2 1)": "eval: bytevector-copy: range 2..1 out of bounds for bytevector of length 2",
    "(utf8->string #u8(255))": "eval: utf8->string: invalid UTF-8: invalid utf-8 sequence of 1 bytes from index 0",
    "(utf8->string #u8(97 226 130))": "eval: utf8->string: invalid UTF-8: incomplete utf-8 byte sequence from index 1",
    '(bytes/find #u8(97 98 97 98) "ab" 1)': "2",
    "(bytes/parse-int10 #u8(45 52 46 53))": "-45",
    "(f64-array 1 2.5)": "#f64(1 2.5)",
    "(f64-array/range 0 0.3 0.1)": "#f64(0 0.1 0.2)",
    "(f64-array/make -5)": "eval: f64-array/make: length must be non-negative, got -5",
    "(i64-array 1.0)": "type-error: expected integer, got float",
    "(i64-array/range 10 0 -4)": "#i64(10 6 2)",
  });

  test("sum from negative zero, and wrap at 64 bits", () => {
    assertEquals(repr(callWith("f64-array/sum", [callWith("f64-array", []).value]).value), "-0.0");
    const array = callWith("i64-array", [2n ** 63n - 1n, 1]).value;
    assertEquals(repr(callWith("i64-array/sum", [array]).value), "-9223372036854775808");
  });
});
