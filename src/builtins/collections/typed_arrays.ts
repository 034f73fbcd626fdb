/** Immutable arrays of 64-bit floats and of 64-bit integers. A changed array is a copy. */
import {
  evalError,
  float,
  formatDouble,
  integer,
  isInt64,
  Opaque,
  type OpaqueKind,
  type Value,
} from "../../data/mod.ts";
import { checkSize, double, isDouble, listArgument, listOf, wrongType } from "../check.ts";
import { type Area, type Declaration, many, one, pure, sema, three, two } from "../declare.ts";

/** The order of two arrays of numbers: by elements, then the shorter first; NaN last. */
function compareElements<T extends number | bigint>(a: ArrayLike<T>, b: ArrayLike<T>): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a[i] as T;
    const y = b[i] as T;
    if (x < y) return -1;
    if (x > y) return 1;
    if (x !== y && (x === x) !== (y === y)) return x === x ? -1 : 1;
  }
  return a.length - b.length;
}

/** `(f64-array …)`. Equal when the bits are. */
class F64Array extends Opaque {
  override readonly typeName = "f64-array";
  readonly numbers: Float64Array;

  constructor(numbers: Float64Array) {
    super();
    this.numbers = numbers;
  }

  override printed(): string {
    return `#f64(${Array.from(this.numbers, (number) => formatDouble(number).replace(/\.0$/, "")).join(" ")})`;
  }

  override kind(): OpaqueKind {
    return "f64-array";
  }

  override equals(other: Opaque): boolean {
    return other instanceof F64Array && other.numbers.length === this.numbers.length &&
      this.numbers.every((number, i) => Object.is(number, other.numbers[i]));
  }

  override compareTo(other: Opaque): number {
    return other instanceof F64Array ? compareElements(this.numbers, other.numbers) : 0;
  }

  override size(): number {
    return this.numbers.length;
  }
}

/** `(i64-array …)`. */
class I64Array extends Opaque {
  override readonly typeName = "i64-array";
  readonly numbers: BigInt64Array;

  constructor(numbers: BigInt64Array) {
    super();
    this.numbers = numbers;
  }

  override printed(): string {
    return `#i64(${this.numbers.join(" ")})`;
  }

  override kind(): OpaqueKind {
    return "i64-array";
  }

  override equals(other: Opaque): boolean {
    return other instanceof I64Array && compareElements(this.numbers, other.numbers) === 0;
  }

  override compareTo(other: Opaque): number {
    return other instanceof I64Array ? compareElements(this.numbers, other.numbers) : 0;
  }

  override size(): number {
    return this.numbers.length;
  }
}

/** What differs between the two kinds: how elements enter and leave. */
interface Kind<T extends F64Array | I64Array> {
  readonly name: string;
  readonly element: string;
  is(value: Value): value is T;
  from(values: readonly Value[]): T;
  at(array: T, index: number): Value;
  with(array: T, index: number, value: Value): T;
  accepts(value: Value): boolean;
  range(start: Value, end: Value, step: Value): T;
}

/** A 64-bit integer element, index or length. */
function int(value: Value): number | bigint {
  if (isInt64(value) && (typeof value === "number" || typeof value === "bigint")) return value;
  throw wrongType("integer", value);
}

const floats: Kind<F64Array> = {
  name: "f64-array",
  element: "number",
  is: (value) => value instanceof F64Array,
  from: (values) => new F64Array(Float64Array.from(values, double)),
  at: (array, index) => float(array.numbers[index] as number),
  with: (array, index, value) => new F64Array(array.numbers.with(index, double(value))),
  accepts: isDouble,
  range(start, end, step) {
    const [limit, stride] = [double(end), double(step)];
    const numbers: number[] = [];
    for (let x = double(start); stride > 0 ? x < limit : x > limit; x += stride) {
      numbers.push(x);
      checkSize(numbers.length, "f64-array/range");
    }
    return new F64Array(Float64Array.from(numbers));
  },
};

const integers: Kind<I64Array> = {
  name: "i64-array",
  element: "integer",
  is: (value) => value instanceof I64Array,
  from: (values) => new I64Array(BigInt64Array.from(values, (value) => BigInt(int(value)))),
  at: (array, index) => integer(array.numbers[index] as bigint),
  with: (array, index, value) => new I64Array(array.numbers.with(index, BigInt(int(value)))),
  accepts: isInt64,
  range(start, end, step) {
    const [limit, stride] = [BigInt(int(end)), BigInt(int(step))];
    const numbers: bigint[] = [];
    for (let x = BigInt(int(start)); stride > 0n ? x < limit : x > limit; x += stride) {
      numbers.push(x);
      checkSize(numbers.length, "i64-array/range");
    }
    return new I64Array(BigInt64Array.from(numbers));
  },
};

/** The builtins that both kinds have. */
function common<T extends F64Array | I64Array>(kind: Kind<T>): readonly Declaration[] {
  const { name, element } = kind;
  const prefix = `#${name.replace("-array", "")}`;
  const array = (value: Value): T => {
    if (kind.is(value)) return value;
    throw wrongType(name, value);
  };
  const place = (target: T, index: Value): number => {
    const position = Number(int(index));
    const { length } = target.numbers;
    if (position < 0 || position >= length) throw evalError(`index ${index} out of bounds (len ${length})`);
    return position;
  };
  const elements = (target: T): Value[] =>
    Array.from({ length: target.numbers.length }, (_, index) => kind.at(target, index));
  return [
    many(name, 0, Infinity, `An ${name} of the arguments.`, (args) => kind.from(args), [
      `(${name} 1 2)`,
      `${prefix}(1 2)`,
    ]),
    many(`${name}/make`, 1, 2, `(${name}/make n [fill]): n copies.`, (args) => {
      const length = Number(int(args[0] as Value));
      if (length < 0) throw evalError(`${name}/make: length must be non-negative, got ${args[0]}`);
      checkSize(length, `${name}/make`);
      const fill = args.length > 1 ? args[1] as Value : 0;
      return kind.from(new Array<Value>(length).fill(fill));
    }, [`(${name}/make 3 7)`, `${prefix}(7 7 7)`]),
    one(`${name}/from-list`, `An ${name} of a list.`, (list) => kind.from([...listArgument(list)]), [
      `(${name}/from-list '(1 2))`,
      `${prefix}(1 2)`,
    ]),
    many(`${name}/range`, 2, 3, `(${name}/range start end [step]): from start up to, not including, end.`, (args) => {
      const [start = 0, end = 0, step = 1] = args;
      if (kind.accepts(step) && double(step) === 0) throw evalError(`${name}/range: step cannot be zero`);
      return kind.range(start, end, step);
    }, [`(${name}/range 0 3)`, `${prefix}(0 1 2)`]),
    two(`${name}/ref`, "The element at an index.", (target, index) => {
      const source = array(target);
      return kind.at(source, place(source, index));
    }, [`(int (${name}/ref (${name} 1 2) 0))`, "1"]),
    three(`${name}/set!`, "A copy with one element replaced.", (target, index, value) => {
      const source = array(target);
      return kind.with(source, place(source, index), value);
    }, [`(${name}/set! (${name} 1 2) 0 9)`, `${prefix}(9 2)`]),
    one(`${name}/length`, "The number of elements.", (target) => array(target).numbers.length, [
      `(${name}/length (${name} 1 2))`,
      "2",
    ]),
    one(`${name}?`, `Whether the value is an ${name}.`, (value) => kind.is(value), [`(${name}? (${name} 1 2))`, "#t"]),
    one(`__vm-${name}-elements`, "The elements as a list.", (target) => listOf(elements(array(target)))),
    one(`__vm-${name}-element`, "Checks a result of a callback.", (value) => {
      if (kind.accepts(value)) return value;
      throw wrongType(`${element} (${name}/map callback must return ${element})`, value);
    }),
    one(`__vm-${name}-from`, "An array of checked elements.", (list) => kind.from([...listArgument(list)])),
    sema(
      `${name}/map`,
      2,
      2,
      `(${name}/map f array): an ${name} of the results of f.`,
      `(fn (f a)
        (let ((s (__vm-${name}-elements a)))
          (if (null? s) a
            (begin (__vm-callable f)
              (let loop ((s s) (out '()))
                (if (null? s) (__vm-${name}-from (__vm-reverse out))
                  (loop (cdr s) (cons (__vm-${name}-element (f (car s))) out))))))))`,
      [`(${name}/map abs (${name} -1 2))`, `${prefix}(1 2)`],
    ),
    sema(
      `${name}/fold`,
      3,
      3,
      `(${name}/fold f init array): (f acc element) from the left.`,
      `(fn (f init a)
        (let ((s (__vm-${name}-elements a)))
          (if (null? s) init
            (begin (__vm-callable f)
              (let loop ((s s) (acc init)) (if (null? s) acc (loop (cdr s) (f acc (car s)))))))))`,
      [`(int (${name}/fold + 0 (${name} 1 2)))`, "3"],
    ),
  ];
}

function floatArray(value: Value): Float64Array {
  if (value instanceof F64Array) return value.numbers;
  throw wrongType("f64-array", value);
}

/** The typed array builtins. */
export const typedArrays: Area = () =>
  pure([
    ...common(floats),
    // Sums start from -0.0, the neutral element of float addition; the reference shows it for empty arrays.
    one("f64-array/sum", "The sum, a float.", (target) => float(floatArray(target).reduce((sum, x) => sum + x, -0)), [
      "(f64-array/sum (f64-array 1 2.5))",
      "3.5",
    ]),
    two("f64-array/dot", "The dot product of two arrays of one length.", (left, right) => {
      const [a, b] = [floatArray(left), floatArray(right)];
      if (a.length !== b.length) throw evalError(`f64-array/dot: length mismatch (${a.length} vs ${b.length})`);
      return float(a.reduce((sum, x, i) => sum + x * (b[i] as number), -0));
    }, ["(f64-array/dot (f64-array 1 2) (f64-array 3 4))", "11.0"]),
    ...common(integers),
    one("i64-array/sum", "The sum, wrapped to 64 bits.", (target) => {
      if (!(target instanceof I64Array)) throw wrongType("i64-array", target);
      return integer(BigInt.asIntN(64, target.numbers.reduce((sum, x) => sum + x, 0n)));
    }, ["(i64-array/sum (i64-array 1 2))", "3"]),
  ]);
