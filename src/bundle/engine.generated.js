/* @ts-self-types="./engine.generated.d.ts" */
// The engine in one file, so that a start loads one module and not all of them.
// Written by scripts/bundle.ts from src/engine/mod.ts: change the sources and run `deno task build`.
// src/engine/api.ts
var SemaError = class extends Error {
  /** Always `SemaError`. */
  name = "SemaError";
  /** The `:type` of the error, such as `type-error`. */
  type;
  /** What to do about it, where something helps. */
  hint;
  /** Active functions, innermost first. */
  trace;
  /** The value that was thrown, for a value thrown by the program. */
  value;
  /** Made by the runtime. */
  constructor(type, message, hint2, trace, value) {
    super(message);
    this.type = type;
    this.hint = hint2;
    this.trace = trace.map(({ name, file, line, column }) => ({
      name,
      file,
      line,
      column
    }));
    this.value = value;
    this.stack = `SemaError: ${message}`;
  }
};

// src/data/value.ts
var Flonum = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
var Rational = class {
  numerator;
  denominator;
  constructor(numerator, denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }
};
var Complex = class {
  re;
  im;
  constructor(re, im) {
    this.re = re;
    this.im = im;
  }
};
var Char = class {
  code;
  constructor(code) {
    this.code = code;
  }
};
var Sym = class {
  name;
  id;
  constructor(name, id) {
    this.name = name;
    this.id = id;
  }
};
var Keyword = class {
  name;
  id;
  constructor(name, id) {
    this.name = name;
    this.id = id;
  }
};
var Vector = class {
  /**
   * The elements; null until somebody asks for those of a vector that is kept as {@link floats}. No other class of
   * values has fields of these names: compiled code reads them to tell a vector.
   */
  boxed;
  /** The elements as doubles, if all are floats and it was worth it. */
  floats;
  constructor(items2, floats2 = null) {
    this.boxed = floats2 === null ? items2 : null;
    this.floats = floats2;
  }
  get length() {
    return (this.floats ?? this.boxed).length;
  }
  /** An element; undefined where there is none. */
  at(index) {
    if (this.boxed !== null) return this.boxed[index];
    const double3 = this.floats[index];
    return double3 === void 0 ? void 0 : float(double3);
  }
  /** The elements. */
  get items() {
    return this.boxed ??= Array.from(this.floats, float);
  }
};
var Bytevector = class {
  bytes;
  constructor(bytes2) {
    this.bytes = bytes2;
  }
};
var Procedure = class {
};
var Opaque = class {
  /** The text both printers write, except for a record: that one is printed with its parts. */
  printed() {
    return `<${this.typeName}>`;
  }
  /** The place among other kinds of value. */
  kind() {
    return "other";
  }
  /** Whether it is `equal?` to another object once their parts are. Identity has been tried before. */
  equals(_other) {
    return false;
  }
  /** The order among values of the same {@link kind}; where it is 0, that of the parts decides. */
  compareTo(_other) {
    return 0;
  }
  /** What `length` answers, or null where it is a type error. */
  size() {
    return null;
  }
  /** The values inside, which take part in equality and order, and which a record shows. */
  parts() {
    return [];
  }
};
function truthy(value) {
  return value !== null && value !== false;
}
function float(value) {
  return Number.isInteger(value) ? new Flonum(value) : value;
}
function integer(value) {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}

// src/data/symbol.ts
var WeakTable = class {
  #make;
  #entries = /* @__PURE__ */ new Map();
  #registry = new FinalizationRegistry((name) => {
    if (this.#entries.get(name)?.deref() === void 0) this.#entries.delete(name);
  });
  constructor(make3) {
    this.#make = make3;
  }
  get(name) {
    const known3 = this.#entries.get(name)?.deref();
    if (known3 !== void 0) return known3;
    const made = this.#make(name);
    this.#entries.set(name, new WeakRef(made));
    this.#registry.register(made, name);
    return made;
  }
};
var nextId = 1;
var symbols = new WeakTable((name) => new Sym(name, nextId++));
var keywords = new WeakTable((name) => new Keyword(name, nextId++));
function intern(name) {
  return symbols.get(name);
}
function keyword(name) {
  return keywords.get(name);
}

// src/data/floats.ts
var FEWEST = 4;
function isFloat(value) {
  return value instanceof Flonum || typeof value === "number" && !Number.isInteger(value);
}
function doubleOf(value) {
  return typeof value === "number" ? value : value.value;
}
function floatsOf(values) {
  if (values.length < FEWEST || !values.every(isFloat)) return null;
  const floats2 = new Float64Array(values.length);
  values.forEach((value, i) => floats2[i] = doubleOf(value));
  return floats2;
}
function valuesOf(floats2) {
  const values = [];
  for (const double3 of floats2) values.push(float(double3));
  return values;
}

// src/data/list.ts
var List = class {
  first;
  rest;
  length;
  jump;
  /** Use {@link cons}: the fields of the one empty list are tied here. */
  constructor(first3, rest2, length2, jump) {
    this.first = first3;
    this.rest = rest2 ?? this;
    this.length = length2;
    this.jump = jump ?? this;
  }
  *[Symbol.iterator]() {
    for (let cell2 = this; cell2.length > 0; cell2 = cell2.rest) yield cell2.first;
  }
};
var EMPTY = new List(null, null, 0, null);
function cons(first3, rest2) {
  const jump = rest2.jump;
  return new List(first3, rest2, rest2.length + 1, rest2.length - jump.length === jump.length - jump.jump.length ? jump.jump : rest2);
}
function tail(list3, count2) {
  const target2 = list3.length - count2;
  let cell2 = list3;
  while (cell2.length > target2) cell2 = cell2.jump.length >= target2 ? cell2.jump : cell2.rest;
  return cell2;
}
function nth(list3, index) {
  return tail(list3, index).first;
}
function listFrom(items2, start = 0, rest2 = EMPTY) {
  let result2 = rest2;
  for (let i = items2.length - 1; i >= start; i--) result2 = cons(items2[i], result2);
  return result2;
}
function toArray(list3) {
  const items2 = [];
  for (let cell2 = list3; cell2.length > 0; cell2 = cell2.rest) items2.push(cell2.first);
  return items2;
}

// src/data/trace.ts
var WINDOW = 32;
var LONGEST_PERIOD = 8;
var MOST_FRAMES = 1e3;
var OUTERMOST = 100;
var Trace = class _Trace {
  #frames = [];
  #fold = null;
  #sinceLook = 0;
  /** Frames beyond the most that are kept: their number, and the latest of them in a ring. */
  #beyond = 0;
  #latest = [];
  /** Whether there is none yet. */
  get isEmpty() {
    return this.#frames.length === 0;
  }
  /** The innermost frame. */
  get first() {
    return this.#frames[0];
  }
  /** Adds a frame outside of all others. */
  add(frame) {
    if (this.#fold !== null) {
      if (this.#repeats(this.#fold, frame)) {
        this.#fold.count++;
        return;
      }
      this.#unfold(this.#fold);
    }
    this.#keep(frame);
  }
  /** The same frames, to be added to without changing this one. */
  copy() {
    const copy2 = new _Trace();
    copy2.#frames.push(...this.#frames);
    copy2.#fold = this.#fold === null ? null : {
      ...this.#fold
    };
    copy2.#sinceLook = this.#sinceLook;
    copy2.#beyond = this.#beyond;
    copy2.#latest.push(...this.#latest);
    return copy2;
  }
  /** The lines to be shown; a remark stands for frames left out. */
  lines() {
    const lines3 = [
      ...this.#frames
    ];
    if (this.#fold !== null) {
      const { period, count: count2 } = this.#fold;
      lines3.push(...this.#told(period, Math.floor(count2 / period)));
      lines3.push(...this.#rest(this.#fold));
    }
    const kept = this.#latest.length;
    if (this.#beyond > kept) lines3.push(remark(`${this.#beyond - kept} more`, false));
    const oldest = this.#beyond % OUTERMOST;
    if (this.#beyond <= OUTERMOST) lines3.push(...this.#latest);
    else lines3.push(...this.#latest.slice(oldest), ...this.#latest.slice(0, oldest));
    return lines3;
  }
  #keep(frame) {
    if (this.#frames.length >= MOST_FRAMES) {
      this.#latest[this.#beyond++ % OUTERMOST] = frame;
      return;
    }
    this.#frames.push(frame);
    if (++this.#sinceLook < WINDOW) return;
    this.#sinceLook = 0;
    for (let period = 1; period <= LONGEST_PERIOD; period++) {
      if (this.#hasPeriod(period)) return this.#startFold(period);
    }
  }
  /** Whether each of the latest frames is the same as the one `period` before it. */
  #hasPeriod(period) {
    const frames = this.#frames;
    for (let i = frames.length - WINDOW + period; i < frames.length; i++) {
      if (!same(frames[i], frames[i - period])) return false;
    }
    return true;
  }
  #startFold(period) {
    const frames = this.#frames;
    let start = frames.length - WINDOW;
    while (start > 0 && same(frames[start - 1], frames[start - 1 + period])) start--;
    const count2 = frames.length - start - period;
    frames.length = start + period;
    this.#fold = {
      period,
      count: count2
    };
  }
  #repeats({ period, count: count2 }, frame) {
    return same(frame, this.#frames[this.#frames.length - period + count2 % period]);
  }
  /** The repetition is over: what is told of it becomes part of the frames. */
  #unfold(fold2) {
    const { period, count: count2 } = fold2;
    const rest2 = this.#rest(fold2);
    this.#frames.push(...this.#told(period, Math.floor(count2 / period)), ...rest2);
    this.#fold = null;
    this.#sinceLook = 0;
  }
  /** The frames of a last, incomplete round. */
  #rest({ period, count: count2 }) {
    const start = this.#frames.length - period;
    return this.#frames.slice(start, start + count2 % period);
  }
  #told(period, times) {
    if (times === 0) return [];
    const shown = this.#frames.slice(-period).filter((frame) => !frame.library).length;
    return [
      remark(`${times} more like ${shown <= 1 ? "this" : `these ${shown}`}`, shown === 0)
    ];
  }
};
function remark(text2, library) {
  return {
    name: `... ${text2}`,
    file: null,
    line: 0,
    column: 0,
    library,
    variables: []
  };
}
function same(a, b) {
  return a === b || a.name === b.name && a.line === b.line && a.column === b.column && a.file === b.file && a.library === b.library;
}

// src/data/condition.ts
var Condition = class {
  type;
  #message;
  hint;
  /** Further entries of the map that `catch` binds, by keyword name (`expected`, `got`, `function`, …). */
  extra;
  /** The thrown value, for `throw` of a plain value; for a re-raised error map, that map. `undefined` otherwise. */
  value;
  /** Innermost frame first; grows while the condition passes frames. */
  trace = new Trace();
  /** False for what the program may not catch: step and time limits, interrupts. */
  catchable;
  /** True when `value` is an error map raised again: `catch` receives exactly that map. */
  reraised;
  /** The condition that this one raises again in another task: `catch` receives the error map of that one. */
  original;
  constructor(type, message, options = {}) {
    this.type = type;
    this.#message = message;
    this.hint = options.hint ?? null;
    this.extra = options.extra ?? null;
    this.value = options.value;
    this.catchable = options.catchable ?? true;
    this.reraised = options.reraised ?? false;
    this.original = options.original ?? null;
  }
  /** What went wrong; worked out when somebody looks, if it was given as a function. */
  get message() {
    if (typeof this.#message !== "string") this.#message = this.#message();
    return this.#message;
  }
};
var origins = /* @__PURE__ */ new WeakMap();
function noteOrigin(map3, condition) {
  origins.set(map3, condition);
}
function originOf(map3) {
  return typeof map3 === "object" && map3 !== null ? origins.get(map3) ?? null : null;
}
function evalError(message, hint2) {
  return new Condition("eval", message, {
    hint: hint2
  });
}
function unboundError(name) {
  return new Condition("unbound", `Unbound variable: ${name}`, {
    extra: {
      name
    }
  });
}
function typeError(expected, got, options = {}) {
  return new Condition("type-error", `expected ${expected}, got ${got}${options.suffix ?? ""}`, {
    hint: options.hint,
    extra: {
      expected,
      got
    }
  });
}
function argumentError(name, argument, expected, got) {
  return new Condition("type-error", `${name} argument ${argument} expected ${expected}, got ${got}`, {
    extra: {
      expected,
      got,
      function: name,
      argument
    }
  });
}
function arityText(min, max, or = false) {
  if (max === min) {
    const words3 = min === 0 ? "no arguments" : min === 1 ? "1 argument" : `${min} arguments`;
    return {
      words: words3,
      brief: String(min)
    };
  }
  if (max === Infinity) return {
    words: `${min} or more arguments`,
    brief: `${min}+`
  };
  if (or) return {
    words: `${min} or ${max} arguments`,
    brief: `${min} or ${max}`
  };
  return {
    words: `${min} to ${max} arguments`,
    brief: `${min}-${max}`
  };
}
function arityError(name, arity, got) {
  return new Condition("arity", `${name} expects ${arity.words}, got ${got}`, {
    extra: {
      function: name,
      expected: arity.brief,
      got
    }
  });
}

// src/data/text_index.ts
var SHORT = 16;
var STEP = 16;
var SURROGATE = /[\uD800-\uDFFF]/;
var TextIndex = class {
  text;
  /** Whether units and characters are the same, because no character takes two units. */
  plain;
  #marks = null;
  #count = 0;
  constructor(text2) {
    this.text = text2;
    this.plain = !SURROGATE.test(text2);
  }
  /** The number of characters. */
  get count() {
    if (this.plain) return this.text.length;
    this.#marked();
    return this.#count;
  }
  /** The offset of a character by its index; as far past the end as the index is. */
  offset(index) {
    if (this.plain) return index;
    const marks = this.#marked();
    if (index >= this.#count) return this.text.length + index - this.#count;
    let offset = marks[Math.floor(index / STEP)];
    for (let rest2 = index % STEP; rest2 > 0; rest2--) offset += unitsAt(this.text, offset);
    return offset;
  }
  /** The index of the character at an offset; the count for the end. */
  index(offset) {
    if (this.plain) return offset;
    const marks = this.#marked();
    let low = 0;
    let high = marks.length - 1;
    while (low < high) {
      const middle = low + high + 1 >> 1;
      if (marks[middle] <= offset) low = middle;
      else high = middle - 1;
    }
    let index = low * STEP;
    for (let at = marks[low]; at < offset; index++) at += unitsAt(this.text, at);
    return index;
  }
  #marked() {
    if (this.#marks !== null) return this.#marks;
    const { text: text2 } = this;
    const marks = new Int32Array(Math.ceil(text2.length / STEP));
    let count2 = 0;
    for (let offset = 0; offset < text2.length; count2++) {
      if (count2 % STEP === 0) marks[count2 / STEP] = offset;
      offset += unitsAt(text2, offset);
    }
    this.#count = count2;
    return this.#marks = marks.slice(0, Math.ceil(count2 / STEP));
  }
};
function unitsAt(text2, offset) {
  const unit = text2.charCodeAt(offset);
  return unit < 55296 || unit > 56319 || (text2.codePointAt(offset) ?? 0) <= 65535 ? 1 : 2;
}
var REMEMBERED = 4;
var recent = [];
function indexed(text2) {
  const [last3] = recent;
  return last3 !== void 0 && last3.text === text2 ? last3 : remembered(text2);
}
function indexFor(text2, position) {
  if (text2.length <= SHORT) return null;
  const [last3] = recent;
  if (last3 !== void 0 && last3.text === text2) return last3;
  return position <= SHORT ? null : remembered(text2);
}
function remembered(text2) {
  const at = recent.findIndex((each) => each.text === text2);
  const found2 = at < 0 ? new TextIndex(text2) : recent[at];
  recent.splice(at < 0 ? REMEMBERED - 1 : at, 1);
  recent.unshift(found2);
  return found2;
}
function forgetTexts() {
  if (recent.length > 0) recent = [];
}

// src/data/text.ts
function scalarCount(text2) {
  if (text2.length > SHORT) return indexed(text2).count;
  let count2 = 0;
  for (let i = 0; i < text2.length; count2++) i += unitsAt(text2, i);
  return count2;
}
function scalarAt(text2, index) {
  const offset = unitOffset(text2, index);
  return offset < text2.length ? text2.codePointAt(offset) ?? -1 : -1;
}
function unitOffset(text2, index) {
  const known3 = indexFor(text2, index);
  if (known3 !== null) return known3.offset(index);
  let offset = 0;
  let i = 0;
  for (; i < index && offset < text2.length; i++) offset += unitsAt(text2, offset);
  return offset + index - i;
}
function scalarIndex(text2, offset) {
  const known3 = indexFor(text2, offset);
  if (known3 !== null) return known3.index(offset);
  let index = 0;
  for (let i = 0; i < offset; index++) i += unitsAt(text2, i);
  return index;
}
function compareText(a, b) {
  if (a === b) return 0;
  const shorter = a.length < b.length ? a.length : b.length;
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return ordinal(x) - ordinal(y);
  }
  return a.length - b.length;
}
function ordinal(unit) {
  return unit >= 55296 && unit <= 57343 ? unit + 65536 : unit;
}
function utf8Length(text2) {
  let bytes2 = 0;
  for (let i = 0; i < text2.length; i++) {
    const unit = text2.charCodeAt(i);
    bytes2 += unit < 128 ? 1 : unit < 2048 || unit >= 55296 && unit <= 57343 ? 2 : 3;
  }
  return bytes2;
}

// src/data/mutable.ts
var FEW = 16;
var MutableArray = class _MutableArray extends Opaque {
  typeName = "mutable-array";
  /** The elements, while they are not kept as {@link doubles}. Both are fields that no other class of values has. */
  slots;
  /** The elements as doubles, from when a float is put among floats on, until something else is. */
  doubles = null;
  /** From so many elements on it is tried to keep them so: looking at them all must not become a habit. */
  #tryAt = 0;
  constructor(items2) {
    super();
    this.slots = items2;
  }
  /** The elements as they are now, to be read at once. */
  get items() {
    return this.slots ?? valuesOf(this.doubles);
  }
  get length() {
    return (this.slots ?? this.doubles).length;
  }
  /** An element; undefined where there is none. */
  at(index) {
    if (this.slots !== null) return this.slots[index];
    const double3 = this.doubles[index];
    return double3 === void 0 ? void 0 : float(double3);
  }
  /** Overwrites an element that is there. */
  set(index, value) {
    if (this.doubles !== null && isFloat(value)) this.doubles[index] = doubleOf(value);
    else {
      this.#values()[index] = value;
      if (isFloat(value)) this.#keepDoubles();
    }
  }
  push(value) {
    const { doubles } = this;
    if (doubles !== null && doubles.length < FEW && isFloat(value)) {
      this.doubles = new Float64Array(doubles.length + 1);
      this.doubles.set(doubles);
      this.doubles[doubles.length] = doubleOf(value);
      return;
    }
    const values = this.#values();
    values.push(value);
    if (values.length < FEW && isFloat(value)) this.#keepDoubles();
  }
  #keepDoubles() {
    const { slots } = this;
    if (slots === null || slots.length < this.#tryAt) return;
    this.doubles = floatsOf(slots);
    if (this.doubles !== null) this.slots = null;
    else this.#tryAt = slots.length < FEW ? slots.length + 1 : 2 * slots.length;
  }
  /** The elements as Sema values from now on. */
  #values() {
    if (this.slots !== null) return this.slots;
    this.slots = valuesOf(this.doubles);
    this.doubles = null;
    this.#tryAt = 2 * this.slots.length;
    return this.slots;
  }
  printed() {
    return `<mutable-array ${this.length}>`;
  }
  kind() {
    return "mutable-array";
  }
  equals(other) {
    return other instanceof _MutableArray;
  }
  parts() {
    return this.items;
  }
  size() {
    return this.length;
  }
};
var MutableCell = class _MutableCell extends Opaque {
  typeName = "mutable-cell";
  value;
  constructor(value) {
    super();
    this.value = value;
  }
  printed() {
    return "<mutable-cell>";
  }
  kind() {
    return "mutable-cell";
  }
  equals(other) {
    return other instanceof _MutableCell;
  }
  parts() {
    return [
      this.value
    ];
  }
};

// src/data/tree.ts
var TreeNode = class {
  key;
  value;
  left;
  right;
  size;
  constructor(key, value, left, right2) {
    this.key = key;
    this.value = value;
    this.left = left;
    this.right = right2;
    this.size = 1 + (left === null ? 0 : left.size) + (right2 === null ? 0 : right2.size);
  }
};
var DELTA = 3;
var GAMMA = 2;
function weight(node) {
  return node === null ? 1 : node.size + 1;
}
function balanced(key, value, left, right2) {
  const leftWeight = weight(left);
  const rightWeight = weight(right2);
  if (right2 !== null && rightWeight > DELTA * leftWeight) return rotatedLeft(key, value, left, right2);
  if (left !== null && leftWeight > DELTA * rightWeight) return rotatedRight(key, value, left, right2);
  return new TreeNode(key, value, left, right2);
}
function rotatedLeft(key, value, left, right2) {
  const middle = right2.left;
  if (middle === null || weight(middle) < GAMMA * weight(right2.right)) {
    return new TreeNode(right2.key, right2.value, new TreeNode(key, value, left, middle), right2.right);
  }
  return new TreeNode(middle.key, middle.value, new TreeNode(key, value, left, middle.left), new TreeNode(right2.key, right2.value, middle.right, right2.right));
}
function rotatedRight(key, value, left, right2) {
  const middle = left.right;
  if (middle === null || weight(middle) < GAMMA * weight(left.left)) {
    return new TreeNode(left.key, left.value, left.left, new TreeNode(key, value, middle, right2));
  }
  return new TreeNode(middle.key, middle.value, new TreeNode(left.key, left.value, left.left, middle.left), new TreeNode(key, value, middle.right, right2));
}
function glued(left, right2) {
  if (left === null) return right2;
  if (right2 === null) return left;
  if (left.size > right2.size) {
    const last3 = rightmost(left);
    return balanced(last3.key, last3.value, withoutLast(left), right2);
  }
  const first3 = leftmost(right2);
  return balanced(first3.key, first3.value, left, withoutFirst(right2));
}
function leftmost(node) {
  let result2 = node;
  while (result2.left !== null) result2 = result2.left;
  return result2;
}
function rightmost(node) {
  let result2 = node;
  while (result2.right !== null) result2 = result2.right;
  return result2;
}
function withoutFirst(node) {
  return node.left === null ? node.right : balanced(node.key, node.value, withoutFirst(node.left), node.right);
}
function withoutLast(node) {
  return node.right === null ? node.left : balanced(node.key, node.value, node.left, withoutLast(node.right));
}
function treeOf(entries, start = 0, end = entries.length) {
  const middle = start + end >> 1;
  const entry = start < end ? entries[middle] : void 0;
  if (entry === void 0) return null;
  return new TreeNode(entry[0], entry[1], treeOf(entries, start, middle), treeOf(entries, middle + 1, end));
}
function mapped(node, change2) {
  if (node === null) return null;
  const left = mapped(node.left, change2);
  const value = change2(node.value, node.key);
  return new TreeNode(node.key, value, left, mapped(node.right, change2));
}
function visitEntries(node, visit) {
  for (let next = node; next !== null; next = next.right) {
    visitEntries(next.left, visit);
    visit(next.key, next.value);
  }
}
var MapBase = class {
  root;
  constructor(root) {
    this.root = root;
  }
  /** The number of entries. */
  get size() {
    return this.root === null ? 0 : this.root.size;
  }
  /** The keys, in key order. */
  keys() {
    const keys = [];
    visitEntries(this.root, (key) => keys.push(key));
    return keys;
  }
  /** The values, in key order. */
  values() {
    const values = [];
    visitEntries(this.root, (_key, value) => values.push(value));
    return values;
  }
  /** The entries, in key order. */
  entries() {
    const entries = [];
    visitEntries(this.root, (key, value) => entries.push([
      key,
      value
    ]));
    return entries;
  }
  /** Entries in key order. */
  [Symbol.iterator]() {
    return this.entries()[Symbol.iterator]();
  }
};

// src/data/names.ts
function typeOf(value) {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? "int" : "float";
    case "bigint":
      return "int";
    case "string":
      return "string";
    case "boolean":
      return "bool";
    case "object":
      return value === null ? "nil" : objectType(value);
  }
}
function objectType(value) {
  if (value instanceof List) return "list";
  if (value instanceof Vector) return "vector";
  if (value instanceof Keyword) return "keyword";
  if (value instanceof Sym) return "symbol";
  if (value instanceof Procedure || value instanceof MapBase || value instanceof Opaque) return value.typeName;
  if (value instanceof Flonum) return "float";
  if (value instanceof Char) return "char";
  if (value instanceof Rational) return "rational";
  if (value instanceof Complex) return "complex";
  if (value instanceof Bytevector) return "bytevector";
  return value;
}
function typeName(value) {
  if (value instanceof Procedure) return value.typeName === "lambda" ? "native-fn" : value.typeName;
  if (value instanceof Opaque && value.kind() === "record") return "record";
  return typeOf(value);
}

// src/data/number/double.ts
var bits = new DataView(new ArrayBuffer(8));
function bitLength(value) {
  const hex2 = value.toString(16);
  return (hex2.length - 1) * 4 + (32 - Math.clz32(Number.parseInt(hex2.charAt(0), 16)));
}
function doubleToRatio(value) {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  const biased = high >>> 20 & 2047;
  const fraction2 = BigInt(high & 1048575) << 32n | BigInt(bits.getUint32(4));
  const magnitude = biased === 0 ? fraction2 : fraction2 | 1n << 52n;
  const mantissa = value < 0 ? -magnitude : magnitude;
  const exponent = (biased === 0 ? 1 : biased) - 1075;
  return exponent >= 0 ? [
    mantissa << BigInt(exponent),
    1n
  ] : [
    mantissa,
    1n << BigInt(-exponent)
  ];
}
function ratioToDouble(numerator, denominator) {
  if (numerator < 0n) return -ratioToDouble(-numerator, denominator);
  if (numerator === 0n) return 0;
  if (numerator <= 0x1fffffffffffffn && denominator <= 0x1fffffffffffffn) {
    return Number(numerator) / Number(denominator);
  }
  const exponent = bitLength(numerator) - bitLength(denominator);
  if (exponent > 1025) return Infinity;
  if (exponent < -1076) return 0;
  if (exponent <= -1021) return Number(quotientHalfEven(numerator << 1074n, denominator)) * Number.MIN_VALUE;
  const shift = 66 - exponent;
  const scaled = shift >= 0 ? numerator << BigInt(shift) : numerator;
  const divisor2 = shift >= 0 ? denominator : denominator << BigInt(-shift);
  const quotient2 = scaled / divisor2;
  const sticky = quotient2 * divisor2 === scaled ? quotient2 : quotient2 | 1n;
  const half = Math.trunc(-shift / 2);
  return Number(sticky) * 2 ** half * 2 ** (-shift - half);
}
function quotientHalfEven(numerator, denominator) {
  const quotient2 = numerator / denominator;
  const twice = (numerator - quotient2 * denominator) * 2n;
  const up = twice > denominator || twice === denominator && (quotient2 & 1n) === 1n;
  return up ? quotient2 + 1n : quotient2;
}

// src/data/number/kind.ts
var INTEGER = 0;
var RATIONAL = 1;
var FLOAT = 2;
var COMPLEX = 3;
function level(value) {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? INTEGER : FLOAT;
    case "bigint":
      return INTEGER;
    case "object":
      if (value instanceof Flonum) return FLOAT;
      if (value instanceof Rational) return RATIONAL;
      return value instanceof Complex ? COMPLEX : -1;
    default:
      return -1;
  }
}
function isNumber(value) {
  return typeof value === "number" || level(value) >= 0;
}
function isExactInteger(value) {
  return typeof value === "bigint" || Number.isInteger(value);
}
function isFloat2(value) {
  return value instanceof Flonum || typeof value === "number" && !Number.isInteger(value);
}
function isReal(value) {
  const rank2 = level(value);
  return rank2 >= 0 && rank2 < COMPLEX;
}
function isInt64(value) {
  return typeof value === "bigint" ? value >= -9223372036854775808n && value <= 9223372036854775807n : Number.isInteger(value);
}
function numberLevel(value) {
  const rank2 = level(value);
  if (rank2 < 0) throw typeError("number", typeName(value));
  return rank2;
}
function toBigInt(value) {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isInteger(value)) return BigInt(value);
  throw typeError("integer", typeName(value));
}
function numeratorOf(value) {
  return value instanceof Rational ? value.numerator : toBigInt(value);
}
function denominatorOf(value) {
  return value instanceof Rational ? value.denominator : 1n;
}
function toDouble(value) {
  if (typeof value === "number") return value;
  if (value instanceof Flonum) return value.value;
  if (typeof value === "bigint") return Number(value);
  if (value instanceof Rational) return ratioToDouble(value.numerator, value.denominator);
  throw typeError(value instanceof Complex ? "real number" : "number", typeName(value));
}
function realPart(value) {
  return value instanceof Complex ? value.re : value;
}
function imaginaryPart(value) {
  return value instanceof Complex ? value.im : 0;
}

// src/data/number/compare.ts
function compareNumbers(a, b) {
  if (typeof a === "number" && typeof b === "number") return sign(a, b);
  requireReal(a);
  requireReal(b);
  const left = unboxed(a);
  const right2 = unboxed(b);
  if (left instanceof Rational || right2 instanceof Rational) return compareFractions(left, right2);
  return sign(left, right2);
}
function requireReal(value) {
  numberLevel(value);
  if (value instanceof Complex) {
    throw evalError("cannot order complex numbers", "complex numbers have no ordering; use = or zero? instead");
  }
}
function sign(a, b) {
  return a < b ? -1 : a > b ? 1 : a == b ? 0 : NaN;
}
function unboxed(value) {
  if (value instanceof Flonum) return value.value;
  if (typeof value === "number" || typeof value === "bigint" || value instanceof Rational) return value;
  throw typeError("number", typeName(value));
}
function compareFractions(a, b) {
  if (typeof a === "number" && !Number.isFinite(a)) return sign(a, 0);
  if (typeof b === "number" && !Number.isFinite(b)) return sign(0, b);
  const [an, ad] = typeof a === "number" ? doubleToRatio(a) : [
    numeratorOf(a),
    denominatorOf(a)
  ];
  const [bn, bd] = typeof b === "number" ? doubleToRatio(b) : [
    numeratorOf(b),
    denominatorOf(b)
  ];
  return sign(an * bd, bn * ad);
}
function numericEqual(a, b) {
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (a instanceof Complex && b instanceof Complex) return numericEqual(a.re, b.re) && numericEqual(a.im, b.im);
  if (a instanceof Complex || b instanceof Complex) {
    numberLevel(a);
    numberLevel(b);
    return false;
  }
  return compareNumbers(a, b) === 0;
}
function less(a, b) {
  return compareNumbers(a, b) < 0;
}
function greater(a, b) {
  return compareNumbers(a, b) > 0;
}
function lessOrEqual(a, b) {
  return compareNumbers(a, b) <= 0;
}
function greaterOrEqual(a, b) {
  return compareNumbers(a, b) >= 0;
}

// src/data/pairs.ts
var Pairs = class {
  #seconds = /* @__PURE__ */ new Map();
  /** Adds a pair. False: it was there. */
  add(first3, second) {
    const seconds = this.#seconds.get(first3);
    if (seconds === void 0) this.#seconds.set(first3, /* @__PURE__ */ new Set([
      second
    ]));
    else if (seconds.has(second)) return false;
    else seconds.add(second);
    return true;
  }
};

// src/data/order.ts
var Rank = {
  nil: 0,
  boolean: 1,
  integer: 2,
  float: 3,
  char: 4,
  string: 5,
  symbol: 6,
  keyword: 7,
  list: 8,
  vector: 9,
  map: 10,
  hashmap: 11,
  record: 12,
  bytevector: 13,
  "f64-array": 14,
  "i64-array": 15,
  stream: 16,
  other: 17,
  rational: 18,
  complex: 19,
  "mutable-array": 20,
  "mutable-cell": 21
};
var opaqueRanks = Rank;
function rank(value) {
  switch (typeof value) {
    case "number":
      return Number.isInteger(value) ? Rank.integer : Rank.float;
    case "bigint":
      return Rank.integer;
    case "string":
      return Rank.string;
    case "boolean":
      return Rank.boolean;
    case "object":
      return value === null ? Rank.nil : objectRank(value);
  }
}
function objectRank(value) {
  if (value instanceof Keyword) return Rank.keyword;
  if (value instanceof Sym) return Rank.symbol;
  if (value instanceof Flonum) return Rank.float;
  if (value instanceof List) return Rank.list;
  if (value instanceof Vector) return Rank.vector;
  if (value instanceof Char) return Rank.char;
  if (value instanceof MapBase) return Rank[value.typeName];
  if (value instanceof Procedure) return Rank.other;
  if (value instanceof Opaque) return opaqueRanks[value.kind()];
  if (value instanceof Rational) return Rank.rational;
  if (value instanceof Complex) return Rank.complex;
  if (value instanceof Bytevector) return Rank.bytevector;
  return value;
}
function compare(a, b) {
  return compareCommon(a, b) ?? new Ordering(false).order(a, b);
}
function compareKeys(a, b) {
  return compareCommon(a, b) ?? new Ordering(true).order(a, b);
}
function compareCommon(a, b) {
  if (a === b) return 0;
  if (typeof a === "number") {
    if (typeof b === "number" && Number.isInteger(a) && Number.isInteger(b)) return a - b;
  } else if (typeof a === "string") {
    if (typeof b === "string") return compareText(a, b);
  } else if (a instanceof Keyword && b instanceof Keyword) return compareText(a.name, b.name);
  return void 0;
}
function same2() {
  return 0;
}
var ListWalk = class {
  x = null;
  y = null;
  #left;
  #right;
  constructor(left, right2) {
    this.#left = left;
    this.#right = right2;
  }
  next() {
    const left = this.#left;
    const right2 = this.#right;
    if (left === right2 || left.length === 0 || right2.length === 0) return false;
    this.x = left.first;
    this.y = right2.first;
    this.#left = left.rest;
    this.#right = right2.rest;
    return true;
  }
  rest() {
    return this.#left.length - this.#right.length;
  }
};
var ItemsWalk = class {
  x = null;
  y = null;
  #left;
  #right;
  #last;
  #index = 0;
  /** `last`: the order where both have the same parts. */
  constructor(left, right2, last3 = same2) {
    this.#left = left;
    this.#right = right2;
    this.#last = last3;
  }
  next() {
    const index = this.#index++;
    if (index >= this.#left.length || index >= this.#right.length) return false;
    this.x = this.#left[index] ?? null;
    this.y = this.#right[index] ?? null;
    return true;
  }
  rest() {
    return this.#left.length - this.#right.length || this.#last();
  }
};
var Ordering = class {
  /** Whether what is merely in the same place is told apart. */
  #refined;
  /** Pairs of mutable containers that were met; met again they count as the same. */
  #met = null;
  constructor(refined) {
    this.#refined = refined;
  }
  /** The order of two different values. */
  order(a, b) {
    const first3 = this.#begin(a, b);
    if (typeof first3 === "number") return first3;
    const stack = [];
    for (let walk = first3; walk !== void 0; ) {
      if (!walk.next()) {
        const rest2 = walk.rest();
        if (rest2 !== 0) return rest2;
        walk = stack.pop();
        continue;
      }
      const { x, y } = walk;
      const inner = compareCommon(x, y) ?? this.#begin(x, y);
      if (typeof inner !== "number") {
        stack.push(walk);
        walk = inner;
      } else if (inner !== 0) return inner;
    }
    return 0;
  }
  /** The order of two different values, or the way to find it from their parts. */
  #begin(a, b) {
    const left = rank(a);
    const right2 = rank(b);
    if (left !== right2) return left - right2;
    if (typeof a === "string" && typeof b === "string") return compareText(a, b);
    if (a instanceof Keyword && b instanceof Keyword) return compareText(a.name, b.name);
    if (a instanceof Sym && b instanceof Sym) return compareText(a.name, b.name);
    if (a instanceof Char && b instanceof Char) return a.code - b.code;
    if (typeof a === "boolean" || typeof b === "boolean") return Number(a) - Number(b);
    if (a instanceof List && b instanceof List) return new ListWalk(a, b);
    if (a instanceof Vector && b instanceof Vector) return new ItemsWalk(a.items, b.items);
    if (a instanceof Bytevector && b instanceof Bytevector) return compareBytes(a.bytes, b.bytes);
    if (a instanceof MapBase && b instanceof MapBase) return this.#refined ? mapsWalk(a, b) : 0;
    if (a instanceof Opaque && b instanceof Opaque) return this.#opaques(a, b);
    if (a instanceof Complex && b instanceof Complex) return this.#complexes(a, b);
    if (a instanceof Procedure || b instanceof Procedure) return this.#refined ? compareAges(a, b) : 0;
    return left === Rank.integer || left === Rank.float || left === Rank.rational ? compareReals(a, b) : 0;
  }
  #opaques(a, b) {
    const order = a.compareTo(b);
    if (order !== 0) return order;
    if (a instanceof MutableArray || a instanceof MutableCell) {
      this.#met ??= new Pairs();
      if (!this.#met.add(a, b)) return 0;
    }
    return new ItemsWalk(a.parts(), b.parts(), () => this.#refined && !a.equals(b) ? compareAges(a, b) : 0);
  }
  #complexes(a, b) {
    const order = compareReals(a.re, b.re) || compareReals(a.im, b.im);
    return order !== 0 || !this.#refined ? order : new ItemsWalk([
      a.re,
      a.im
    ], [
      b.re,
      b.im
    ]);
  }
};
function mapsWalk(a, b) {
  return a.size !== b.size ? a.size - b.size : new ItemsWalk(a.entries().flat(), b.entries().flat());
}
function compareReals(a, b) {
  const result2 = compareNumbers(a, b);
  if (!Number.isNaN(result2)) return result2;
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}
function compareBytes(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const result2 = (a[i] ?? 0) - (b[i] ?? 0);
    if (result2 !== 0) return result2;
  }
  return a.length - b.length;
}
var identities = /* @__PURE__ */ new WeakMap();
var nextIdentity = 1;
function compareAges(a, b) {
  const held = identity(b);
  return identity(a) - held;
}
function identity(value) {
  if (typeof value !== "object" || value === null) return 0;
  let known3 = identities.get(value);
  if (known3 === void 0) identities.set(value, known3 = nextIdentity++);
  return known3;
}

// src/data/map.ts
var SCAN_LIMIT = 16;
function find(root, key) {
  if (root === null) return null;
  if (key instanceof Keyword && root.size <= SCAN_LIMIT) return findIdentical(root, key);
  let node = root;
  while (node !== null) {
    const other = node.key;
    if (other === key) return node;
    const order = compareKeys(key, other);
    if (order === 0) return node;
    node = order < 0 ? node.left : node.right;
  }
  return null;
}
function findIdentical(root, key) {
  let node = root;
  do {
    if (node.key === key) return node;
    const found2 = node.left === null ? null : findIdentical(node.left, key);
    if (found2 !== null) return found2;
    node = node.right;
  } while (node !== null);
  return null;
}
function inserted(node, key, value) {
  if (node === null) return new TreeNode(key, value, null, null);
  const order = compareKeys(key, node.key);
  if (order === 0) return new TreeNode(node.key, value, node.left, node.right);
  if (order < 0) {
    const left = inserted(node.left, key, value);
    return left.size === node.left?.size ? new TreeNode(node.key, node.value, left, node.right) : balanced(node.key, node.value, left, node.right);
  }
  const right2 = inserted(node.right, key, value);
  return right2.size === node.right?.size ? new TreeNode(node.key, node.value, node.left, right2) : balanced(node.key, node.value, node.left, right2);
}
function appended(node, key, value) {
  if (node === null) return new TreeNode(key, value, null, null);
  if (compareKeys(key, node.key) < 0) {
    return balanced(node.key, node.value, appended(node.left, key, value), node.right);
  }
  return balanced(node.key, node.value, node.left, appended(node.right, key, value));
}
function removed(node, key) {
  if (node === null) return null;
  const order = compareKeys(key, node.key);
  if (order === 0) return glued(node.left, node.right);
  if (order < 0) {
    const left = removed(node.left, key);
    return left === node.left ? node : balanced(node.key, node.value, left, node.right);
  }
  const right2 = removed(node.right, key);
  return right2 === node.right ? node : balanced(node.key, node.value, node.left, right2);
}
var FEW2 = 8;
function built(given2, insert, repeats) {
  const entries = [
    ...given2
  ];
  if (entries.length >= FEW2) {
    if (entries.every(([key], i) => i === 0 || compareKeys(key, entries[i - 1][0]) > 0)) {
      return treeOf(entries);
    }
    if (entries.every(([key]) => hasOrder(key))) {
      return treeOf(merged(entries.sort((a, b) => compareKeys(a[0], b[0])), repeats));
    }
  }
  let root = null;
  for (const [key, value] of entries) root = insert(root, key, value);
  return root;
}
function hasOrder(key) {
  return typeof key !== "object" || key instanceof Keyword || key instanceof Sym;
}
function merged(entries, repeats) {
  const result2 = [];
  for (const entry of entries) {
    const last3 = result2.at(-1);
    if (last3 === void 0 || repeats(entry[0]) || compareKeys(last3[0], entry[0]) !== 0) result2.push(entry);
    else result2[result2.length - 1] = [
      last3[0],
      entry[1]
    ];
  }
  return result2;
}
var SortedMap = class _SortedMap extends MapBase {
  static EMPTY = new _SortedMap(null);
  typeName = "map";
  /** The entries as a map; of equal keys the first object and the last value stay. */
  static from(entries) {
    const root = built(entries, inserted, () => false);
    return root === null ? _SortedMap.EMPTY : new _SortedMap(root);
  }
  /** The value of `key`, or undefined. */
  get(key) {
    return find(this.root, key)?.value;
  }
  /** Whether `key` is bound. */
  has(key) {
    return find(this.root, key) !== null;
  }
  /** A map with `key` bound to `value`. */
  with(key, value) {
    return new _SortedMap(inserted(this.root, key, value));
  }
  /** A map without `key`. */
  without(key) {
    const root = removed(this.root, key);
    return root === this.root ? this : new _SortedMap(root);
  }
  /** A map with the same keys and changed values. */
  mapValues(change2) {
    return new _SortedMap(mapped(this.root, change2));
  }
};
var HashMap = class _HashMap extends MapBase {
  static EMPTY = new _HashMap(null);
  typeName = "hashmap";
  /** The entries as a map; of equal keys the first object and the last value stay. */
  static from(entries) {
    const insert = (node, key, value) => Number.isNaN(key) ? appended(node, key, value) : inserted(node, key, value);
    const root = built(entries, insert, Number.isNaN);
    return root === null ? _HashMap.EMPTY : new _HashMap(root);
  }
  /** The value of `key`, or undefined. */
  get(key) {
    return Number.isNaN(key) ? void 0 : find(this.root, key)?.value;
  }
  /** Whether `key` is bound. */
  has(key) {
    return !Number.isNaN(key) && find(this.root, key) !== null;
  }
  /** A map with `key` bound to `value`. */
  with(key, value) {
    return new _HashMap(Number.isNaN(key) ? appended(this.root, key, value) : inserted(this.root, key, value));
  }
  /** A map without `key`. */
  without(key) {
    const root = Number.isNaN(key) ? this.root : removed(this.root, key);
    return root === this.root ? this : new _HashMap(root);
  }
  /** A map with the same keys and changed values. */
  mapValues(change2) {
    return new _HashMap(mapped(this.root, change2));
  }
};

// src/data/equal.ts
function equal(a, b) {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a instanceof Sym || a instanceof Keyword) return false;
  const comparison3 = new Comparison();
  return comparison3.same(a, b) && comparison3.finished();
}
var Comparison = class {
  /** Two elements for each pair; none of them is the same object twice. */
  #waiting = [];
  /** Pairs of mutable containers that were met: one met again, inside itself or not, counts as equal. */
  #met = null;
  /** Compares what is waiting. */
  finished() {
    const waiting2 = this.#waiting;
    while (waiting2.length > 0) {
      const b = waiting2.pop();
      const a = waiting2.pop();
      if (!this.same(a, b)) return false;
    }
    return true;
  }
  /** Whether two different values are equal as far as is known now. */
  same(a, b) {
    if (a instanceof Sym || a instanceof Keyword) return false;
    if (a instanceof List) return b instanceof List && this.#lists(a, b);
    if (a instanceof Vector) return b instanceof Vector && this.#items(a.items, b.items);
    if (a instanceof Flonum) return b instanceof Flonum && a.value === b.value;
    if (a instanceof Char) return b instanceof Char && a.code === b.code;
    if (a instanceof SortedMap) return b instanceof SortedMap && this.#maps(a, b);
    if (a instanceof HashMap) return b instanceof HashMap && this.#maps(a, b);
    if (a instanceof Rational) {
      return b instanceof Rational && a.numerator === b.numerator && a.denominator === b.denominator;
    }
    if (a instanceof Complex) return b instanceof Complex && this.#part(a.re, b.re) && this.#part(a.im, b.im);
    if (a instanceof Bytevector) return b instanceof Bytevector && equalBytes(a.bytes, b.bytes);
    if (a instanceof Opaque) return b instanceof Opaque && this.#opaques(a, b);
    return false;
  }
  /** Two parts: equal as far as is known when their comparison is put off. */
  #part(a, b) {
    if (a === b) return true;
    if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
    this.#waiting.push(a, b);
    return true;
  }
  #lists(a, b) {
    if (a.length !== b.length) return false;
    let left = a;
    let right2 = b;
    while (left !== right2) {
      if (!this.#part(left.first, right2.first)) return false;
      left = left.rest;
      right2 = right2.rest;
    }
    return true;
  }
  #items(a, b) {
    return a.length === b.length && a.every((item, i) => this.#part(item, b[i] ?? null));
  }
  /** Same keys, equal values. Both iterate in one order, in which equal keys meet. */
  #maps(a, b) {
    if (a.size !== b.size) return false;
    const right2 = b.entries();
    return a.entries().every(([key, value], i) => {
      const other = right2[i];
      return other !== void 0 && this.#part(key, other[0]) && this.#part(value, other[1]);
    });
  }
  #opaques(a, b) {
    if (!a.equals(b)) return false;
    if (a instanceof MutableArray || a instanceof MutableCell) {
      this.#met ??= new Pairs();
      if (!this.#met.add(a, b)) return true;
    }
    return this.#items(a.parts(), b.parts());
  }
};
function equalBytes(a, b) {
  return a.length === b.length && a.every((byte2, i) => byte2 === b[i]);
}

// src/data/number/format.ts
function formatNumber(value) {
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : formatDouble(value);
  if (typeof value === "bigint") return String(value);
  if (value instanceof Flonum) return formatDouble(value.value);
  if (value instanceof Rational) return `${value.numerator}/${value.denominator}`;
  if (value instanceof Complex) {
    const im = formatNumber(value.im);
    return `${formatNumber(value.re)}${im.startsWith("-") ? "" : "+"}${im}i`;
  }
  throw typeError("number", typeName(value));
}
function formatDouble(value) {
  if (Number.isInteger(value)) return Object.is(value, -0) ? "-0.0" : `${BigInt(value)}.0`;
  if (Number.isNaN(value)) return "NaN";
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : positional(value);
}
var TIES_FROM = 2 ** 44;
function positional(value) {
  const text2 = String(value);
  const exponentAt = text2.indexOf("e");
  if (exponentAt < 0) return Math.abs(value) < TIES_FROM ? text2 : withTieAwayFromZero(value, text2);
  const sign2 = value < 0 ? "-" : "";
  const digits = text2.slice(sign2.length, exponentAt).replace(".", "");
  return `${sign2}0.${"0".repeat(-Number(text2.slice(exponentAt + 1)) - 1)}${digits}`;
}
function withTieAwayFromZero(value, text2) {
  const candidate = value.toFixed(text2.length - text2.indexOf(".") - 1);
  return Number(candidate) === value ? candidate : text2;
}
function formatFixed(value, places2) {
  if (!Number.isFinite(value)) return formatDouble(value);
  const count2 = Math.max(places2, 0);
  const [numerator, denominator] = doubleToRatio(Math.abs(value));
  const digits = String(quotientHalfEven(numerator * 10n ** BigInt(count2), denominator)).padStart(count2 + 1, "0");
  const sign2 = value < 0 || Object.is(value, -0) ? "-" : "";
  const whole = digits.slice(0, digits.length - count2);
  return count2 === 0 ? sign2 + whole : `${sign2}${whole}.${digits.slice(digits.length - count2)}`;
}

// src/data/print.ts
function repr(value) {
  return typeof value === "object" ? lineWithin(value, Infinity) : leaf(value);
}
function display(value) {
  return typeof value === "string" ? value : repr(value);
}
function leaf(value) {
  switch (typeof value) {
    case "number":
    case "bigint":
      return formatNumber(value);
    case "string":
      return quoted(value);
    case "boolean":
      return value ? "#t" : "#f";
    case "object":
      return value === null ? "nil" : leafObject(value);
  }
}
function leafObject(value) {
  if (value instanceof Keyword) return `:${value.name}`;
  if (value instanceof Sym) return value.name;
  if (value instanceof Flonum || value instanceof Rational || value instanceof Complex) return formatNumber(value);
  if (value instanceof Char) return reprChar(value.code);
  if (value instanceof Procedure || value instanceof Opaque) return value.printed();
  if (value instanceof Bytevector) return `#u8(${value.bytes.join(" ")})`;
  const container = value;
  throw new TypeError(`printed part by part: ${container.constructor.name}`);
}
var NO_ITEMS = [];
function opened(value) {
  if (typeof value !== "object" || value === null) return null;
  if (value instanceof List) return {
    open: "(",
    close: ")",
    separator: "",
    cell: value,
    items: NO_ITEMS,
    index: 0
  };
  if (value instanceof Vector) return of("[", value.items, "]");
  if (value instanceof MapBase) return of("{", value.entries().flat(), "}");
  if (!(value instanceof Opaque) || value.kind() !== "record") return null;
  const parts4 = value.parts();
  return of(`#<record ${value.typeName}${parts4.length > 0 ? " " : ""}`, parts4, ">");
}
function of(open2, items2, close) {
  return {
    open: open2,
    close,
    separator: "",
    cell: EMPTY,
    items: items2,
    index: 0
  };
}
function lineWithin(value, limit2) {
  const bounded = limit2 !== Infinity;
  const stack = [];
  let text2 = "";
  let next = value;
  for (; ; ) {
    const container = opened(next);
    if (container === null) text2 += leaf(next);
    else {
      stack.push(container);
      text2 += container.open;
    }
    let top = stack.at(-1);
    while (top !== void 0 && top.cell.length === 0 && top.index >= top.items.length) {
      text2 += top.close;
      stack.pop();
      top = stack.at(-1);
    }
    if (bounded && (text2.length > limit2 || top === void 0 && utf8Length(text2) > limit2)) return null;
    if (top === void 0) return text2;
    text2 += top.separator;
    top.separator = " ";
    if (top.cell.length > 0) {
      next = top.cell.first;
      top.cell = top.cell.rest;
    } else next = top.items[top.index++] ?? null;
  }
}
var escapes = {
  '"': '\\"',
  "\\": "\\\\",
  "\n": "\\n",
  "	": "\\t",
  "\r": "\\r"
};
function quoted(text2) {
  return `"${text2.replace(/["\\\n\t\r]/g, (character2) => escapes[character2] ?? character2)}"`;
}
var charNames = /* @__PURE__ */ new Map([
  [
    0,
    "nul"
  ],
  [
    9,
    "tab"
  ],
  [
    10,
    "newline"
  ],
  [
    13,
    "return"
  ],
  [
    32,
    "space"
  ]
]);
function reprChar(code) {
  return `#\\${charNames.get(code) ?? String.fromCodePoint(code)}`;
}
var WIDTH = 80;
var LAST_COLUMN = 1024;
function layout(value) {
  const pieces = [];
  layoutAt(value, 0, pieces);
  return pieces.join("");
}
function layoutAt(value, indent2, pieces) {
  const short = fitting(value, indent2);
  if (short !== null) pieces.push(short);
  else if (value instanceof MapBase) layoutMap(value, indent2, pieces);
  else if (value instanceof List) layoutItems("(", toArray(value), ")", indent2, pieces);
  else if (value instanceof Vector) layoutItems("[", value.items, "]", indent2, pieces);
}
function layoutItems(open2, items2, close, indent2, pieces) {
  pieces.push(open2);
  items2.forEach((item, index) => {
    if (index > 0) pieces.push(margin(indent2 + 1));
    layoutAt(item, indent2 + 1, pieces);
  });
  pieces.push(close);
}
function layoutMap(map3, indent2, pieces) {
  const column = indent2 + 1;
  pieces.push("{");
  map3.entries().forEach(([key, value], index) => {
    const keyText = repr(key);
    if (index > 0) pieces.push(margin(column));
    pieces.push(keyText);
    const short = fitting(value, column + utf8Length(keyText) + 1);
    if (short !== null) {
      pieces.push(" ", short);
      return;
    }
    pieces.push(margin(column + 2));
    layoutAt(value, column + 2, pieces);
  });
  pieces.push("}");
}
function margin(indent2) {
  return `
${" ".repeat(indent2)}`;
}
function fitting(value, indent2) {
  if (!isContainer(value) || indent2 >= LAST_COLUMN) return repr(value);
  return lineWithin(value, WIDTH - indent2);
}
function isContainer(value) {
  return value instanceof List || value instanceof Vector || value instanceof MapBase;
}

// src/data/number/construct.ts
function gcdOf(a, b) {
  let x = a < 0n ? -a : a;
  let y = b < 0n ? -b : b;
  while (y !== 0n) {
    if (x <= 0x1fffffffffffffn && y <= 0x1fffffffffffffn) return BigInt(smallGcd(Number(x), Number(y)));
    [x, y] = [
      y,
      x % y
    ];
  }
  return x;
}
function smallGcd(a, b) {
  let x = a;
  let y = b;
  while (y !== 0) [x, y] = [
    y,
    x % y
  ];
  return x;
}
function rational(numerator, denominator) {
  if (denominator === 0n) throw evalError("division by zero");
  const divisor2 = gcdOf(numerator, denominator);
  const sign2 = denominator < 0n ? -1n : 1n;
  const n = numerator / divisor2 * sign2;
  const d = denominator / divisor2 * sign2;
  return d === 1n ? integer(n) : new Rational(n, d);
}
function complex(re, im) {
  return im === 0 ? re : new Complex(re, im);
}

// src/data/number/arithmetic.ts
function general(levels, a, b) {
  const left = numberLevel(a);
  const right2 = numberLevel(b);
  const operation = levels[left > right2 ? left : right2] ?? levels[COMPLEX];
  return operation(a, b);
}
var addition = [
  (a, b) => integer(toBigInt(a) + toBigInt(b)),
  (a, b) => rational(numeratorOf(a) * denominatorOf(b) + numeratorOf(b) * denominatorOf(a), denominatorOf(a) * denominatorOf(b)),
  (a, b) => float(toDouble(a) + toDouble(b)),
  (a, b) => complex(add(realPart(a), realPart(b)), add(imaginaryPart(a), imaginaryPart(b)))
];
function add(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const sum3 = a + b;
    if (!Number.isInteger(sum3)) return sum3;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(sum3);
    return Number.isSafeInteger(sum3) ? sum3 : BigInt(a) + BigInt(b);
  }
  return general(addition, a, b);
}
var subtraction = [
  (a, b) => integer(toBigInt(a) - toBigInt(b)),
  (a, b) => rational(numeratorOf(a) * denominatorOf(b) - numeratorOf(b) * denominatorOf(a), denominatorOf(a) * denominatorOf(b)),
  (a, b) => float(toDouble(a) - toDouble(b)),
  (a, b) => complex(subtract(realPart(a), realPart(b)), subtract(imaginaryPart(a), imaginaryPart(b)))
];
function subtract(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (!Number.isInteger(difference)) return difference;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(difference);
    return Number.isSafeInteger(difference) ? difference : BigInt(a) - BigInt(b);
  }
  return general(subtraction, a, b);
}
var multiplication = [
  (a, b) => integer(toBigInt(a) * toBigInt(b)),
  (a, b) => rational(numeratorOf(a) * numeratorOf(b), denominatorOf(a) * denominatorOf(b)),
  (a, b) => float(toDouble(a) * toDouble(b)),
  multiplyComplex
];
function multiplyComplex(a, b) {
  const [ar, ai, br, bi] = [
    realPart(a),
    imaginaryPart(a),
    realPart(b),
    imaginaryPart(b)
  ];
  return complex(subtract(multiply(ar, br), multiply(ai, bi)), add(multiply(ar, bi), multiply(ai, br)));
}
function multiply(a, b) {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (!Number.isInteger(product)) return product;
    if (!Number.isInteger(a) || !Number.isInteger(b)) return float(product);
    return Number.isSafeInteger(product) ? product + 0 : BigInt(a) * BigInt(b);
  }
  return general(multiplication, a, b);
}
var division = [
  (a, b) => rational(toBigInt(a), toBigInt(b)),
  (a, b) => rational(numeratorOf(a) * denominatorOf(b), denominatorOf(a) * numeratorOf(b)),
  (a, b) => float(toDouble(a) / toDouble(b)),
  divideComplex
];
function divideComplex(a, b) {
  const [ar, ai, br, bi] = [
    realPart(a),
    imaginaryPart(a),
    realPart(b),
    imaginaryPart(b)
  ];
  const norm = add(multiply(br, br), multiply(bi, bi));
  const re = add(multiply(ar, br), multiply(ai, bi));
  const im = subtract(multiply(ai, br), multiply(ar, bi));
  return complex(quotientOf(re, norm), quotientOf(im, norm));
}
function quotientOf(a, b) {
  return b === 0 ? float(toDouble(a) / 0) : divide(a, b);
}
function divide(a, b, named2 = false) {
  if (typeof a === "number" && typeof b === "number" && b !== 0) {
    const quotient2 = a / b;
    if (Number.isInteger(a) && Number.isInteger(b)) {
      return Number.isInteger(quotient2) ? quotient2 + 0 : rational(BigInt(a), BigInt(b));
    }
    return float(quotient2);
  }
  const dividend = numberLevel(a);
  if (numberLevel(b) === INTEGER && b === 0 && dividend !== FLOAT) {
    throw divisionByZero(named2 || dividend !== INTEGER || !isWord(a));
  }
  return general(division, a, b);
}
function isWord(value) {
  return typeof value === "number" || typeof value === "bigint" && BigInt.asIntN(64, value) === value;
}
function divisionByZero(named2) {
  return evalError(`${named2 ? "/: " : ""}division by zero`, "/: guard with (if (zero? d) ... (/ n d))");
}
var negations = [
  (a) => integer(-toBigInt(a)),
  (a) => rational(-numeratorOf(a), denominatorOf(a)),
  (a) => float(-toDouble(a)),
  (a) => complex(negate(realPart(a)), negate(imaginaryPart(a)))
];
function negate(a) {
  if (typeof a === "number") return a === 0 ? 0 : -a;
  const operation = negations[numberLevel(a)];
  return operation === void 0 ? a : operation(a);
}
function isExact(value) {
  const rank2 = level(value);
  return rank2 === INTEGER || rank2 === RATIONAL || rank2 === COMPLEX && isExact(realPart(value)) && isExact(imaginaryPart(value));
}

// src/data/number/integer.ts
function quotient(a, b) {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    return Math.trunc(a / b) + 0;
  }
  const dividend = toBigInt(a);
  return integer(dividend / divisor("quotient", b));
}
function remainder(a, b) {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    return a % b + 0;
  }
  const dividend = toBigInt(a);
  return integer(dividend % divisor("remainder", b));
}
function divisor(name, value) {
  const result2 = toBigInt(value);
  if (result2 === 0n) throw evalError(`${name}: division by zero`, `${name}: ensure the divisor is non-zero`);
  return result2;
}
function modulo(a, b, named2 = false) {
  if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b) && b !== 0) {
    const rest3 = a % b;
    return rest3 !== 0 && rest3 < 0 !== b < 0 ? rest3 + b : rest3 + 0;
  }
  if (isFloat2(a) && (isFloat2(b) || isInt64(b)) || isFloat2(b) && isInt64(a)) {
    return float(toDouble(a) % toDouble(b));
  }
  const dividend = toBigInt(a);
  const by = toBigInt(b);
  if (by === 0n) {
    throw named2 ? evalError("mod: modulo by zero", "mod: ensure the divisor is non-zero") : evalError("modulo by zero");
  }
  const rest2 = dividend % by;
  return integer(rest2 !== 0n && rest2 < 0n !== by < 0n ? rest2 + by : rest2);
}
function gcd(a, b) {
  return integer(gcdOf(toBigInt(a), toBigInt(b)));
}
function lcm(a, b) {
  const x = toBigInt(a);
  const y = toBigInt(b);
  if (x === 0n || y === 0n) return 0;
  const multiple = x / gcdOf(x, y) * y;
  return integer(multiple < 0n ? -multiple : multiple);
}
function isEven(value) {
  return typeof value === "number" && Number.isInteger(value) ? value % 2 === 0 : (toBigInt(value) & 1n) === 0n;
}
function integerRoot(value) {
  if (value < 1n) return 0n;
  let root = 1n << BigInt(bitLength(value) + 1 >> 1);
  for (; ; ) {
    const next = root + value / root >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
function bitwise(name, words3, big) {
  return (a, b) => {
    if (typeof a === "number" && typeof b === "number" && Number.isInteger(a) && Number.isInteger(b)) {
      if ((a | 0) === a && (b | 0) === b) return words3(a, b);
      const high = words3(Math.floor(a / WORD), Math.floor(b / WORD));
      const result2 = high * WORD + (words3(a >>> 0, b >>> 0) >>> 0);
      if (Number.isSafeInteger(result2)) return result2;
    }
    return integer(big(bitsOf(name, a), bitsOf(name, b)));
  };
}
var WORD = 2 ** 32;
function bitsOf(name, value) {
  if (!isExactInteger(value)) throw typeError("int", typeName(value), {
    hint: name
  });
  return toBigInt(value);
}
var bitAnd = bitwise("bit/and", (a, b) => a & b, (a, b) => a & b);
var bitOr = bitwise("bit/or", (a, b) => a | b, (a, b) => a | b);
var bitXor = bitwise("bit/xor", (a, b) => a ^ b, (a, b) => a ^ b);
function bitNot(value) {
  return typeof value === "number" && (value | 0) === value ? ~value : integer(~bitsOf("bit/not", value));
}
var MAX_BITS = 1n << 28n;
function shiftLeft(value, count2) {
  if (typeof value === "number" && (value | 0) === value && isBetween(count2, 0, 21)) {
    return value * 2 ** count2;
  }
  const bits2 = bitsOf("bit/shift-left", value);
  const places2 = shiftCount("bit/shift-left", count2);
  if (bits2 === 0n) return 0;
  if (places2 > MAX_BITS) throw evalError("bit/shift-left: result too large");
  return integer(bits2 << places2);
}
function shiftRight(value, count2) {
  if (typeof value === "number" && (value | 0) === value && isBetween(count2, 0, 31)) return value >> count2;
  const bits2 = bitsOf("bit/shift-right", value);
  const places2 = shiftCount("bit/shift-right", count2);
  if (places2 > MAX_BITS) return bits2 < 0n ? -1 : 0;
  return integer(bits2 >> places2);
}
function isBetween(value, low, high) {
  return typeof value === "number" && value >= low && value <= high && Number.isInteger(value);
}
function shiftCount(name, count2) {
  if (!isInt64(count2)) throw typeError("int", typeName(count2), {
    hint: `${name}: argument must be an integer`
  });
  const places2 = toBigInt(count2);
  if (places2 < 0n) {
    throw evalError(`${name}: expected a non-negative integer, got ${places2}`, "pass 0 or a positive integer");
  }
  return places2;
}

// src/data/number/rounding.ts
function rounding(double3, fraction2) {
  return (value) => {
    if (typeof value === "number") return Number.isInteger(value) ? value : float(double3(value));
    if (value instanceof Flonum || typeof value === "bigint") return value;
    if (value instanceof Rational) return integer(fraction2(value.numerator, value.denominator));
    numberLevel(value);
    throw typeError("real number", "complex");
  };
}
function floorQuotient(n, d) {
  return n < 0n ? (n - d + 1n) / d : n / d;
}
var floor = rounding(Math.floor, floorQuotient);
var ceiling = rounding(Math.ceil, (n, d) => -floorQuotient(-n, d));
var truncate = rounding(Math.trunc, (n, d) => n / d);
var round = rounding((value) => Math.abs(value % 1) === 0.5 ? 2 * Math.round(value / 2) : Math.round(value), (n, d) => n < 0n ? -quotientHalfEven(-n, d) : quotientHalfEven(n, d));
function roundToPlaces(value, places2) {
  const scale = Number(`1e${places2}`);
  const scaled = value * scale;
  if (!Number.isFinite(scaled)) return value;
  if (scale === 0) return value < 0 || Object.is(value, -0) ? -0 : 0;
  const size = Math.abs(scaled);
  const whole = Math.trunc(size);
  const rounded = size - whole >= 0.5 ? whole + 1 : whole;
  return (scaled < 0 || Object.is(scaled, -0) ? -rounded : rounded) / scale;
}

// src/data/number/power.ts
function sqrt(value) {
  numberLevel(value);
  if (value instanceof Complex) return complexRoot(value);
  if (compareNumbers(value, 0) < 0) return complex(0, sqrt(negate(value)));
  if (isExactInteger(value) || value instanceof Rational) {
    const root = exactRoot(value);
    if (root !== null) return root;
  }
  return float(Math.sqrt(toDouble(value)));
}
function exactRoot(value) {
  const numerator = numeratorOf(value);
  const denominator = denominatorOf(value);
  const top = integerRoot(numerator);
  if (top * top !== numerator) return null;
  const bottom = integerRoot(denominator);
  return bottom * bottom === denominator ? rational(top, bottom) : null;
}
function complexRoot(value) {
  const size = Math.sqrt(magnitudeOf(value));
  const half = angleOf(value) / 2;
  return complex(float(size * Math.cos(half)), float(size * Math.sin(half)));
}
function absolute(value) {
  if (typeof value === "number") return value < 0 ? -value : value;
  numberLevel(value);
  if (value instanceof Complex) return float(magnitudeOf(value));
  if (isExactInteger(value) || value instanceof Rational) return compareNumbers(value, 0) < 0 ? negate(value) : value;
  return float(Math.abs(toDouble(value)));
}
function angleOf(value) {
  if (value instanceof Complex) return Math.atan2(toDouble(value.im), toDouble(value.re));
  return toDouble(value) < 0 ? Math.PI : 0;
}
function magnitudeOf(value) {
  return hypotenuse(toDouble(value.re), toDouble(value.im));
}
function hypotenuse(x, y) {
  let large = Math.max(Math.abs(x), Math.abs(y));
  let small = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Infinity || Math.abs(y) === Infinity) return Infinity;
  if (small === 0 || Number.isNaN(large)) return large;
  let scale = 1;
  if (large > 2 ** 510) scale = 2 ** 700;
  else if (small < 2 ** -450) scale = 2 ** -700;
  large /= scale;
  small /= scale;
  const [largeHigh, largeLow] = exactSquare(large);
  const [smallHigh, smallLow] = exactSquare(small);
  return scale * Math.sqrt(smallLow + largeLow + smallHigh + largeHigh);
}
function exactSquare(x) {
  const split3 = x * 134217729;
  const high = x - split3 + split3;
  const low = x - high;
  const square = x * x;
  return [
    square,
    high * high - square + 2 * high * low + low * low
  ];
}
function expt(base, exponent) {
  numberLevel(base);
  numberLevel(exponent);
  if (isExactInteger(exponent) && isExact(base)) return exactPower(base, toBigInt(exponent));
  if (base instanceof Complex || exponent instanceof Complex) return NaN;
  return float(power(toDouble(base), toDouble(exponent)));
}
function power(base, exponent) {
  if (base === 1 || base === -1 && Math.abs(exponent) === Infinity) return 1;
  return base ** exponent;
}
function exactPower(base, exponent) {
  if (exponent < 0n) {
    if (base === 0) throw evalError("expt: 0 raised to a negative power");
    return divide(1, exactPower(base, -exponent));
  }
  checkSize(base, exponent);
  if (base instanceof Complex) return powerBySquaring(base, exponent);
  if (base instanceof Rational) return rational(base.numerator ** exponent, base.denominator ** exponent);
  return integer(toBigInt(base) ** exponent);
}
function powerBySquaring(base, exponent) {
  let result2 = 1;
  let square = base;
  for (let rest2 = exponent; rest2 > 0n; rest2 >>= 1n) {
    if ((rest2 & 1n) === 1n) result2 = multiply(result2, square);
    if (rest2 > 1n) square = multiply(square, square);
  }
  return result2;
}
function checkSize(base, exponent) {
  const norm = add(multiply(realPart(base), realPart(base)), multiply(imaginaryPart(base), imaginaryPart(base)));
  if (norm === 0 || norm === 1) return;
  const bits2 = Math.max(bitLength(numeratorOf(norm)), bitLength(denominatorOf(norm)));
  if (BigInt(bits2 >> 1) * exponent > MAX_BITS) throw evalError("expt: result too large");
}

// src/data/number/convert.ts
function toExact(value) {
  numberLevel(value);
  if (value instanceof Complex) return complex(toExact(value.re), toExact(value.im));
  if (!isFloat2(value)) return value;
  const double3 = toDouble(value);
  return Number.isFinite(double3) ? rational(...doubleToRatio(double3)) : value;
}
function toInexact(value) {
  numberLevel(value);
  if (value instanceof Complex) return complex(toInexact(value.re), toInexact(value.im));
  return isFloat2(value) ? value : float(toDouble(value));
}
var FLOAT_TEXT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
var FLOAT_WORD = /^([+-]?)(?:(inf(?:inity)?)|nan)$/i;
function parseDouble(text2) {
  if (FLOAT_TEXT.test(text2)) return Number(text2);
  const [word, sign2, infinite] = FLOAT_WORD.exec(text2) ?? [];
  if (word === void 0) return null;
  return infinite === void 0 ? NaN : sign2 === "-" ? -Infinity : Infinity;
}
var DIGITS = /* @__PURE__ */ new Map([
  [
    2,
    [
      /^[+-]?[01][01_]*$/,
      "0b"
    ]
  ],
  [
    8,
    [
      /^[+-]?[0-7][0-7_]*$/,
      "0o"
    ]
  ],
  [
    16,
    [
      /^[+-]?[0-9a-fA-F][0-9a-fA-F_]*$/,
      "0x"
    ]
  ]
]);
function parseRadix(text2, radix) {
  const [syntax, prefix] = DIGITS.get(radix) ?? [];
  if (syntax === void 0 || !syntax.test(text2)) return null;
  const magnitude = BigInt(prefix + text2.replace(/[+\-_]/g, ""));
  return integer(text2.startsWith("-") ? -magnitude : magnitude);
}
var INT64_LIMIT = 2 ** 63;
function toInteger(value) {
  if (typeof value === "string") return integerText(value);
  if (!isReal(value)) throw typeError("number or string", typeName(value));
  if (!isFloat2(value)) return truncate(value);
  const double3 = toDouble(value);
  if (double3 >= -INT64_LIMIT && double3 < INT64_LIMIT) return integer(BigInt(Math.trunc(double3)));
  throw evalError(`int: cannot convert ${plainDouble(double3)} to an integer (not finite or out of i64 range)`);
}
function integerText(text2) {
  if (/^[+-]?\d+$/.test(text2)) {
    const value = BigInt(text2.replace("+", ""));
    if (BigInt.asIntN(64, value) === value) return integer(value);
  }
  throw evalError(`cannot convert '${text2}' to int`);
}
function plainDouble(value) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const [digits = "", exponent] = String(value).split("e+");
  if (exponent === void 0) return digits;
  const point = digits.indexOf(".");
  const fraction2 = point < 0 ? 0 : digits.length - point - 1;
  return digits.replace(".", "") + "0".repeat(Number(exponent) - fraction2);
}
function rationalize(value, tolerance) {
  requireReal2(value);
  requireReal2(tolerance);
  const inexact = isFloat2(value) || isFloat2(tolerance);
  if (inexact) {
    const double3 = toDouble(value);
    const within2 = toDouble(tolerance);
    if (!Number.isFinite(double3) || Number.isNaN(within2)) return value;
    if (!Number.isFinite(within2)) return new Flonum(0);
  }
  const center = toExact(value);
  const radius = absolute(toExact(tolerance));
  const result2 = simplest(subtract(center, radius), add(center, radius));
  return inexact ? toInexact(result2) : result2;
}
function requireReal2(value) {
  if (isReal(value)) return;
  const hint2 = "rationalize: complex numbers have no simplest-rational approximation";
  throw typeError("real", typeName(value), value instanceof Complex ? {
    hint: hint2
  } : {});
}
function simplest(low, high) {
  if (compareNumbers(low, 0) <= 0) {
    return compareNumbers(high, 0) >= 0 ? 0 : negate(simplest(negate(high), negate(low)));
  }
  let [a, b, c, d] = [
    numeratorOf(low),
    denominatorOf(low),
    numeratorOf(high),
    denominatorOf(high)
  ];
  let [previousN, previousD, n, d0] = [
    0n,
    1n,
    1n,
    0n
  ];
  for (; ; ) {
    const whole = a / b;
    const exact2 = whole * b === a;
    const digit = exact2 || whole < c / d ? exact2 ? whole : whole + 1n : whole;
    [previousN, previousD, n, d0] = [
      n,
      d0,
      digit * n + previousN,
      digit * d0 + previousD
    ];
    if (exact2 || whole < c / d) return rational(n, d0);
    [a, b, c, d] = [
      d,
      c - whole * d,
      b,
      a - whole * b
    ];
  }
}

// src/builtins/host_access.ts
var CAPABILITIES = [
  "fs-read",
  "fs-write",
  "shell",
  "process",
  "network",
  "env-read",
  "env-write",
  "llm",
  "serial",
  "clock",
  "random"
];
var PARTS = {
  "fs-read": "files",
  "fs-write": "files",
  "shell": "process",
  "process": "process",
  "network": null,
  "env-read": "environment",
  "env-write": "environment",
  "llm": null,
  "serial": null,
  "clock": "clock",
  "random": "random"
};
function grantedCapabilities(host, denied2) {
  return new Set(CAPABILITIES.filter((each) => {
    const part4 = PARTS[each];
    return part4 !== null && host[part4] !== void 0 && !denied2.includes(each);
  }));
}
var NOT_GIVEN = "the runtime that runs this program was not given it, or denies it";
function permissionDenied(name, capability, hint2 = NOT_GIVEN) {
  return new Condition("permission-denied", `Permission denied: ${name} requires '${capability}' capability`, {
    extra: {
      function: name,
      capability
    },
    hint: hint2
  });
}
function outsideAllowed(name, path) {
  const message = `Permission denied: ${name} - path '${path}' is outside allowed directories`;
  return new Condition("permission-denied", message, {
    extra: {
      function: name,
      path
    }
  });
}
function given(part4, name, capability) {
  if (part4 === void 0) throw permissionDenied(name, capability);
  return part4;
}
function randomSource({ host }, name) {
  return given(host.random, name, "random");
}

// src/engine/memory_files.ts
function failure(code) {
  return Object.assign(new Error(code), {
    code
  });
}
function absolute2(path) {
  const parts4 = [];
  for (const part4 of path.split("/")) {
    if (part4 === "" || part4 === ".") continue;
    if (part4 === "..") parts4.pop();
    else parts4.push(part4);
  }
  return `/${parts4.join("/")}`;
}
function parent(path) {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
var MemoryFiles = class {
  #entries = /* @__PURE__ */ new Map([
    [
      "/",
      null
    ]
  ]);
  read(path) {
    return this.#file(path).bytes.slice();
  }
  open(path) {
    let rest2 = this.#file(path).bytes;
    return {
      read: (into) => {
        const part4 = rest2.subarray(0, into.length);
        into.set(part4);
        rest2 = rest2.subarray(part4.length);
        return part4.length;
      },
      close: () => {
      }
    };
  }
  write(path, bytes2, mode3) {
    const at = absolute2(path);
    const before3 = this.#entries.get(at);
    if (before3 === null) throw failure("EISDIR");
    this.#directory(parent(at));
    const kept = mode3 === "append" && before3 !== void 0 ? before3.bytes : new Uint8Array(0);
    const all = new Uint8Array(kept.length + bytes2.length);
    all.set(kept);
    all.set(bytes2, kept.length);
    this.#entries.set(at, {
      bytes: all,
      modified: Date.now()
    });
  }
  info(path) {
    const entry = this.#entries.get(absolute2(path));
    if (entry === void 0) return null;
    if (entry === null) return {
      kind: "directory",
      size: 0,
      modified: null
    };
    return {
      kind: "file",
      size: entry.bytes.length,
      modified: entry.modified
    };
  }
  list(path) {
    const at = this.#directory(absolute2(path));
    return [
      ...this.#entries.keys()
    ].filter((each) => each !== "/" && parent(each) === at).map((each) => each.slice(each.lastIndexOf("/") + 1));
  }
  makeDirectory(path) {
    const at = absolute2(path);
    const entry = this.#entries.get(at);
    if (entry === null) return;
    if (entry !== void 0) throw failure("EEXIST");
    this.makeDirectory(parent(at));
    this.#entries.set(at, null);
  }
  remove(path) {
    this.#file(path);
    this.#entries.delete(absolute2(path));
  }
  rename(from, to) {
    const source = absolute2(from);
    const target2 = absolute2(to);
    const entry = this.#entry(source);
    this.#directory(parent(target2));
    if (source === target2) return;
    if (entry === null && target2.startsWith(`${source}/`)) throw failure("EINVAL");
    if (this.#entries.get(target2) === null) throw failure(entry === null ? "ENOTEMPTY" : "EISDIR");
    for (const [path, each] of [
      ...this.#entries
    ]) {
      if (path !== source && !path.startsWith(`${source}/`)) continue;
      this.#entries.delete(path);
      this.#entries.set(target2 + path.slice(source.length), each);
    }
  }
  copy(from, to) {
    this.write(to, this.#file(from).bytes, "replace");
  }
  realPath(path) {
    const at = absolute2(path);
    this.#entry(at);
    return at;
  }
  #entry(path) {
    const entry = this.#entries.get(path);
    if (entry === void 0) throw failure("ENOENT");
    return entry;
  }
  #file(path) {
    const entry = this.#entry(absolute2(path));
    if (entry === null) throw failure("EISDIR");
    return entry;
  }
  #directory(path) {
    if (this.#entry(path) !== null) throw failure("ENOTDIR");
    return path;
  }
};
function memoryFiles(texts2 = {}) {
  const files2 = new MemoryFiles();
  for (const [path, content] of Object.entries(texts2)) {
    files2.makeDirectory(parent(absolute2(path)));
    files2.write(path, new TextEncoder().encode(content), "replace");
  }
  return files2;
}

// src/tasks/queue.ts
var Entry = class {
  item;
  queue;
  previous = null;
  next = null;
  constructor(item, queue) {
    this.item = item;
    this.queue = queue;
  }
};
var Queue = class {
  #first = null;
  #last = null;
  #size = 0;
  /** How many entries there are. */
  get size() {
    return this.#size;
  }
  /** Adds an item at the end. */
  push(item) {
    const entry = new Entry(item, this);
    entry.previous = this.#last;
    if (this.#last === null) this.#first = entry;
    else this.#last.next = entry;
    this.#last = entry;
    this.#size++;
    return entry;
  }
  /** Takes the first item. */
  shift() {
    const first3 = this.#first;
    if (first3 === null) return void 0;
    this.remove(first3);
    return first3.item;
  }
  /** Takes an entry out, wherever it is; nothing when it has left already. */
  remove(entry) {
    if (entry.queue !== this) return;
    if (entry.previous === null) this.#first = entry.next;
    else entry.previous.next = entry.next;
    if (entry.next === null) this.#last = entry.previous;
    else entry.next.previous = entry.previous;
    entry.queue = entry.previous = entry.next = null;
    this.#size--;
  }
};

// src/tasks/promise.ts
var MOST_LINES = 1e3;
var AsyncPromise = class extends Opaque {
  typeName = "async-promise";
  state = "pending";
  value = null;
  /** What it failed with, when rejected or cancelled. */
  condition = null;
  /** Promises settled earlier in the same runtime have smaller numbers. */
  order = 0;
  /** The task that settles it, while there is one that can be cancelled. */
  owner = null;
  #watchers = new Queue();
  printed() {
    return "<async-promise>";
  }
  /** Whether it is settled. */
  get settled() {
    return this.state !== "pending";
  }
  /** Calls `changed` when it is settled, in the order of these calls. */
  watch(changed2) {
    return this.#watchers.push(changed2);
  }
  /** Takes back a {@link watch}. */
  unwatch(entry) {
    this.#watchers.remove(entry);
  }
  /** Settles it as the `order`-th one. The first time counts. */
  settle(state, value, condition, order) {
    if (this.settled) return;
    this.state = state;
    this.value = value;
    this.condition = condition;
    this.order = order;
    this.owner = null;
    for (let changed2 = this.#watchers.shift(); changed2 !== void 0; changed2 = this.#watchers.shift()) changed2();
  }
  /** What awaiting it raises; null for one that is resolved. Each time a condition of its own with the same error map. */
  failure() {
    if (this.condition === null) return null;
    const { type, message, hint: hint2, extra, value, catchable, reraised, trace } = this.condition;
    const copy2 = new Condition(type, message, {
      hint: hint2 ?? void 0,
      extra: extra ?? void 0,
      value,
      catchable,
      reraised,
      original: this.condition.original ?? this.condition
    });
    for (const line of trace.lines().slice(0, MOST_LINES)) copy2.trace.add(line);
    copy2.trace.add(remark("awaited by", false));
    return copy2;
  }
};

// src/tasks/wait.ts
var BLOCKED = "async scheduler: all tasks blocked (deadlock detected)";
var Wait = class _Wait extends Opaque {
  typeName = "wait";
  settled = false;
  value = null;
  condition = null;
  /** Settled, but the task has to go to the end of the queue all the same. */
  turn = false;
  /** What to say when nothing can ever settle it and the program cannot end for it. */
  blocked;
  /** Takes it out of everything that could settle it. Called once: when it is settled or given up. */
  release = null;
  /** Called when it is settled. */
  wake = null;
  constructor(blocked = BLOCKED) {
    super();
    this.blocked = blocked;
  }
  /** A wait that is over already. */
  static over(value, condition = null) {
    const wait = new _Wait();
    wait.settle(value, condition);
    return wait;
  }
  printed() {
    return "<wait>";
  }
  /** Settles it. The first time counts. */
  settle(value, condition = null) {
    if (this.settled) return;
    this.settled = true;
    this.value = value;
    this.condition = condition;
    this.abandon();
    this.wake?.();
  }
  /** Gives it up: nothing settles it any more. */
  abandon() {
    const { release } = this;
    this.release = null;
    release?.();
  }
};

// src/tasks/channel.ts
var Channel = class extends Opaque {
  typeName = "channel";
  capacity;
  closed = false;
  #values = new Queue();
  #receivers = new Queue();
  #senders = new Queue();
  constructor(capacity) {
    super();
    this.capacity = capacity;
  }
  printed() {
    return "<channel>";
  }
  /** Values that are in it. */
  get count() {
    return this.#values.size;
  }
  /** Whether a sender would have to wait. */
  get full() {
    return this.count >= this.capacity;
  }
  /** Sends; a wait when there is no room. */
  send(value) {
    if (this.closed) throw dropped(value);
    const receiver = this.#receivers.shift();
    if (receiver !== void 0) {
      receiver.settle(value);
      return null;
    }
    if (!this.full) {
      this.#values.push(value);
      return null;
    }
    const wait = new Wait("channel/send: channel is full");
    const entry = this.#senders.push({
      value,
      wait
    });
    wait.release = () => this.#senders.remove(entry);
    return wait;
  }
  /** Receives; a wait when there is nothing, nil when there never will be. */
  receive() {
    if (this.count > 0) {
      const value = this.#take();
      return value instanceof AsyncPromise ? Wait.over(value) : value;
    }
    if (this.closed) return null;
    const wait = new Wait("channel/recv: channel is empty");
    const entry = this.#receivers.push(wait);
    wait.release = () => this.#receivers.remove(entry);
    return wait;
  }
  /** The next value if there is one. */
  tryReceive() {
    return this.count > 0 ? this.#take() : null;
  }
  /** Lets nothing more in. Waiting receivers get nil, waiting senders fail. */
  close() {
    if (this.closed) return;
    this.closed = true;
    for (let wait = this.#receivers.shift(); wait !== void 0; wait = this.#receivers.shift()) wait.settle(null);
    for (let sender = this.#senders.shift(); sender !== void 0; sender = this.#senders.shift()) {
      sender.wait.settle(null, dropped(sender.value));
    }
  }
  /** The first value; the longest waiting sender takes the room. */
  #take() {
    const value = this.#values.shift() ?? null;
    const sender = this.#senders.shift();
    if (sender !== void 0) {
      this.#values.push(sender.value);
      sender.wait.settle(null);
    }
    return value;
  }
};
function dropped(value) {
  return evalError(`channel/send: channel is closed; value ${repr(value)} was dropped`);
}

// src/tasks/timers.ts
var LONGEST = 2 ** 31 - 1;
var hostTiming = {
  now: () => performance.now(),
  after(milliseconds, run2) {
    const timer = setTimeout(run2, Math.min(LONGEST, Math.max(0, Math.ceil(milliseconds))));
    return () => clearTimeout(timer);
  },
  // A message is due at once, where a timer of no time takes a millisecond or more.
  soon(run2) {
    const { port1, port2 } = new MessageChannel();
    port2.onmessage = () => {
      port1.close();
      run2();
    };
    port1.postMessage(null);
  }
};
var Timer = class {
  due;
  sequence;
  fire;
  /** Its place in the heap; -1 when it is out. */
  index = -1;
  constructor(due, sequence3, fire) {
    this.due = due;
    this.sequence = sequence3;
    this.fire = fire;
  }
};
var Timers = class {
  #clock;
  #heap = [];
  #sequence = 0;
  constructor(clock2) {
    this.#clock = clock2;
  }
  /** Starts a timer. */
  start(milliseconds, fire) {
    const timer = new Timer(this.#clock.now() + milliseconds, this.#sequence++, fire);
    timer.index = this.#heap.length;
    this.#heap.push(timer);
    this.#up(timer);
    return timer;
  }
  /** Stops a timer; nothing when it has fired already. */
  stop(timer) {
    const { index } = timer;
    if (index < 0) return;
    timer.index = -1;
    const last3 = this.#heap.pop();
    if (last3 === void 0 || last3 === timer) return;
    this.#place(last3, index);
    this.#up(last3);
    this.#down(last3);
  }
  /** When the next is due; Infinity when there is none. */
  get next() {
    return this.#heap[0]?.due ?? Infinity;
  }
  /** Fires all that are due. */
  fireDue() {
    if (this.#heap.length === 0) return;
    const now = this.#clock.now();
    for (let first3 = this.#heap[0]; first3 !== void 0 && first3.due <= now; first3 = this.#heap[0]) {
      this.stop(first3);
      first3.fire();
    }
  }
  #place(timer, index) {
    this.#heap[index] = timer;
    timer.index = index;
  }
  #up(timer) {
    while (timer.index > 0) {
      const parent2 = this.#heap[timer.index - 1 >> 1];
      if (!before(timer, parent2)) return;
      this.#swap(timer, parent2);
    }
  }
  #down(timer) {
    for (; ; ) {
      const left = this.#heap[2 * timer.index + 1];
      const right2 = this.#heap[2 * timer.index + 2];
      const least = right2 !== void 0 && left !== void 0 && before(right2, left) ? right2 : left;
      if (least === void 0 || !before(least, timer)) return;
      this.#swap(timer, least);
    }
  }
  #swap(a, b) {
    const { index } = a;
    this.#place(a, b.index);
    this.#place(b, index);
  }
};
function before(a, b) {
  return a.due < b.due || a.due === b.due && a.sequence < b.sequence;
}

// src/tasks/context.ts
var TaskContext = class _TaskContext {
  frames = [
    SortedMap.EMPTY
  ];
  /** Name → list of values, newest first. */
  stacks = SortedMap.EMPTY;
  hidden = SortedMap.EMPTY;
  /** Another context that holds the same for now. */
  snapshot() {
    const copy2 = new _TaskContext();
    copy2.frames = this.frames;
    copy2.stacks = this.stacks;
    copy2.hidden = this.hidden;
    return copy2;
  }
  /** The value of a key, from the inside out. */
  get(key) {
    for (let i = this.frames.length - 1; i >= 0; i--) {
      const value = this.frames[i]?.get(key);
      if (value !== void 0) return value;
    }
    return void 0;
  }
  /** Sets a key in the innermost frame. */
  set(key, value) {
    const innermost = this.frames.at(-1) ?? SortedMap.EMPTY;
    this.frames = [
      ...this.frames.slice(0, -1),
      innermost.with(key, value)
    ];
  }
  /** Deletes a key from every frame; the innermost value, or undefined. */
  remove(key) {
    const value = this.get(key);
    if (value !== void 0) this.frames = this.frames.map((frame) => frame.without(key));
    return value;
  }
  /** All that is visible. */
  all() {
    return this.frames.reduce((merged2, frame) => {
      for (const [key, value] of frame) merged2 = merged2.with(key, value);
      return merged2;
    }, SortedMap.EMPTY);
  }
  /** Empties all frames. */
  clear() {
    this.frames = this.frames.map(() => SortedMap.EMPTY);
  }
  /** Opens a frame; how many there were before. */
  open(frame) {
    this.frames = [
      ...this.frames,
      frame
    ];
    return this.frames.length - 1;
  }
  /** Closes frames until there are `count`. */
  close(count2) {
    this.frames = this.frames.slice(0, count2);
  }
  /** The values of a named stack, newest first. */
  stack(name) {
    const values = this.stacks.get(name);
    return values instanceof List ? values : EMPTY;
  }
};

// src/builtins/check.ts
var SIZE_LIMIT = 2 ** 24;
function wrongType(expected, value, hint2) {
  return typeError(expected, typeName(value), hint2 === void 0 ? {} : {
    hint: hint2
  });
}
function wrongArgument(name, argument, expected, value, hint2) {
  const { type, message, extra } = argumentError(name, argument, expected, typeName(value));
  return new Condition(type, message, {
    hint: hint2,
    extra: extra ?? void 0
  });
}
function notSequence(value, name) {
  return typeError("list, vector, or mutable-array", `${typeName(value)} in ${name}`, {
    hint: `${name}: expected a list, vector, or mutable-array to iterate over`
  });
}
function sequenceList(value, name) {
  if (value instanceof List) return value;
  if (value instanceof Vector || value instanceof MutableArray) return listFrom(value.items);
  throw notSequence(value, name);
}
function sequenceItems(value, name) {
  if (value instanceof List) return toArray(value);
  if (value instanceof Vector || value instanceof MutableArray) return value.items;
  throw notSequence(value, name);
}
function listOrVectorItems(value, hint2) {
  if (value instanceof List) return toArray(value);
  if (value instanceof Vector) return value.items;
  throw wrongType("list or vector", value, hint2);
}
function listArgument(value, hint2) {
  if (value instanceof List) return value;
  throw wrongType("list", value, hint2);
}
function listOf(items2) {
  return items2.length === 0 ? EMPTY : listFrom(items2);
}
function int64(value, hint2) {
  if (isInt64(value)) return Number(value);
  throw wrongType("int", value, hint2);
}
function count(value, name, hint2 = `${name}: argument must be an integer`) {
  const result2 = int64(value, hint2);
  if (result2 < 0) {
    throw evalError(`${name}: expected a non-negative integer, got ${value}`, "pass 0 or a positive integer");
  }
  return result2;
}
function checkSize2(size, name) {
  if (size > SIZE_LIMIT) throw evalError(`${name}: result of ${size} elements is too large`);
}
function text(value) {
  if (typeof value === "string") return value;
  throw wrongType("string", value);
}
function textArgument(value, name, argument) {
  if (typeof value === "string") return value;
  throw argumentError(name, argument, "string", typeName(value));
}
function isMap(value) {
  return value instanceof SortedMap || value instanceof HashMap;
}
function anyMap(value, hint2) {
  if (value instanceof SortedMap || value instanceof HashMap) return value;
  throw wrongType("map or hashmap", value, hint2);
}
function isCallable(value) {
  return value instanceof Procedure || value instanceof Keyword;
}
function double(value) {
  if (typeof value === "number") return value;
  if (value instanceof Flonum) return value.value;
  if (typeof value === "bigint" && isInt64(value)) return Number(value);
  throw wrongType("number", value);
}
function isDouble(value) {
  return typeof value === "number" || value instanceof Flonum || typeof value === "bigint" && isInt64(value);
}

// src/builtins/declare.ts
var Builtin = class extends Procedure {
  typeName = "native-fn";
  name;
  min;
  max;
  doc;
  /** What it was made from; tells a builtin of the library from a function of the host with the same name. */
  declaration;
  /** At most one of the fixed forms is set; `fn` is set exactly when none of them is. */
  f0;
  f1;
  f2;
  f3;
  fn;
  constructor(declaration) {
    super();
    this.name = declaration.name;
    this.min = declaration.min;
    this.max = declaration.max;
    this.doc = declaration.doc;
    this.declaration = declaration;
    this.f0 = declaration.f0 ?? null;
    this.f1 = declaration.f1 ?? null;
    this.f2 = declaration.f2 ?? null;
    this.f3 = declaration.f3 ?? null;
    this.fn = declaration.fn ?? null;
  }
  printed() {
    return `<native-fn ${this.name}>`;
  }
  /** The error for a call with `count` arguments. */
  arityError(count2) {
    return arityError(this.name, arityText(this.min, this.max), count2);
  }
  /** Calls it with any number of arguments. Throws the arity error when the count does not fit. */
  apply(args, context) {
    const count2 = args.length;
    if (count2 < this.min || count2 > this.max) throw this.arityError(count2);
    if (this.fn !== null) return this.fn(args, context);
    if (this.f1 !== null) return this.f1(args[0], context);
    if (this.f2 !== null) return this.f2(args[0], args[1], context);
    if (this.f3 !== null) return this.f3(args[0], args[1], args[2], context);
    if (this.f0 !== null) return this.f0(context);
    throw new TypeError(`builtin ${this.name} has no implementation`);
  }
};
function zero(name, doc, f0, ...examples) {
  return {
    kind: "native",
    name,
    min: 0,
    max: 0,
    doc,
    examples,
    f0
  };
}
function one(name, doc, f1, ...examples) {
  return {
    kind: "native",
    name,
    min: 1,
    max: 1,
    doc,
    examples,
    f1
  };
}
function two(name, doc, f2, ...examples) {
  return {
    kind: "native",
    name,
    min: 2,
    max: 2,
    doc,
    examples,
    f2
  };
}
function three(name, doc, f3, ...examples) {
  return {
    kind: "native",
    name,
    min: 3,
    max: 3,
    doc,
    examples,
    f3
  };
}
function many(name, min, max, doc, fn, ...examples) {
  return {
    kind: "native",
    name,
    min,
    max,
    doc,
    examples,
    fn
  };
}
function sema(name, min, max, doc, source, ...examples) {
  return {
    kind: "sema",
    name,
    min,
    max,
    doc,
    examples,
    source
  };
}
function alias(name, target2) {
  return {
    kind: "alias",
    name,
    target: target2,
    identical: false
  };
}
function same3(name, target2) {
  return {
    kind: "alias",
    name,
    target: target2,
    identical: true
  };
}
function pure(rows6) {
  return rows6.map((row) => row.kind === "alias" || row.pure !== void 0 ? row : {
    ...row,
    pure: true
  });
}
function requires(capability, rows6) {
  return rows6.map((row) => row.kind === "alias" ? row : {
    ...row,
    capability,
    pure: false
  });
}
function tailCalling(row) {
  return {
    ...row,
    tailCalls: true
  };
}

// src/builtins/async.ts
var LONGEST2 = 864e5;
function notA(expected, value) {
  const { type, message, extra } = typeError(expected, typeName(value));
  const printed = repr(value);
  return new Condition(type, `${message} (${printed})`, {
    extra: {
      ...extra,
      value: printed
    }
  });
}
function asyncPromise(value) {
  if (value instanceof AsyncPromise) return value;
  throw notA("async-promise", value);
}
function promises(value, name) {
  if (!(value instanceof List || value instanceof Vector)) {
    throw wrongType("list or vector", value, `${name} expects a list or vector of promises`);
  }
  return (value instanceof List ? toArray(value) : value.items).map(asyncPromise);
}
function duration(value, name, hint2) {
  let milliseconds;
  if (typeof value === "number" || value instanceof Flonum || typeof value === "bigint") milliseconds = double(value);
  else throw wrongType("number", value);
  if (!Number.isFinite(milliseconds)) throw evalError(`${name}: duration must be a finite number`);
  if (milliseconds < 0) throw evalError(`${name}: duration must be non-negative`);
  const rounded = Math.round(milliseconds);
  if (rounded <= LONGEST2) return rounded;
  throw evalError(`${name}: duration ${rounded} ms exceeds maximum ${LONGEST2} ms (1 day)`, hint2);
}
function timeout(milliseconds, promise2, { tasks }) {
  const name = "async/timeout";
  const hint2 = "split into smaller timeouts or remove the timeout entirely";
  const limit2 = duration(milliseconds, name, hint2);
  const late = new Condition("timeout", `${name}: operation timed out after ${limit2} ms`, {
    extra: {
      operation: name,
      "duration-ms": limit2
    }
  });
  return tasks.timeout(limit2, asyncPromise(promise2), late);
}
function waiting(name, parameters2, doc, helper, ...examples) {
  const count2 = parameters2 === "" ? 0 : parameters2.split(" ").length;
  return sema(name, count2, count2, doc, `(fn (${parameters2}) (await (${helper} ${parameters2})))`, ...examples);
}
function inState(state, doc, ...examples) {
  const helper = `__vm-async-is-${state}`;
  return [
    one(helper, doc, (promise2, { tasks }) => tasks.turn(asyncPromise(promise2).state === state)),
    waiting(`async/${state}?`, "promise", doc, helper, ...examples)
  ];
}
var SPAWN = `(fn (thunk) (await (__vm-async-spawn (__vm-async-thunk thunk))))`;
var asyncBuiltins = [
  one("__vm-async-spawn", "Starts a task that calls a function without arguments.", (thunk2, { tasks }) => tasks.spawn(thunk2)),
  one("__vm-async-thunk", "A function of the program; raises for anything else.", (thunk2) => {
    if (thunk2 instanceof Procedure && thunk2.typeName === "lambda") return thunk2;
    throw evalError("async/spawn: argument must be a function (compiled VM closure)");
  }),
  sema("async/spawn", 1, 1, "(async/spawn thunk): starts a task that calls thunk; its promise.", SPAWN, [
    "(await (async/spawn (fn () (+ 1 2))))",
    "3"
  ], [
    "(await (async/spawn (fn (. all) all)))",
    "()"
  ]),
  sema("async/await", 1, 1, "(async/await promise): the same as await.", "(fn (promise) (await promise))", [
    "(async/await (async (+ 1 2)))",
    "3"
  ]),
  one("__vm-async-all", "For await: the values of promises.", (list3, { tasks }) => tasks.all(promises(list3, "async/all"))),
  waiting("async/all", "promises", "(async/all promises): the list of their values, or the failure that came first; the others go on.", "__vm-async-all", [
    "(async/all (list (async 1) (async 2)))",
    "(1 2)"
  ]),
  one("__vm-async-race", "For await: the outcome of the first promise.", (list3, { tasks }) => {
    const all = promises(list3, "async/race");
    if (all.length === 0) throw evalError("async/race: requires at least one promise");
    return tasks.race(all);
  }),
  waiting("async/race", "promises", "(async/race promises): the value or failure of the one that is settled first; the others go on.", "__vm-async-race", [
    "(async/race (list (async 1) (async (begin (async/sleep 5) 2))))",
    "1"
  ]),
  two("__vm-async-timeout", "For await: the outcome of a promise that is in time.", timeout),
  waiting("async/timeout", "ms promise", "(async/timeout ms promise): its value, or a :timeout error when that takes longer; its task goes on.", "__vm-async-timeout", [
    "(async/timeout 1000 (async 5))",
    "5"
  ]),
  one("__vm-async-sleep", "For await: nil, in a while.", (milliseconds, { tasks }) => {
    return tasks.sleep(duration(milliseconds, "async/sleep", "use a shorter sleep, or loop with smaller sleeps"));
  }),
  waiting("async/sleep", "ms", "(async/sleep ms): nil, so many milliseconds later.", "__vm-async-sleep", [
    "(async/sleep 1)",
    "nil"
  ]),
  one("__vm-sleep", "For await: nil, in a while.", (milliseconds, { tasks }) => {
    return tasks.sleep(Math.max(0, int64(milliseconds)));
  }),
  waiting("sleep", "ms", "(sleep ms): nil, so many whole milliseconds later.", "__vm-sleep", [
    "(sleep 1)",
    "nil"
  ]),
  zero("__vm-async-run", "For await: nil, when nothing goes on any more.", ({ tasks }) => tasks.barrier()),
  waiting("async/run", "", "(async/run): nil, when all other tasks have ended or wait for each other.", "__vm-async-run", [
    "(let ((done #f)) (async (set! done #t)) (async/run) done)",
    "#t"
  ]),
  one("__vm-async-resolved", "A resolved promise.", (value, { tasks }) => tasks.turn(tasks.settled(value, null))),
  waiting("async/resolved", "value", "(async/resolved value): a promise of value, settled.", "__vm-async-resolved", [
    "(await (async/resolved 5))",
    "5"
  ]),
  one("__vm-async-rejected", "A rejected promise.", (message, { tasks }) => {
    return tasks.turn(tasks.settled(null, evalError(text(message))));
  }),
  waiting("async/rejected", "message", "(async/rejected message): a promise that has failed with an error of that text.", "__vm-async-rejected", [
    '(async/rejected? (async/rejected "no"))',
    "#t"
  ]),
  one("async/promise?", "Whether the value is the promise of a task.", (value) => value instanceof AsyncPromise, [
    "(async/promise? (async 1))",
    "#t"
  ]),
  ...inState("pending", "Whether a promise is not settled yet.", [
    "(async/pending? (async/resolved 1))",
    "#f"
  ]),
  ...inState("resolved", "Whether a promise has its value.", [
    "(async/resolved? (async/resolved 1))",
    "#t"
  ]),
  ...inState("rejected", "Whether a promise has failed.", [
    '(async/rejected? (async/rejected "no"))',
    "#t"
  ]),
  ...inState("cancelled", "Whether the task of a promise was cancelled and has ended.", [
    "(async/cancelled? (async/resolved 1))",
    "#f"
  ]),
  one("__vm-async-cancel", "For await: whether this cancels a task.", (promise2, { tasks }) => {
    return tasks.cancel(asyncPromise(promise2));
  }),
  waiting("async/cancel", "promise", "(async/cancel promise): requests that its task ends; whether this was the first request in time.", "__vm-async-cancel", [
    "(async/cancel (async (async/sleep 1000)))",
    "#t"
  ])
];

// src/builtins/quoted.ts
var ESCAPES = {
  "\0": "\\0",
  "	": "\\t",
  "\n": "\\n",
  "\r": "\\r",
  "\\": "\\\\"
};
var UNSEEN = /^[\p{C}\p{Z}\p{Grapheme_Extend}]$/u;
function escaped(character2, mark) {
  if (character2 === mark) return `\\${mark}`;
  const escape = ESCAPES[character2];
  if (escape !== void 0) return escape;
  if (character2 === " " || !UNSEEN.test(character2)) return character2;
  return `\\u{${character2.codePointAt(0)?.toString(16)}}`;
}
function quotedText(text2) {
  return `"${Array.from(text2, (character2) => escaped(character2, '"')).join("")}"`;
}
function quotedCharacter(character2) {
  return `'${escaped(character2, "'")}'`;
}

// src/builtins/utf8.ts
var decoder = new TextDecoder("utf-8", {
  fatal: true,
  ignoreBOM: true
});
var encoder = new TextEncoder();
function encodeUtf8(text2) {
  return encoder.encode(text2);
}
function decodeUtf8(bytes2, name) {
  try {
    return decoder.decode(bytes2);
  } catch {
    throw evalError(`${name}: invalid UTF-8: ${defect(bytes2)}`);
  }
}
var LEADS = [
  {
    last: 127,
    length: 1,
    low: 0,
    high: 0
  },
  {
    last: 193,
    length: 0,
    low: 0,
    high: 0
  },
  {
    last: 223,
    length: 2,
    low: 128,
    high: 191
  },
  {
    last: 224,
    length: 3,
    low: 160,
    high: 191
  },
  {
    last: 236,
    length: 3,
    low: 128,
    high: 191
  },
  {
    last: 237,
    length: 3,
    low: 128,
    high: 159
  },
  {
    last: 239,
    length: 3,
    low: 128,
    high: 191
  },
  {
    last: 240,
    length: 4,
    low: 144,
    high: 191
  },
  {
    last: 243,
    length: 4,
    low: 128,
    high: 191
  },
  {
    last: 244,
    length: 4,
    low: 128,
    high: 143
  },
  {
    last: 255,
    length: 0,
    low: 0,
    high: 0
  }
];
function defect(bytes2) {
  let index = 0;
  while (index < bytes2.length) {
    const first3 = bytes2[index];
    const lead = LEADS.find((candidate) => first3 <= candidate.last);
    const invalid = (length2) => `invalid utf-8 sequence of ${length2} bytes from index ${index}`;
    if (lead.length === 0) return invalid(1);
    for (let i = 1; i < lead.length; i++) {
      const next = bytes2[index + i];
      if (next === void 0) return `incomplete utf-8 byte sequence from index ${index}`;
      const [low, high] = i === 1 ? [
        lead.low,
        lead.high
      ] : [
        128,
        191
      ];
      if (next < low || next > high) return invalid(i);
    }
    index += lead.length;
  }
  return "malformed text";
}

// src/builtins/bytes.ts
function bytesOf(value, hint2) {
  if (value instanceof Bytevector) return value.bytes;
  throw wrongType("bytevector", value, hint2);
}
function byte(value, refusal) {
  const number = int64(value);
  if (number < 0 || number > 255) throw evalError(refusal(value));
  return number;
}
function fromArguments(args) {
  return new Bytevector(Uint8Array.from(args, (arg, index) => byte(arg, (value) => `bytevector: byte value ${value} at index ${index} out of range 0..255`)));
}
function make(args) {
  const size = int64(args[0]);
  if (size < 0) throw evalError(`make-bytevector: size must be non-negative, got ${args[0]}`);
  checkSize2(size, "make-bytevector");
  const fill = args.length < 2 ? 0 : byte(args[1], (value) => `make-bytevector: fill value ${value} out of range 0..255`);
  return new Bytevector(new Uint8Array(size).fill(fill));
}
function existing(bytes2, index, name) {
  const position = int64(index);
  if (position >= 0 && position < bytes2.length) return position;
  throw evalError(`${name}: index ${index} out of range for bytevector of length ${bytes2.length}`);
}
function set(target2, index, value) {
  const bytes2 = bytesOf(target2);
  const position = existing(bytes2, index, "bytevector-u8-set!");
  const replacement2 = byte(value, (wrong) => `bytevector-u8-set!: byte value ${wrong} out of range 0..255`);
  return new Bytevector(bytes2.with(position, replacement2));
}
function slice(bytes2, args, bound2, outside) {
  const start = args.length > 1 ? bound2(args[1]) : 0;
  const end = args.length > 2 ? bound2(args[2]) : bytes2.length;
  if (start < 0 || start > end || end > bytes2.length) throw evalError(outside(`range ${start}..${end} out of bounds`));
  return bytes2.slice(start, end);
}
function range(args, name) {
  const bytes2 = bytesOf(args[0], hintOf(name));
  return slice(bytes2, args, (value) => count(value, name), (text2) => `${name}: ${text2} for ${bytes2.length} bytes`);
}
function hintOf(name) {
  return `${name}: read one with file/read-bytes or string->utf8`;
}
function concatenated(args) {
  const pieces = args.map((arg) => bytesOf(arg));
  const size = pieces.reduce((total, piece2) => total + piece2.length, 0);
  const result2 = new Uint8Array(size);
  let offset = 0;
  for (const piece2 of pieces) {
    result2.set(piece2, offset);
    offset += piece2.length;
  }
  return new Bytevector(result2);
}
function fromList(list3) {
  return new Bytevector(Uint8Array.from(listArgument(list3), (item) => byte(item, (value) => `list->bytevector: byte value ${value} out of range 0..255`)));
}
function needleBytes(needle) {
  if (needle instanceof Bytevector) return needle.bytes;
  if (typeof needle === "string") return encodeUtf8(needle);
  if (isInt64(needle)) {
    return Uint8Array.of(byte(needle, (value) => `bytes/find: byte value ${value} out of range 0..255`));
  }
  throw wrongType("int, bytevector, or string", needle, "bytes/find: the needle is a byte (0-255), bytevector, or string");
}
function find2(args) {
  const hay = bytesOf(args[0], hintOf("bytes/find"));
  const start = args.length > 2 ? count(args[2], "bytes/find") : 0;
  const needle = needleBytes(args[1]);
  for (let i = start; i + needle.length <= hay.length; i++) {
    if (needle.every((part4, j) => hay[i + j] === part4)) return i;
  }
  return null;
}
function parseInt10(args) {
  const fail2 = (problem2) => evalError(`bytes/parse-int10: ${problem2}`);
  const source = Array.from(range(args, "bytes/parse-int10"), (code) => String.fromCharCode(code)).join("");
  const negative = source.startsWith("-");
  const unsigned = negative ? source.slice(1) : source;
  const point = unsigned.indexOf(".");
  const whole = point < 0 ? unsigned : unsigned.slice(0, point);
  const fraction2 = point < 0 ? "0" : unsigned.slice(point + 1);
  const wrong = whole.search(/[^0-9]/);
  if (wrong >= 0) throw fail2(`invalid digit ${quotedCharacter(whole[wrong] ?? "")} at byte ${wrong}`);
  if (whole === "") throw fail2("expected at least one digit");
  if (!/^[0-9]$/.test(fraction2)) throw fail2("expected exactly one digit after '.'");
  const magnitude = BigInt(whole + fraction2);
  if (!isInt64(integer(magnitude))) throw fail2("value overflows an int");
  return integer(negative ? -magnitude : magnitude);
}
var bytes = pure([
  many("bytevector", 0, Infinity, "A bytevector of the arguments, integers from 0 to 255.", fromArguments, [
    "(bytevector 1 2 255)",
    "#u8(1 2 255)"
  ]),
  many("make-bytevector", 1, 2, "(make-bytevector n [fill]): n bytes.", make, [
    "(make-bytevector 3 7)",
    "#u8(7 7 7)"
  ]),
  same3("bytevector/new", "make-bytevector"),
  same3("bytevector/make", "make-bytevector"),
  one("bytevector-length", "The number of bytes.", (value) => bytesOf(value).length, [
    "(bytevector-length #u8(1 2 3))",
    "3"
  ]),
  same3("bytevector/length", "bytevector-length"),
  two("bytevector-u8-ref", "The byte at an index.", (value, index) => {
    const source = bytesOf(value);
    return source[existing(source, index, "bytevector-u8-ref")];
  }, [
    "(bytevector-u8-ref #u8(1 2 3) 1)",
    "2"
  ]),
  same3("bytevector/ref", "bytevector-u8-ref"),
  same3("bytevector/u8-ref", "bytevector-u8-ref"),
  three("bytevector-u8-set!", "A copy with one byte replaced.", set, [
    "(bytevector-u8-set! #u8(1 2 3) 1 9)",
    "#u8(1 9 3)"
  ]),
  same3("bytevector/set!", "bytevector-u8-set!"),
  same3("bytevector/u8-set!", "bytevector-u8-set!"),
  many("bytevector-copy", 1, 3, "(bytevector-copy b [start [end]]): the bytes of a range.", (args) => {
    const source = bytesOf(args[0]);
    const outside = (range3) => `bytevector-copy: ${range3} for bytevector of length ${source.length}`;
    return new Bytevector(slice(source, args, int64, outside));
  }, [
    "(bytevector-copy #u8(1 2 3) 1)",
    "#u8(2 3)"
  ]),
  same3("bytevector/copy", "bytevector-copy"),
  many("bytevector-append", 0, Infinity, "The bytes of all arguments in one bytevector.", concatenated, [
    "(bytevector-append #u8(1) #u8(2 3))",
    "#u8(1 2 3)"
  ]),
  same3("bytevector/append", "bytevector-append"),
  one("bytevector->list", "A list of the bytes.", (value) => listOf([
    ...bytesOf(value)
  ]), [
    "(bytevector->list #u8(1 2))",
    "(1 2)"
  ]),
  same3("bytevector/to-list", "bytevector->list"),
  one("list->bytevector", "A bytevector of a list of integers from 0 to 255.", fromList, [
    "(list->bytevector '(1 2))",
    "#u8(1 2)"
  ]),
  same3("list/to-bytevector", "list->bytevector"),
  same3("bytevector/from-list", "list->bytevector"),
  one("string->utf8", "The UTF-8 bytes of a string.", (value) => new Bytevector(encodeUtf8(text(value))), [
    '(string->utf8 "\xE9")',
    "#u8(195 169)"
  ]),
  same3("string/to-utf8", "string->utf8"),
  same3("string->bytevector", "string->utf8"),
  one("utf8->string", "The text of UTF-8 bytes.", (value) => decodeUtf8(bytesOf(value), "utf8->string"), [
    "(utf8->string #u8(97 98))",
    '"ab"'
  ]),
  same3("utf8/to-string", "utf8->string"),
  same3("bytevector->string", "utf8->string"),
  one("bytes/length", "The number of bytes.", (value) => bytesOf(value, hintOf("bytes/length")).length, [
    "(bytes/length #u8(1 2 3))",
    "3"
  ]),
  two("bytes/ref", "The byte at an index.", (value, index) => {
    const source = bytesOf(value, hintOf("bytes/ref"));
    const found2 = source[count(index, "bytes/ref")];
    if (found2 === void 0) throw evalError(`bytes/ref: index ${index} out of bounds (length ${source.length})`);
    return found2;
  }, [
    "(bytes/ref #u8(1 2 3) 1)",
    "2"
  ]),
  many("bytes/find", 2, 3, "(bytes/find b needle [start]): index of a byte, bytevector or string, or nil.", find2, [
    '(bytes/find #u8(97 98 99) "c")',
    "2"
  ]),
  many("bytes/slice", 2, 3, "(bytes/slice b start [end]): the bytes of a range.", (args) => new Bytevector(range(args, "bytes/slice")), [
    "(bytes/slice #u8(1 2 3) 1 3)",
    "#u8(2 3)"
  ]),
  many("bytes/->string", 1, 3, "(bytes/->string b [start [end]]): the text of a range of UTF-8 bytes.", (args) => decodeUtf8(range(args, "bytes/->string"), "bytes/->string"), [
    "(bytes/->string #u8(97 98))",
    '"ab"'
  ]),
  many("bytes/parse-int10", 1, 3, "(bytes/parse-int10 b [start [end]]): a decimal number times ten.", parseInt10, [
    "(bytes/parse-int10 #u8(52 50))",
    "420"
  ])
]);

// src/builtins/channels.ts
var LARGEST = 16777216;
function channel(value) {
  if (value instanceof Channel) return value;
  throw notA("channel", value);
}
function make2(capacity) {
  const size = int64(capacity);
  if (size < 1) throw evalError("channel/new: capacity must be at least 1");
  if (size <= LARGEST) return new Channel(size);
  throw evalError(`channel/new: capacity ${size} exceeds maximum ${LARGEST}`, "use a smaller bounded capacity");
}
function asked(name, doc, answer, ...examples) {
  const helper = `__vm-${name.replace("/", "-")}`;
  return [
    one(helper, doc, (value, { tasks }) => tasks.turn(answer(channel(value)))),
    sema(name, 1, 1, doc, `(fn (channel) (await (${helper} channel)))`, ...examples)
  ];
}
var channels = [
  one("__vm-channel-new", "A new channel.", (capacity, { tasks }) => tasks.turn(make2(capacity))),
  sema("channel/new", 0, 1, "(channel/new [capacity]): a channel that holds so many values, one when not given.", "(fn (. capacity) (await (__vm-channel-new (if (null? capacity) 1 (car capacity)))))", [
    "(let ((c (channel/new 2))) (channel/send c 1) (channel/recv c))",
    "1"
  ]),
  one("channel?", "Whether the value is a channel.", (value) => value instanceof Channel, [
    "(channel? (channel/new))",
    "#t"
  ]),
  two("__vm-channel-send", "For await: sends a value.", (target2, value) => channel(target2).send(value)),
  sema("channel/send", 2, 2, "(channel/send channel value): nil, when there is room; an error when the channel is closed.", "(fn (channel value) (await (__vm-channel-send channel value)))", [
    "(let ((c (channel/new 2))) (channel/send c :a) (channel/send c :b) (channel/count c))",
    "2"
  ]),
  one("__vm-channel-recv", "For await: the next value.", (source) => channel(source).receive()),
  sema("channel/recv", 1, 1, "(channel/recv channel): the next value, when there is one; nil when the channel is closed and empty.", "(fn (channel) (await (__vm-channel-recv channel)))", [
    "(let ((c (channel/new))) (async (channel/send c 5)) (channel/recv c))",
    "5"
  ]),
  ...asked("channel/try-recv", "The next value of a channel, or nil when there is none now.", (c) => c.tryReceive(), [
    "(channel/try-recv (channel/new))",
    "nil"
  ]),
  ...asked("channel/close", "Lets nothing more into a channel; nil.", (c) => {
    c.close();
    return null;
  }, [
    "(let ((c (channel/new))) (channel/close c) (channel/recv c))",
    "nil"
  ]),
  ...asked("channel/count", "How many values are in a channel.", (c) => c.count, [
    "(channel/count (channel/new 2))",
    "0"
  ]),
  ...asked("channel/empty?", "Whether no value is in a channel.", (c) => c.count === 0, [
    "(channel/empty? (channel/new))",
    "#t"
  ]),
  ...asked("channel/full?", "Whether a channel has no room.", (c) => c.full, [
    "(let ((c (channel/new 1))) (channel/send c 5) (channel/full? c))",
    "#t"
  ]),
  ...asked("channel/closed?", "Whether a channel was closed.", (c) => c.closed, [
    "(channel/closed? (channel/new))",
    "#f"
  ])
];

// src/builtins/chars.ts
function charCode(value) {
  if (value instanceof Char) return value.code;
  throw wrongType("char", value);
}
function charText(value) {
  return String.fromCodePoint(charCode(value));
}
function isScalar(code) {
  return code >= 0 && code <= 1114111 && !(code >= 55296 && code <= 57343);
}
function changed(value, mapping) {
  return new Char(mapping(charText(value)).codePointAt(0) ?? charCode(value));
}
function downcase(value) {
  return changed(value, (character2) => character2.toLowerCase());
}
function withTwin(name, doc, implementation, ...examples) {
  const builtin = one(name, doc, (value) => implementation(value), ...examples);
  return [
    builtin,
    same3(name.replace("char-", "char/"), name)
  ];
}
function property(name, doc, pattern, ...examples) {
  return withTwin(name, doc, (value) => pattern.test(charText(value)), ...examples);
}
var COMPARISONS = [
  [
    "=?",
    "equal",
    (a, b) => a === b,
    "#f"
  ],
  [
    "<?",
    "less",
    (a, b) => a < b,
    "#t"
  ],
  [
    ">?",
    "greater",
    (a, b) => a > b,
    "#f"
  ],
  [
    "<=?",
    "less or equal",
    (a, b) => a <= b,
    "#t"
  ],
  [
    ">=?",
    "greater or equal",
    (a, b) => a >= b,
    "#f"
  ]
];
var chars = pure([
  one("char->integer", "The code point of a character.", charCode, [
    "(char->integer #\\A)",
    "65"
  ]),
  same3("char/to-integer", "char->integer"),
  one("integer->char", "The character of a code point.", (value) => {
    if (!isInt64(value)) throw wrongType("int", value);
    const code = Number(value);
    if (!isScalar(code)) throw evalError(`integer->char: invalid codepoint ${value}`);
    return new Char(code);
  }, [
    "(integer->char 97)",
    "#\\a"
  ]),
  same3("integer/to-char", "integer->char"),
  one("char->string", "A string of one character.", charText, [
    "(char->string #\\a)",
    '"a"'
  ]),
  same3("char/to-string", "char->string"),
  one("string->char", "The character of a string of one.", (value) => {
    const characters2 = [
      ...text(value)
    ];
    if (characters2.length === 0) throw evalError("string->char: empty string");
    if (characters2.length > 1) throw evalError("string->char: string must have exactly one character");
    return new Char(characters2[0]?.codePointAt(0) ?? 0);
  }, [
    '(string->char "a")',
    "#\\a"
  ]),
  same3("string/to-char", "string->char"),
  ...property("char-alphabetic?", "Whether the character is a letter.", /^\p{Alphabetic}$/u, [
    "(char-alphabetic? #\\a)",
    "#t"
  ]),
  ...property("char-numeric?", "Whether the character is a number.", /^\p{N}$/u, [
    "(char-numeric? #\\7)",
    "#t"
  ]),
  ...property("char-whitespace?", "Whether the character is white space.", /^\p{White_Space}$/u, [
    "(char-whitespace? #\\space)",
    "#t"
  ]),
  ...property("char-upper-case?", "Whether the character is upper case.", /^\p{Uppercase}$/u, [
    "(char-upper-case? #\\A)",
    "#t"
  ]),
  ...property("char-lower-case?", "Whether the character is lower case.", /^\p{Lowercase}$/u, [
    "(char-lower-case? #\\A)",
    "#f"
  ]),
  ...withTwin("char-upcase", "The character in upper case.", (value) => changed(value, (character2) => character2.toUpperCase()), [
    "(char-upcase #\\a)",
    "#\\A"
  ]),
  ...withTwin("char-downcase", "The character in lower case.", downcase, [
    "(char-downcase #\\A)",
    "#\\a"
  ]),
  ...COMPARISONS.map(([suffix, words3, holds3, answer]) => two(`char${suffix}`, `Whether the first character is ${words3}.`, (a, b) => holds3(charCode(a), charCode(b)), [
    `(char${suffix} #\\a #\\b)`,
    answer
  ])),
  ...COMPARISONS.map(([suffix, words3, holds3, answer]) => two(`char-ci${suffix}`, `Whether the first character, in lower case, is ${words3}.`, (a, b) => holds3(downcase(a).code, downcase(b).code), [
    `(char-ci${suffix} #\\a #\\B)`,
    answer
  ]))
]);

// src/builtins/contexts.ts
function sortedMap(value) {
  if (value instanceof SortedMap) return value;
  throw wrongType("map", value);
}
function pop(name, { tasks: { context } }) {
  const stack = context.stack(name);
  if (stack.length === 0) return null;
  context.stacks = context.stacks.with(name, stack.rest);
  return stack.first;
}
function remove(key, { tasks: { context } }) {
  return context.remove(key) ?? null;
}
var WITH = `(fn (entries thunk)
  (let ((frames (__vm-context-open entries thunk)))
    (let ((result (try (thunk) (catch e (begin (__vm-context-close frames) (throw e))))))
      (begin (__vm-context-close frames) result))))`;
var contexts = [
  two("context/set", "(context/set key value): sets a key for this task and those it starts; nil.", (key, value, { tasks }) => {
    tasks.context.set(key, value);
    return null;
  }, [
    '(begin (context/set :user "ann") (context/get :user))',
    '"ann"'
  ]),
  one("context/get", "(context/get key): its value, or nil.", (key, { tasks }) => tasks.context.get(key) ?? null, [
    "(context/get :missing)",
    "nil"
  ]),
  one("context/has?", "Whether a key has a value.", (key, { tasks }) => tasks.context.get(key) !== void 0, [
    "(context/has? :missing)",
    "#f"
  ]),
  one("context/remove", "(context/remove key): the value it had, or nil.", remove, [
    '(begin (context/set :user "ann") (context/remove :user))',
    '"ann"'
  ]),
  one("context/pull", "The same as context/remove.", remove, [
    '(begin (context/set :user "ann") (context/pull :user))',
    '"ann"'
  ]),
  zero("context/all", "All keys and values.", ({ tasks }) => tasks.context.all(), [
    '(begin (context/set :user "ann") (context/all))',
    '{:user "ann"}'
  ]),
  one("context/merge", "(context/merge map): sets all keys of a map; nil.", (map3, { tasks }) => {
    for (const [key, value] of sortedMap(map3)) tasks.context.set(key, value);
    return null;
  }, [
    "(begin (context/merge {:a 1 :b 2}) (context/get :b))",
    "2"
  ]),
  zero("context/clear", "Forgets all keys; nil.", ({ tasks }) => {
    tasks.context.clear();
    return null;
  }, [
    '(begin (context/set :user "ann") (context/clear) (context/all))',
    "{}"
  ]),
  two("context/push", "(context/push name value): adds to a named stack; nil.", (name, value, { tasks: { context } }) => {
    context.stacks = context.stacks.with(name, cons(value, context.stack(name)));
    return null;
  }, [
    "(begin (context/push :steps 1) (context/push :steps 2) (context/stack :steps))",
    "(1 2)"
  ]),
  one("context/pop", "(context/pop name): takes the newest value of a named stack, or nil.", pop, [
    "(begin (context/push :steps 1) (context/push :steps 2) (context/pop :steps))",
    "2"
  ]),
  one("context/stack", "(context/stack name): the values of a named stack, oldest first.", (name, { tasks }) => {
    const values = tasks.context.stack(name);
    return listFrom(toArray(values).reverse());
  }, [
    "(context/stack :steps)",
    "()"
  ]),
  two("context/set-hidden", "(context/set-hidden key value): sets a key apart from the others; nil.", (key, value, { tasks: { context } }) => {
    context.hidden = context.hidden.with(key, value);
    return null;
  }, [
    '(begin (context/set-hidden :token "x") (context/get-hidden :token))',
    '"x"'
  ]),
  one("context/get-hidden", "(context/get-hidden key): its value, or nil.", (key, { tasks }) => {
    return tasks.context.hidden.get(key) ?? null;
  }, [
    "(context/get-hidden :token)",
    "nil"
  ]),
  one("context/has-hidden?", "Whether a hidden key has a value.", (key, { tasks }) => {
    return tasks.context.hidden.get(key) !== void 0;
  }, [
    "(context/has-hidden? :token)",
    "#f"
  ]),
  two("__vm-context-open", "Opens a frame; how many there were.", (entries, thunk2, { tasks }) => {
    const frame = sortedMap(entries);
    if (!isCallable(thunk2)) throw wrongType("function", thunk2);
    return tasks.context.open(frame);
  }),
  one("__vm-context-close", "Closes frames until there are so many.", (frames, { tasks }) => {
    tasks.context.close(Number(frames));
    return null;
  }),
  sema("context/with", 2, 2, "(context/with map thunk): calls thunk with the keys of map set meanwhile.", WITH, [
    '(context/with {:user "ann"} (fn () (context/get :user)))',
    '"ann"'
  ])
];

// src/builtins/values.ts
var MultipleValues = class _MultipleValues extends Opaque {
  typeName = "%multiple-values%";
  items;
  constructor(items2) {
    super();
    this.items = items2;
  }
  kind() {
    return "record";
  }
  equals(other) {
    return other instanceof _MultipleValues;
  }
  compareTo(other) {
    return compareText(this.typeName, other.typeName);
  }
  parts() {
    return this.items;
  }
};
function bundle(items2) {
  return items2.length === 1 ? items2[0] : new MultipleValues(items2);
}
function valuesOf2(value) {
  return listFrom(value instanceof MultipleValues ? value.items : [
    value
  ]);
}

// src/builtins/continuations.ts
var SavedStack = class extends Opaque {
  typeName = "continuation";
  printed() {
    return "<continuation>";
  }
};
var Coroutine = class extends Opaque {
  typeName = "coroutine";
  state = "new";
  /** A procedure of the coroutine and the value that it is first resumed with; null once it has been called. */
  body;
  /** Where it goes on while it is suspended. */
  stack = null;
  constructor(body2) {
    super();
    this.body = body2;
  }
  printed() {
    return `<coroutine (${this.state})>`;
  }
};
function savedStack(value) {
  if (value instanceof SavedStack) return value;
  throw typeError("continuation", typeName(value));
}
function coroutine(value) {
  if (value instanceof Coroutine) return value;
  throw typeError("coroutine", typeName(value));
}
function list(value) {
  if (value instanceof List) return value;
  throw typeError("list", typeName(value));
}
function hasFinished(value) {
  return coroutine(value).state === "finished";
}
function resumable(value) {
  const target2 = coroutine(value);
  if (target2.state === "finished") {
    throw evalError("coroutine/resume: the coroutine has finished", "ask coroutine/done? before resuming it");
  }
  if (target2.state === "running") throw evalError("coroutine/resume: the coroutine is running already");
  return target2;
}
function commonWinders(a, b) {
  const left = toArray(a).reverse();
  const right2 = toArray(b).reverse();
  const differs = left.findIndex((winder, i) => winder !== right2[i]);
  return differs < 0 ? left.length : differs;
}
var CALL_CC = `(fn (f)
  (begin (__vm-callable f)
    (let ((winders (__vm-winders)))
      (let ((result (__vm-capture)))
        (if (__vm-stack? result)
          (f (fn (. xs) (begin (__vm-rewind winders) (__vm-reinstate result xs))))
          (__vm-bundle result))))))`;
var EXTENT = `(fn (before thunk after)
  (begin
    (before)
    (__vm-wind (cons before (cons after '())))
    (let ((result (try (thunk) (catch e (begin (__vm-unwind) (after) (__vm-rethrow e))))))
      (begin (__vm-unwind) (after) result))))`;
var DYNAMIC_WIND = `(fn (before thunk after)
  (begin
    (__vm-callable before) (__vm-callable thunk) (__vm-callable after)
    (__vm-extent before thunk after)))`;
var REWIND = `(fn (target)
  (let ((common (__vm-common-winders target)))
    (begin
      (let leave ()
        (if (= (length (__vm-winders)) common) nil
          (let ((after (car (cdr (car (__vm-winders))))))
            (begin (__vm-unwind) (after) (leave)))))
      (let enter ((left (__vm-winders-inside target common)))
        (if (null? left) nil
          (begin ((car (car left))) (__vm-wind (car left)) (enter (cdr left))))))))`;
var COROUTINE = `(fn (f)
  (begin (__vm-callable f)
    (__vm-coroutine
      (fn (self first) (f (fn (. xs) (__vm-yield self (__vm-bundle xs))) first)))))`;
var COROUTINE_LIST = `(fn (source)
  (let loop ((out '()))
    (if (__vm-finished? source) (__vm-reverse out)
      (let ((value (__vm-resume source nil)))
        (if (__vm-finished? source) (__vm-reverse out) (loop (cons value out)))))))`;
var GENERATOR = `(fn (f . more)
  (begin (__vm-callable f)
    (let ((source (__vm-coroutine
            (fn (self first) (f (fn (. xs) (__vm-yield self (__vm-bundle xs)))))))
          (end (if (null? more) nil (car more))))
      (fn ()
        (if (__vm-finished? source) end
          (let ((value (__vm-resume source nil)))
            (if (__vm-finished? source) end value)))))))`;
function control(declaration) {
  return {
    ...declaration,
    changesStack: true
  };
}
var continuations = [
  tailCalling(sema("call-with-current-continuation", 1, 1, "(call-with-current-continuation f): calls f with the rest of the program as a procedure.", CALL_CC, [
    "(+ 1 (call/cc (fn (k) (* 1000 (k 41)))))",
    "42"
  ], [
    "(call/cc (fn (return) (for-each (fn (x) (if (even? x) (return x))) '(1 4 6)) nil))",
    "4"
  ])),
  same3("call/cc", "call-with-current-continuation"),
  sema("dynamic-wind", 3, 3, "(dynamic-wind before thunk after): the value of thunk; before runs whenever it is entered, after whenever it is left.", DYNAMIC_WIND, [
    "(let ((log '())) (dynamic-wind (fn () nil) (fn () (set! log (cons 1 log))) (fn () (set! log (cons 2 log)))) log)",
    "(2 1)"
  ]),
  sema("__vm-extent", 3, 3, "The same as dynamic-wind, for three procedures.", EXTENT),
  sema("coroutine/create", 1, 1, "(coroutine/create f): a coroutine that runs (f yield x); (yield y) suspends it, y is what its resumer gets.", COROUTINE, [
    "(let ((c (coroutine/create (fn (yield x) (+ 1 (yield (* 10 x))))))) (list (coroutine/resume c 1) (coroutine/resume c 2)))",
    "(10 3)"
  ]),
  sema("coroutine/resume", 1, 2, "(coroutine/resume c [x]): lets a coroutine go on with x; what it yields, or the value it ends with.", "(fn (source . more) (__vm-resume source (if (null? more) nil (car more))))", [
    "(coroutine/resume (coroutine/create (fn (yield x) (yield (+ x 1)))) 1)",
    "2"
  ]),
  one("coroutine/done?", "Whether a coroutine has ended.", hasFinished, [
    "(let ((c (coroutine/create (fn (yield x) x)))) (list (coroutine/done? c) (coroutine/resume c 1) (coroutine/done? c)))",
    "(#f 1 #t)"
  ]),
  one("__vm-finished?", "The same as coroutine/done?.", hasFinished),
  one("coroutine?", "Whether the value is a coroutine.", (value) => value instanceof Coroutine, [
    "(coroutine? 1)",
    "#f"
  ]),
  sema("coroutine/list", 1, 1, "(coroutine/list c): all values that a coroutine still yields.", COROUTINE_LIST, [
    "(coroutine/list (coroutine/create (fn (yield x) (for-each yield '(1 2 3)))))",
    "(1 2 3)"
  ]),
  sema("generator", 1, 2, "(generator f [end]): a procedure that answers the values that (f yield) yields, one by one, and then always end.", GENERATOR, [
    "(let ((g (generator (fn (yield) (yield 1) (yield 2))))) (list (g) (g) (g)))",
    "(1 2 nil)"
  ]),
  sema("__vm-rewind", 1, 1, "Leaves and enters the extents of dynamic-wind between here and the winders.", REWIND),
  control(zero("__vm-capture", "The stack as it is now.", (context) => context.control({
    kind: "capture"
  }))),
  control(two("__vm-reinstate", "Replaces the stack by a captured one.", (stack, value, context) => context.control({
    kind: "reinstate",
    stack: savedStack(stack),
    value
  }))),
  control(two("__vm-resume", "Resumes a coroutine.", (target2, value, context) => context.control({
    kind: "resume",
    coroutine: resumable(target2),
    value
  }))),
  control(two("__vm-yield", "Suspends a coroutine that is running.", (target2, value, context) => context.control({
    kind: "yield",
    coroutine: coroutine(target2),
    value
  }))),
  one("__vm-coroutine", "A coroutine that runs a procedure of itself and the first value.", (body2) => new Coroutine(body2)),
  one("__vm-stack?", "Whether the value is a captured stack.", (value) => value instanceof SavedStack),
  one("__vm-bundle", "The values in a list as (values \u2026) returns them.", (values) => bundle(toArray(list(values)))),
  zero("__vm-winders", "The winders of the running task, innermost first.", (context) => context.winders),
  one("__vm-wind", "Enters the extent of a winder.", (winder, context) => {
    context.winders = cons(winder, context.winders);
    return null;
  }),
  zero("__vm-unwind", "Leaves the innermost extent.", (context) => {
    context.winders = context.winders.rest;
    return null;
  }),
  one("__vm-common-winders", "How many extents a list of winders has in common with the task's.", (target2, context) => commonWinders(context.winders, list(target2))),
  two("__vm-winders-inside", "The winders of a list but so many of the outermost, these first.", (target2, count2) => {
    const winders = toArray(list(target2));
    return listFrom(winders.slice(0, winders.length - Number(count2)).reverse());
  })
];

// src/builtins/control.ts
var MAKE_PARAMETER = `(fn (init . more)
  (let ((convert (if (null? more) nil (car more))))
    (begin
      (if (null? more) nil (__vm-callable convert))
      (let ((value (if (null? more) init (convert init))))
        (fn (. args)
          (if (null? args) value
            (if (null? (cdr args))
              (set! value (if (null? more) (car args) (convert (car args))))
              (if (= (car args) :__vm-convert)
                (if (null? more) (car (cdr args)) (convert (car (cdr args))))
                (set! value (car (cdr args)))))))))))`;
var PARAMETERIZE = `(fn (parameters new thunk)
  (let ((waiting
          (let loop ((ps parameters) (vs new) (out '()))
            (if (null? ps) (__vm-reverse out)
              (loop (cdr ps) (cdr vs) (cons ((car ps) :__vm-convert (car vs)) out))))))
    (let ((exchange
            (fn ()
              (let ((present
                      (let loop ((ps parameters) (out '()))
                        (if (null? ps) (__vm-reverse out) (loop (cdr ps) (cons ((car ps)) out))))))
                (let loop ((ps parameters) (vs waiting))
                  (if (null? ps) (set! waiting present)
                    (begin ((car ps) :__vm-store (car vs)) (loop (cdr ps) (cdr vs)))))))))
      (__vm-extent exchange thunk exchange))))`;
function raise(args) {
  throw evalError(args.length === 0 ? "error called with no message" : display(args[0]));
}
var control2 = [
  many("error", 0, Infinity, "(error message): raises an error.", raise, [
    '(try (error "no" 1) (catch e (:message e)))',
    '"no"'
  ]),
  one("__vm-error", "Raises an error of the library.", (message) => raise([
    message
  ])),
  sema("raise", 1, 1, "(raise value): the same as throw.", "(fn (value) (throw value))", [
    "(try (raise 5) (catch e (:value e)))",
    "5"
  ]),
  many("assert", 1, 2, "(assert value [message]): #t, or an error when value is false.", (args) => {
    const [value = null, message] = args;
    if (value !== null && value !== false) return true;
    throw evalError(message === void 0 ? "assertion failed" : display(message));
  }, [
    "(assert (= 1 1))",
    "#t"
  ]),
  two("assert=", "(assert= expected actual): #t, or an error when they are not equal.", (expected, actual) => {
    if (equal(expected, actual)) return true;
    throw evalError(`assertion failed: expected ${repr(expected)}, got ${repr(actual)}`);
  }, [
    "(assert= 2 (+ 1 1))",
    "#t"
  ]),
  many("gensym", 0, 1, "(gensym [prefix]): a fresh symbol.", (args, context) => context.gensym(args.length === 0 ? "g" : text(args[0])), [
    '(symbol? (gensym "x"))',
    "#t"
  ]),
  two("spy", "(spy label x): writes both to standard error; x.", (label, value, context) => {
    context.writeError(`${text(label)}: ${repr(value)}
`);
    return value;
  }, [
    '(+ 1 (spy "x" 2))',
    "3"
  ]),
  many("values", 0, Infinity, "Several values, for call-with-values and the -values forms.", bundle, [
    "(call-with-values (fn () (values 1 2)) list)",
    "(1 2)"
  ]),
  one("__vm-values-list", "The values of a bundle as a list.", valuesOf2),
  one("__vm-callable", "Raises an error unless the value can be called.", (value) => {
    if (isCallable(value)) return null;
    throw wrongType("callable", value);
  }),
  sema("make-parameter", 1, Infinity, "(make-parameter value [converter]): a dynamic parameter.", MAKE_PARAMETER, [
    "((make-parameter 5))",
    "5"
  ]),
  tailCalling(sema("__parameterize", 3, 3, "Runs a thunk with parameters bound to new values.", PARAMETERIZE))
];

// src/builtins/csv.ts
function rows(source, name) {
  const result2 = [];
  let at = 0;
  for (; ; ) {
    const start = at;
    while (source[at] === "\n" || source[at] === "\r") at++;
    if (at >= source.length) return result2;
    const row = [];
    do {
      if (row.length > 0) at++;
      const { cell: cell2, end } = field(source, at);
      row.push(cell2);
      at = end;
    } while (source[at] === ",");
    const [first3 = row] = result2;
    if (row.length !== first3.length) {
      const before3 = source.slice(0, start);
      const place2 = `record ${result2.length} (line: ${before3.split("\n").length}, byte: ${utf8Length(before3)})`;
      throw evalError(`${name}: parse error: CSV error: ${place2}: found record with ${row.length} fields, but the previous record has ${first3.length} fields`, `${name} expects comma-separated values; check delimiters and quoting`);
    }
    result2.push(row);
    at++;
  }
}
function field(source, start) {
  let cell2 = "";
  let at = start;
  if (source[at] === '"') {
    for (; ; ) {
      const quote = source.indexOf('"', at + 1);
      cell2 += source.slice(at + 1, quote < 0 ? void 0 : quote);
      at = quote < 0 ? source.length : quote + 1;
      if (source[at] !== '"') break;
      cell2 += '"';
    }
  }
  const rest2 = /[,\r\n]/g;
  rest2.lastIndex = at;
  const end = rest2.exec(source)?.index ?? source.length;
  return {
    cell: cell2 + source.slice(at, end),
    end
  };
}
function parseMaps(value) {
  const [header = [], ...records] = rows(text(value), "csv/parse-maps");
  const keys = header.map((name) => keyword(name));
  return listOf(records.map((record) => SortedMap.from(keys.map((key, i) => [
    key,
    record[i]
  ]))));
}
function cells(row) {
  if (row instanceof List) return toArray(row);
  if (row instanceof Vector) return row.items;
  throw wrongType("list", row);
}
function written(cell2) {
  return /[,"\r\n]/.test(cell2) ? `"${cell2.replaceAll('"', '""')}"` : cell2;
}
function encode(table2) {
  let result2 = "";
  let width2 = -1;
  for (const row of listArgument(table2)) {
    const texts2 = cells(row).map((cell2) => display(cell2));
    if (width2 >= 0 && texts2.length !== width2) {
      throw evalError(`csv/encode: CSV error: found record with ${texts2.length} fields, but the previous record has ${width2} fields`);
    }
    width2 = texts2.length;
    const line = texts2.map(written).join(",");
    result2 += `${line === "" ? '""' : line}
`;
  }
  return result2;
}
var csv = pure([
  one("csv/parse", "The rows of a CSV text as lists of strings.", (value) => listOf(rows(text(value), "csv/parse").map((row) => listOf(row))), [
    '(csv/parse "sku,qty\\nA1,4")',
    '(("sku" "qty") ("A1" "4"))'
  ]),
  one("csv/parse-maps", "The rows of a CSV text as maps, with keywords from its first row.", parseMaps, [
    '(csv/parse-maps "sku,qty\\nA1,4")',
    '({:qty "4" :sku "A1"})'
  ]),
  one("csv/encode", "The CSV text of a list of rows.", encode, [
    '(csv/encode (list ["sku" "qty"] ["A, 1" 4]))',
    '"sku,qty\\n\\"A, 1\\",4\\n"'
  ])
]);

// src/builtins/string_search.ts
function splitText(value, separator) {
  return separator === "" ? [
    "",
    ...value,
    ""
  ] : value.split(separator);
}
function lines(value) {
  const pieces = textArgument(value, "string/lines", 1).split("\n");
  const rest2 = pieces.pop() ?? "";
  const result2 = pieces.map((piece2) => piece2.endsWith("\r") ? piece2.slice(0, -1) : piece2);
  if (rest2 !== "") result2.push(rest2);
  return listOf(result2);
}
function isWhiteSpace(unit) {
  if (unit < 128) return unit === 32 || unit >= 9 && unit <= 13;
  if (unit < 8192) return unit === 133 || unit === 160 || unit === 5760;
  return unit <= 8202 || unit === 8232 || unit === 8233 || unit === 8239 || unit === 8287 || unit === 12288;
}
function trimRight(value) {
  let end = value.length;
  while (end > 0 && isWhiteSpace(value.charCodeAt(end - 1))) end--;
  return value.slice(0, end);
}
function trimLeft(value) {
  let start = 0;
  while (start < value.length && isWhiteSpace(value.charCodeAt(start))) start++;
  return value.slice(start);
}
function trim(value) {
  return trimRight(trimLeft(value));
}
function indexOf(args) {
  const string = text(args[0]);
  const needle = text(args[1]);
  const from = args.length > 2 ? count(args[2], "string/index-of") : 0;
  const start = unitOffset(string, from);
  if (start > string.length) return null;
  return found(string, string.indexOf(needle, start));
}
function found(value, offset) {
  return offset < 0 ? null : scalarIndex(value, offset);
}
function replaceLast(value, from, to) {
  const offset = value.lastIndexOf(from);
  return offset < 0 ? value : value.slice(0, offset) + to + value.slice(offset + from.length);
}
function part(find3, cut2) {
  return (value, needle) => {
    const string = text(value);
    const sought = text(needle);
    const offset = find3(string, sought);
    return offset < 0 ? string : cut2(string, offset, sought.length);
  };
}
var first = (value, needle) => value.indexOf(needle);
var last = (value, needle) => value.lastIndexOf(needle);
var before2 = (value, offset) => value.slice(0, offset);
var after = (value, offset, length2) => value.slice(offset + length2);
function between(value, left, right2) {
  const [string, opening, closing] = [
    text(value),
    text(left),
    text(right2)
  ];
  const start = string.indexOf(opening);
  if (start < 0) return "";
  const rest2 = string.slice(start + opening.length);
  const end = rest2.indexOf(closing);
  return end < 0 ? rest2 : rest2.slice(0, end);
}
function unwrap(args) {
  const [string, left, right2] = wrapArguments(args);
  const fits = string.length >= left.length + right2.length && string.startsWith(left) && string.endsWith(right2);
  return fits ? string.slice(left.length, string.length - right2.length) : string;
}
function wrapArguments(args) {
  const string = text(args[0]);
  const left = text(args[1]);
  return [
    string,
    left,
    args.length > 2 ? text(args[2]) : left
  ];
}
function test(name, doc, holds3, ...examples) {
  const implementation = (value, part4) => {
    const string = textArgument(value, name, 1);
    return holds3(string, textArgument(part4, name, 2));
  };
  return two(name, doc, implementation, ...examples);
}
function change(name, doc, implementation, ...examples) {
  const checked = (value, part4) => {
    const string = text(value);
    return implementation(string, text(part4));
  };
  return two(name, doc, checked, ...examples);
}
function replacement(name, doc, implementation, ...examples) {
  const checked = (value, from, to) => {
    const string = text(value);
    const sought = text(from);
    return implementation(string, sought, text(to));
  };
  return three(name, doc, checked, ...examples);
}
var stringSearch = pure([
  two("string/split", "(string/split s separator): all pieces, empty ones too.", (value, separator) => {
    const string = textArgument(value, "string/split", 1);
    return listOf(splitText(string, textArgument(separator, "string/split", 2)));
  }, [
    '(string/split "a,b,c" ",")',
    '("a" "b" "c")'
  ]),
  same3("string-split", "string/split"),
  one("string/lines", "The lines of a string.", lines, [
    '(string/lines "a\\nb")',
    '("a" "b")'
  ]),
  one("string/trim", "Without white space at both ends.", (value) => trim(textArgument(value, "string/trim", 1)), [
    '(string/trim "  a ")',
    '"a"'
  ]),
  same3("string-trim", "string/trim"),
  one("string/trim-left", "Without white space at the start.", (value) => trimLeft(text(value)), [
    '(string/trim-left "  a ")',
    '"a "'
  ]),
  one("string/trim-right", "Without white space at the end.", (value) => trimRight(text(value)), [
    '(string/trim-right "  a ")',
    '"  a"'
  ]),
  test("string/contains?", "(string/contains? s part): whether part occurs in s.", (s, part4) => s.includes(part4), [
    '(string/contains? "hello" "ell")',
    "#t"
  ]),
  test("string/starts-with?", "(string/starts-with? s part): whether s starts with part.", (s, part4) => s.startsWith(part4), [
    '(string/starts-with? "hello" "he")',
    "#t"
  ]),
  test("string/ends-with?", "(string/ends-with? s part): whether s ends with part.", (s, part4) => s.endsWith(part4), [
    '(string/ends-with? "hello" "lo")',
    "#t"
  ]),
  many("string/index-of", 2, 3, "(string/index-of s part [from]): index of the first occurrence, or nil.", indexOf, [
    '(string/index-of "hello" "l")',
    "2"
  ]),
  two("string/last-index-of", "(string/last-index-of s part): index of the last occurrence, or nil.", (value, part4) => {
    const string = text(value);
    return found(string, string.lastIndexOf(text(part4)));
  }, [
    '(string/last-index-of "hello" "l")',
    "3"
  ]),
  replacement("string/replace", "(string/replace s from to): every occurrence replaced.", (s, from, to) => from === "" ? to + [
    ...s
  ].map((character2) => character2 + to).join("") : s.replaceAll(from, () => to), [
    '(string/replace "aXbX" "X" "-")',
    '"a-b-"'
  ]),
  replacement("string/replace-first", "(string/replace-first s from to): the first occurrence replaced.", (s, from, to) => s.replace(from, () => to), [
    '(string/replace-first "aXbX" "X" "-")',
    '"a-bX"'
  ]),
  replacement("string/replace-last", "(string/replace-last s from to): the last occurrence replaced.", replaceLast, [
    '(string/replace-last "aXbX" "X" "-")',
    '"aXb-"'
  ]),
  change("string/remove", "(string/remove s part): without any occurrence of part.", (s, part4) => part4 === "" ? s : s.replaceAll(part4, ""), [
    '(string/remove "aXbX" "X")',
    '"ab"'
  ]),
  two("string/after", "(string/after s part): what follows the first occurrence.", part(first, after), [
    '(string/after "a.b.c" ".")',
    '"b.c"'
  ]),
  two("string/after-last", "(string/after-last s part): what follows the last occurrence.", part(last, after), [
    '(string/after-last "a.b.c" ".")',
    '"c"'
  ]),
  two("string/before", "(string/before s part): what precedes the first occurrence.", part(first, before2), [
    '(string/before "a.b.c" ".")',
    '"a"'
  ]),
  two("string/before-last", "(string/before-last s part): what precedes the last occurrence.", part(last, before2), [
    '(string/before-last "a.b.c" ".")',
    '"a.b"'
  ]),
  three("string/between", "(string/between s left right): what is between left and right.", between, [
    '(string/between "a(b)c" "(" ")")',
    '"b"'
  ]),
  change("string/chop-start", "(string/chop-start s part): without the prefix.", (s, part4) => s.startsWith(part4) ? s.slice(part4.length) : s, [
    '(string/chop-start "prefix-a" "prefix-")',
    '"a"'
  ]),
  change("string/chop-end", "(string/chop-end s part): without the suffix.", (s, part4) => s.endsWith(part4) ? s.slice(0, s.length - part4.length) : s, [
    '(string/chop-end "a.txt" ".txt")',
    '"a"'
  ]),
  change("string/ensure-start", "(string/ensure-start s part): with the prefix.", (s, part4) => s.startsWith(part4) ? s : part4 + s, [
    '(string/ensure-start "a" "/")',
    '"/a"'
  ]),
  change("string/ensure-end", "(string/ensure-end s part): with the suffix.", (s, part4) => s.endsWith(part4) ? s : s + part4, [
    '(string/ensure-end "a" "/")',
    '"a/"'
  ]),
  many("string/wrap", 2, 3, "(string/wrap s left [right]): between left and right.", (args) => {
    const [string, left, right2] = wrapArguments(args);
    return left + string + right2;
  }, [
    '(string/wrap "a" "<" ">")',
    '"<a>"'
  ]),
  many("string/unwrap", 2, 3, "(string/unwrap s left [right]): without left and right around it.", unwrap, [
    '(string/unwrap "<a>" "<" ">")',
    '"a"'
  ])
]);

// src/builtins/strings.ts
function characters(value) {
  const result2 = [];
  for (const character2 of value) result2.push(new Char(character2.codePointAt(0) ?? 0));
  return listOf(result2);
}
function scalarSlice(value, start, end = Infinity) {
  return value.slice(unitOffset(value, start), end === Infinity ? void 0 : unitOffset(value, end));
}
function append(args) {
  let result2 = "";
  for (const arg of args) result2 += typeof arg === "string" ? arg : display(arg);
  return result2;
}
var LENGTH_LIMIT = 2 ** 28;
function repeat(value, times) {
  const piece2 = text(value);
  const number = count(times, "string/repeat");
  if (piece2.length * number > LENGTH_LIMIT) throw evalError("string/repeat: result is too large");
  return piece2.repeat(number);
}
function stringRef(value, index) {
  const string = textArgument(value, "string-ref", 1);
  if (!isInt64(index)) throw argumentError("string-ref", 2, "int", typeName(index));
  const position = Number(index);
  if (position < 0) throw evalError(`string-ref: index ${index} must be non-negative`);
  const code = scalarAt(string, position);
  if (code < 0) {
    const length2 = scalarCount(string);
    throw evalError(`string-ref: index ${index} out of bounds (string length ${length2})`, "indices are 0-based");
  }
  return new Char(code);
}
function bound(value, argument, word) {
  if (!isInt64(value)) throw argumentError("substring", argument, "int", typeName(value));
  const index = Number(value);
  if (index < 0) throw evalError(`substring: ${word} index ${value} must be non-negative`);
  return index;
}
function substring(args) {
  const string = textArgument(args[0], "substring", 1);
  const start = bound(args[1], 2, "start");
  const length2 = scalarCount(string);
  const end = args.length > 2 ? bound(args[2], 3, "end") : length2;
  if (start > end || end > length2) throw evalError("substring: index out of bounds");
  return scalarSlice(string, start, end);
}
function take(value, size) {
  const string = text(value);
  const wanted = int64(size);
  return wanted >= 0 ? scalarSlice(string, 0, wanted) : scalarSlice(string, Math.max(0, scalarCount(string) + wanted));
}
function join(pieces, separator) {
  const between2 = text(separator);
  return listOrVectorItems(pieces).map((item) => display(item)).join(between2);
}
function listToString(list3) {
  let result2 = "";
  for (const item of listArgument(list3)) result2 += String.fromCodePoint(charCode(item));
  return result2;
}
function fromCodePoints(list3) {
  let result2 = "";
  for (const item of listOrVectorItems(list3)) {
    if (!isInt64(item)) throw wrongType("integer", item);
    const code = Number(item);
    if (!isScalar(code)) throw evalError(`string/from-codepoints: invalid codepoint ${item}`);
    result2 += String.fromCodePoint(code);
  }
  return result2;
}
var FORMS = {
  nfc: "NFC",
  nfd: "NFD",
  nfkc: "NFKC",
  nfkd: "NFKD"
};
function normalize(value, form) {
  const string = text(value);
  const name = form instanceof Keyword ? form.name : form;
  if (typeof name !== "string") throw wrongType("string or keyword", form);
  const wanted = name.toLowerCase();
  const known3 = Object.hasOwn(FORMS, wanted) ? FORMS[wanted] : void 0;
  if (known3 === void 0) throw evalError(`string/normalize: unknown form ${quotedText(name)}`);
  return string.normalize(known3);
}
var DIRECTIVES = {
  a: (next) => present(next(), display),
  s: (next) => present(next(), repr),
  "%": () => "\n",
  "~": () => "~"
};
function present(value, print) {
  return value === void 0 ? "" : print(value);
}
function format(args) {
  let used = 1;
  const next = () => args[used++];
  return text(args[0]).replace(/~([\s\S])/gu, (whole, directive) => DIRECTIVES[directive.toLowerCase()]?.(next) ?? whole);
}
var MAP = `(fn (f s)
  (let ((characters (__vm-characters s)))
    (if (null? characters) ""
      (begin (__vm-callable f)
        (let loop ((characters characters) (out '()))
          (if (null? characters) (__vm-join (__vm-reverse out))
            (loop (cdr characters) (cons (__vm-piece (f (car characters))) out))))))))`;
function piece(value) {
  if (typeof value === "string") return value;
  if (value instanceof Char) return String.fromCodePoint(value.code);
  throw wrongType("char or string", value);
}
var strings = pure([
  many("string-append", 0, Infinity, "The display forms of the arguments as one string.", append, [
    '(string-append "a" 1 :b)',
    '"a1:b"'
  ]),
  same3("string/append", "string-append"),
  same3("str", "string-append"),
  same3("__vm-str", "string-append"),
  two("string/join", "(string/join coll separator): the display forms of the elements as one string.", join, [
    `(string/join '("a" "b") ", ")`,
    '"a, b"'
  ]),
  same3("string-join", "string/join"),
  two("string/repeat", "(string/repeat s n): n copies of s.", repeat, [
    '(string/repeat "ab" 3)',
    '"ababab"'
  ]),
  same3("make-string", "string/repeat"),
  many("format", 1, Infinity, "(format template arg ...): ~a display form, ~s read form, ~% newline, ~~ tilde.", format, [
    '(format "~a and ~s" "x" "y")',
    '"x and \\"y\\""'
  ]),
  one("string-length", "The number of characters.", (value) => scalarCount(textArgument(value, "string-length", 1)), [
    '(string-length "h\xE9llo")',
    "5"
  ]),
  same3("string/length", "string-length"),
  two("string-ref", "The character at an index.", stringRef, [
    '(string-ref "abc" 1)',
    "#\\b"
  ]),
  same3("string/ref", "string-ref"),
  many("substring", 2, 3, "(substring s start [end]): the characters from start up to, not including, end.", substring, [
    '(substring "hello" 1 3)',
    '"el"'
  ]),
  same3("string/slice", "substring"),
  two("string/take", "(string/take s n): the first n characters, or the last -n.", take, [
    '(string/take "hello" 2)',
    '"he"'
  ]),
  one("string/chars", "The characters of a string.", (value) => characters(text(value)), [
    '(string/chars "abc")',
    "(#\\a #\\b #\\c)"
  ]),
  one("string->list", "The characters of a string.", (value) => characters(text(value)), [
    '(string->list "abc")',
    "(#\\a #\\b #\\c)"
  ]),
  same3("string/to-list", "string->list"),
  one("list->string", "A string of a list of characters.", listToString, [
    "(list->string '(#\\a #\\b))",
    '"ab"'
  ]),
  one("string/byte-length", "The length in UTF-8.", (value) => utf8Length(text(value)), [
    '(string/byte-length "\xE9")',
    "2"
  ]),
  one("string/empty?", "Whether a string has no characters.", (value) => text(value) === "", [
    '(string/empty? "")',
    "#t"
  ]),
  one("string/reverse", "The characters in reverse order.", (value) => [
    ...text(value)
  ].reverse().join(""), [
    '(string/reverse "abc")',
    '"cba"'
  ]),
  one("string/intern", "An equal string.", (value) => text(value), [
    '(string/intern "abc")',
    '"abc"'
  ]),
  one("string/codepoints", "The code points of a string.", (value) => {
    const codes = [];
    for (const character2 of text(value)) codes.push(character2.codePointAt(0) ?? 0);
    return listOf(codes);
  }, [
    '(string/codepoints "ab")',
    "(97 98)"
  ]),
  one("string/from-codepoints", "A string of code points.", fromCodePoints, [
    "(string/from-codepoints '(97 98))",
    '"ab"'
  ]),
  two("string/normalize", "(string/normalize s form): Unicode normal form :nfc, :nfd, :nfkc or :nfkd.", normalize, [
    '(string-length (string/normalize "\xE9" :nfd))',
    "2"
  ]),
  sema("string/map", 2, 2, "(string/map f s): the characters or strings that f makes of the characters.", MAP, [
    '(string/map char-upcase "abc")',
    '"ABC"'
  ]),
  one("__vm-characters", "The characters of a string.", (value) => characters(text(value))),
  one("__vm-piece", "Checks a result of a callback on characters.", piece),
  one("__vm-join", "Concatenates strings.", (pieces) => {
    const items2 = listOrVectorItems(pieces);
    checkSize2(items2.length, "string/map");
    return items2.map((item) => text(item)).join("");
  })
]);

// src/builtins/text.ts
function integerOption(options, name, fallback) {
  const value = options instanceof SortedMap ? options.get(keyword(name)) : void 0;
  return value !== void 0 && isInt64(value) ? Number(value) : fallback;
}
function stringOption(options, name, fallback) {
  const value = options instanceof SortedMap ? options.get(keyword(name)) : void 0;
  return typeof value === "string" ? value : fallback;
}
var SEPARATORS = [
  "\n\n",
  "\n",
  ". ",
  "! ",
  "? ",
  "; ",
  ", ",
  " "
];
function chunks(value, options) {
  if (value === "") return [];
  const size = Math.max(1, integerOption(options, "size", 1e3));
  const overlap = Math.max(0, integerOption(options, "overlap", 200));
  return chunked(value, size, overlap < size ? overlap : 0);
}
function chunked(value, size, overlap) {
  if (utf8Length(value) <= size) return [
    value
  ];
  const separator = SEPARATORS.find((each) => value.includes(each));
  if (separator === void 0) return cut(value, size, overlap);
  const pieces = [];
  let current = "";
  let used = 0;
  for (const piece2 of value.split(separator)) {
    const bytes2 = utf8Length(piece2);
    const longer = current === "" ? bytes2 : used + separator.length + bytes2;
    if (longer <= size) {
      current = current === "" ? piece2 : current + separator + piece2;
      used = longer;
      continue;
    }
    if (current !== "") pieces.push(current);
    [current, used] = [
      piece2,
      bytes2
    ];
    if (bytes2 <= size) continue;
    for (const part4 of chunked(piece2, size, overlap)) pieces.push(part4);
    current = "";
  }
  if (current !== "") pieces.push(current);
  return overlap === 0 ? pieces : pieces.map((piece2, i) => i === 0 ? piece2 : ending(pieces[i - 1] ?? "", overlap) + piece2);
}
function cut(value, size, overlap) {
  const characters2 = [
    ...value
  ];
  const pieces = [];
  for (let start = 0; start < characters2.length; start += size - overlap) {
    pieces.push(characters2.slice(start, start + size).join(""));
  }
  return pieces;
}
function ending(value, count2) {
  return scalarSlice(value, Math.max(0, scalarCount(value) - count2));
}
var SPACE = /\p{White_Space}+/u;
function words(value) {
  return value.split(SPACE).filter((word) => word !== "");
}
var SENTENCE_END = /(?<=[.!?])(?=\p{White_Space})/u;
var ENTITIES = [
  [
    "&amp;",
    "&"
  ],
  [
    "&lt;",
    "<"
  ],
  [
    "&gt;",
    ">"
  ],
  [
    "&quot;",
    '"'
  ],
  [
    "&#39;",
    "'"
  ],
  [
    "&apos;",
    "'"
  ],
  [
    "&nbsp;",
    " "
  ]
];
function stripHtml(value) {
  let kept = "";
  let from = 0;
  let inside = false;
  for (const { 0: mark, index } of value.matchAll(/[<>]/g)) {
    if (!inside) kept += value.slice(from, index);
    inside = mark === "<";
    from = index + 1;
  }
  if (!inside) kept += value.slice(from);
  return ENTITIES.reduce((result2, [entity, character2]) => result2.replaceAll(entity, character2), kept);
}
function truncate2(args) {
  const value = text(args[0]);
  const limit2 = args[1];
  if (!isInt64(limit2)) throw wrongType("integer", limit2);
  const suffix = typeof args[2] === "string" ? args[2] : "...";
  const size = Number(limit2);
  if (size < 0 || scalarCount(value) <= size) return value;
  const room = size - scalarCount(suffix);
  return room <= 0 ? suffix : scalarSlice(value, 0, room) + suffix;
}
var INDENT = /^\p{White_Space}*/u;
function indentOf(line) {
  return INDENT.exec(line)?.[0].length ?? 0;
}
function trimIndent(value) {
  const lines3 = value.split("\n");
  const indents = lines3.filter((line) => indentOf(line) < line.length).map(indentOf);
  if (indents.length === 0) return value;
  const indent2 = indents.reduce((least, each) => Math.min(least, each));
  return lines3.map((line) => line.slice(Math.min(indent2, indentOf(line)))).join("\n");
}
function excerpt(args) {
  const value = text(args[0]);
  const query = text(args[1]).toLowerCase();
  const radius = Math.max(0, integerOption(args[2], "radius", 100));
  const omission = stringOption(args[2], "omission", "...");
  const { lowered: lowered2, origins: origins2 } = lowerCase(value);
  const at = lowered2.indexOf(query);
  if (at < 0) return null;
  const start = origins2[at] ?? value.length;
  const last3 = query === "" ? start : origins2[at + query.length - 1] ?? value.length;
  const end = query === "" ? start : last3 + ((value.codePointAt(last3) ?? 0) > 65535 ? 2 : 1);
  const from = unitOffset(value, Math.max(0, scalarIndex(value, start) - radius));
  const to = Math.min(value.length, unitOffset(value, scalarIndex(value, end) + radius));
  return (from > 0 ? omission : "") + value.slice(from, to) + (to < value.length ? omission : "");
}
function lowerCase(value) {
  const origins2 = [];
  let offset = 0;
  for (const character2 of value) {
    for (let i = character2.toLowerCase().length; i > 0; i--) origins2.push(offset);
    offset += character2.length;
  }
  return {
    lowered: value.toLowerCase(),
    origins: origins2
  };
}
function ofText(name, doc, implementation, example) {
  return one(name, doc, (value) => implementation(text(value)), example);
}
var texts = pure([
  many("text/chunk", 1, 2, "(text/chunk s [{:size 1000 :overlap 200}]): pieces of at most size bytes, cut where the text allows.", (args) => listOf(chunks(text(args[0]), args[1])), [
    '(text/chunk "one two three four" {:size 9 :overlap 0})',
    '("one two" "three" "four")'
  ]),
  two("text/chunk-by-separator", "(text/chunk-by-separator s separator): the pieces that are not empty.", (value, separator) => {
    const string = text(value);
    const between2 = text(separator);
    return listOf((between2 === "" ? [
      ...string
    ] : string.split(between2)).filter((piece2) => piece2 !== ""));
  }, [
    '(text/chunk-by-separator "a--b--" "--")',
    '("a" "b")'
  ]),
  ofText("text/split-sentences", "The sentences: they end at . ! ? before white space.", (value) => listOf(value.split(SENTENCE_END).map(trim).filter((sentence) => sentence !== "")), [
    '(text/split-sentences "It rained. Did it stop?")',
    '("It rained." "Did it stop?")'
  ]),
  ofText("text/clean-whitespace", "With single spaces between words.", (value) => words(value).join(" "), [
    '(text/clean-whitespace "  too   many ")',
    '"too many"'
  ]),
  ofText("text/strip-html", "Without tags, and with the common entities replaced.", stripHtml, [
    '(text/strip-html "<p>fish &amp; chips</p>")',
    '"fish & chips"'
  ]),
  many("text/truncate", 2, 3, '(text/truncate s max [suffix "..."]): at most max characters, the suffix included.', truncate2, [
    '(text/truncate "a rather long line" 10)',
    '"a rathe..."'
  ]),
  ofText("text/word-count", "The number of words.", (value) => words(value).length, [
    '(text/word-count "three little words")',
    "3"
  ]),
  ofText("text/trim-indent", "Without the indentation that all lines share.", trimIndent, [
    '(text/trim-indent "  x\\n    y")',
    '"x\\n  y"'
  ]),
  many("text/excerpt", 2, 3, '(text/excerpt s query [{:radius 100 :omission "..."}]): the first occurrence with its surroundings, or nil.', excerpt, [
    '(text/excerpt "we sailed across the bay at dawn" "bay" {:radius 6})',
    '"...s the bay at da..."'
  ]),
  ofText("text/normalize-newlines", "With every line end as one newline.", (value) => value.replaceAll(/\r\n?/g, "\n"), [
    '(text/normalize-newlines "p\\r\\nq")',
    '"p\\nq"'
  ])
]);

// src/builtins/documents.ts
var TEXT = keyword("text");
var METADATA = keyword("metadata");
var INDEX = keyword("chunk-index");
var TOTAL = keyword("total-chunks");
function map(value) {
  if (value instanceof SortedMap) return value;
  throw wrongType("map", value);
}
function document(value) {
  if (value instanceof SortedMap) return value;
  throw wrongType("map (document)", value);
}
var HOLE = /\{\{([^]*?)\}\}/g;
function render(template3, values) {
  const string = text(template3);
  const bindings3 = map(values);
  return string.replaceAll(HOLE, (hole, name) => {
    const value = bindings3.get(keyword(name));
    return value === void 0 ? hole : display(value);
  });
}
function makeDocument(content, metadata) {
  return SortedMap.from([
    [
      TEXT,
      content
    ],
    [
      METADATA,
      metadata
    ]
  ]);
}
function part2(name, doc, key, example) {
  return one(name, doc, (value) => {
    const found2 = document(value).get(key);
    if (found2 === void 0) throw evalError(`not a document: missing :${key.name}`);
    return found2;
  }, example);
}
function chunk(args) {
  const whole = document(args[0]);
  const content = whole.get(TEXT);
  if (typeof content !== "string") throw evalError("document/chunk: document missing :text");
  const given2 = whole.get(METADATA);
  const metadata = given2 instanceof SortedMap ? given2 : SortedMap.EMPTY;
  const pieces = content === "" ? [
    ""
  ] : chunks(content, args[1]);
  return listOf(pieces.map((piece2, i) => makeDocument(piece2, metadata.with(INDEX, i).with(TOTAL, pieces.length))));
}
var documents = pure([
  one("prompt/template", "The template itself: a string with {{name}} holes.", (template3) => text(template3), [
    '(prompt/template "Dear {{who}},")',
    '"Dear {{who}},"'
  ]),
  two("prompt/render", "(prompt/render template map): every {{name}} replaced by the value of :name.", render, [
    '(prompt/render "Dear {{who}}," {:who "Ann"})',
    '"Dear Ann,"'
  ]),
  two("document/create", "(document/create text metadata): a document.", (content, metadata) => makeDocument(text(content), map(metadata)), [
    '(document/create "body" {:page 4})',
    '{:metadata {:page 4} :text "body"}'
  ]),
  part2("document/text", "The text of a document.", TEXT, [
    '(document/text (document/create "body" {:page 4}))',
    '"body"'
  ]),
  part2("document/metadata", "The metadata of a document.", METADATA, [
    '(document/metadata (document/create "body" {:page 4}))',
    "{:page 4}"
  ]),
  many("document/chunk", 1, 2, "(document/chunk document [options]): a document for every piece that text/chunk makes.", chunk, [
    '(map :text (document/chunk (document/create "one two" {}) {:size 3 :overlap 0}))',
    '("one" "two")'
  ])
]);

// src/builtins/byte_lines.ts
var NEWLINE = 10;
var RETURN = 13;
var CHUNK = 65536;
function joined(parts4) {
  if (parts4.length === 1) return parts4[0] ?? new Uint8Array(0);
  const all = new Uint8Array(parts4.reduce((sum3, part4) => sum3 + part4.length, 0));
  let at = 0;
  for (const part4 of parts4) {
    all.set(part4, at);
    at += part4.length;
  }
  return all;
}
var ByteLines = class {
  #read;
  #chunk = new Uint8Array(0);
  #at = 0;
  #ended = false;
  /** `read` fills some of what it is given and tells how much; 0 at the end. */
  constructor(read4) {
    this.#read = read4;
  }
  /** Whether something was looked for beyond the end. */
  get ended() {
    return this.#ended;
  }
  /** The next line without its end, `\n` or `\r\n`; null after the last. */
  line() {
    const parts4 = [];
    do {
      const newline2 = this.#chunk.indexOf(NEWLINE, this.#at);
      if (newline2 >= 0) {
        parts4.push(this.#chunk.subarray(this.#at, newline2));
        this.#at = newline2 + 1;
        const line = joined(parts4);
        return line.at(-1) === RETURN ? line.subarray(0, -1) : line;
      }
      parts4.push(this.#chunk.subarray(this.#at));
    } while (this.#fill());
    const last3 = joined(parts4);
    return last3.length === 0 ? null : last3;
  }
  /** Everything left. */
  all() {
    const parts4 = [];
    do
      parts4.push(this.#chunk.subarray(this.#at));
    while (this.#fill());
    return joined(parts4);
  }
  /** Replaces the chunk by the next one; false at the end. */
  #fill() {
    this.#at = 0;
    this.#chunk = new Uint8Array(this.#ended ? 0 : CHUNK);
    if (this.#ended) return false;
    const count2 = this.#read(this.#chunk);
    this.#chunk = this.#chunk.subarray(0, count2);
    this.#ended = count2 === 0;
    return count2 > 0;
  }
};

// src/builtins/glob.ts
var ESCAPED = /[\\^$.*+?()[\]{}|/]/;
function partPattern(part4) {
  let source = "";
  for (let at = 0; at < part4.length; at++) {
    const char = part4[at] ?? "";
    if (char === "*" && part4[at + 1] === "*") return null;
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const end = part4.indexOf("]", at + (part4[at + 1] === "!" ? 3 : 2));
      if (end < 0) return null;
      const negated = part4[at + 1] === "!";
      const members = part4.slice(at + (negated ? 2 : 1), end).replace(/[\\^\][]/g, "\\$&");
      source += `[${negated ? "^" : ""}${members}]`;
      at = end;
    } else source += ESCAPED.test(char) ? `\\${char}` : char;
  }
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    return null;
  }
}
function parse(pattern) {
  const parts4 = [];
  for (const part4 of pattern.split("/")) {
    if (part4 === "") continue;
    if (part4 === "**" || !/[*?[]/.test(part4)) {
      parts4.push(part4);
      continue;
    }
    const compiled = partPattern(part4);
    if (compiled === null) return null;
    parts4.push(compiled);
  }
  return parts4;
}
function matchingPaths(pattern, files2) {
  const parts4 = parse(pattern);
  if (parts4 === null) return null;
  const found2 = /* @__PURE__ */ new Set();
  const names = (directory) => {
    const path = directory === "" ? "." : directory;
    return files2.info(path, true)?.kind === "directory" ? files2.list(path) : [];
  };
  const visit = (directory, index) => {
    const part4 = parts4[index];
    if (part4 === void 0) {
      if (directory !== "") found2.add(directory);
      return;
    }
    const below2 = (name) => directory === "" || directory.endsWith("/") ? directory + name : `${directory}/${name}`;
    if (part4 === "**") {
      visit(directory, index + 1);
      for (const name of names(directory)) {
        if (files2.info(below2(name), false)?.kind === "directory") visit(below2(name), index);
        else if (index === parts4.length - 1) found2.add(below2(name));
      }
    } else if (typeof part4 === "string") {
      if (part4 === "." || part4 === ".." || files2.info(below2(part4), false) !== null) visit(below2(part4), index + 1);
    } else {
      for (const name of names(directory)) if (part4.test(name)) visit(below2(name), index + 1);
    }
  };
  visit(pattern.startsWith("/") ? "/" : "", 0);
  return [
    ...found2
  ].sort();
}

// src/builtins/files.ts
var LineReader = class extends Opaque {
  typeName = "file";
  name;
  path;
  lines;
  #file;
  constructor(name, path, file) {
    super();
    this.name = name;
    this.path = path;
    this.lines = new ByteLines((into) => file.read(into));
    this.#file = file;
  }
  printed() {
    return `<file ${this.path}>`;
  }
  close() {
    this.#file.close();
  }
};
function lineReader(value) {
  if (value instanceof LineReader) return value;
  throw wrongType("file", value);
}
function bytesOf2(name, path, context) {
  const file = text(path);
  return context.files.read(name, file, (files2) => files2.read(file));
}
function readText(name, path, context) {
  const bytes2 = bytesOf2(name, path, context);
  return context.files.read(name, text(path), () => strictText(bytes2));
}
function strictText(bytes2) {
  try {
    return new TextDecoder("utf-8", {
      fatal: true,
      ignoreBOM: true
    }).decode(bytes2);
  } catch {
    throw new Error("stream did not contain valid UTF-8");
  }
}
function writeText(name, file, content, mode3, context) {
  context.files.write(name, file, (files2) => files2.write(file, encodeUtf8(content), mode3));
  return null;
}
function informationMap(info) {
  const entries = [
    [
      keyword("size"),
      info.size
    ],
    [
      keyword("is-dir"),
      info.kind === "directory"
    ],
    [
      keyword("is-file"),
      info.kind === "file"
    ]
  ];
  if (info.modified !== null) entries.push([
    keyword("modified"),
    Math.floor(info.modified)
  ]);
  return SortedMap.from(entries);
}
function kindOf(name, path, follow, context) {
  const file = text(path);
  return context.files.read(name, file, (files2) => files2.info(file, follow))?.kind ?? null;
}
function lineItems(lines3) {
  if (lines3 instanceof List) return toArray(lines3);
  if (lines3 instanceof Vector) return lines3.items;
  throw wrongType("list or vector", lines3);
}
function question(name, doc, follow, answer, ...examples) {
  return one(name, doc, (path, context) => answer(kindOf(name, path, follow, context)), ...examples);
}
var WITH_LINES = (name, bytes2, body2) => `(let* ((reader (__vm-open-lines path "${name}"))
          (result (try (let loop ((state init))
                         (let ((line (__vm-next-line reader ${bytes2})))
                           (if (null? line) state (loop ${body2}))))
                       (catch e (begin (__vm-close-lines reader) (__vm-rethrow e))))))
     (begin (__vm-close-lines reader) result))`;
var reading = [
  one("file/read", "(file/read path): the text of a file.", (path, context) => readText("file/read", path, context), [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/read "notes.txt"))',
    '"one\\ntwo"'
  ]),
  one("file/read-bytes", "(file/read-bytes path): the bytes of a file.", (path, context) => new Bytevector(bytesOf2("file/read-bytes", path, context)), [
    '(begin (file/write "notes.txt" "ab") (file/read-bytes "notes.txt"))',
    "#u8(97 98)"
  ]),
  one("file/read-lines", "(file/read-lines path): the lines of a file, without their ends.", (path, context) => {
    const lines3 = readText("file/read-lines", path, context).split("\n");
    const last3 = lines3.length - 1;
    if (lines3[last3] === "") lines3.pop();
    return listOf(lines3.map((line, index) => index < last3 && line.endsWith("\r") ? line.slice(0, -1) : line));
  }, [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/read-lines "notes.txt"))',
    '("one" "two")'
  ]),
  question("file/exists?", "Whether there is anything at a path.", true, (kind) => kind !== null, [
    '(file/exists? "missing.txt")',
    "#f"
  ]),
  question("file/is-file?", "Whether a path names a regular file.", true, (kind) => kind === "file", [
    '(begin (file/write "notes.txt" "a") (file/is-file? "notes.txt"))',
    "#t"
  ]),
  question("file/is-directory?", "Whether a path names a directory.", true, (kind) => kind === "directory", [
    '(begin (file/mkdir "sub") (file/is-directory? "sub"))',
    "#t"
  ]),
  question("file/is-symlink?", "Whether a path names a symbolic link.", false, (kind) => kind === "symlink", [
    '(begin (file/write "notes.txt" "a") (file/is-symlink? "notes.txt"))',
    "#f"
  ]),
  one("file/list", "(file/list directory): the names in a directory, sorted.", (path, context) => {
    const directory = text(path);
    return listOf(context.files.read("file/list", directory, (files2) => files2.list(directory)).toSorted());
  }, [
    '(begin (file/mkdir "sub") (file/write "sub/b.txt" "") (file/write "sub/a.txt" "") (file/list "sub"))',
    '("a.txt" "b.txt")'
  ]),
  one("file/info", "(file/info path): a map of :size, :is-dir, :is-file and :modified.", (path, context) => {
    const file = text(path);
    return context.files.read("file/info", file, (files2) => {
      const info = files2.info(file, true);
      if (info === null) throw Object.assign(new Error("not found"), {
        code: "ENOENT"
      });
      return informationMap(info);
    });
  }, [
    '(begin (file/write "notes.txt" "abc") (get (file/info "notes.txt") :size))',
    "3"
  ]),
  one("file/glob", "(file/glob pattern): the paths that match, sorted; ** is any number of directories.", (pattern, context) => {
    const wanted = text(pattern);
    const found2 = context.files.search("file/glob", wanted, (files2) => matchingPaths(wanted, files2));
    if (found2 === null) throw evalError(`file/glob: invalid pattern: ${wanted}`);
    for (const path of found2) context.files.check("file/glob", path);
    return found2.length === 0 ? EMPTY : listFrom(found2);
  }, [
    '(begin (file/write "a.txt" "") (file/write "b.md" "") (file/glob "*.txt"))',
    '("a.txt")'
  ]),
  two("__vm-open-lines", "Opens a file to be read line by line by the function of that name.", (path, name, context) => {
    const file = text(path);
    return new LineReader(text(name), file, context.files.read(text(name), file, (files2) => files2.open(file)));
  }),
  sema("file/for-each-line", 2, 2, "(file/for-each-line path f): calls f with each line; nil.", `(fn (path f) (let ((init nil)) ${WITH_LINES("file/for-each-line", "#f", "(begin (f line) nil)")}))`, [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/for-each-line "notes.txt" println))',
    "nil"
  ]),
  sema("file/fold-lines", 3, 3, "(file/fold-lines path f init): the last of init and what f makes of it and each line.", `(fn (path f init) ${WITH_LINES("file/fold-lines", "#f", "(f state line)")})`, [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/fold-lines "notes.txt" (fn (n line) (+ n 1)) 0))',
    "2"
  ]),
  sema("file/fold-lines-bytes", 3, 3, "(file/fold-lines-bytes path f init): file/fold-lines with lines as bytevectors.", `(fn (path f init) ${WITH_LINES("file/fold-lines-bytes", "#t", "(f state line)")})`, [
    '(begin (file/write "notes.txt" "one\\ntwo") (file/fold-lines-bytes "notes.txt" (fn (n line) (+ n (bytes/length line))) 0))',
    "6"
  ])
];
var writing = [
  two("file/write", "(file/write path text): makes or replaces a file.", (path, content, context) => writeText("file/write", text(path), text(content), "replace", context), [
    '(begin (file/write "notes.txt" "one") (file/read "notes.txt"))',
    '"one"'
  ]),
  two("file/append", "(file/append path text): writes at the end of a file, which is made if it is missing.", (path, content, context) => writeText("file/append", text(path), text(content), "append", context), [
    '(begin (file/write "notes.txt" "one") (file/append "notes.txt" " more") (file/read "notes.txt"))',
    '"one more"'
  ]),
  two("file/write-bytes", "(file/write-bytes path bytes): makes or replaces a file.", (path, bytes2, context) => {
    const file = text(path);
    if (!(bytes2 instanceof Bytevector)) throw wrongType("bytevector", bytes2);
    context.files.write("file/write-bytes", file, (files2) => files2.write(file, bytes2.bytes, "replace"));
    return null;
  }, [
    '(begin (file/write-bytes "notes.txt" #u8(97 98)) (file/read "notes.txt"))',
    '"ab"'
  ]),
  two("file/write-lines", "(file/write-lines path lines): writes a list or vector, an element a line.", (path, lines3, context) => {
    const file = text(path);
    const content = lineItems(lines3).map((line) => display(line)).join("\n");
    return writeText("file/write-lines", file, content, "replace", context);
  }, [
    `(begin (file/write-lines "notes.txt" '("one" "two")) (file/read-lines "notes.txt"))`,
    '("one" "two")'
  ]),
  one("file/delete", "(file/delete path): removes a file.", (path, context) => {
    const file = text(path);
    context.files.write("file/delete", file, (files2) => files2.remove(file));
    return null;
  }, [
    '(begin (file/write "notes.txt" "a") (file/delete "notes.txt") (file/exists? "notes.txt"))',
    "#f"
  ]),
  one("file/mkdir", "(file/mkdir path): makes a directory and those above it.", (path, context) => {
    const directory = text(path);
    context.files.write("file/mkdir", directory, (files2) => files2.makeDirectory(directory));
    return null;
  }, [
    '(begin (file/mkdir "a/b") (file/is-directory? "a/b"))',
    "#t"
  ]),
  two("file/rename", "(file/rename from to): moves a file or directory.", (from, to, context) => {
    const [source, target2] = [
      text(from),
      text(to)
    ];
    context.files.move("file/rename", source, target2, (files2) => files2.rename(source, target2));
    return null;
  }, [
    '(begin (file/write "a.txt" "one") (file/rename "a.txt" "b.txt") (file/read "b.txt"))',
    '"one"'
  ]),
  two("file/copy", "(file/copy from to): copies a file.", (from, to, context) => {
    const [source, target2] = [
      text(from),
      text(to)
    ];
    context.files.move("file/copy", source, target2, (files2) => files2.copy(source, target2));
    return null;
  }, [
    '(begin (file/write "a.txt" "one") (file/copy "a.txt" "b.txt") (file/read "b.txt"))',
    '"one"'
  ])
];
var files = [
  two("__vm-next-line", "The next line of an open file, as bytes (#t) or text; nil at the end.", (value, bytes2, context) => {
    const reader = lineReader(value);
    const line = context.files.read(reader.name, reader.path, () => reader.lines.line());
    if (line === null) return null;
    return bytes2 === true ? new Bytevector(line.slice()) : decodeUtf8(line, reader.name);
  }),
  one("__vm-close-lines", "Closes a file that was read line by line.", (reader) => {
    lineReader(reader).close();
    return null;
  }),
  ...requires("fs-read", reading),
  ...requires("fs-write", writing)
];

// src/builtins/help.ts
var help = [
  one("doc", "(doc subject): prints what a function does, or what a symbol or string names; nil.", (subject, context) => {
    const named2 = subject instanceof Procedure || subject instanceof Sym || typeof subject === "string";
    if (!named2) throw wrongType("function, symbol, or string", subject, "doc: quote the name: (doc 'if)");
    context.write(context.documentation(subject));
    return null;
  }, [
    "(doc car)",
    "nil"
  ], [
    "(doc 'if)",
    "nil"
  ]),
  one("apropos", "(apropos text): the names that contain a text, sorted.", (part4, context) => {
    return listFrom(context.namesWith(text(part4)).map((name) => intern(name)));
  }, [
    '(apropos "string->s")',
    "(string->symbol)"
  ])
];

// src/builtins/digests.ts
function primeRoots(count2, root) {
  const values = new Uint32Array(count2);
  for (let prime = 2, found2 = 0; found2 < count2; prime++) {
    if (Array.from({
      length: prime - 2
    }, (_, i) => i + 2).some((divisor2) => prime % divisor2 === 0)) continue;
    const value = root(prime);
    values[found2++] = Math.floor((value - Math.floor(value)) * 2 ** 32);
  }
  return values;
}
var SHA_START = primeRoots(8, Math.sqrt);
var SHA_ROUNDS = primeRoots(64, Math.cbrt);
var MD5_START = Uint32Array.of(1732584193, 4023233417, 2562383102, 271733878);
var MD5_ROUNDS = Uint32Array.from({
  length: 64
}, (_, i) => Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32));
var MD5_SHIFTS = [
  [
    7,
    12,
    17,
    22
  ],
  [
    5,
    9,
    14,
    20
  ],
  [
    4,
    11,
    16,
    23
  ],
  [
    6,
    10,
    15,
    21
  ]
];
var BLOCK = 64;
function padded(message, littleEndian) {
  const blocks = Math.ceil((message.length + 9) / BLOCK);
  const bytes2 = new Uint8Array(blocks * BLOCK);
  bytes2.set(message);
  bytes2[message.length] = 128;
  const view = new DataView(bytes2.buffer);
  view.setBigUint64(bytes2.length - 8, BigInt(message.length) * 8n, littleEndian);
  return view;
}
function bytesOf3(words3, littleEndian) {
  const bytes2 = new Uint8Array(words3.length * 4);
  const view = new DataView(bytes2.buffer);
  words3.forEach((word, i) => view.setUint32(4 * i, word, littleEndian));
  return bytes2;
}
function right(word, bits2) {
  return word >>> bits2 | word << 32 - bits2;
}
function sha256(message) {
  const view = padded(message, false);
  const state = SHA_START.slice();
  const w = new Int32Array(64);
  for (let block = 0; block < view.byteLength; block += BLOCK) {
    for (let i = 0; i < 16; i++) w[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 64; i++) {
      const [x, y] = [
        w[i - 15],
        w[i - 2]
      ];
      const s0 = right(x, 7) ^ right(x, 18) ^ x >>> 3;
      const s1 = right(y, 17) ^ right(y, 19) ^ y >>> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let i = 0; i < 64; i++) {
      const s1 = right(e, 6) ^ right(e, 11) ^ right(e, 25);
      const choice = e & f ^ ~e & g;
      const t1 = h + s1 + choice + SHA_ROUNDS[i] + w[i] | 0;
      const s0 = right(a, 2) ^ right(a, 13) ^ right(a, 22);
      const majority = a & b ^ a & c ^ b & c;
      [h, g, f, e, d, c, b, a] = [
        g,
        f,
        e,
        d + t1 | 0,
        c,
        b,
        a,
        t1 + s0 + majority | 0
      ];
    }
    [
      a,
      b,
      c,
      d,
      e,
      f,
      g,
      h
    ].forEach((word, i) => state[i] = state[i] + word);
  }
  return bytesOf3(state, false);
}
var MD5_MIXES = [
  [
    (b, c, d) => b & c | ~b & d,
    (i) => i
  ],
  [
    (b, c, d) => d & b | ~d & c,
    (i) => 5 * i + 1
  ],
  [
    (b, c, d) => b ^ c ^ d,
    (i) => 3 * i + 5
  ],
  [
    (b, c, d) => c ^ (b | ~d),
    (i) => 7 * i
  ]
];
function md5(message) {
  const view = padded(message, true);
  const state = MD5_START.slice();
  for (let block = 0; block < view.byteLength; block += BLOCK) {
    let [a = 0, b = 0, c = 0, d = 0] = state;
    for (let i = 0; i < 64; i++) {
      const round2 = i >> 4;
      const [mix, word] = MD5_MIXES[round2];
      const shift = MD5_SHIFTS[round2][i & 3];
      const sum3 = a + mix(b, c, d) + MD5_ROUNDS[i] + view.getUint32(block + 4 * (word(i) % 16), true);
      [a, d, c, b] = [
        d,
        c,
        b,
        b + right(sum3 | 0, 32 - shift) | 0
      ];
    }
    [
      a,
      b,
      c,
      d
    ].forEach((word, i) => state[i] = state[i] + word);
  }
  return bytesOf3(state, true);
}
function hmacSha256(key, message) {
  const block = new Uint8Array(BLOCK);
  block.set(key.length > BLOCK ? sha256(key) : key);
  const around = (mask, content) => {
    const bytes2 = new Uint8Array(BLOCK + content.length);
    block.forEach((byte2, i) => bytes2[i] = byte2 ^ mask);
    bytes2.set(content, BLOCK);
    return sha256(bytes2);
  };
  return around(92, around(54, message));
}

// src/builtins/hashes.ts
function hex(bytes2) {
  return Array.from(bytes2, (byte2) => byte2.toString(16).padStart(2, "0")).join("");
}
var ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
var SIXES = new Map(Array.from(ALPHABET, (letter, i) => [
  letter.charCodeAt(0),
  i
]));
function encode2(bytes2) {
  let result2 = "";
  for (let i = 0; i < bytes2.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes2.subarray(i, i + 3);
    const word = a << 16 | b << 8 | c;
    const letters = [
      18,
      12,
      6,
      0
    ].map((shift) => ALPHABET[word >> shift & 63]).join("");
    result2 += letters.slice(0, Math.min(4, bytes2.length - i + 1)).padEnd(4, "=");
  }
  return result2;
}
var PAD = 61;
function decode(source, name) {
  const input2 = encodeUtf8(source);
  const symbol = (at) => evalError(`${name}: Invalid symbol ${input2[at]}, offset ${at}.`);
  const end = input2.length - 1;
  if (input2.length % 4 === 1 && input2[end] !== PAD && !SIXES.has(input2[end])) throw symbol(end);
  const last3 = Math.max(0, Math.ceil(input2.length / 4) * 4 - 4);
  const tail2 = endOf(input2, last3, symbol);
  const letters = input2.subarray(0, tail2);
  const wrong = letters.findIndex((code) => !SIXES.has(code));
  if (wrong >= 0) throw symbol(wrong);
  if (input2.length > 0 && tail2 - last3 < 2) throw evalError(`${name}: Invalid input length: ${tail2}`);
  if (input2.length % 4 !== 0) throw evalError(`${name}: Invalid padding`);
  const bytes2 = new Uint8Array(Math.floor(tail2 * 6 / 8));
  let bits2 = 0;
  let held = 0;
  let size = 0;
  for (const code of letters) {
    bits2 = bits2 << 6 | SIXES.get(code);
    held += 6;
    if (held >= 8) {
      held -= 8;
      bytes2[size++] = bits2 >> held;
      bits2 &= (1 << held) - 1;
    }
  }
  if (bits2 !== 0) throw evalError(`${name}: Invalid last symbol ${input2[tail2 - 1]}, offset ${tail2 - 1}.`);
  return bytes2;
}
function endOf(input2, last3, symbol) {
  const letters = input2.subarray(0, last3);
  const wrong = letters.findIndex((code) => !SIXES.has(code));
  if (wrong >= 0) throw symbol(wrong);
  for (let at = last3; at < input2.length; at++) {
    if (input2[at] !== PAD) {
      if (!SIXES.has(input2[at])) throw symbol(at);
      continue;
    }
    if (at - last3 < 2 || input2.subarray(at).some((code) => code !== PAD)) throw symbol(at);
    return at;
  }
  return input2.length;
}
function uuid(random) {
  const bytes2 = Uint8Array.from({
    length: 16
  }, () => Math.floor(random() * 256));
  bytes2[6] = bytes2[6] & 15 | 64;
  bytes2[8] = bytes2[8] & 63 | 128;
  const digits = hex(bytes2);
  return [
    [
      0,
      8
    ],
    [
      8,
      12
    ],
    [
      12,
      16
    ],
    [
      16,
      20
    ],
    [
      20
    ]
  ].map(([from, to]) => digits.slice(from, to)).join("-");
}
function bytesArgument(value) {
  if (value instanceof Bytevector) return value.bytes;
  throw wrongType("bytevector", value);
}
var hashes = [
  ...pure([
    one("hash/sha256", "The SHA-256 of a string, in hex.", (value) => hex(sha256(encodeUtf8(text(value)))), [
      '(hash/sha256 "sema")',
      '"9c9e592f19dbce9183c07b1bc1f0696c901ca16dac362d27788c6554e5a1221b"'
    ]),
    one("hash/md5", "The MD5 of a string, in hex.", (value) => hex(md5(encodeUtf8(text(value)))), [
      '(hash/md5 "sema")',
      '"089ac4682a780fd36a19a6279c977758"'
    ]),
    two("hash/hmac-sha256", "(hash/hmac-sha256 key message): the HMAC with SHA-256, in hex.", (key, message) => {
      const bytes2 = encodeUtf8(text(key));
      return hex(hmacSha256(bytes2, encodeUtf8(text(message))));
    }, [
      '(hash/hmac-sha256 "secret" "payload")',
      '"b82fcb791acec57859b989b430a826488ce2e479fdf92326bd0a2e8375a42ba4"'
    ]),
    one("hash/digest", "The digest of a string, in hex: its SHA-256.", (value) => hex(sha256(encodeUtf8(text(value)))), [
      '(= (hash/digest "a") (hash/sha256 "a"))',
      "#t"
    ]),
    one("base64/encode", "The base64 of a string's UTF-8.", (value) => encode2(encodeUtf8(text(value))), [
      '(base64/encode "xy")',
      '"eHk="'
    ]),
    one("base64/decode", "The string of its base64.", (value) => decodeUtf8(decode(text(value), "base64/decode"), "base64/decode"), [
      '(base64/decode "eHk=")',
      '"xy"'
    ]),
    one("base64/encode-bytes", "The base64 of bytes.", (value) => encode2(bytesArgument(value)), [
      "(base64/encode-bytes (bytevector 0 255))",
      '"AP8="'
    ]),
    one("base64/decode-bytes", "The bytes of their base64.", (value) => new Bytevector(decode(text(value), "base64/decode-bytes")), [
      '(base64/decode-bytes "AP8=")',
      "#u8(0 255)"
    ])
  ]),
  ...requires("random", [
    zero("uuid/v4", "A random UUID.", (context) => uuid(randomSource(context, "uuid/v4")), [
      "(string-length (uuid/v4))",
      "36"
    ])
  ])
];

// src/builtins/higher_order.ts
function over(name, callback, empty, body2) {
  return `(let ((s (__vm-sequence xs "${name}")))
    (if (null? s) ${empty} (begin (__vm-callable ${callback}) ${body2})))`;
}
var MAP2 = `(fn (f xs . more)
  (if (null? more)
    ${over("map", "f", "'()", `(let loop ((s s) (out '()))
      (if (null? s) (__vm-reverse out) (loop (cdr s) (cons (f (car s)) out))))`)}
    (__vm-map-several f xs more)))`;
var MAP_SEVERAL = `(fn (f xs more)
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
var SORT = `(fn (xs . more)
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
function filtering(name, whenTrue, whenFalse) {
  return `(fn (p xs) ${over(name, "p", "'()", `(let loop ((s s) (out '()))
        (if (null? s) (__vm-reverse out)
          (loop (cdr s) (if (p (car s)) ${whenTrue} ${whenFalse}))))`)})`;
}
function takeWhile(name) {
  return `(fn (p xs) ${over(name, "p", "'()", `(let loop ((s s) (out '()))
        (if (null? s) (__vm-reverse out)
          (if (p (car s)) (loop (cdr s) (cons (car s) out)) (__vm-reverse out))))`)})`;
}
function dropWhile(name) {
  return `(fn (p xs) ${over(name, "p", "'()", `(let loop ((s s)) (if (null? s) s (if (p (car s)) (loop (cdr s)) s)))`)})`;
}
function byKeys(name, helper, empty) {
  return `(fn (f xs) ${over(name, "f", empty, `(let loop ((left s) (ks '()))
        (if (null? left) (${helper} (__vm-reverse ks) s)
          (loop (cdr left) (cons (f (car left)) ks))))`)})`;
}
var APPLY = `(fn (f x . more)
  (if (null? more)
    (let ((args (__vm-sequence x "apply"))) (__vm-callable f) (__vm-apply f args))
    (let ((args (__vm-spread (cons x more)))) (__vm-callable f) (__vm-apply f args))))`;
var higherOrder = pure([
  sema("map", 2, Infinity, "(map f coll ...): the results of f on corresponding elements.", MAP2, [
    "(map + '(1 2) '(10 20))",
    "(11 22)"
  ]),
  sema("__vm-map-several", 3, 3, "The same as map, of two or more sequences.", MAP_SEVERAL),
  same3("mapcar", "map"),
  sema("map-indexed", 2, 2, "(map-indexed f coll): the results of (f index element).", `(fn (f xs) ${over("map-indexed", "f", "'()", `(let loop ((s s) (i 0) (out '()))
          (if (null? s) (__vm-reverse out) (loop (cdr s) (+ i 1) (cons (f i (car s)) out))))`)})`, [
    "(map-indexed list '(a b))",
    "((0 a) (1 b))"
  ]),
  sema("filter", 2, 2, "(filter p coll): the elements for which p is true.", filtering("filter", "(cons (car s) out)", "out"), [
    "(filter even? '(1 2 3 4))",
    "(2 4)"
  ]),
  sema("list/reject", 2, 2, "(list/reject p coll): the elements for which p is false.", filtering("list/reject", "out", "(cons (car s) out)"), [
    "(list/reject even? '(1 2 3 4))",
    "(1 3)"
  ]),
  sema("foldl", 3, 3, "(foldl f init coll): (f acc element) from the left.", `(fn (f init xs) ${over("foldl", "f", "init", "(let loop ((s s) (acc init)) (if (null? s) acc (loop (cdr s) (f acc (car s)))))")})`, [
    "(foldl - 0 '(1 2 3))",
    "-6"
  ]),
  same3("fold", "foldl"),
  sema("foldr", 3, 3, "(foldr f init coll): (f element acc) from the right.", `(fn (f init xs) ${over("foldr", "f", "init", "(let loop ((s (__vm-reverse s)) (acc init)) (if (null? s) acc (loop (cdr s) (f (car s) acc))))")})`, [
    "(foldr cons '() '(1 2 3))",
    "(1 2 3)"
  ]),
  sema("reduce", 2, 2, "(reduce f coll): foldl that starts with the first element.", `(fn (f xs)
      (let ((s (__vm-sequence xs "reduce")))
        (if (null? s) (__vm-error "reduce: empty list")
          (if (null? (cdr s)) (car s)
            (begin (__vm-callable f)
              (let loop ((s (cdr s)) (acc (car s)))
                (if (null? s) acc (loop (cdr s) (f acc (car s))))))))))`, [
    "(reduce + '(1 2 3))",
    "6"
  ]),
  sema("for-each", 2, 2, "(for-each f coll): calls f on each element; nil.", `(fn (f xs) ${over("for-each", "f", "nil", "(let loop ((s s)) (if (null? s) nil (begin (f (car s)) (loop (cdr s)))))")})`, [
    "(for-each println '(1 2))",
    "nil"
  ]),
  tailCalling(sema("apply", 2, Infinity, "(apply f a ... coll): calls f with the given arguments and the elements.", APPLY, [
    "(apply + 1 '(2 3))",
    "6"
  ])),
  sema("any", 2, 2, "(any p coll): whether p is true of an element.", `(fn (p xs) ${over("any", "p", "#f", "(let loop ((s s)) (if (null? s) #f (if (p (car s)) #t (loop (cdr s)))))")})`, [
    "(any even? '(1 2))",
    "#t"
  ]),
  same3("any?", "any"),
  same3("some?", "any"),
  sema("every", 2, 2, "(every p coll): whether p is true of all elements.", `(fn (p xs) ${over("every", "p", "#t", "(let loop ((s s)) (if (null? s) #t (if (p (car s)) (loop (cdr s)) #f)))")})`, [
    "(every even? '(1 2))",
    "#f"
  ]),
  same3("every?", "every"),
  sema("flat-map", 2, 2, "(flat-map f coll): the results of f, lists and vectors among them spliced in.", `(fn (f xs) ${over("flat-map", "f", "'()", `(let loop ((s s) (out '()))
          (if (null? s) (__vm-reverse out) (loop (cdr s) (__vm-splice (f (car s)) out))))`)})`, [
    "(flat-map (fn (x) (list x x)) '(1 2))",
    "(1 1 2 2)"
  ]),
  sema("partition", 2, 2, "(partition p coll): a list of the elements for which p is true and a list of the others.", `(fn (p xs) ${over("partition", "p", "(cons '() (cons '() '()))", `(let loop ((s s) (yes '()) (no '()))
          (if (null? s) (cons (__vm-reverse yes) (cons (__vm-reverse no) '()))
            (if (p (car s)) (loop (cdr s) (cons (car s) yes) no) (loop (cdr s) yes (cons (car s) no)))))`)})`, [
    "(partition even? '(1 2 3 4))",
    "((2 4) (1 3))"
  ]),
  sema("take-while", 2, 2, "(take-while p coll): the elements before the first for which p is false.", takeWhile("take-while"), [
    "(take-while even? '(2 4 5 6))",
    "(2 4)"
  ]),
  sema("list/take-while", 2, 2, "The same as take-while.", takeWhile("list/take-while"), [
    "(list/take-while even? '(2 4 5 6))",
    "(2 4)"
  ]),
  sema("drop-while", 2, 2, "(drop-while p coll): the elements from the first for which p is false.", dropWhile("drop-while"), [
    "(drop-while even? '(2 4 5 6))",
    "(5 6)"
  ]),
  sema("list/drop-while", 2, 2, "The same as drop-while.", dropWhile("list/drop-while"), [
    "(list/drop-while even? '(2 4 5 6))",
    "(5 6)"
  ]),
  sema("list/find", 2, 2, "(list/find p coll): the first element for which p is true, or nil.", `(fn (p xs) ${over("list/find", "p", "nil", "(let loop ((s s)) (if (null? s) nil (if (p (car s)) (car s) (loop (cdr s)))))")})`, [
    "(list/find even? '(1 2 3 4))",
    "2"
  ]),
  sema("list/sole", 2, 2, "(list/sole p coll): the only element for which p is true.", `(fn (p xs) ${over("list/sole", "p", `(__vm-error "list/sole: no matching item")`, `(let loop ((s s) (found '()))
          (if (null? s)
            (if (null? found) (__vm-error "list/sole: no matching item") (car found))
            (if (p (car s))
              (if (null? found) (loop (cdr s) (cons (car s) '())) (__vm-error "list/sole: more than one matching item"))
              (loop (cdr s) found))))`)})`, [
    "(list/sole even? '(1 2 3))",
    "2"
  ]),
  sema("list/group-by", 2, 2, "(list/group-by f coll): map from (f x) to the list of such x.", byKeys("list/group-by", "__vm-group-by", "{}"), [
    "(list/group-by even? '(1 2 3))",
    "{#f (1 3) #t (2)}"
  ]),
  sema("list/key-by", 2, 2, "(list/key-by f coll): map from (f x) to x, the last one.", byKeys("list/key-by", "__vm-key-by", "{}"), [
    "(list/key-by even? '(1 2 3))",
    "{#f 3 #t 2}"
  ]),
  sema("list/times", 2, 2, "(list/times n f): the results of f on 0 to n - 1.", `(fn (n f)
      (let ((n (__vm-count n "list/times")))
        (if (= n 0) '()
          (begin (__vm-callable f)
            (let loop ((i 0) (out '()))
              (if (= i n) (__vm-reverse out) (loop (+ i 1) (cons (f i) out))))))))`, [
    "(list/times 3 (fn (i) (* i i)))",
    "(0 1 4)"
  ]),
  sema("sort", 1, 2, "(sort coll [compare]): sorted; compare answers an integer or a boolean.", SORT, [
    "(sort '(3 1 2) >)",
    "(3 2 1)"
  ]),
  sema("sort-by", 2, 2, "(sort-by f coll): sorted by (f x), which is called once per element.", byKeys("sort-by", "__vm-sort-by", "'()"), [
    "(sort-by abs '(-3 1 -2))",
    "(1 -2 -3)"
  ]),
  sema("tap", 2, 2, "(tap x f): calls f on x; x.", `(fn (x f) (begin (__vm-callable f) (f x) x))`, [
    "(tap 5 println)",
    "5"
  ]),
  tailCalling(sema("call-with-values", 2, 2, "(call-with-values producer consumer): calls consumer with the values that producer returns.", `(fn (producer consumer)
      (let ((bundle (producer)))
        (begin (__vm-callable consumer) (__vm-apply consumer (__vm-values-list bundle)))))`, [
    "(call-with-values (fn () (values 1 2)) +)",
    "3"
  ]))
]);

// src/builtins/input.ts
var input = [
  zero("read-line", "The next line of the standard input, without its end; nil after the last.", ({ input: input2 }) => {
    const line = input2.line();
    return line === null ? null : decodeUtf8(line, "read-line");
  }, [
    "(read-line)",
    "nil"
  ]),
  same3("io/read-line", "read-line"),
  zero("read-stdin", "Everything left on the standard input.", ({ input: input2 }) => decodeUtf8(input2.all(), "read-stdin"), [
    "(read-stdin)",
    '""'
  ]),
  same3("io/read-stdin", "read-stdin"),
  zero("io/eof?", "Whether the standard input was read to its end.", ({ input: input2 }) => input2.ended, [
    "(begin (read-line) (io/eof?))",
    "#t"
  ])
];

// src/builtins/io.ts
function displayed(args) {
  return args.map((arg) => display(arg)).join(" ");
}
function read(args) {
  return args.map((arg) => repr(arg)).join(" ");
}
var io = [
  many("display", 0, Infinity, "Writes the display forms of the arguments.", (args, context) => {
    context.write(displayed(args));
    return null;
  }, [
    '(display "a" 1)',
    "nil"
  ]),
  many("print", 0, Infinity, "Writes the read forms of the arguments.", (args, context) => {
    context.write(read(args));
    return null;
  }, [
    '(print "a" 1)',
    "nil"
  ]),
  many("println", 0, Infinity, "Writes the display forms of the arguments and a newline.", (args, context) => {
    context.write(displayed(args) + "\n");
    return null;
  }, [
    '(println "a" 1)',
    "nil"
  ]),
  many("newline", 0, Infinity, "Writes a newline.", (_args, context) => {
    context.write("\n");
    return null;
  }, [
    "(newline)",
    "nil"
  ]),
  one("pprint", "Writes the read form, broken into lines where it is long, and a newline.", (value, context) => {
    context.write(layout(value) + "\n");
    return null;
  }, [
    "(pprint '(1 2))",
    "nil"
  ]),
  many("print-error", 0, Infinity, "Writes the read forms of the arguments to standard error.", (args, context) => {
    context.writeError(read(args));
    return null;
  }, [
    '(print-error "a" 1)',
    "nil"
  ]),
  many("println-error", 0, Infinity, "Like print-error, with a newline.", (args, context) => {
    context.writeError(read(args) + "\n");
    return null;
  }, [
    '(println-error "a" 1)',
    "nil"
  ])
];

// src/builtins/list_sets.ts
function classify(items2) {
  const order = items2.map((_, index) => index);
  order.sort((i, j) => compare(items2[i], items2[j]) || i - j);
  const classes = new Array(items2.length);
  let current = -1;
  let previous;
  for (const index of order) {
    const item = items2[index];
    if (previous === void 0 || compare(previous, item) !== 0) current++;
    classes[index] = current;
    previous = item;
  }
  return classes;
}
function tally(items2) {
  const result2 = [];
  classify(items2).forEach((number, index) => {
    const entry = result2[number];
    if (entry === void 0) result2[number] = {
      item: items2[index],
      count: 1
    };
    else entry.count++;
  });
  return result2;
}
function unique(sequence3) {
  const items2 = sequenceItems(sequence3, "list/unique");
  const classes = classify(items2);
  const seen = /* @__PURE__ */ new Set();
  return listOf(items2.filter((_, index) => {
    const number = classes[index];
    return !seen.has(number) && seen.add(number);
  }));
}
function dedupe(sequence3) {
  const kept = [];
  for (const item of sequenceItems(sequence3, "list/dedupe")) {
    if (kept.length === 0 || !equal(kept.at(-1), item)) kept.push(item);
  }
  return listOf(kept);
}
function byMembership(first3, second, name, wanted) {
  const left = sequenceItems(first3, name);
  const right2 = sequenceItems(second, name);
  const classes = classify([
    ...left,
    ...right2
  ]);
  const members = new Set(classes.slice(left.length));
  return listOf(left.filter((_, index) => members.has(classes[index]) === wanted));
}
function frequencies(sequence3) {
  const counts = tally(sequenceItems(sequence3, "frequencies"));
  return SortedMap.from(counts.map(({ item, count: count2 }) => [
    item,
    count2
  ]));
}
function someItems(sequence3, name) {
  const items2 = sequenceItems(sequence3, name);
  if (items2.length === 0) throw evalError(`${name}: empty list`);
  return items2;
}
function mode(sequence3) {
  const counts = tally(someItems(sequence3, "list/mode"));
  const most = counts.reduce((largest, { count: count2 }) => Math.max(largest, count2), 0);
  const winners = counts.filter((entry) => entry.count === most).map((entry) => entry.item);
  return winners.length === 1 ? winners[0] : listOf(winners);
}
function sum(sequence3) {
  let result2 = 0;
  for (const item of sequenceItems(sequence3, "list/sum")) {
    if (typeof item !== "bigint" && !isDouble(item)) throw wrongType("number", item);
    result2 = add(result2, item);
  }
  return result2;
}
function extreme(sequence3, name, better) {
  const items2 = someItems(sequence3, name);
  let winner = items2[0];
  for (let i = 1; i < items2.length; i++) {
    const item = items2[i];
    if (!isDouble(item) || !isDouble(winner)) throw wrongType("number", winner);
    if (better(double(item), double(winner))) winner = item;
  }
  return winner;
}
function average(sequence3) {
  const numbers = someItems(sequence3, "list/avg").map(double);
  return float(numbers.reduce((total, number) => total + number, 0) / numbers.length);
}
function median(sequence3) {
  const numbers = someItems(sequence3, "list/median").map(double).sort((a, b) => a - b);
  const middle = Math.floor(numbers.length / 2);
  const upper = numbers[middle];
  return float(numbers.length % 2 === 1 ? upper : (numbers[middle - 1] + upper) / 2);
}
function shuffle(sequence3, context) {
  const random = randomSource(context, "list/shuffle");
  const items2 = [
    ...sequenceItems(sequence3, "list/shuffle")
  ];
  for (let i = items2.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items2[i], items2[j]] = [
      items2[j],
      items2[i]
    ];
  }
  return listOf(items2);
}
function pick(sequence3, context) {
  const items2 = someItems(sequence3, "list/pick");
  return items2[Math.floor(randomSource(context, "list/pick")() * items2.length)];
}
function groupBy(keys, items2) {
  const groups = [];
  let index = HashMap.EMPTY;
  const members = sequenceItems(items2, "list/group-by");
  sequenceItems(keys, "list/group-by").forEach((key, i) => {
    const known3 = index.get(key);
    const group2 = typeof known3 === "number" ? groups[known3] : void 0;
    if (group2 === void 0) {
      index = index.with(key, groups.length);
      groups.push({
        key,
        items: [
          members[i]
        ]
      });
    } else group2.items.push(members[i]);
  });
  return SortedMap.from(groups.map((group2) => [
    group2.key,
    listOf(group2.items)
  ]));
}
function keyBy(keys, items2) {
  const members = sequenceItems(items2, "list/key-by");
  return SortedMap.from(sequenceItems(keys, "list/key-by").map((key, i) => [
    key,
    members[i]
  ]));
}
function sortCategory(value) {
  const name = typeName(value);
  return name === "int" || name === "float" || name === "rational" ? "real" : name;
}
function sortByDefault(list3) {
  const items2 = sequenceItems(list3, "sort");
  const first3 = items2[0];
  const category = items2.length === 0 ? "" : sortCategory(first3);
  for (const item of items2) {
    if (sortCategory(item) !== category) {
      throw wrongType(typeName(first3), item, "sort orders one type at a time; use `sort-by` or `(sort xs cmp)` with a comparator to order mixed types");
    }
  }
  return listOf(items2.toSorted(category === "real" ? compareReals2 : compare));
}
function compareReals2(a, b) {
  const [notA2, notB] = [
    isNaNValue(a),
    isNaNValue(b)
  ];
  if (notA2 || notB) return Number(notA2) - Number(notB);
  return less(a, b) ? -1 : less(b, a) ? 1 : 0;
}
function isNaNValue(value) {
  return typeof value === "number" && Number.isNaN(value);
}
function sortByKeys(keys, items2) {
  const members = sequenceItems(items2, "sort-by");
  const pairs = sequenceItems(keys, "sort-by").map((key, index) => ({
    key,
    item: members[index]
  }));
  return listOf(pairs.sort((a, b) => compare(a.key, b.key)).map((pair) => pair.item));
}
function pluck(key, sequence3) {
  const items2 = sequenceItems(sequence3, "list/pluck");
  return listOf(items2.map((item) => isMap(item) ? item.get(key) ?? null : null));
}
function secondFirst(answer) {
  if (typeof answer === "number") return answer > 0 && Number.isInteger(answer);
  return typeof answer === "bigint" ? answer > 0n : answer === false;
}
function singletons(list3) {
  return listOf(sequenceItems(list3, "sort").map((item) => listOf([
    item
  ])));
}
var listSets = pure([
  one("list/unique", "The first occurrence of each element.", unique, [
    "(list/unique '(3 1 3 2 1))",
    "(3 1 2)"
  ]),
  one("list/dedupe", "Without elements equal to the one before.", dedupe, [
    "(list/dedupe '(1 1 2 1))",
    "(1 2 1)"
  ]),
  one("list/duplicates", "The values that occur more than once, sorted.", (sequence3) => {
    const counts = tally(sequenceItems(sequence3, "list/duplicates"));
    return listOf(counts.filter((entry) => entry.count > 1).map((entry) => entry.item));
  }, [
    "(list/duplicates '(3 1 3 2 1))",
    "(1 3)"
  ]),
  two("list/diff", "The elements of the first that are not in the second.", (first3, second) => byMembership(first3, second, "list/diff", false), [
    "(list/diff '(1 2 3) '(2))",
    "(1 3)"
  ]),
  two("list/intersect", "The elements of the first that are in the second.", (first3, second) => byMembership(first3, second, "list/intersect", true), [
    "(list/intersect '(1 2 3) '(2 3 4))",
    "(2 3)"
  ]),
  one("frequencies", "A map from each element to how often it occurs.", frequencies, [
    "(frequencies '(a b a))",
    "{a 2 b 1}"
  ]),
  one("list/mode", "The most frequent element, or a list of them when several are.", mode, [
    "(list/mode '(1 2 2 3))",
    "2"
  ]),
  one("list/sum", "The sum of integers and floats.", sum, [
    "(list/sum '(1 2 3.5))",
    "6.5"
  ]),
  one("list/min", "The smallest number.", (sequence3) => extreme(sequence3, "list/min", (a, b) => a < b), [
    "(list/min '(3 1 2))",
    "1"
  ]),
  one("list/max", "The largest number.", (sequence3) => extreme(sequence3, "list/max", (a, b) => a > b), [
    "(list/max '(3 1 2))",
    "3"
  ]),
  one("list/avg", "The arithmetic mean, a float.", average, [
    "(list/avg '(1 2 3))",
    "2.0"
  ]),
  one("list/median", "The middle value, a float.", median, [
    "(list/median '(4 1 3 2))",
    "2.5"
  ]),
  ...requires("random", [
    one("list/shuffle", "The elements in random order.", shuffle, [
      "(length (list/shuffle '(1 2 3)))",
      "3"
    ]),
    one("list/pick", "A random element.", pick, [
      "(list/pick '(7))",
      "7"
    ])
  ]),
  two("list/pluck", "(list/pluck key maps): the value of key in each map, nil where there is none.", pluck, [
    "(list/pluck :a '({:a 1} {:a 2}))",
    "(1 2)"
  ]),
  two("__vm-group-by", "Groups items by their keys.", groupBy),
  two("__vm-key-by", "Maps keys to items.", keyBy),
  one("__vm-sort", "Sorts elements of one type.", sortByDefault),
  two("__vm-sort-by", "Sorts items by their keys.", sortByKeys),
  one("__vm-singletons", "One-element lists of the elements.", singletons),
  one("__vm-second-first?", "Whether a comparator's answer puts the second argument first.", secondFirst)
]);

// src/builtins/json.ts
var ESCAPES2 = {
  '"': '\\"',
  "\\": "\\\\",
  "\b": "\\b",
  "\f": "\\f",
  "\n": "\\n",
  "\r": "\\r",
  "	": "\\t"
};
var ESCAPED2 = /["\\\0-\x1f]/g;
function quoted2(text2) {
  const escape = (character2) => ESCAPES2[character2] ?? `\\u${character2.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return `"${text2.replace(ESCAPED2, escape)}"`;
}
function floatText(value) {
  const [, sign2 = "", first3 = "", rest2 = "", power2] = /^(-?)(\d)(?:\.(\d+))?e(.+)$/.exec(value.toExponential()) ?? [];
  if (Object.is(value, -0)) return "-0.0";
  const exponent = Number(power2);
  const digits = first3 + rest2;
  if (exponent < -5 || exponent > 15) {
    const mantissa = rest2 === "" ? first3 : `${first3}.${rest2}`;
    return `${sign2}${mantissa}e${exponent > 0 ? "+" : ""}${exponent}`;
  }
  if (exponent < 0) return `${sign2}0.${"0".repeat(-1 - exponent)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, "0");
  return `${sign2}${whole}.${digits.slice(exponent + 1) || "0"}`;
}
function scalarText(value, name) {
  if (value === null) return "null";
  if (typeof value === "string") return quoted2(value);
  if (typeof value === "boolean" || isExactInteger(value)) return String(value);
  if (isFloat2(value)) {
    const double3 = value instanceof Flonum ? value.value : Number(value);
    if (!Number.isFinite(double3)) throw evalError(`${name}: Eval error: cannot encode NaN/Infinity as JSON`);
    return floatText(double3);
  }
  if (value instanceof Rational || value instanceof Complex) return quoted2(repr(value));
  if (value instanceof Keyword || value instanceof Sym) return quoted2(value.name);
  if (value instanceof List || value instanceof Vector || value instanceof MapBase) return null;
  throw evalError(`${name}: Eval error: cannot encode ${typeName(value)} as JSON`);
}
function parts(value) {
  if (value instanceof List) return toArray(value).map((item) => [
    "",
    item
  ]);
  if (value instanceof Vector) return value.items.map((item) => [
    "",
    item
  ]);
  const entries = /* @__PURE__ */ new Map();
  if (value instanceof MapBase) {
    for (const [key, item] of value) {
      entries.set(typeof key === "string" ? key : key instanceof Keyword || key instanceof Sym ? key.name : repr(key), item);
    }
  }
  return [
    ...entries
  ].sort(([a], [b]) => compareText(a, b)).map(([key, item]) => [
    `${quoted2(key)}:`,
    item
  ]);
}
function encode3(whole, name, indent2) {
  let text2 = "";
  const stack = [
    {
      value: whole,
      depth: 0
    }
  ];
  const lineBreak = (depth) => indent2 === "" ? "" : `
${indent2.repeat(depth)}`;
  const space = indent2 === "" ? "" : " ";
  for (let next = stack.pop(); next !== void 0; next = stack.pop()) {
    if (typeof next === "string") {
      text2 += next;
      continue;
    }
    const { value, depth } = next;
    const scalar3 = scalarText(value, name);
    if (scalar3 !== null) {
      text2 += scalar3;
      continue;
    }
    const [open2, close] = value instanceof MapBase ? [
      "{",
      "}"
    ] : [
      "[",
      "]"
    ];
    const items2 = parts(value);
    text2 += open2;
    stack.push(items2.length === 0 ? close : lineBreak(depth) + close);
    for (let i = items2.length - 1; i >= 0; i--) {
      const [prefix, item] = items2[i];
      stack.push({
        value: item,
        depth: depth + 1
      });
      stack.push((i > 0 ? "," : "") + lineBreak(depth + 1) + (prefix === "" ? "" : prefix + space));
    }
  }
  return text2;
}
var DEPTH = 127;
var HINT = "json/decode expects a JSON string (note: single quotes and trailing commas are not valid JSON)";
var NAMES = {
  n: [
    "null",
    null
  ],
  t: [
    "true",
    true
  ],
  f: [
    "false",
    false
  ]
};
var UNESCAPES = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "	"
};
var SPECIAL = /["\\\0-\x1f]/g;
var Reader = class {
  #text;
  #at = 0;
  constructor(text2) {
    this.#text = text2;
  }
  read() {
    const value = this.#value(0);
    if (this.#solid() !== "") throw this.#failHere("trailing characters");
    return value;
  }
  /** An error after what has been read. */
  #fail(what) {
    const line = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    return this.#failAt(what, this.#lineNumber(), utf8Length(this.#text.slice(line, this.#at)));
  }
  /** An error at the next character. */
  #failHere(what) {
    const character2 = this.#text[this.#at];
    if (character2 === "\n") return this.#failAt(what, this.#lineNumber() + 1, 0);
    const line = this.#text.lastIndexOf("\n", this.#at - 1) + 1;
    const column = utf8Length(this.#text.slice(line, this.#at)) + (character2 === void 0 ? 0 : 1);
    return this.#failAt(what, this.#lineNumber(), column);
  }
  #failAt(what, line, column) {
    const place2 = `line ${line} column ${column}`;
    return evalError(`json/decode: parse error at ${place2}: ${what} at ${place2}`, HINT);
  }
  #lineNumber() {
    return this.#text.slice(0, this.#at).split("\n").length;
  }
  /** The next character, not yet read; `atEnd` is what it means that there is none. */
  #peek(atEnd) {
    const character2 = this.#text[this.#at];
    if (character2 === void 0) throw this.#failHere(atEnd);
    return character2;
  }
  /** The next character that is not white space, not yet read; empty at the end. */
  #solid() {
    for (; ; this.#at++) {
      const character2 = this.#text[this.#at];
      if (character2 !== " " && character2 !== "\n" && character2 !== "	" && character2 !== "\r") return character2 ?? "";
    }
  }
  #value(depth) {
    const first3 = this.#solid();
    if (first3 === "") throw this.#failHere("EOF while parsing a value");
    if (first3 === "[" || first3 === "{") {
      if (depth === DEPTH) throw this.#failHere("recursion limit exceeded");
      this.#at++;
      return first3 === "[" ? this.#array(depth + 1) : this.#object(depth + 1);
    }
    if (first3 === '"') {
      this.#at++;
      return this.#string();
    }
    if (first3 === "-" || isDigit(first3)) return this.#number();
    const named2 = NAMES[first3];
    if (named2 === void 0) throw this.#failHere("expected value");
    for (const expected of named2[0]) {
      if (this.#peek("EOF while parsing a value") !== expected) throw this.#failHere("expected ident");
      this.#at++;
    }
    return named2[1];
  }
  /** Goes on to the next item of an array or object; false at its end. */
  #item(first3, close, kind) {
    const character2 = this.#solid();
    if (character2 === "") throw this.#failHere(`EOF while parsing ${kind}`);
    if (character2 === close) {
      this.#at++;
      return false;
    }
    if (first3) return true;
    if (character2 !== ",") throw this.#failHere(`expected \`,\` or \`${close}\``);
    this.#at++;
    const next = this.#solid();
    if (next === close) throw this.#failHere("trailing comma");
    return true;
  }
  #array(depth) {
    const items2 = [];
    while (this.#item(items2.length === 0, "]", "a list")) items2.push(this.#value(depth));
    return listFrom(items2);
  }
  #object(depth) {
    const entries = [];
    while (this.#item(entries.length === 0, "}", "an object")) {
      const quote = this.#solid();
      if (quote === "") throw this.#failHere("EOF while parsing a value");
      if (quote !== '"') throw this.#failHere("key must be a string");
      this.#at++;
      const key = keyword(this.#string());
      const colon = this.#solid();
      if (colon === "") throw this.#failHere("EOF while parsing an object");
      if (colon !== ":") throw this.#failHere("expected `:`");
      this.#at++;
      entries.push([
        key,
        this.#value(depth)
      ]);
    }
    return SortedMap.from(entries);
  }
  /** A string whose opening quote has been read. */
  #string() {
    let result2 = "";
    for (; ; ) {
      SPECIAL.lastIndex = this.#at;
      const end = SPECIAL.exec(this.#text)?.index ?? this.#text.length;
      result2 += this.#text.slice(this.#at, end);
      this.#at = end;
      const character2 = this.#peek("EOF while parsing a string");
      if (character2 !== '"' && character2 !== "\\") {
        throw this.#failHere("control character (\\u0000-\\u001F) found while parsing a string");
      }
      this.#at++;
      if (character2 === '"') return result2;
      result2 += this.#escape();
    }
  }
  #escape() {
    const letter = this.#peek("EOF while parsing a string");
    const character2 = letter === "u" ? "" : UNESCAPES[letter];
    if (character2 === void 0) throw this.#failHere("invalid escape");
    this.#at++;
    return letter === "u" ? this.#unicode() : character2;
  }
  /** One or two escapes of UTF-16 units; `\u` has been read. */
  #unicode() {
    const unit = this.#hex();
    if (unit < 55296 || unit > 57343) return String.fromCharCode(unit);
    if (unit >= 56320) throw this.#fail("lone leading surrogate in hex escape");
    for (const expected of "\\u") {
      const character2 = this.#peek("EOF while parsing a string");
      if (character2 !== expected) throw this.#failHere("unexpected end of hex escape");
      this.#at++;
    }
    const second = this.#hex();
    if (second < 56320 || second > 57343) throw this.#fail("lone leading surrogate in hex escape");
    return String.fromCharCode(unit, second);
  }
  #hex() {
    const digits = this.#text.slice(this.#at, this.#at + 4);
    this.#at += digits.length;
    if (digits.length < 4) throw this.#fail("EOF while parsing a string");
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) throw this.#fail("invalid escape");
    return Number.parseInt(digits, 16);
  }
  #number() {
    const start = this.#at;
    if (this.#text[start] === "-") this.#at++;
    const first3 = this.#digit();
    if (first3 !== "0") this.#digits();
    else if (isDigit(this.#text[this.#at])) throw this.#failHere("invalid number");
    const whole = this.#at;
    if (this.#text[this.#at] === ".") {
      this.#at++;
      const from = this.#at;
      this.#digits();
      if (this.#at === from) {
        throw this.#failHere(this.#at < this.#text.length ? "invalid number" : "EOF while parsing a value");
      }
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? "")) {
      this.#at++;
      if (/^[-+]$/.test(this.#text[this.#at] ?? "")) this.#at++;
      this.#digit();
      this.#digits();
    }
    const text2 = this.#text.slice(start, this.#at);
    if (this.#at === whole) return integer(BigInt(text2));
    const value = Number(text2);
    return Number.isFinite(value) ? float(value) : null;
  }
  /** A digit, which there must be. */
  #digit() {
    const character2 = this.#peek("EOF while parsing a value");
    if (!isDigit(character2)) throw this.#failHere("invalid number");
    this.#at++;
    return character2;
  }
  #digits() {
    while (isDigit(this.#text[this.#at])) this.#at++;
  }
};
function isDigit(character2) {
  return character2 !== void 0 && character2 >= "0" && character2 <= "9";
}
var json = pure([
  one("json/encode", "The JSON text of a value, keys in order.", (value) => encode3(value, "json/encode", ""), [
    '(json/encode {:title "Dune" :pages 412})',
    '"{\\"pages\\":412,\\"title\\":\\"Dune\\"}"'
  ]),
  one("json/encode-pretty", "The JSON text of a value on several lines.", (value) => encode3(value, "json/encode-pretty", "  "), [
    "(json/encode-pretty [1 2])",
    '"[\\n  1,\\n  2\\n]"'
  ]),
  one("json/decode", "The value of a JSON text: lists, and maps with keywords for keys.", (text2) => {
    if (typeof text2 === "string") return new Reader(text2).read();
    throw wrongArgument("json/decode", 1, "string", text2, "json/decode: argument 1 must be a JSON-encoded string");
  }, [
    '(json/decode "[1, {\\"a\\": 2.0}]")',
    "(1 {:a 2.0})"
  ])
]);

// src/builtins/intrinsics.ts
var NO_MIXING = "+: cannot mix strings with other types; use (str a b ...) to build a string";
function sum2(a, b) {
  if (typeof a === "number" && typeof b === "number") return add(a, b);
  if (typeof a === "string" && typeof b === "string") return a + b;
  if (isNumber(a) && isNumber(b)) return add(a, b);
  const got = `${typeName(a)} and ${typeName(b)}`;
  const mixed = typeof a === "string" || typeof b === "string";
  throw typeError("number or string", got, mixed ? {
    hint: NO_MIXING
  } : {});
}
function arithmetic(operation) {
  return (a, b) => {
    if (isNumber(a) && isNumber(b)) return operation(a, b);
    throw typeError("number", `${typeName(a)} and ${typeName(b)}`);
  };
}
function comparison(test2, swapped) {
  return (a, b) => {
    if (isNumber(a) && isNumber(b)) return test2(compareNumbers(a, b));
    if (typeof a === "string" && typeof b === "string") return test2(compareText(a, b));
    const [left, right2] = swapped ? [
      b,
      a
    ] : [
      a,
      b
    ];
    throw typeError("comparable values", `${typeName(left)} and ${typeName(right2)}`);
  };
}
function listOrVector(value) {
  return typeError("list or vector", typeName(value));
}
function first2(sequence3) {
  if (sequence3 instanceof List) return sequence3.first;
  if (sequence3 instanceof Vector) return sequence3.items[0] ?? null;
  throw listOrVector(sequence3);
}
function rest(sequence3) {
  if (sequence3 instanceof List) return sequence3.rest;
  if (sequence3 instanceof Vector) return new Vector(sequence3.items.slice(1));
  throw listOrVector(sequence3);
}
function prepend(item, tail2) {
  if (tail2 instanceof List) return cons(item, tail2);
  return tail2 === null ? cons(item, EMPTY) : cons(item, cons(tail2, EMPTY));
}
function append2(a, b) {
  if (!(a instanceof List || a instanceof Vector)) throw listOrVector(a);
  if (!(b instanceof List || b instanceof Vector)) throw listOrVector(b);
  const tail2 = b instanceof List ? b : listFrom(b.items);
  const items2 = a instanceof List ? toArray(a) : a.items;
  checkSize2(items2.length + tail2.length, "append");
  return listFrom(items2, 0, tail2);
}
var LENGTH_TYPES = "list, vector, string, map, hashmap, bytevector, typed array, or mutable-array";
function length(value) {
  if (value instanceof List) return value.length;
  if (value instanceof Vector) return value.items.length;
  if (typeof value === "string") return scalarCount(value);
  if (value instanceof MapBase) return value.size;
  if (value instanceof Bytevector) return value.bytes.length;
  const size = value instanceof Opaque ? value.size() : null;
  if (size === null) throw typeError(LENGTH_TYPES, typeName(value));
  return size;
}
function stringLength(value) {
  if (typeof value !== "string") throw typeError("string", typeName(value));
  return scalarCount(value);
}
function asMap(name, value) {
  if (value instanceof SortedMap || value instanceof HashMap) return value;
  const hint2 = value instanceof List || value instanceof Vector ? `${name} works on maps; use (nth coll i) to index a list or vector` : `${name}: expected a map as the first argument`;
  throw typeError("map or hashmap", typeName(value), {
    hint: hint2
  });
}
function element(sequence3, index) {
  if (!isInt64(index)) {
    const swapped = index instanceof List || index instanceof Vector || index instanceof MutableArray;
    const complaint = swapped ? " \u2014 looks like the arguments are swapped" : "; the index must be an integer";
    throw typeError("int", typeName(index), {
      hint: `nth: argument order is (nth collection index)${complaint}`
    });
  }
  const at = Number(index);
  if (at < 0) throw evalError(`nth: index must be non-negative, got ${index}`);
  if (sequence3 instanceof List) {
    if (at < sequence3.length) return nth(sequence3, at);
    throw outOfBounds(index, sequence3.length);
  }
  if (sequence3 instanceof Vector || sequence3 instanceof MutableArray) {
    const item = sequence3.at(at);
    if (item === void 0) throw outOfBounds(index, sequence3.length);
    return item;
  }
  throw listOrVector(sequence3);
}
function outOfBounds(index, count2) {
  return evalError(`index ${index} out of bounds (length ${count2})`);
}
function character(text2, index) {
  if (typeof text2 !== "string") throw typeError("string", typeName(text2));
  if (!isInt64(index)) throw typeError("int", typeName(index));
  const at = Number(index);
  if (at < 0) throw evalError(`string-ref: index ${index} must be non-negative`);
  const code = scalarAt(text2, at);
  if (code >= 0) return new Char(code);
  const count2 = scalarCount(text2);
  throw evalError(`string-ref: index ${index} out of bounds (string length ${count2})`, "indices are 0-based");
}
function arrayElement(array2, index) {
  const name = "mutable-array/get";
  if (!(array2 instanceof MutableArray)) {
    throw typeError("mutable-array", typeName(array2), {
      hint: `${name}: create one with (mutable-array/new)`
    });
  }
  if (!isInt64(index)) throw typeError("int", typeName(index), {
    hint: `${name}: argument must be an integer`
  });
  const at = Number(index);
  if (at < 0) throw evalError(`${name}: expected a non-negative integer, got ${index}`, "pass 0 or a positive integer");
  const item = array2.at(at);
  if (item === void 0) throw evalError(`${name}: index ${index} out of bounds (length ${array2.length})`);
  return item;
}
var intrinsics = {
  add: sum2,
  subtract: arithmetic(subtract),
  multiply: arithmetic(multiply),
  divide: arithmetic((a, b) => divide(a, b)),
  equal: (a, b) => isNumber(a) && isNumber(b) ? numericEqual(a, b) : equal(a, b),
  less: comparison((order) => order < 0, false),
  greater: comparison((order) => order > 0, true),
  lessOrEqual: comparison((order) => order <= 0, true),
  greaterOrEqual: comparison((order) => order >= 0, false),
  negate,
  not: (a) => a === null || a === false,
  cons: prepend,
  car: first2,
  cdr: rest,
  first: first2,
  rest,
  isNull: (a) => a === null || a === EMPTY,
  isPair: (a) => a instanceof List && a.length > 0,
  isList: (a) => a instanceof List,
  isNumber,
  isString: (a) => typeof a === "string",
  isSymbol: (a) => a instanceof Sym,
  length,
  stringLength,
  append: append2,
  get: (map3, key) => asMap("get", map3).get(key) ?? null,
  contains: (map3, key) => asMap("contains?", map3).has(key),
  mod: (a, b) => modulo(a, b),
  modulo: (a, b) => modulo(a, b),
  nth: element,
  stringRef: character,
  stringAppend: (a, b) => display(a) + display(b),
  arrayGet: arrayElement
};

// src/builtins/lists.ts
function slice2(items2, start, end) {
  let result2 = EMPTY;
  for (let i = end - 1; i >= start; i--) result2 = cons(items2[i], result2);
  return result2;
}
function repeated(size, value) {
  let result2 = EMPTY;
  for (let i = 0; i < size; i++) result2 = cons(value, result2);
  return result2;
}
function reverseList(list3, onto = EMPTY) {
  let result2 = onto;
  for (let cell2 = list3; cell2.length > 0; cell2 = cell2.rest) result2 = cons(cell2.first, result2);
  return result2;
}
function reverse(value) {
  if (value instanceof List) return reverseList(value);
  if (value instanceof Vector) return new Vector(value.items.toReversed());
  throw wrongType("list or vector", value, "reverse: argument 1 must be a list or vector");
}
function append3(args) {
  const hint2 = "append: every argument must be a list or vector";
  for (const arg of args) {
    if (!(arg instanceof List || arg instanceof Vector)) throw wrongType("list or vector", arg, hint2);
  }
  let result2 = EMPTY;
  for (let i = args.length - 1; i >= 0; i--) {
    const arg = args[i];
    if (result2 === EMPTY && arg instanceof List) {
      result2 = arg;
      continue;
    }
    const size = arg instanceof List ? arg.length : arg instanceof Vector ? arg.items.length : 0;
    checkSize2(size + result2.length, "append");
    result2 = listFrom(listOrVectorItems(arg), 0, result2);
  }
  return result2;
}
function int64Arguments(args) {
  return args.map((arg) => {
    if (!isInt64(arg)) throw wrongType("int", arg);
    return toBigInt(arg);
  });
}
function range2(args) {
  const numbers = int64Arguments(args);
  const start = numbers.length === 1 ? 0n : numbers[0];
  const end = numbers.length === 1 ? numbers[0] : numbers[1];
  const step2 = numbers[2] ?? 1n;
  if (step2 === 0n) throw evalError("range: step cannot be 0");
  const span = step2 > 0n ? end - start : start - end;
  const stride = step2 > 0n ? step2 : -step2;
  const size = span <= 0n ? 0 : Number((span + stride - 1n) / stride);
  checkSize2(size, "range");
  return progression(start, step2, size, integer);
}
function progression(start, step2, size, normal) {
  const last3 = start + step2 * BigInt(Math.max(size - 1, 0));
  let result2 = EMPTY;
  if (typeof integer(start) === "number" && typeof integer(last3) === "number") {
    const from = Number(start);
    const by = Number(step2);
    for (let i = size - 1; i >= 0; i--) result2 = cons(from + i * by, result2);
    return result2;
  }
  for (let i = BigInt(size) - 1n; i >= 0n; i--) result2 = cons(normal(start + i * step2), result2);
  return result2;
}
function iota(args) {
  const [size, start = 0n, step2 = 1n] = int64Arguments(args);
  const length2 = size === void 0 || size <= 0n ? 0 : Number(size);
  checkSize2(length2, "iota");
  return progression(start, step2, length2, (value) => integer(BigInt.asIntN(64, value)));
}
function nthOf(sequence3, index) {
  if (!(sequence3 instanceof List || sequence3 instanceof Vector || sequence3 instanceof MutableArray)) {
    const expected = "list, vector, or mutable-array";
    throw wrongArgument("nth", 1, expected, sequence3, `nth: argument 1 must be a ${expected}`);
  }
  if (!isInt64(index)) {
    const hint2 = "nth: argument order is (nth collection index); the index must be an integer";
    throw wrongArgument("nth", 2, "int", index, hint2);
  }
  return intrinsics.nth(sequence3, index);
}
function head(value) {
  if (value instanceof List || value instanceof Vector) return intrinsics.car(value);
  throw wrongType("list or vector", value, "first: argument 1 must be a list or vector");
}
function remainder2(value) {
  if (value instanceof List || value instanceof Vector) return intrinsics.cdr(value);
  throw wrongType("list or vector", value, "rest: argument 1 must be a list or vector");
}
function nthOr(sequence3, index, otherwise) {
  const position = count(index, "list/nth-or");
  if (sequence3 instanceof List) return position < sequence3.length ? nth(sequence3, position) : otherwise;
  const items2 = sequenceItems(sequence3, "list/nth-or");
  return position < items2.length ? items2[position] : otherwise;
}
function last2(sequence3) {
  if (sequence3 instanceof List) return sequence3.length === 0 ? null : nth(sequence3, sequence3.length - 1);
  return sequenceItems(sequence3, "last").at(-1) ?? null;
}
function sliceCount(value, name) {
  const swapped = value instanceof List || value instanceof Vector || value instanceof MutableArray;
  return swapped ? count(value, name, `${name}: argument order is (${name} count collection) \u2014 looks like the arguments are swapped`) : count(value, name);
}
function take2(size, sequence3) {
  const wanted = sliceCount(size, "take");
  if (sequence3 instanceof List) return takeList(sequence3, wanted);
  const items2 = sequenceItems(sequence3, "take");
  return slice2(items2, 0, Math.min(wanted, items2.length));
}
function takeList(list3, size) {
  if (size >= list3.length) return list3;
  const items2 = [];
  let cell2 = list3;
  for (let i = 0; i < size; i++) {
    items2.push(cell2.first);
    cell2 = cell2.rest;
  }
  return listOf(items2);
}
function dropList(list3, size) {
  return tail(list3, Math.min(size, list3.length));
}
function drop(size, sequence3) {
  const unwanted = sliceCount(size, "drop");
  return dropList(sequenceList(sequence3, "drop"), unwanted);
}
function takeLast(size, sequence3) {
  const wanted = count(size, "list/take-last");
  const list3 = sequenceList(sequence3, "list/take-last");
  return dropList(list3, Math.max(0, list3.length - wanted));
}
function dropLast(size, sequence3) {
  const unwanted = count(size, "list/drop-last");
  const list3 = sequenceList(sequence3, "list/drop-last");
  return takeList(list3, Math.max(0, list3.length - unwanted));
}
function splitAt(sequence3, size) {
  const list3 = sequenceList(sequence3, "list/split-at");
  const position = count(size, "list/split-at");
  return listOf([
    takeList(list3, position),
    dropList(list3, position)
  ]);
}
function chunk2(size, sequence3) {
  const length2 = count(size, "list/chunk");
  if (length2 === 0) throw evalError("list/chunk: chunk size must be positive");
  const items2 = sequenceItems(sequence3, "list/chunk");
  const chunks2 = [];
  for (let i = 0; i < items2.length; i += length2) chunks2.push(slice2(items2, i, Math.min(i + length2, items2.length)));
  return listOf(chunks2);
}
function sliding(args) {
  const items2 = sequenceItems(args[0], "list/sliding");
  const size = count(args[1], "list/sliding");
  const step2 = args.length > 2 ? count(args[2], "list/sliding") : 1;
  if (size === 0) throw evalError("list/sliding: size must be positive");
  if (step2 === 0) throw evalError("list/sliding: step must be positive");
  const windows = [];
  for (let i = 0; i + size <= items2.length; i += step2) windows.push(slice2(items2, i, i + size));
  return listOf(windows);
}
function page(sequence3, number, size) {
  const items2 = sequenceItems(sequence3, "list/page");
  const index = int64(number);
  if (index < 1) throw evalError("list/page: page must be >= 1");
  const length2 = count(size, "list/page");
  const start = Math.min((index - 1) * length2, items2.length);
  return slice2(items2, start, Math.min(start + length2, items2.length));
}
function pad(sequence3, size, fill) {
  const items2 = sequenceItems(sequence3, "list/pad");
  const length2 = count(size, "list/pad");
  checkSize2(length2, "list/pad");
  return listFrom(items2, 0, repeated(length2 - items2.length, fill));
}
function rows2(sequences, name) {
  const columns = sequences.map((sequence3) => sequenceItems(sequence3, name));
  const height = columns.reduce((least, { length: length2 }) => Math.min(least, length2), Infinity);
  const result2 = [];
  for (let i = 0; i < height; i++) result2.push(columns.map((column) => column[i]));
  return result2;
}
function interpose(separator, sequence3) {
  const items2 = sequenceItems(sequence3, "interpose");
  return listOf(items2.flatMap((item, i) => i === 0 ? [
    item
  ] : [
    separator,
    item
  ]));
}
function crossJoin(left, right2) {
  const lefts = sequenceItems(left, "list/cross-join");
  const rights = sequenceItems(right2, "list/cross-join");
  checkSize2(lefts.length * rights.length, "list/cross-join");
  return listOf(lefts.flatMap((x) => rights.map((y) => listOf([
    x,
    y
  ]))));
}
function join2(args) {
  const pieces = sequenceItems(args[0], "list/join").map(repr);
  const separator = text(args[1]);
  if (args.length < 3 || pieces.length < 2) return pieces.join(separator);
  const final = text(args[2]);
  return pieces.slice(0, -1).join(separator) + final + pieces.at(-1);
}
function flatten(sequence3) {
  const result2 = [];
  for (const item of sequenceItems(sequence3, "flatten")) {
    if (item instanceof List) {
      for (const inner of item) result2.push(inner);
    } else if (item instanceof Vector) {
      for (const inner of item.items) result2.push(inner);
    } else result2.push(item);
  }
  return listOf(result2);
}
function flattenDeep(value) {
  const result2 = [];
  const pending = [
    value
  ];
  while (pending.length > 0) {
    const item = pending.pop();
    if (item instanceof List || item instanceof Vector) {
      for (const inner of listOrVectorItems(item).toReversed()) pending.push(inner);
    } else result2.push(item);
  }
  return listOf(result2);
}
function member(value, sequence3) {
  for (let cell2 = sequenceList(sequence3, "member"); cell2.length > 0; cell2 = cell2.rest) {
    if (equal(cell2.first, value)) return cell2;
  }
  return false;
}
function associated(key, entries) {
  for (const entry of entries) {
    if (entry instanceof List && entry.length > 0 && equal(entry.first, key)) return entry;
  }
  return false;
}
function indexOf2(sequence3, value, name) {
  return sequenceItems(sequence3, name).findIndex((item) => equal(item, value));
}
var ACCESSORS = [
  [
    "aa",
    "'((1 2) 3)",
    "1"
  ],
  [
    "ad",
    "'(1 2 3)",
    "2"
  ],
  [
    "da",
    "'((1 2) 3)",
    "(2)"
  ],
  [
    "dd",
    "'(1 2 3)",
    "(3)"
  ],
  [
    "aaa",
    "'(((1 2) 3) 4)",
    "1"
  ],
  [
    "aad",
    "'(1 (2 3))",
    "2"
  ],
  [
    "ada",
    "'((1 2) 3)",
    "2"
  ],
  [
    "add",
    "'(1 2 3)",
    "3"
  ],
  [
    "daa",
    "'(((1 2) 3) 4)",
    "(2)"
  ],
  [
    "dad",
    "'(1 (2 3))",
    "(3)"
  ],
  [
    "dda",
    "'((1 2 3) 4)",
    "(3)"
  ],
  [
    "ddd",
    "'(1 2 3 4)",
    "(4)"
  ]
].map(([path = "", list3 = "", printed = ""]) => {
  const steps = [
    ...path
  ].reverse().map((letter) => letter === "a" ? head : remainder2);
  const doc = `The ${[
    ...path
  ].map((letter) => letter === "a" ? "car" : "cdr").join(" of the ")}.`;
  const name = `c${path}r`;
  return one(name, doc, (value) => steps.reduce((result2, step2) => step2(result2), value), [
    `(${name} ${list3})`,
    printed
  ]);
});
var lists = pure([
  many("list", 0, Infinity, "A list of the arguments.", listOf, [
    '(list 1 "a" :b)',
    '(1 "a" :b)'
  ]),
  two("cons", "`first` in front of the list `rest`.", intrinsics.cons, [
    "(cons 1 '(2 3))",
    "(1 2 3)"
  ]),
  one("car", "The first element of a list or vector, nil when it is empty.", head, [
    "(car '(1 2 3))",
    "1"
  ]),
  one("cdr", "All but the first element of a list or vector, of the same kind.", remainder2, [
    "(cdr '(1 2 3))",
    "(2 3)"
  ]),
  alias("first", "car"),
  alias("rest", "cdr"),
  ...ACCESSORS,
  two("nth", "Element `index` of a list, vector or mutable array, from 0.", nthOf, [
    "(nth '(a b c) 1)",
    "b"
  ]),
  one("last", "The last element, nil when there is none.", last2, [
    "(last '(1 2 3))",
    "3"
  ]),
  three("list/nth-or", "(list/nth-or coll index default): like nth, but default past the end.", nthOr, [
    "(list/nth-or '(1 2) 5 :none)",
    ":none"
  ]),
  one("length", "The number of elements, of characters in a string, or of entries in a map.", intrinsics.length, [
    "(length '(1 2 3))",
    "3"
  ]),
  many("append", 0, Infinity, "The elements of all lists and vectors in one list.", append3, [
    "(append '(1) [2 3] '(4))",
    "(1 2 3 4)"
  ]),
  one("reverse", "The elements in reverse order, of the same kind.", reverse, [
    "(reverse '(1 2 3))",
    "(3 2 1)"
  ]),
  two("list/repeat", "(list/repeat n x): a list of n references to x.", (size, value) => {
    const length2 = count(size, "list/repeat");
    checkSize2(length2, "list/repeat");
    return repeated(length2, value);
  }, [
    "(list/repeat 3 'x)",
    "(x x x)"
  ]),
  alias("make-list", "list/repeat"),
  many("range", 1, 3, "(range [start] end [step]): the integers from start up to, not including, end.", range2, [
    "(range 2 10 3)",
    "(2 5 8)"
  ]),
  many("iota", 1, 3, "(iota count [start [step]]): count integers from start.", iota, [
    "(iota 3 10)",
    "(10 11 12)"
  ]),
  two("take", "(take n coll): the first n elements.", take2, [
    "(take 2 '(1 2 3))",
    "(1 2)"
  ]),
  two("drop", "(drop n coll): all but the first n elements.", drop, [
    "(drop 2 '(1 2 3))",
    "(3)"
  ]),
  two("list/take-last", "(list/take-last n coll): the last n elements.", takeLast, [
    "(list/take-last 2 '(1 2 3))",
    "(2 3)"
  ]),
  two("list/drop-last", "(list/drop-last n coll): all but the last n elements.", dropLast, [
    "(list/drop-last 2 '(1 2 3))",
    "(1)"
  ]),
  two("list/split-at", "(list/split-at coll n): the first n elements, and the others.", splitAt, [
    "(list/split-at '(1 2 3) 1)",
    "((1) (2 3))"
  ]),
  two("list/chunk", "(list/chunk n coll): lists of n elements, the last perhaps shorter.", chunk2, [
    "(list/chunk 2 '(1 2 3 4 5))",
    "((1 2) (3 4) (5))"
  ]),
  many("list/sliding", 2, 3, "(list/sliding coll size [step]): all full windows of size elements.", sliding, [
    "(list/sliding '(1 2 3 4) 2)",
    "((1 2) (2 3) (3 4))"
  ]),
  three("list/page", "(list/page coll page size): the elements of a page counted from 1.", page, [
    "(list/page '(1 2 3 4 5) 2 2)",
    "(3 4)"
  ]),
  three("list/pad", "(list/pad coll n fill): extended with fill to n elements.", pad, [
    "(list/pad '(1 2) 4 0)",
    "(1 2 0 0)"
  ]),
  many("zip", 2, Infinity, "Tuples of corresponding elements, as many as the shortest has.", (args) => listOf(rows2(args, "zip").map(listOf)), [
    "(zip '(1 2) '(a b))",
    "((1 a) (2 b))"
  ]),
  many("list/interleave", 2, Infinity, "The elements of all sequences in turn, until the shortest ends.", (args) => listOf(rows2(args, "list/interleave").flat()), [
    "(list/interleave '(1 2) '(a b))",
    "(1 a 2 b)"
  ]),
  two("interpose", "(interpose separator coll): separator between consecutive elements.", interpose, [
    "(interpose :and '(1 2 3))",
    "(1 :and 2 :and 3)"
  ]),
  two("list/cross-join", "All pairs of an element of the first and one of the second.", crossJoin, [
    "(list/cross-join '(1 2) '(a b))",
    "((1 a) (1 b) (2 a) (2 b))"
  ]),
  many("list/join", 2, 3, "(list/join coll separator [last]): the read forms of the elements as one string.", join2, [
    `(list/join '(1 2 3) "-")`,
    '"1-2-3"'
  ]),
  one("flatten", "The elements with nested lists and vectors spliced in, one level deep.", flatten, [
    "(flatten '(1 (2 (3)) [4]))",
    "(1 2 (3) 4)"
  ]),
  one("flatten-deep", "The elements with nested lists and vectors spliced in at every depth.", flattenDeep, [
    "(flatten-deep '(1 (2 (3))))",
    "(1 2 3)"
  ]),
  one("enumerate", "A list of (index element) lists.", (sequence3) => listOf(sequenceItems(sequence3, "enumerate").map((item, index) => listOf([
    index,
    item
  ]))), [
    "(enumerate '(a b))",
    "((0 a) (1 b))"
  ]),
  two("member", "(member x coll): the list from the first element equal to x, or #f.", member, [
    "(member 2 '(1 2 3))",
    "(2 3)"
  ]),
  two("list/contains?", "(list/contains? coll x): whether an element is equal to x.", (sequence3, value) => indexOf2(sequence3, value, "list/contains?") >= 0, [
    "(list/contains? '(1 2) 2)",
    "#t"
  ]),
  two("list/index-of", "(list/index-of coll x): index of the first element equal to x, or nil.", (sequence3, value) => {
    const index = indexOf2(sequence3, value, "list/index-of");
    return index < 0 ? null : index;
  }, [
    "(list/index-of '(a b c) 'b)",
    "1"
  ]),
  ...[
    "assq",
    "assv"
  ].map((name) => two(name, `(${name} key entries): the first entry list whose head is equal to key, or #f.`, (key, entries) => associated(key, sequenceItems(entries, name)), [
    `(${name} 'b '((a 1) (b 2)))`,
    "(b 2)"
  ])),
  two("__vm-sequence", "A list, vector or mutable array as a list.", (value, name) => sequenceList(value, text(name))),
  two("__vm-count", "Checks a count argument.", (value, name) => count(value, text(name))),
  one("__vm-reverse", "A list reversed.", (list3) => reverseList(sequenceList(list3, "reverse"))),
  two("__vm-reverse-onto", "The elements of the first list, reversed, in front of the second.", (list3, rest2) => reverseList(sequenceList(list3, "reverse"), sequenceList(rest2, "reverse"))),
  one("__vm-spread", "The arguments that `apply` passes on: all but the last, and the elements of the last.", (args) => {
    const items2 = sequenceItems(args, "apply");
    return listFrom(items2.slice(0, -1), 0, sequenceList(items2.at(-1) ?? null, "apply"));
  }),
  two("__vm-rows", "Argument lists across sequences.", (sequences, name) => listOf(rows2(sequenceItems(sequences, "map"), text(name)).map(listOf))),
  two("__vm-splice", "The value, or its elements if it is a list or vector, reversed in front of the list.", (value, onto) => {
    const rest2 = sequenceList(onto, "flat-map");
    if (value instanceof List) return reverseList(value, rest2);
    if (value instanceof Vector) return reverseList(listFrom(value.items), rest2);
    return cons(value, rest2);
  })
]);

// src/builtins/map_keys.ts
function pushParts(value, stack) {
  if (value instanceof List) {
    for (const part4 of value) stack.push(part4);
  } else if (value instanceof Vector) {
    for (const part4 of value.items) stack.push(part4);
  } else if (value instanceof MapBase) {
    for (const [key, part4] of value) stack.push(key, part4);
  } else if (value instanceof Opaque) {
    for (const part4 of value.parts()) stack.push(part4);
  }
}
var immutable = /* @__PURE__ */ new WeakSet();
var MANY = 32;
function holdsMutable(value) {
  const stack = [
    value
  ];
  let looked = 0;
  while (stack.length > 0) {
    const next = stack.pop();
    if (next === null || typeof next !== "object") continue;
    if (++looked > MANY && immutable.has(next)) continue;
    if (next instanceof MutableArray || next instanceof MutableCell) return true;
    pushParts(next, stack);
  }
  if (looked > MANY) immutable.add(value);
  return false;
}
function mapKey(key, name) {
  if (key === null || typeof key !== "object" || key instanceof Keyword || key instanceof Sym) return key;
  if (!holdsMutable(key)) return key;
  const prefix = name === null ? "" : `${name}: `;
  throw wrongType("immutable map key", key, `${prefix}freeze the key first (mutable-array/->vector or mutable-cell/get)`);
}

// src/builtins/maps.ts
function withEntries(map3, args, start, name) {
  let result2 = map3;
  for (let i = start; i < args.length; i += 2) {
    result2 = result2.with(mapKey(args[i], name), args[i + 1]);
  }
  return result2;
}
function newMap(name, empty) {
  return (args) => {
    if (args.length % 2 !== 0) throw evalError(`${name}: requires even number of arguments`);
    return withEntries(empty, args, 0, name);
  };
}
function lookupMap(value) {
  const indexed2 = value instanceof List || value instanceof Vector;
  return anyMap(value, indexed2 ? "get works on maps; use (nth coll i) to index a list or vector" : "get: expected a map as the first argument");
}
function assoc(args) {
  const [first3 = null, second = null] = args;
  if (args.length === 2 && second instanceof List) return associated(first3, second);
  if (args.length < 3 || args.length % 2 === 0) throw evalError("assoc: requires (key alist) or (map key val ...)");
  const map3 = anyMap(first3, "assoc: expected a map as the first argument, then key/value pairs");
  return withEntries(map3, args, 1, "assoc");
}
function without(map3, keys) {
  let result2 = map3;
  for (const key of keys) result2 = result2.without(key);
  return result2;
}
function merge(args) {
  const maps2 = args.map((arg) => anyMap(arg, "merge: every argument must be a map or hashmap"));
  let result2 = maps2[0] ?? SortedMap.EMPTY;
  for (let i = 1; i < maps2.length; i++) {
    for (const [key, value] of maps2[i]) result2 = result2.with(key, value);
  }
  return result2;
}
function collectionSize(value, name) {
  if (value === null) return 0;
  if (isMap(value)) return value.size;
  if (value instanceof List || value instanceof Vector || typeof value === "string") {
    return intrinsics.length(value);
  }
  throw wrongType("collection", value, `${name}: expected a list, vector, map, or string`);
}
function fromEntries(entries) {
  const items2 = listOrVectorItems(entries, "map/from-entries: expected a list of [key value] pairs");
  return SortedMap.from(items2.map((entry) => {
    const pair = listOrVectorItems(entry, "map/from-entries: each entry must be a [key value] pair");
    if (pair.length !== 2) throw evalError("map/from-entries: each entry must be a pair (key value)");
    return [
      mapKey(pair[0], "map/from-entries"),
      pair[1]
    ];
  }));
}
function zip(keys, values) {
  const names = listOrVectorItems(keys, "map/zip: argument 1 must be a list of keys");
  const items2 = listOrVectorItems(values, "map/zip: argument 2 must be a list of values");
  return SortedMap.from(names.slice(0, items2.length).map((key, i) => [
    mapKey(key, "map/zip"),
    items2[i]
  ]));
}
function selectKeys(map3, keys) {
  if (!(keys instanceof List || keys instanceof Vector)) {
    throw wrongType("list", keys, "map/select-keys: argument 2 must be a list of keys to keep");
  }
  const from = anyMap(map3, "map/select-keys: argument 1 must be a map");
  let result2 = emptyLike(from);
  for (const key of listOrVectorItems(keys)) {
    const value = from.get(key);
    if (value !== void 0) result2 = result2.with(key, value);
  }
  return result2;
}
function emptyLike(map3) {
  return map3 instanceof SortedMap ? SortedMap.EMPTY : HashMap.EMPTY;
}
function except(map3, keys) {
  const from = anyMap(map3, "map/except: argument 1 must be a map");
  return without(from, listOrVectorItems(keys, "map/except: argument 2 must be a list of keys to exclude"));
}
function sorted(map3) {
  return map3 instanceof SortedMap ? map3 : SortedMap.from(map3);
}
function rebuilt(map3, keys, values, name) {
  const items2 = listOrVectorItems(values);
  const entries = listOrVectorItems(keys).map((key, i) => [
    name === null ? key : mapKey(key, name),
    items2[i]
  ]);
  return map3 instanceof HashMap ? HashMap.from(entries) : SortedMap.from(entries);
}
function hashmap(value, name) {
  if (value instanceof HashMap) return value;
  throw wrongType("hashmap", value, `${name}: argument 1 must be a hashmap`);
}
var MAP_HINTS = {
  "map/map-vals": "map/map-vals: argument 2 must be a map; applies fn to each value",
  "map/map-keys": "map/map-keys: argument 2 must be a map; applies fn to each key",
  "map/filter": "map/filter: argument 2 must be a map; predicate receives (key value)",
  "map/update": "map/update: argument 1 must be a map; applies fn to the value at key"
};
function mapOf(map3, name) {
  return anyMap(map3, MAP_HINTS[text(name)] ?? text(name));
}
var maps = pure([
  many("hash-map", 0, Infinity, "A sorted map of alternating keys and values.", newMap("hash-map", SortedMap.EMPTY), [
    "(hash-map :a 1 :b 2)",
    "{:a 1 :b 2}"
  ]),
  same3("map/new", "hash-map"),
  many("get", 2, 3, "(get map key [default]): the value of key, default when there is none.", (args) => {
    const [map3 = null, key = null, otherwise = null] = args;
    const value = lookupMap(map3).get(key);
    return value === void 0 ? otherwise : value;
  }, [
    "(get {:a 1} :b 0)",
    "0"
  ]),
  same3("hash-ref", "get"),
  two("contains?", "(contains? map key): whether the map has the key.", (map3, key) => anyMap(map3, "contains?: argument 1 must be a map; checks for the given key").get(key) !== void 0, [
    "(contains? {:a 1} :a)",
    "#t"
  ]),
  many("assoc", 0, Infinity, "(assoc map key value ...) or (assoc key entries): sets entries, or finds one.", assoc, [
    "(assoc {:a 1} :b 2)",
    "{:a 1 :b 2}"
  ]),
  many("dissoc", 2, Infinity, "(dissoc map key ...): without the keys.", (args) => without(anyMap(args[0], "dissoc: expected a map as the first argument, then keys to remove"), args.slice(1)), [
    "(dissoc {:a 1 :b 2} :a)",
    "{:b 2}"
  ]),
  one("keys", "The keys of a map.", (map3) => listOf(anyMap(map3, "keys: expected a map; returns its keys as a list").keys()), [
    "(keys {:a 1 :b 2})",
    "(:a :b)"
  ]),
  one("vals", "The values of a map, in the order of its keys.", (map3) => listOf(anyMap(map3, "vals: expected a map; returns its values as a list").values()), [
    "(vals {:a 1 :b 2})",
    "(1 2)"
  ]),
  many("merge", 0, Infinity, "The entries of all maps; later ones win.", merge, [
    "(merge {:a 1} {:a 2 :b 3})",
    "{:a 2 :b 3}"
  ]),
  one("count", "The number of elements of a collection; nil counts 0.", (value) => collectionSize(value, "count"), [
    "(count {:a 1 :b 2})",
    "2"
  ]),
  one("empty?", "Whether a collection has no elements; nil is empty.", (value) => collectionSize(value, "empty?") === 0, [
    '(empty? "")',
    "#t"
  ]),
  one("map/entries", "A list of (key value) lists, in key order.", (map3) => listOf(anyMap(map3, "map/entries: expected a map; returns a list of [key value] pairs").entries().map((entry) => listFrom(entry))), [
    "(map/entries {:a 1 :b 2})",
    "((:a 1) (:b 2))"
  ]),
  one("map/from-entries", "A sorted map of (key value) lists or vectors.", fromEntries, [
    "(map/from-entries '((:a 1) (:b 2)))",
    "{:a 1 :b 2}"
  ]),
  two("map/zip", "(map/zip keys values): a sorted map of them.", zip, [
    "(map/zip '(:a :b) '(1 2))",
    "{:a 1 :b 2}"
  ]),
  two("map/select-keys", "(map/select-keys map keys): only the entries of these keys.", selectKeys, [
    "(map/select-keys {:a 1 :b 2} '(:a :c))",
    "{:a 1}"
  ]),
  two("map/except", "(map/except map keys): without the entries of these keys.", except, [
    "(map/except {:a 1 :b 2} '(:a))",
    "{:b 2}"
  ]),
  one("map/sort-keys", "A sorted map of the same entries.", (map3) => sorted(anyMap(map3, "map/sort-keys: argument 1 must be a map; returns it with keys sorted")), [
    "(map/sort-keys (hashmap/new :b 2 :a 1))",
    "{:a 1 :b 2}"
  ]),
  sema("map/map-vals", 2, 2, "(map/map-vals f map): f applied to each value.", `(fn (f m)
      (let ((vs (__vm-map-vals m "map/map-vals")))
        (if (null? vs) m
          (begin (__vm-callable f)
            (let loop ((vs vs) (out '()))
              (if (null? vs) (__vm-map-rebuild m (__vm-map-keys m "map/map-vals") (__vm-reverse out))
                (loop (cdr vs) (cons (f (car vs)) out))))))))`, [
    "(map/map-vals abs {:a -1 :b 2})",
    "{:a 1 :b 2}"
  ]),
  sema("map/map-keys", 2, 2, "(map/map-keys f map): f applied to each key.", `(fn (f m)
      (let ((ks (__vm-map-keys m "map/map-keys")))
        (if (null? ks) m
          (begin (__vm-callable f)
            (let loop ((ks ks) (out '()))
              (if (null? ks) (__vm-map-rekey m (__vm-reverse out) (__vm-map-vals m "map/map-keys"))
                (loop (cdr ks) (cons (f (car ks)) out))))))))`, [
    "(map/map-keys keyword->string {:a 1})",
    '{"a" 1}'
  ]),
  sema("map/filter", 2, 2, "(map/filter p map): the entries for which (p key value) is true.", `(fn (p m)
      (let ((ks (__vm-map-keys m "map/filter")))
        (if (null? ks) m
          (begin (__vm-callable p)
            (let loop ((ks ks) (vs (__vm-map-vals m "map/filter")) (kept '()) (kept-vs '()))
              (if (null? ks) (__vm-map-rebuild m (__vm-reverse kept) (__vm-reverse kept-vs))
                (if (p (car ks) (car vs))
                  (loop (cdr ks) (cdr vs) (cons (car ks) kept) (cons (car vs) kept-vs))
                  (loop (cdr ks) (cdr vs) kept kept-vs))))))))`, [
    "(map/filter (fn (k v) (> v 1)) {:a 1 :b 2})",
    "{:b 2}"
  ]),
  sema("map/update", 3, 3, "(map/update map key f): sets key to (f old), old nil when there is none.", `(fn (m k f)
      (begin
        (__vm-map-key k "map/update") (__vm-map m "map/update") (__vm-callable f)
        (__vm-map-put m k (f (get m k)))))`, [
    "(map/update {:a 1} :a (fn (v) (+ v 1)))",
    "{:a 2}"
  ]),
  many("hashmap/new", 0, Infinity, "A hashmap of alternating keys and values.", newMap("hashmap/new", HashMap.EMPTY), [
    "(hashmap/new :a 1)",
    "{:a 1}"
  ]),
  many("hashmap/get", 2, 3, "(hashmap/get map key [default]): like get.", (args) => {
    const [map3 = null, key = null, otherwise = null] = args;
    if (!isMap(map3)) throw wrongType("hashmap", map3, "hashmap/get: argument 1 must be a hashmap");
    const value = map3.get(key);
    return value === void 0 ? otherwise : value;
  }, [
    "(hashmap/get (hashmap/new :a 1) :b 0)",
    "0"
  ]),
  many("hashmap/assoc", 0, Infinity, "(hashmap/assoc hashmap key value ...): sets entries.", (args) => {
    if (args.length < 3 || args.length % 2 === 0) {
      throw evalError("hashmap/assoc: requires hashmap and even number of key-value pairs");
    }
    return withEntries(hashmap(args[0], "hashmap/assoc"), args, 1, "hashmap/assoc");
  }, [
    "(hashmap/assoc (hashmap/new :a 1) :a 2)",
    "{:a 2}"
  ]),
  one("hashmap/keys", "The keys of a hashmap.", (map3) => listOf([
    ...hashmap(map3, "hashmap/keys")
  ].map((entry) => entry[0])), [
    "(hashmap/keys (hashmap/new :a 1))",
    "(:a)"
  ]),
  two("hashmap/contains?", "(hashmap/contains? hashmap key): whether it has the key.", (map3, key) => hashmap(map3, "hashmap/contains?").get(key) !== void 0, [
    "(hashmap/contains? (hashmap/new :a 1) :a)",
    "#t"
  ]),
  one("hashmap/to-map", "A sorted map of a hashmap's entries.", (map3) => sorted(hashmap(map3, "hashmap/to-map")), [
    "(hashmap/to-map (hashmap/new :b 2 :a 1))",
    "{:a 1 :b 2}"
  ]),
  two("__vm-map", "Checks a map that a higher-order function got.", mapOf),
  two("__vm-map-keys", "The keys of a map that a higher-order function got.", (map3, name) => {
    return listOf(mapOf(map3, name).keys());
  }),
  two("__vm-map-vals", "The values of a map that a higher-order function got.", (map3, name) => {
    return listOf(mapOf(map3, name).values());
  }),
  three("__vm-map-rebuild", "A map of the kind of the first argument.", (map3, keys, values) => rebuilt(map3, keys, values, null)),
  three("__vm-map-rekey", "A map of the kind of the first argument, its keys checked.", (map3, keys, values) => rebuilt(map3, keys, values, "map/map-keys")),
  two("__vm-map-key", "Checks a key.", (key, name) => mapKey(key, text(name))),
  three("__vm-map-put", "The map with one entry set, whose key has been checked.", (map3, key, value) => anyMap(map3, MAP_HINTS["map/update"]).with(key, value))
]);

// src/builtins/mutable.ts
function array(value, name) {
  if (value instanceof MutableArray) return value;
  throw wrongType("mutable-array", value, `${name}: create one with (mutable-array/new)`);
}
function cell(value, name) {
  if (value instanceof MutableCell) return value;
  throw wrongType("mutable-cell", value, `${name}: create one with (mutable-cell/new v)`);
}
function newArray(args) {
  const size = args.length === 0 ? 0 : count(args[0], "mutable-array/new");
  if (args.length < 2) return new MutableArray([]);
  checkSize2(size, "mutable-array/new");
  return new MutableArray(new Array(size).fill(args[1]));
}
function slot({ length: length2 }, index, name) {
  const position = count(index, name);
  return position < length2 ? position : -1;
}
function get(args) {
  const from = array(args[0], "mutable-array/get");
  const position = slot(from, args[1], "mutable-array/get");
  if (position >= 0) return from.at(position);
  if (args.length > 2) return args[2];
  throw evalError(`mutable-array/get: index ${args[1]} out of bounds (length ${from.length})`);
}
function set2(target2, index, value) {
  const to = array(target2, "mutable-array/set!");
  const position = slot(to, index, "mutable-array/set!");
  if (position < 0) {
    throw evalError(`mutable-array/set!: index ${index} out of bounds (length ${to.length})`, "set! writes to an existing slot; use mutable-array/push! to grow");
  }
  to.set(position, value);
  return target2;
}
var mutable = [
  many("mutable-array/new", 0, 2, "(mutable-array/new [n [fill]]): empty, or n references to fill.", newArray, [
    "(mutable-array/length (mutable-array/new))",
    "0"
  ]),
  two("mutable-array/push!", "Appends an element; the array.", (target2, value) => {
    array(target2, "mutable-array/push!").push(value);
    return target2;
  }, [
    "(mutable-array/->vector (mutable-array/push! (mutable-array/new) 5))",
    "[5]"
  ]),
  many("mutable-array/get", 2, 3, "(mutable-array/get array index [default]): an element.", get, [
    "(mutable-array/get (mutable-array/push! (mutable-array/new) 5) 0)",
    "5"
  ]),
  three("mutable-array/set!", "Overwrites an element; the array.", set2, [
    "(mutable-array/->vector (mutable-array/set! (mutable-array/push! (mutable-array/new) 5) 0 6))",
    "[6]"
  ]),
  one("mutable-array/length", "The number of elements.", (target2) => array(target2, "mutable-array/length").length, [
    "(mutable-array/length (mutable-array/push! (mutable-array/new) 5))",
    "1"
  ]),
  one("mutable-array/->vector", "A vector of the present elements.", (target2) => new Vector([
    ...array(target2, "mutable-array/->vector").items
  ]), [
    "(mutable-array/->vector (mutable-array/push! (mutable-array/new) 5))",
    "[5]"
  ]),
  one("mutable-cell/new", "A cell that holds the value.", (value) => new MutableCell(value), [
    "(mutable-cell/get (mutable-cell/new 5))",
    "5"
  ]),
  one("mutable-cell/get", "The contents of a cell.", (target2) => cell(target2, "mutable-cell/get").value, [
    "(mutable-cell/get (mutable-cell/new 5))",
    "5"
  ]),
  two("mutable-cell/set!", "Replaces the contents; the cell.", (target2, value) => {
    cell(target2, "mutable-cell/set!").value = value;
    return target2;
  }, [
    "(let ((c (mutable-cell/new 5))) (mutable-cell/set! c 6) (mutable-cell/get c))",
    "6"
  ])
];

// src/builtins/nested_maps.ts
function pathOf(path, name) {
  return listOrVectorItems(path, `${name}: argument 2 must be a list/vector path of keys`);
}
function getIn(map3, path, otherwise) {
  let value = map3;
  for (const key of path) {
    const next = isMap(value) ? value.get(key) : void 0;
    if (next === void 0) return otherwise;
    value = next;
  }
  return value;
}
function setIn(map3, path, value, name) {
  const levels = [];
  let step2 = map3;
  for (const key of path) {
    const level2 = isMap(step2) ? step2 : SortedMap.EMPTY;
    levels.push(level2);
    step2 = level2.get(mapKey(key, name)) ?? null;
  }
  return levels.reduceRight((inner, level2, i) => level2.with(path[i], inner), value);
}
function mergeDeep(left, right2) {
  if (!isMap(left) || !isMap(right2)) return right2;
  const outer = [];
  let into = sorted(left);
  let entries = right2.entries();
  for (let index = 0; ; ) {
    const entry = entries[index++];
    if (entry === void 0) {
      const above = outer.pop();
      if (above === void 0) return into;
      into = above.into.with(above.key, into);
      ({ entries, index } = above);
      continue;
    }
    const [key, value] = entry;
    const known3 = into.get(key);
    if (known3 !== void 0 && isMap(known3) && isMap(value)) {
      outer.push({
        into,
        entries,
        key,
        index
      });
      into = sorted(known3);
      entries = value.entries();
      index = 0;
    } else into = into.with(key, value);
  }
}
var nestedMaps = pure([
  many("get-in", 2, 3, "(get-in map path [default]): the value along the path.", (args) => {
    const [map3 = null, path = null, otherwise = null] = args;
    return getIn(map3, pathOf(path, "get-in"), otherwise);
  }, [
    "(get-in {:a {:b 1}} '(:a :b))",
    "1"
  ]),
  same3("map/get-in", "get-in"),
  three("assoc-in", "(assoc-in map path value): sets the value along the path.", (map3, path, value) => setIn(map3, pathOf(path, "assoc-in"), value, "assoc-in"), [
    "(assoc-in {:a {:b 1}} '(:a :b) 2)",
    "{:a {:b 2}}"
  ]),
  same3("map/assoc-in", "assoc-in"),
  sema("update-in", 3, 3, "(update-in map path f): sets (f old) along the path, old nil when there is none.", `(fn (m path f)
      (let ((old (__vm-get-in m path "update-in")))
        (begin (__vm-callable f) (__vm-set-in m path (f old)))))`, [
    "(update-in {:a {:b 1}} '(:a :b) (fn (v) (+ v 1)))",
    "{:a {:b 2}}"
  ]),
  same3("map/update-in", "update-in"),
  many("deep-merge", 0, Infinity, "All maps merged, and the maps inside them.", (args) => args.length === 0 ? SortedMap.EMPTY : args.reduce((left, right2) => mergeDeep(left, right2)), [
    "(deep-merge {:a {:x 1}} {:a {:y 2}})",
    "{:a {:x 1 :y 2}}"
  ]),
  same3("map/deep-merge", "deep-merge"),
  three("__vm-get-in", "The value along a path, nil when there is none.", (map3, path, name) => getIn(map3, pathOf(path, text(name)), null)),
  three("__vm-set-in", "Sets the value along a path.", (map3, path, value) => setIn(map3, pathOf(path, "update-in"), value, "update-in"))
]);

// src/builtins/throwing.ts
var CONDITION_TYPES = /* @__PURE__ */ new Set([
  "eval",
  "type-error",
  "arity",
  "unbound",
  "user",
  "io",
  "llm",
  "reader",
  "permission-denied",
  "policy-denied",
  "cancelled",
  "timeout",
  "internal"
]);
var TYPE = keyword("type");
var MESSAGE = keyword("message");
function isConditionType(name) {
  return CONDITION_TYPES.has(name);
}
function thrown(value) {
  if (value instanceof SortedMap) {
    const type = value.get(TYPE);
    const message = value.get(MESSAGE);
    if (type instanceof Keyword && typeof message === "string" && isConditionType(type.name)) {
      return new Condition(type.name, message, {
        value,
        reraised: true
      });
    }
  }
  return new Condition("user", isConstant(value) ? () => repr(value) : repr(value), {
    value
  });
}
function isConstant(value) {
  if (value instanceof SortedMap && value.size <= 4) {
    for (const [key, item] of value) if (!isAtom(key) || !isAtom(item)) return false;
    return true;
  }
  return isAtom(value);
}
function isAtom(value) {
  return value === null || typeof value !== "object" || value instanceof Keyword;
}

// src/builtins/modules.ts
var RUN = `(let loop ((result nil))
  (let ((unit (__vm-next-unit file)))
    (if (null? unit) result (loop (unit)))))`;
var RUN_FILE = `(let ((result (try ${RUN} (catch e (begin (__vm-close-file file #f '()) (__vm-rethrow e))))))`;
var modules = [
  three("__vm-open-file", "Opens a file to be loaded (#f) or imported (#t) by a form of the third argument, a file or nil.", (path, importing, from, context) => context.modules.open(text(path), importing === true, typeof from === "string" ? from : null)),
  {
    ...one("__vm-next-unit", "The next form of an open file as a function; nil at its end.", (file, context) => context.modules.next(file)),
    runsPrograms: true
  },
  {
    ...three("__vm-close-file", "Ends a file that ran to its end (#t) or failed (#f); a function that copies its exports.", (file, complete, names, context) => context.modules.close(file, complete === true, names instanceof List ? [
      ...names
    ] : [])),
    runsPrograms: true
  },
  one("__vm-rethrow", "Raises a caught error again as if it had not been caught.", (map3) => {
    throw originOf(map3) ?? thrown(map3);
  }),
  sema("load", 1, 1, "(load path): runs a file in the global scope; the value of its last form.", "(fn (path) (__vm-load path nil))"),
  sema("__vm-load", 2, 2, "Runs a file in the global scope; the value of its last form.", `(fn (path from) (let ((file (__vm-open-file path #f from)))
      ${RUN_FILE} (begin (__vm-close-file file #t '()) result))))`),
  sema("__vm-import", 3, 3, "Runs a file in a scope of its own, once, and copies what it exports.", `(fn (path names from) (let ((file (__vm-open-file path #t from)))
      ${RUN_FILE} (begin ((__vm-close-file file #t names)) nil))))`)
];

// src/builtins/multimethods.ts
var MULTIMETHOD_CALL = "__vm-multimethod-call";
var DEFAULT = keyword("default");
var Multimethod = class extends Procedure {
  typeName = "multimethod";
  name;
  dispatch;
  methods = HashMap.EMPTY;
  constructor(name, dispatch2) {
    super();
    this.name = name;
    this.dispatch = dispatch2;
  }
  printed() {
    return `<multimethod ${this.name}>`;
  }
};
function addMethod(multimethod, value, method) {
  if (!(multimethod instanceof Multimethod)) throw evalError("defmethod: first argument is not a multimethod");
  multimethod.methods = multimethod.methods.with(value, method);
}
function callable(value) {
  if (isCallable(value)) return value;
  throw typeError("callable", typeName(value));
}
function known(value) {
  if (value instanceof Multimethod) return value;
  throw typeError("multimethod", typeName(value));
}
var CALL = `(fn (multimethod args)
  (__vm-apply
    (__vm-multimethod-method multimethod (__vm-apply (__vm-multimethod-dispatch multimethod) args))
    args))`;
var multimethods = [
  tailCalling(sema(MULTIMETHOD_CALL, 2, 2, "Calls a multimethod with a list of arguments.", CALL)),
  one("__vm-multimethod-dispatch", "The dispatch function.", (value) => callable(known(value).dispatch)),
  two("__vm-multimethod-method", "The method for a dispatch value.", (value, choice) => {
    const { name, methods } = known(value);
    const method = methods.get(choice) ?? methods.get(DEFAULT);
    if (method !== void 0) return callable(method);
    throw evalError(`no method in multimethod '${name}' for dispatch value: ${repr(choice)}`, "add a (defmethod name :default handler) to handle unmatched values");
  })
];

// src/core/core.ts
function docString({ body: body2 }) {
  const first3 = body2.kind === "seq" && body2.body.length > 1 ? body2.body[0] : void 0;
  return first3?.kind === "const" && typeof first3.value === "string" ? first3.value : null;
}
function visibleNames(names) {
  const found2 = [];
  for (let each = names; each !== null; each = each.outer) found2.push(...each.variables.map(({ name }) => name.name));
  return found2;
}

// src/core/operations.ts
var INTRINSICS = {
  add: [
    "+",
    2
  ],
  subtract: [
    "-",
    2
  ],
  multiply: [
    "*",
    2
  ],
  divide: [
    "/",
    2
  ],
  equal: [
    "=",
    2
  ],
  less: [
    "<",
    2
  ],
  greater: [
    ">",
    2
  ],
  lessOrEqual: [
    "<=",
    2
  ],
  greaterOrEqual: [
    ">=",
    2
  ],
  negate: [
    "-",
    1
  ],
  not: [
    "not",
    1
  ],
  cons: [
    "cons",
    2
  ],
  car: [
    "car",
    1
  ],
  cdr: [
    "cdr",
    1
  ],
  first: [
    "first",
    1
  ],
  rest: [
    "rest",
    1
  ],
  isNull: [
    "null?",
    1
  ],
  isPair: [
    "pair?",
    1
  ],
  isList: [
    "list?",
    1
  ],
  isNumber: [
    "number?",
    1
  ],
  isString: [
    "string?",
    1
  ],
  isSymbol: [
    "symbol?",
    1
  ],
  length: [
    "length",
    1
  ],
  stringLength: [
    "string-length",
    1
  ],
  append: [
    "append",
    2
  ],
  get: [
    "get",
    2
  ],
  contains: [
    "contains?",
    2
  ],
  mod: [
    "mod",
    2
  ],
  modulo: [
    "modulo",
    2
  ],
  nth: [
    "nth",
    2
  ],
  stringRef: [
    "string-ref",
    2
  ],
  stringAppend: [
    "string-append",
    2
  ],
  arrayGet: [
    "mutable-array/get",
    2
  ]
};
var PRIMITIVES = {
  /** `(throw value)`: raises; does not return. */
  throw: 1,
  /** A vector of the arguments. */
  vector: -1,
  /** A sorted map of alternating keys and values. */
  map: -1,
  /** `(fail message hint)`: raises an `:eval` error; does not return. */
  fail: 2,
  /** `(checkLength value count)`: raises unless a list or vector of exactly that length; nil. */
  checkLength: 2,
  /** `(checkMinimum value count)`: raises unless a list or vector of at least that length; nil. */
  checkMinimum: 2,
  /** `(checkMap value)`: raises unless a map; nil. */
  checkMap: 1,
  /** `(element sequence index)`: of a list or vector known to be long enough. */
  element: 2,
  /** `(elementsFrom sequence index)`: a list of the elements from there on. */
  elementsFrom: 2,
  /** `(lookup map key)`: the value in a map known to be one, or nil. */
  lookup: 2,
  /** `(spread value count rest?)`: the values of a bundle (or the one value) as a list; an arity error unless it fits. */
  spread: 3,
  /** `(equal a b)`: the boolean of `equal?`. */
  equal: 2,
  /** `(hasLength value count)`: whether a list or vector of exactly that length. */
  hasLength: 2,
  /** `(hasMinimum value count)`: whether a list or vector of at least that length. */
  hasMinimum: 2,
  /** `(isMap value)`: whether a map. */
  isMap: 1,
  /** `(hasKey map key)`: whether a map known to be one has the key. */
  hasKey: 2,
  /** `(matchFailure value)`: raises; does not return. */
  matchFailure: 1,
  /** A list of the arguments. */
  list: -1,
  /** The elements of the arguments, lists or vectors, as one list. */
  append: -1,
  /** `(listToVector list)`: raises unless a list. */
  listToVector: 1,
  /** `(makePromise thunk)`: a promise that has not been forced. */
  makePromise: 1,
  /** `(unit datum)`: a function without parameters that runs the datum as a unit in the global scope. */
  unit: 1,
  /** `(macroexpand datum)`: one step of the outermost macro call. */
  macroexpand: 1,
  /** `(defineMacro form)`: binds the macro that a definition form makes; nil. */
  defineMacro: 1,
  /** `(recordConstructor type name count)`: the constructor of a record type. */
  recordConstructor: 3,
  /** `(recordPredicate type name)` */
  recordPredicate: 2,
  /** `(recordAccessor type name index)` */
  recordAccessor: 3,
  /** `(makeMultimethod name dispatch)` */
  makeMultimethod: 2,
  /** `(addMethod multimethod value function)`: nil. */
  addMethod: 3,
  /** `(moduleExports names)`: notes what the file being loaded exports; nil. */
  moduleExports: 1,
  /** `(message role part…)` */
  message: -1,
  /** A prompt of messages. */
  prompt: -1,
  /** `(tool name description parameters options handler)` */
  tool: -1,
  /** `(agent name options)` */
  agent: 2,
  /** `(spawn thunk)`: starts a task; for `await`: its promise. */
  spawn: 1,
  /** `(await value)`: suspends the task until what the value stands for is there. */
  await: 1
};
var MESSAGE_ROLES = /* @__PURE__ */ new Set([
  "system",
  "user",
  "assistant",
  "tool"
]);

// src/core/place.ts
function placed(condition, name, position) {
  const { file = null, line = 0, column = 0 } = position ?? {};
  condition.trace.add({
    name,
    file,
    line,
    column,
    library: false,
    variables: []
  });
  return condition;
}

// src/reader/errors.ts
function readerError(message, position, hint2) {
  return placed(new Condition("reader", message, {
    hint: hint2
  }), "", position);
}

// src/reader/numbers.ts
var SYMBOL_CHARACTER = "[\\p{Alphabetic}+\\-*\\/!?<>=_&%^~.0-9#]";
var REAL = "\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?";
var RATIO = "\\d+\\/\\d+";
var IMAGINARY_UNIT = `i(?!${SYMBOL_CHARACTER})`;
var RECTANGULAR = new RegExp(`(-?${REAL})([+-])((?:${RATIO}|${REAL})?)${IMAGINARY_UNIT}`, "uy");
var IMAGINARY = new RegExp(`(?:(\\+)(${RATIO})|([+-]?)(${REAL})|([+-]))${IMAGINARY_UNIT}`, "uy");
var PLAIN = new RegExp(`(-?)(?:(${RATIO})|(${REAL}))`, "uy");
var PREFIXES = /(?:#[xXoObBdDeEiI])+/y;
var DIGIT_RUN = /[+-]?[0-9A-Za-z]*/y;
var DIGITS2 = {
  2: /^[+-]?[01]+$/,
  8: /^[+-]?[0-7]+$/,
  16: /^[+-]?[0-9a-fA-F]+$/
};
var RADIX = {
  x: 16,
  o: 8,
  b: 2,
  d: 10
};
var LITERAL_PREFIX = {
  2: "0b",
  8: "0o",
  16: "0x"
};
var EXPONENT_LIMIT = 1e5;
function match(pattern, text2, offset) {
  pattern.lastIndex = offset;
  return pattern.exec(text2);
}
function exactDecimal(text2) {
  const [, sign2 = "", whole = "", fraction2 = "", exponentText = "0"] = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text2) ?? [];
  const exponent = Number(exponentText) - fraction2.length;
  if (Math.abs(exponent) > EXPONENT_LIMIT) return null;
  const digits = BigInt(whole + fraction2) * (sign2 === "-" ? -1n : 1n);
  return exponent >= 0 ? integer(digits * 10n ** BigInt(exponent)) : rational(digits, 10n ** BigInt(-exponent));
}
var smallInteger = /^[+-]?\d{1,15}$/;
function real(text2, exactness) {
  if (smallInteger.test(text2)) {
    const value2 = Number(text2) + 0;
    return exactness === "inexact" ? {
      kind: "float",
      value: float(value2),
      problem: null
    } : {
      kind: "integer",
      value: value2 === 0 ? 0 : value2,
      problem: null
    };
  }
  const slash = text2.indexOf("/");
  if (slash >= 0) {
    const denominator = BigInt(text2.slice(slash + 1));
    if (denominator === 0n) return {
      kind: "rational",
      value: null,
      problem: "rational literal has zero denominator"
    };
    const value2 = rational(BigInt(text2.slice(0, slash)), denominator);
    return exactness === "inexact" ? {
      kind: "float",
      value: float(toDouble(value2)),
      problem: null
    } : {
      kind: "rational",
      value: value2,
      problem: null
    };
  }
  if (/^[+-]?\d+$/.test(text2) && exactness !== "inexact") {
    return {
      kind: "integer",
      value: integer(BigInt(text2.replace("+", ""))),
      problem: null
    };
  }
  if (exactness !== "exact") return {
    kind: "float",
    value: float(Number(text2)),
    problem: null
  };
  const value = exactDecimal(text2);
  return value === null ? {
    kind: "integer",
    value,
    problem: `invalid integer: ${text2}`
  } : {
    kind: "integer",
    value,
    problem: null
  };
}
function scanNumber(text2, offset, exactness = "own") {
  const rectangular = match(RECTANGULAR, text2, offset);
  if (rectangular !== null) {
    const [all, re = "", sign2 = "", size = ""] = rectangular;
    const first3 = real(re, exactness);
    const second = real(sign2 + (size === "" ? "1" : size), exactness);
    return {
      kind: "complex",
      value: first3.problem === null && second.problem === null ? complex(first3.value, second.value) : null,
      end: offset + all.length,
      problem: first3.problem ?? second.problem
    };
  }
  const imaginary = match(IMAGINARY, text2, offset);
  if (imaginary !== null) {
    const [all] = imaginary;
    const size = all.slice(0, -1);
    const part4 = real(size === "+" || size === "-" ? `${size}1` : size, exactness);
    return {
      kind: "complex",
      value: part4.problem === null ? complex(0, part4.value) : null,
      end: offset + all.length,
      problem: part4.problem
    };
  }
  const plain2 = match(PLAIN, text2, offset);
  return plain2 === null ? null : {
    ...real(plain2[0], exactness),
    end: offset + plain2[0].length
  };
}
function scanPrefixedNumber(text2, offset) {
  const prefixes = match(PREFIXES, text2, offset);
  if (prefixes === null) return null;
  let radix = 0;
  let exactness = "own";
  let end = offset + prefixes[0].length;
  const fail2 = (problem2) => ({
    kind: "integer",
    value: null,
    end,
    problem: problem2
  });
  for (const letter of prefixes[0].toLowerCase().replaceAll("#", "")) {
    const base = RADIX[letter];
    if (base !== void 0) {
      if (radix !== 0) return fail2("duplicate radix prefix");
      radix = base;
    } else {
      if (exactness !== "own") return fail2("duplicate exactness prefix");
      exactness = letter === "e" ? "exact" : "inexact";
    }
  }
  const literalPrefix = LITERAL_PREFIX[radix];
  if (literalPrefix === void 0) {
    if (end >= text2.length || /[\s()\[\]{}";]/.test(text2.charAt(end))) {
      return fail2("expected a number after the `#` prefix");
    }
    return scanNumber(text2, end, exactness) ?? fail2("invalid integer: ");
  }
  const run2 = match(DIGIT_RUN, text2, end)?.[0] ?? "";
  if (run2 === "") return fail2("expected a number after the `#` prefix");
  end += run2.length;
  if (DIGITS2[radix]?.test(run2) !== true) return fail2(`invalid radix-${radix} literal: ${run2}`);
  const magnitude = BigInt(literalPrefix + run2.replace(/^[+-]/, ""));
  const value = integer(run2.startsWith("-") ? -magnitude : magnitude);
  return exactness === "inexact" ? {
    kind: "float",
    value: float(toDouble(value)),
    end,
    problem: null
  } : {
    kind: "integer",
    value,
    end,
    problem: null
  };
}

// src/reader/strings.ts
var SIMPLE_ESCAPES = {
  n: "\n",
  t: "	",
  r: "\r",
  "\\": "\\",
  '"': '"',
  "0": "\0",
  $: "$"
};
var HEX = /[0-9a-fA-F]*/y;
function hexDigits(text2, offset, limit2) {
  HEX.lastIndex = offset;
  return (HEX.exec(text2)?.[0] ?? "").slice(0, limit2);
}
function scalar(digits, written2) {
  const code = digits.length > 8 ? Infinity : Number.parseInt(digits, 16);
  if (code > 1114111 || code >= 55296 && code <= 57343) {
    return {
      problem: `invalid unicode scalar value \\${written2}`
    };
  }
  return String.fromCodePoint(code);
}
function scanEscape(text2, offset) {
  const letter = text2.charAt(offset);
  const simple3 = SIMPLE_ESCAPES[letter];
  if (simple3 !== void 0) return {
    value: simple3,
    end: offset + 1
  };
  let digits;
  let written2;
  let end;
  if (letter === "x") {
    digits = hexDigits(text2, offset + 1, Infinity);
    if (digits === "") return {
      problem: "empty hex escape \\x;"
    };
    end = offset + 1 + digits.length;
    if (text2.charAt(end) !== ";") return {
      problem: "hex escape \\x missing terminating semicolon"
    };
    end++;
    written2 = `x${digits};`;
  } else if (letter === "u" || letter === "U") {
    const size = letter === "u" ? 4 : 8;
    digits = hexDigits(text2, offset + 1, size);
    if (digits.length < size) return {
      problem: `\\${letter} escape requires exactly ${size} hex digits`
    };
    end = offset + 1 + size;
    written2 = letter + digits;
  } else {
    const point = text2.codePointAt(offset);
    const character2 = point === void 0 ? "" : String.fromCodePoint(point);
    return {
      value: `\\${character2}`,
      end: offset + character2.length
    };
  }
  const value = scalar(digits, written2);
  return typeof value === "string" ? {
    value,
    end
  } : value;
}
function scanString(text2, offset) {
  let value = "";
  let start = offset;
  for (let at = offset; at < text2.length; ) {
    const character2 = text2.charAt(at);
    if (character2 === '"') return {
      value: value + text2.slice(start, at),
      end: at + 1
    };
    if (character2 !== "\\") {
      at++;
      continue;
    }
    if (at + 1 >= text2.length) break;
    const escape = scanEscape(text2, at + 1);
    if (!("value" in escape)) return escape;
    value += text2.slice(start, at) + escape.value;
    at = start = escape.end;
  }
  return {
    problem: "unterminated string"
  };
}
function scanRawString(text2, offset) {
  for (let at = offset; at < text2.length; at++) {
    const character2 = text2.charAt(at);
    if (character2 === '"') return {
      value: text2.slice(offset, at).replaceAll('\\"', '"'),
      end: at + 1
    };
    if (character2 === "\\" && text2.charAt(at + 1) === '"') at++;
  }
  return {
    problem: "unterminated regex literal",
    hint: 'add a closing `"` to end the #"..." regex literal'
  };
}
function closingBrace(text2, offset) {
  let depth = 1;
  for (let at = offset; at < text2.length; at++) {
    const character2 = text2.charAt(at);
    if (character2 === "{") depth++;
    else if (character2 === "}" && --depth === 0) return at;
  }
  return -1;
}
function scanFString(text2, offset, place2) {
  const parts4 = [];
  let piece2 = "";
  const flush = () => {
    if (piece2 !== "") parts4.push(piece2);
    piece2 = "";
  };
  for (let at = offset; at < text2.length; ) {
    const character2 = text2.charAt(at);
    if (character2 === '"') {
      flush();
      return {
        value: parts4,
        end: at + 1
      };
    }
    if (character2 === "\\" && at + 1 < text2.length) {
      const escape = scanEscape(text2, at + 1);
      if (!("value" in escape)) return escape;
      piece2 += escape.value;
      at = escape.end;
    } else if (character2 === "$" && text2.charAt(at + 1) === "{") {
      const end = closingBrace(text2, at + 2);
      if (end < 0) {
        return {
          problem: "unterminated interpolation in f-string",
          hint: "add a closing `}` to end the ${...} interpolation"
        };
      }
      const inner = text2.slice(at + 2, end);
      if (inner.trim() === "") {
        return {
          problem: "empty interpolation in f-string",
          hint: "${} must contain an expression, e.g. ${name}"
        };
      }
      flush();
      parts4.push({
        text: inner,
        position: place2(at + 2)
      });
      at = end + 1;
    } else {
      piece2 += character2;
      at++;
    }
  }
  return {
    problem: "unterminated f-string",
    hint: 'add a closing `"` to end the f-string'
  };
}

// src/reader/lexer.ts
var WHITE = /(?:[ \t\r\n]+|;[^\n]*)+/y;
var SYMBOL = /[\p{Alphabetic}+\-*\/!?<>=_&%^~.][\p{Alphabetic}+\-*\/!?<>=_&%^~.0-9#]*/uy;
var KEYWORD = /[\p{Alphabetic}+\-*\/!?<>=_&%^~.0-9#]+/uy;
var NUMBER_START = /^[+-]?[0-9]|^[+-]i/;
var LETTER = /^\p{Alphabetic}/u;
var SINGLE = {
  "(": "(",
  ")": ")",
  "[": "[",
  "]": "]",
  "{": "{",
  "}": "}",
  "'": "'",
  "`": "`",
  "@": "@"
};
var CHARACTER_NAMES = {
  space: 32,
  newline: 10,
  tab: 9,
  return: 13,
  nul: 0
};
var WORDS = new Map([
  [
    "true",
    {
      kind: "boolean",
      value: true
    }
  ],
  [
    "false",
    {
      kind: "boolean",
      value: false
    }
  ],
  [
    "nil",
    {
      kind: "symbol",
      value: null
    }
  ],
  ...[
    "inf",
    "+inf",
    "Inf",
    "Infinity",
    "+Infinity"
  ].map((word) => floatWord(word, Infinity)),
  ...[
    "-inf",
    "-Infinity"
  ].map((word) => floatWord(word, -Infinity)),
  ...[
    "nan",
    "NaN",
    "NAN",
    "+nan",
    "-nan"
  ].map((word) => floatWord(word, NaN))
]);
function floatWord(word, value) {
  return [
    word,
    {
      kind: "float",
      value: float(value)
    }
  ];
}
var Lexer = class {
  #text;
  #file;
  #at = 0;
  /** The last offset whose position was asked for, and that position: positions are asked for in rising order. */
  #placed = 0;
  #line;
  #column;
  constructor(text2, file, line, column) {
    this.#text = text2;
    this.#file = file;
    this.#line = line;
    this.#column = column;
    if (line === 1 && column === 1 && text2.startsWith("#!")) this.#at = /[^\n]*/y.exec(text2)?.[0].length ?? 0;
  }
  /** The position of `offset`, which is not before an earlier one. */
  #place(offset) {
    for (; this.#placed < offset; this.#placed++) {
      const code = this.#text.charCodeAt(this.#placed);
      if (code === 10) {
        this.#line++;
        this.#column = 1;
      } else if (code < 56320 || code > 57343) this.#column++;
    }
    return {
      file: this.#file,
      line: this.#line,
      column: this.#column
    };
  }
  #match(pattern, offset) {
    pattern.lastIndex = offset;
    return pattern.exec(this.#text)?.[0] ?? "";
  }
  #atom(kind, value, position, end) {
    this.#at = end;
    return {
      kind,
      value,
      position
    };
  }
  #mark(kind, position, end) {
    this.#at = end;
    return {
      kind,
      position
    };
  }
  #quoted(scanned, position) {
    if ("value" in scanned) return scanned;
    throw readerError(scanned.problem, position, scanned.hint);
  }
  next() {
    this.#at += this.#match(WHITE, this.#at).length;
    const at = this.#at;
    if (at >= this.#text.length) return null;
    const text2 = this.#text;
    const position = this.#place(at);
    const character2 = text2.charAt(at);
    const single2 = SINGLE[character2];
    if (single2 !== void 0) return this.#mark(single2, position, at + 1);
    switch (character2) {
      case ",":
        return text2.charAt(at + 1) === "@" ? this.#mark(",@", position, at + 2) : this.#mark(",", position, at + 1);
      case '"': {
        const { value, end: end2 } = this.#quoted(scanString(text2, at + 1), position);
        return this.#atom("string", value, position, end2);
      }
      case ":": {
        const name2 = this.#match(KEYWORD, at + 1);
        if (name2 === "") throw readerError("expected keyword name after ':'", position);
        return this.#atom("keyword", keyword(name2), position, at + 1 + name2.length);
      }
      case "#":
        return this.#hash(at, position);
      case "f":
        if (text2.charAt(at + 1) === '"') {
          const { value, end: end2 } = this.#quoted(scanFString(text2, at + 2, (offset) => this.#place(offset)), position);
          this.#at = end2;
          return {
            kind: "f-string",
            parts: value,
            position
          };
        }
        break;
    }
    const number = NUMBER_START.test(text2.slice(at, at + 2)) ? scanNumber(text2, at) : null;
    if (number !== null) {
      if (number.problem !== null) throw readerError(number.problem, position);
      return this.#atom(number.kind, number.value, position, number.end);
    }
    const name = this.#match(SYMBOL, at);
    if (name === "") {
      throw readerError(`unexpected character: '${String.fromCodePoint(text2.codePointAt(at) ?? 0)}'`, position);
    }
    const end = at + name.length;
    if (name === ".") return this.#mark(".", position, end);
    const word = WORDS.get(name);
    return word === void 0 ? this.#atom("symbol", intern(name), position, end) : this.#atom(word.kind, word.value, position, end);
  }
  /** What starts with `#`. */
  #hash(at, position) {
    const text2 = this.#text;
    if (at + 1 >= text2.length) {
      throw readerError("unexpected end of input after `#`", position, "# starts a special form: #t, #f, #\\char, #u8(...)");
    }
    const character2 = text2.charAt(at + 1);
    switch (character2) {
      case "t":
      case "f":
        return this.#atom("boolean", character2 === "t", position, at + 2);
      case "(":
        return this.#mark("#(", position, at + 2);
      case "\\":
        return this.#character(at + 2, position);
      case '"': {
        const { value, end } = this.#quoted(scanRawString(text2, at + 2), position);
        return this.#atom("regex", value, position, end);
      }
      case "u":
        if (text2.startsWith("8(", at + 2)) return this.#mark("#u8(", position, at + 4);
        break;
    }
    const number = scanPrefixedNumber(text2, at);
    if (number === null) {
      const point = String.fromCodePoint(text2.codePointAt(at + 1) ?? 0);
      throw readerError(`unexpected character after #: '${point}'`, position);
    }
    if (number.problem !== null) throw readerError(number.problem, position);
    return this.#atom(number.kind, number.value, position, number.end);
  }
  /** A character literal; `at` is behind the backslash. */
  #character(at, position) {
    const point = this.#text.codePointAt(at);
    if (point === void 0) throw readerError("unexpected end of input after #\\", position);
    const character2 = String.fromCodePoint(point);
    if (!LETTER.test(character2)) {
      return this.#atom("character", new Char(point), position, at + character2.length);
    }
    const name = this.#match(SYMBOL, at);
    const code = name === character2 ? point : Object.hasOwn(CHARACTER_NAMES, name) ? CHARACTER_NAMES[name] : void 0;
    if (code === void 0) throw readerError(`unknown character name: ${name}`, position);
    return this.#atom("character", new Char(code), position, at + name.length);
  }
};
function tokenize(text2, file, line = 1, column = 1) {
  const lexer = new Lexer(text2, file, line, column);
  const tokens = [];
  for (let token = lexer.next(); token !== null; token = lexer.next()) tokens.push(token);
  return tokens;
}

// src/reader/positions.ts
var Positions = class {
  #forms = /* @__PURE__ */ new WeakMap();
  #elements = /* @__PURE__ */ new WeakMap();
  /** Where `form` begins, when it is a list, vector or map that was read. */
  of(form) {
    return form instanceof List || form instanceof Vector || form instanceof SortedMap ? this.#forms.get(form) ?? null : null;
  }
  /** Where the first element of `cell` stands, when that is a symbol that was read. */
  ofFirst(cell2) {
    return this.#elements.get(cell2) ?? null;
  }
  /** Notes where `form` begins; ignored for what cannot be a key. */
  set(form, position) {
    if (form instanceof List ? form.length > 0 : form instanceof Vector || form instanceof SortedMap) {
      this.#forms.set(form, position);
    }
  }
  /** Notes where the first element of `cell` stands. */
  setFirst(cell2, position) {
    this.#elements.set(cell2, position);
  }
  /** Gives `made`, the expansion of `form`, the place of `form` unless it has one of its own. */
  inherit(made, form) {
    const position = this.of(form);
    if (position !== null && this.of(made) === null) this.set(made, position);
  }
};

// src/reader/reader.ts
var NESTING_LIMIT = 1024;
var PLACEHOLDER_LIMIT = 255;
var BRACKETS = {
  "(": {
    close: ")",
    what: "list"
  },
  "[": {
    close: "]",
    what: "vector"
  },
  "{": {
    close: "}",
    what: "map"
  }
};
var PREFIXES2 = {
  "'": {
    name: "quote",
    hint: "e.g. '(1 2 3) or 'foo"
  },
  "`": {
    name: "quasiquote",
    hint: "e.g. `(list ,x)"
  },
  ",": {
    name: "unquote",
    hint: "use inside quasiquote, e.g. `(list ,x)"
  },
  ",@": {
    name: "unquote-splicing",
    hint: "use inside quasiquote, e.g. `(list ,@xs)"
  },
  "@": {
    name: "deref",
    hint: "e.g. @x or @(atom)"
  }
};
var CLOSERS = {
  ")": "no matching opening parenthesis",
  "]": "no matching opening bracket",
  "}": "no matching opening brace"
};
var DOT = intern(".");
var LAMBDA = intern("lambda");
var MAKE_STRING = intern("__vm-str");
var Reader2 = class _Reader {
  #tokens;
  #file;
  #positions;
  #depth;
  #end;
  #placeholders;
  #next = 0;
  constructor(tokens, file, positions, depth, placeholders) {
    this.#tokens = tokens;
    this.#file = file;
    this.#positions = positions;
    this.#depth = depth;
    this.#placeholders = placeholders;
    this.#end = tokens.at(-1)?.position ?? {
      file,
      line: 1,
      column: 1
    };
  }
  get done() {
    return this.#next >= this.#tokens.length;
  }
  #peek() {
    return this.#tokens[this.#next] ?? null;
  }
  /** Reads one form. */
  read() {
    const token = this.#peek();
    if (token === null) throw readerError("unexpected end of input", this.#end);
    this.#next++;
    switch (token.kind) {
      case "(":
      case "[":
      case "{":
      case "#(":
        return this.#nested(token.kind, token.position);
      case ")":
      case "]":
      case "}":
        throw readerError(`unexpected closing \`${token.kind}\``, token.position, CLOSERS[token.kind]);
      case "'":
      case "`":
      case ",":
      case ",@":
      case "@":
        return this.#prefixed(token.position, PREFIXES2[token.kind], token.kind);
      case "#u8(":
        return this.#bytes(token.position);
      case ".":
        throw readerError("unexpected `.`", token.position, "dots are used in pair notation, e.g. (a . b)");
      case "f-string":
        return this.#fString(token);
      case "symbol":
        return token.value instanceof Sym ? this.#symbol(token.value) : token.value;
      default:
        return token.value;
    }
  }
  #nested(kind, position) {
    if (++this.#depth.brackets > NESTING_LIMIT) {
      throw readerError(`input nested too deeply (limit ${NESTING_LIMIT})`, position, "reduce nesting depth");
    }
    const form = kind === "#(" ? this.#shortLambda(position) : this.#bracketed(kind, position);
    this.#depth.brackets--;
    return form;
  }
  /** Reads to the bracket that closes the one at `position`. */
  #bracketed(open2, position) {
    const bracket = BRACKETS[open2];
    const items2 = [];
    const symbols4 = [];
    for (; ; ) {
      const token = this.#peek();
      if (token === null) {
        if (open2 === "{" && items2.length % 2 === 1) throw readerError(ODD_MAP, position);
        throw readerError(`unterminated ${bracket.what}`, position, `add a closing \`${bracket.close}\``);
      }
      if (token.kind === bracket.close) {
        this.#next++;
        return this.#build(open2, items2, symbols4, position, token.position);
      }
      if ((token.kind === ")" || token.kind === "]" || token.kind === "}") && !(open2 === "{" && items2.length % 2)) {
        throw readerError(`mismatched bracket: expected \`${bracket.close}\` to close \`${open2}\`, found \`${token.kind}\``, token.position, `this ${bracket.what} was opened with \`${open2}\` \u2014 close it with \`${bracket.close}\``);
      }
      symbols4.push(token.kind === "symbol" ? token.position : null);
      if (token.kind === "." && open2 === "(") {
        this.#next++;
        symbols4.push(this.#peek()?.kind === "symbol" ? this.#peek()?.position ?? null : null);
        items2.push(DOT, this.read());
        this.#expectClose();
        return this.#build(open2, items2, symbols4, position, position);
      }
      items2.push(this.read());
    }
  }
  /** The `)` behind the datum that follows a dot. */
  #expectClose() {
    const token = this.#peek();
    if (token === null) throw readerError("expected `)`, got end of input", this.#end);
    if (token.kind !== ")") {
      throw readerError(`expected \`)\`, got \`${token.kind}\``, token.position);
    }
    this.#next++;
  }
  #build(open2, items2, symbols4, position, end) {
    let form;
    if (open2 === "(") {
      const list3 = listFrom(items2);
      let cell2 = list3;
      for (const place2 of symbols4) {
        if (place2 !== null) this.#positions.setFirst(cell2, place2);
        cell2 = cell2.rest;
      }
      form = list3;
    } else if (open2 === "[") {
      form = new Vector(items2);
    } else {
      if (items2.length % 2 === 1) throw readerError(ODD_MAP, end);
      let map3 = SortedMap.EMPTY;
      for (let i = 0; i < items2.length; i += 2) map3 = map3.with(items2[i] ?? null, items2[i + 1] ?? null);
      form = map3;
    }
    if (items2.length > 0) this.#positions.set(form, position);
    return form;
  }
  #prefixed(position, prefix, kind) {
    const fail2 = () => readerError(`${prefix.name} (${kind}) requires an expression after it`, position, prefix.hint);
    if (++this.#depth.prefixes > NESTING_LIMIT) throw fail2();
    const token = this.#peek();
    let operand3;
    try {
      operand3 = this.read();
    } catch (error) {
      if (error instanceof Condition) throw fail2();
      throw error;
    }
    this.#depth.prefixes--;
    const form = listFrom([
      intern(prefix.name),
      operand3
    ]);
    if (token?.kind === "symbol") this.#positions.setFirst(form.rest, token.position);
    this.#positions.set(form, position);
    return form;
  }
  #bytes(position) {
    const bytes2 = [];
    for (; ; ) {
      const token = this.#peek();
      if (token === null) throw readerError("unterminated bytevector", position, "add a closing `)`");
      this.#next++;
      if (token.kind === ")") return new Bytevector(Uint8Array.from(bytes2));
      if (token.kind !== "integer") throw readerError("#u8(...): expected integer byte value", token.position);
      const value = token.value;
      if (typeof value !== "number" || value < 0 || value > 255) {
        throw readerError(`#u8(...): byte value ${String(value)} out of range 0..255`, token.position);
      }
      bytes2.push(value);
    }
  }
  #shortLambda(position) {
    if (this.#placeholders !== null) {
      throw readerError("nested short lambdas are not allowed", position, "use a regular `lambda` or `fn` for the inner function");
    }
    const placeholders = this.#placeholders = {
      highest: 0,
      rest: false
    };
    const body2 = [];
    const symbols4 = [];
    for (; ; ) {
      const token = this.#peek();
      if (token === null) throw readerError("unterminated short lambda #(...)", position, "add a closing `)`");
      if (token.kind === ")") break;
      symbols4.push(token.kind === "symbol" ? token.position : null);
      body2.push(this.read());
    }
    this.#next++;
    this.#placeholders = null;
    if (placeholders.highest > PLACEHOLDER_LIMIT) {
      throw readerError(`short lambda placeholder %${placeholders.highest} exceeds the maximum of ${PLACEHOLDER_LIMIT}`, position, "use a regular `lambda` with named parameters instead");
    }
    const parameters2 = [];
    for (let i = 1; i <= placeholders.highest; i++) parameters2.push(intern(`%${i}`));
    if (placeholders.rest) parameters2.push(DOT, intern("%&"));
    const call3 = this.#build("(", body2, symbols4, position, position);
    const form = listFrom([
      LAMBDA,
      parameters2.length === 0 ? EMPTY : listFrom(parameters2),
      call3
    ]);
    this.#positions.set(form, position);
    return form;
  }
  /** A symbol; inside a short lambda, perhaps a placeholder. */
  #symbol(symbol) {
    const placeholders = this.#placeholders;
    if (placeholders === null || !symbol.name.startsWith("%")) return symbol;
    if (symbol.name === "%&") {
      placeholders.rest = true;
      return symbol;
    }
    const number = symbol.name === "%" ? 1 : /^%[1-9][0-9]*$/.test(symbol.name) ? Number(symbol.name.slice(1)) : 0;
    if (number === 0) return symbol;
    placeholders.highest = Math.max(placeholders.highest, number);
    return intern(`%${number}`);
  }
  #fString(token) {
    if (++this.#depth.brackets > NESTING_LIMIT) {
      throw readerError(`input nested too deeply (limit ${NESTING_LIMIT})`, token.position, "reduce nesting depth");
    }
    const items2 = [
      MAKE_STRING
    ];
    const symbols4 = [
      null
    ];
    for (const part4 of token.parts) {
      if (typeof part4 === "string") {
        items2.push(part4);
        symbols4.push(null);
        continue;
      }
      const tokens = tokenize(part4.text, this.#file, part4.position.line, part4.position.column);
      const reader = new _Reader(tokens, this.#file, this.#positions, this.#depth, this.#placeholders);
      symbols4.push(tokens[0]?.kind === "symbol" ? tokens[0].position : null);
      items2.push(reader.done ? null : reader.read());
      if (!reader.done || tokens.length === 0) {
        throw readerError("f-string interpolation must contain exactly one expression", token.position, "wrap multiple forms, e.g. ${(do a b)}");
      }
    }
    this.#depth.brackets--;
    return this.#build("(", items2, symbols4, token.position, token.position);
  }
};
var ODD_MAP = "map literal must have even number of forms";
function read2(text2, file, positions = new Positions()) {
  const reader = new Reader2(tokenize(text2, file), file, positions, {
    brackets: 0,
    prefixes: 0
  }, null);
  const forms = [];
  while (!reader.done) forms.push(reader.read());
  return {
    forms,
    positions
  };
}
function readFirst(text2) {
  const reader = new Reader2(tokenize(text2, null), null, new Positions(), {
    brackets: 0,
    prefixes: 0
  }, null);
  return reader.done ? null : reader.read();
}

// src/builtins/arithmetic.ts
function accumulate(start, args, operation) {
  let result2 = args.length === 0 ? start : args[0] ?? null;
  numberLevel(result2);
  for (let i = 1; i < args.length; i++) result2 = operation(result2, args[i] ?? null);
  return result2;
}
function divideStrictly(a, b) {
  numberLevel(a);
  if (b === 0) throw divisionByZero(true);
  return divide(a, b);
}
function chain(test2) {
  return (args) => {
    for (let i = 1; i < args.length; i++) if (!test2(args[i - 1] ?? null, args[i] ?? null)) return false;
    return true;
  };
}
function extreme2(name, prefers) {
  return (args) => {
    let best = args[0] ?? null;
    numberLevel(best);
    let inexact = isFloat2(best);
    for (let i = 1; i < args.length; i++) {
      const next = args[i] ?? null;
      numberLevel(next);
      const order = best instanceof Complex || next instanceof Complex ? NaN : compareNumbers(next, best);
      if (Number.isNaN(order)) {
        throw evalError(`${name}: cannot order these numbers`, "complex numbers (and NaN) have no ordering");
      }
      if (prefers(order)) best = next;
      inexact ||= isFloat2(next);
    }
    return inexact ? toInexact(best) : best;
  };
}
function signOf(value) {
  numberLevel(value);
  return value instanceof Complex ? NaN : compareNumbers(value, 0);
}
var arithmeticBuiltins = [
  many("+", 0, Infinity, "Adds numbers; two strings, in a direct call, are concatenated.", (args) => accumulate(0, args, add), [
    "(+ 1 2 3)",
    "6"
  ]),
  many("-", 1, Infinity, "Subtracts from left to right; negates a single number.", (args) => args.length === 1 ? negate(args[0] ?? null) : accumulate(0, args, subtract), [
    "(- 10 2 3)",
    "5"
  ]),
  many("*", 0, Infinity, "Multiplies numbers.", (args) => accumulate(1, args, multiply), [
    "(* 2 3 4)",
    "24"
  ]),
  many("/", 2, Infinity, "Divides from left to right; exact numbers give an exact result.", (args) => accumulate(1, args, divideStrictly), [
    "(/ 1 2)",
    "1/2"
  ]),
  two("mod", "Remainder of floored division; next to a float, of truncated division.", (a, b) => modulo(a, b, true), [
    "(mod -7 3)",
    "2"
  ]),
  alias("modulo", "mod"),
  two("quotient", "Quotient of two integers, truncated toward zero.", quotient, [
    "(quotient -7 2)",
    "-3"
  ]),
  alias("math/quotient", "quotient"),
  two("remainder", "Remainder of truncated division, with the sign of the dividend.", remainder, [
    "(remainder -7 2)",
    "-1"
  ]),
  alias("math/remainder", "remainder"),
  many("gcd", 0, Infinity, "Greatest common divisor of integers; 0 without arguments.", (args) => args.reduce(gcd, 0), [
    "(gcd 12 18)",
    "6"
  ]),
  alias("math/gcd", "gcd"),
  many("lcm", 0, Infinity, "Least common multiple of integers; 1 without arguments.", (args) => args.reduce(lcm, 1), [
    "(lcm 4 6)",
    "12"
  ]),
  alias("math/lcm", "lcm"),
  one("abs", "Absolute value; the magnitude of a complex number.", absolute, [
    "(abs -5)",
    "5"
  ]),
  many("min", 1, Infinity, "The smallest number; a float when any argument is one.", extreme2("min", (order) => order < 0), [
    "(min 3 1 2)",
    "1"
  ]),
  many("max", 1, Infinity, "The largest number; a float when any argument is one.", extreme2("max", (order) => order > 0), [
    "(max 3 1.5)",
    "3.0"
  ]),
  one("math/sign", "-1, 0 or 1 by the sign of a number; 0 for NaN and complex numbers.", (a) => signOf(a) || 0, [
    "(math/sign -2.5)",
    "-1"
  ])
];
var comparisonBuiltins = [
  many("<", 2, Infinity, "Whether the arguments are strictly increasing.", chain(less), [
    "(< 1 2 3)",
    "#t"
  ]),
  many(">", 2, Infinity, "Whether the arguments are strictly decreasing.", chain(greater), [
    "(> 3 2 2)",
    "#f"
  ]),
  many("<=", 2, Infinity, "Whether no argument is less than the one before it.", chain(lessOrEqual), [
    "(<= 1 1 2)",
    "#t"
  ]),
  many(">=", 2, Infinity, "Whether no argument is greater than the one before it.", chain(greaterOrEqual), [
    "(>= 1 2)",
    "#f"
  ]),
  many("=", 2, Infinity, "Whether all numbers have the same value.", chain(numericEqual), [
    "(= 1 1.0)",
    "#t"
  ]),
  one("zero?", "Whether a number is zero; false for complex numbers.", (a) => signOf(a) === 0, [
    "(zero? 0.0)",
    "#t"
  ]),
  one("positive?", "Whether a number is greater than zero.", (a) => signOf(a) > 0, [
    "(positive? 3)",
    "#t"
  ]),
  one("negative?", "Whether a number is less than zero.", (a) => signOf(a) < 0, [
    "(negative? 3)",
    "#f"
  ]),
  one("even?", "Whether an exact integer is even.", isEven, [
    "(even? 4)",
    "#t"
  ]),
  one("odd?", "Whether an exact integer is odd.", (a) => !isEven(a), [
    "(odd? 4)",
    "#f"
  ])
];
var bitBuiltins = [
  two("bit/and", "Bitwise and of two integers.", bitAnd, [
    "(bit/and 12 10)",
    "8"
  ]),
  two("bit/or", "Bitwise inclusive or of two integers.", bitOr, [
    "(bit/or 12 10)",
    "14"
  ]),
  two("bit/xor", "Bitwise exclusive or of two integers.", bitXor, [
    "(bit/xor 12 10)",
    "6"
  ]),
  one("bit/not", "Bitwise complement of an integer.", bitNot, [
    "(bit/not 5)",
    "-6"
  ]),
  two("bit/shift-left", "An integer times 2 to the given count.", shiftLeft, [
    "(bit/shift-left 1 10)",
    "1024"
  ]),
  two("bit/shift-right", "An integer divided by 2 to the given count, rounded down.", shiftRight, [
    "(bit/shift-right 1024 3)",
    "128"
  ])
];

// src/builtins/elementary.ts
function realDouble(name, value) {
  numberLevel(value);
  if (value instanceof Complex) {
    throw typeError("real number", "complex", {
      hint: `${name}: complex has no real projection`
    });
  }
  return toDouble(value);
}
function inDoubles(name, doc, compute, ...examples) {
  return one(name, doc, (a) => float(compute(realDouble(name, a))), ...examples);
}
function places(value) {
  if (!isInt64(value)) throw wrongType("integer", value);
  return Math.max(-MOST_PLACES, Math.min(MOST_PLACES, Number(value)));
}
var MOST_PLACES = 65535;
function exactIntegerRoot(value) {
  if (!isExactInteger(value)) {
    throw typeError("exact integer", typeName(value), {
      hint: "exact-integer-sqrt: argument must be an exact integer"
    });
  }
  const square = toBigInt(value);
  if (square < 0n) {
    throw evalError("exact-integer-sqrt: argument must be non-negative", "exact-integer-sqrt: \u221A of a negative integer is not real");
  }
  const root = integerRoot(square);
  return cons(integer(root), cons(integer(square - root * root), EMPTY));
}
function clamp(x, low, high) {
  const [value, from, to] = [
    double(x),
    double(low),
    double(high)
  ];
  if (isExactInteger(x) && isExactInteger(low) && isExactInteger(high)) {
    const raised2 = toBigInt(x) < toBigInt(low) ? low : x;
    return toBigInt(raised2) > toBigInt(high) ? high : raised2;
  }
  const raised = value < from ? from : value;
  return float(raised > to ? to : raised);
}
function randomInteger(low, high, context) {
  const random = randomSource(context, "math/random-int");
  for (const bound2 of [
    low,
    high
  ]) if (!isInt64(bound2)) throw wrongType("int", bound2);
  const from = toBigInt(low);
  const count2 = toBigInt(high) - from + 1n;
  if (count2 <= 0n) throw evalError(`math/random-int: lo (${low}) must be <= hi (${high})`);
  if (count2 <= 0x20000000000000n) return integer(from + BigInt(Math.floor(random() * Number(count2))));
  for (; ; ) {
    const bits2 = randomWord(random) << 32n | randomWord(random);
    const wanted = bits2 & (1n << BigInt((count2 - 1n).toString(2).length)) - 1n;
    if (wanted < count2) return integer(from + wanted);
  }
}
function randomWord(random) {
  return BigInt(Math.floor(random() * 2 ** 32));
}
var roundingBuiltins = [
  one("floor", "Rounds toward minus infinity.", floor, [
    "(floor -1.5)",
    "-2.0"
  ]),
  one("ceil", "Rounds toward plus infinity.", ceiling, [
    "(ceil 1.2)",
    "2.0"
  ]),
  alias("ceiling", "ceil"),
  one("round", "Rounds to the nearest integer, ties to even.", round, [
    "(round 2.5)",
    "2.0"
  ]),
  one("truncate", "Rounds toward zero.", truncate, [
    "(truncate -1.7)",
    "-1.0"
  ]),
  two("math/round-to", "Rounds a float to a number of decimal places, ties away from zero.", (x, digits) => float(roundToPlaces(double(x), places(digits))), [
    "(math/round-to 3.14159 2)",
    "3.14"
  ]),
  two("math/format-fixed", "A number as text with exactly the given number of decimals.", (x, digits) => formatFixed(double(x), places(digits)), [
    "(math/format-fixed 2.5 2)",
    '"2.50"'
  ])
];
var elementaryBuiltins = [
  one("sqrt", "Square root; exact for exact squares, complex for negative numbers.", sqrt, [
    "(sqrt 16)",
    "4"
  ]),
  one("exact-integer-sqrt", "The list (s r) of an integer n with s\xB2 + r = n and s as large as possible.", exactIntegerRoot, [
    "(exact-integer-sqrt 17)",
    "(4 1)"
  ]),
  two("pow", "A number raised to a power; exact when both are exact and the power is an integer.", expt, [
    "(pow 2 10)",
    "1024"
  ]),
  alias("expt", "pow"),
  alias("math/pow", "pow"),
  inDoubles("math/exp", "e raised to a power.", Math.exp, [
    "(math/exp 0)",
    "1.0"
  ]),
  inDoubles("log", "Natural logarithm.", Math.log, [
    "(log 1)",
    "0.0"
  ]),
  inDoubles("math/log10", "Logarithm to base 10.", Math.log10, [
    "(math/log10 1000)",
    "3.0"
  ]),
  inDoubles("math/log2", "Logarithm to base 2.", Math.log2, [
    "(math/log2 8)",
    "3.0"
  ]),
  inDoubles("sin", "Sine of an angle in radians.", Math.sin, [
    "(sin 0)",
    "0.0"
  ]),
  inDoubles("cos", "Cosine of an angle in radians.", Math.cos, [
    "(cos 0)",
    "1.0"
  ]),
  inDoubles("math/tan", "Tangent of an angle in radians.", Math.tan, [
    "(math/tan 0)",
    "0.0"
  ]),
  inDoubles("math/asin", "Arc sine, in radians.", Math.asin, [
    "(math/asin 0)",
    "0.0"
  ]),
  inDoubles("math/acos", "Arc cosine, in radians.", Math.acos, [
    "(math/acos 1)",
    "0.0"
  ]),
  inDoubles("math/atan", "Arc tangent, in radians.", Math.atan, [
    "(math/atan 0)",
    "0.0"
  ]),
  two("math/atan2", "The angle of the point (x, y), given y first, in radians.", (y, x) => float(Math.atan2(realDouble("math/atan2", y), realDouble("math/atan2", x))), [
    "(math/atan2 0 1)",
    "0.0"
  ]),
  inDoubles("math/sinh", "Hyperbolic sine.", Math.sinh, [
    "(math/sinh 0)",
    "0.0"
  ]),
  inDoubles("math/cosh", "Hyperbolic cosine.", Math.cosh, [
    "(math/cosh 0)",
    "1.0"
  ]),
  inDoubles("math/tanh", "Hyperbolic tangent.", Math.tanh, [
    "(math/tanh 0)",
    "0.0"
  ]),
  one("math/degrees->radians", "Degrees to radians.", (a) => float(double(a) * (Math.PI / 180)), [
    "(math/degrees->radians 180)",
    "3.141592653589793"
  ]),
  one("math/radians->degrees", "Radians to degrees.", (a) => float(double(a) * (180 / Math.PI)), [
    "(math/radians->degrees pi)",
    "180.0"
  ]),
  one("magnitude", "Absolute value; the magnitude of a complex number.", absolute, [
    "(magnitude 3+4i)",
    "5.0"
  ]),
  one("angle", "The angle of a complex number, in radians.", (a) => {
    numberLevel(a);
    return float(angleOf(a));
  }, [
    "(angle -1)",
    "3.141592653589793"
  ])
];
var rangeBuiltins = [
  three("math/clamp", "A number kept between a lower and an upper bound.", clamp, [
    "(math/clamp 15 0 10)",
    "10"
  ]),
  three("math/lerp", "The float between a and b at the fraction t.", (a, b, t) => {
    const from = double(a);
    return float(from + (double(b) - from) * double(t));
  }, [
    "(math/lerp 0 10 0.25)",
    "2.5"
  ]),
  many("math/map-range", 5, 5, "A number mapped linearly from one range to another.", (args) => {
    const [x = NaN, fromLow = NaN, fromHigh = NaN, toLow = NaN, toHigh = NaN] = args.map(double);
    return float(toLow + (x - fromLow) / (fromHigh - fromLow) * (toHigh - toLow));
  }, [
    "(math/map-range 5 0 10 0 100)",
    "50.0"
  ]),
  ...requires("random", [
    zero("math/random", "A random float from 0, included, to 1, excluded.", (context) => {
      return float(randomSource(context, "math/random")());
    }, [
      "(< (math/random) 1)",
      "#t"
    ]),
    two("math/random-int", "A random integer between two bounds, both included.", randomInteger, [
      "(<= 1 (math/random-int 1 6) 6)",
      "#t"
    ])
  ])
];

// src/builtins/numbers.ts
var predicates = [
  one("number?", "Whether a value is a number of any kind.", isNumber, [
    "(number? 1/2)",
    "#t"
  ]),
  one("integer?", "Whether a value is an integer, or a float with an integral value.", (a) => isExactInteger(a) || isFloat2(a) && Number.isInteger(toDouble(a)), [
    "(integer? 2.0)",
    "#t"
  ]),
  one("exact-integer?", "Whether a value is an exact integer.", isExactInteger, [
    "(exact-integer? 2.0)",
    "#f"
  ]),
  one("rational?", "Whether a value is an exact integer or fraction.", (a) => isExactInteger(a) || a instanceof Rational, [
    "(rational? 1/2)",
    "#t"
  ]),
  one("real?", "Whether a value is a number other than a complex one.", isReal, [
    "(real? 1.5)",
    "#t"
  ]),
  one("complex?", "Whether a value is a number of any kind.", isNumber, [
    "(complex? 1.5)",
    "#t"
  ]),
  one("float?", "Whether a value is a float.", isFloat2, [
    "(float? 1.5)",
    "#t"
  ]),
  one("exact?", "Whether a value is an exact number.", isExact, [
    "(exact? 1/2)",
    "#t"
  ]),
  one("inexact?", "Whether a value is a number with a float in it.", (a) => isNumber(a) && !isExact(a), [
    "(inexact? 1.5)",
    "#t"
  ]),
  one("math/nan?", "Whether a value is the float NaN.", (a) => Number.isNaN(a), [
    "(math/nan? (sqrt 2))",
    "#f"
  ]),
  one("math/infinite?", "Whether a value is an infinite float.", (a) => a === Infinity || a === -Infinity, [
    "(math/infinite? math/infinity)",
    "#t"
  ])
];
function fraction(value) {
  if (isExactInteger(value) || value instanceof Rational) return value;
  throw wrongType("rational", value);
}
function real2(value) {
  if (isReal(value)) return value;
  throw wrongType("real", value);
}
function toFloat(value) {
  if (isNumber(value)) return float(realDouble("float", value));
  if (typeof value !== "string") throw wrongType("number or string", value);
  const parsed = parseDouble(value);
  if (parsed === null) throw evalError(`cannot convert '${value}' to float`);
  return float(parsed);
}
var conversions = [
  one("exact", "The exact number that a float denotes.", toExact, [
    "(exact 0.5)",
    "1/2"
  ]),
  alias("inexact->exact", "exact"),
  one("inexact", "The float nearest to a number.", toInexact, [
    "(inexact 1/4)",
    "0.25"
  ]),
  alias("exact->inexact", "inexact"),
  one("numerator", "The numerator of a fraction in lowest terms.", (a) => integer(numeratorOf(fraction(a))), [
    "(numerator 6/4)",
    "3"
  ]),
  one("denominator", "The denominator of a fraction in lowest terms.", (a) => integer(denominatorOf(fraction(a))), [
    "(denominator 6/4)",
    "2"
  ]),
  two("rationalize", "The simplest fraction within a tolerance of a number.", rationalize, [
    "(rationalize 3/10 1/10)",
    "1/3"
  ]),
  one("int", "An integer from a number, truncated, or from a string of digits.", toInteger, [
    '(int "42")',
    "42"
  ]),
  one("float", "A float from a real number or from a string.", toFloat, [
    "(float 3)",
    "3.0"
  ])
];
var complexParts = [
  two("make-rectangular", "The complex number with the given real and imaginary part.", (re, im) => complex(real2(re), real2(im)), [
    "(make-rectangular 1 2)",
    "1+2i"
  ]),
  two("make-polar", "The complex number with the given magnitude and angle.", (size, angle) => {
    const [radius, phi] = [
      toDouble(real2(size)),
      toDouble(real2(angle))
    ];
    return complex(float(radius * Math.cos(phi)), float(radius * Math.sin(phi)));
  }, [
    "(make-polar 2 0)",
    "2.0+0.0i"
  ]),
  one("real-part", "The real part of a number.", (a) => {
    numberLevel(a);
    return realPart(a);
  }, [
    "(real-part 1+2i)",
    "1"
  ]),
  one("imag-part", "The imaginary part of a number, 0 for every real.", (a) => {
    numberLevel(a);
    return imaginaryPart(a);
  }, [
    "(imag-part 1+2i)",
    "2"
  ])
];
var RADIXES = [
  2,
  8,
  10,
  16
];
function radixArgument(name, value) {
  if (value === void 0) return 10;
  if (!isInt64(value)) throw wrongType("integer", value);
  if (!RADIXES.includes(value)) {
    throw evalError(`${name}: unsupported radix ${value} (expected 2, 8, 10, or 16)`);
  }
  return Number(value);
}
function numberToString(args) {
  const value = args[0] ?? null;
  const radix = radixArgument("number->string", args[1]);
  if (radix === 10) {
    numberLevel(value);
    return formatNumber(value);
  }
  if (!isExactInteger(value)) throw wrongType("exact integer", value);
  return toBigInt(value).toString(radix);
}
function readNumber(source) {
  try {
    const { forms } = read2(source, null);
    const form = forms[0] ?? null;
    return forms.length === 1 && isNumber(form) ? form : false;
  } catch (error) {
    if (error instanceof Condition) return false;
    throw error;
  }
}
function stringToFloat(value) {
  if (typeof value !== "string") {
    if (!isDouble(value)) throw wrongType("string or number", value);
    return toInexact(value);
  }
  const parsed = parseDouble(value);
  if (parsed === null) throw evalError(`cannot parse '${value}' as float`);
  return float(parsed);
}
var textConversions = [
  many("number->string", 1, 2, "A number as text, in radix 2, 8, 10 or 16.", numberToString, [
    "(number->string 255 16)",
    '"ff"'
  ]),
  alias("number/to-string", "number->string"),
  many("string->number", 1, 2, "The number that a text denotes, or #f.", (args) => {
    const source = text(args[0] ?? null);
    const radix = radixArgument("string->number", args[1]);
    return radix === 10 ? readNumber(source) : parseRadix(source, radix) ?? false;
  }, [
    '(string->number "1e3")',
    "1000.0"
  ]),
  alias("string/to-number", "string->number"),
  one("string->float", "The float that a text or a number denotes.", stringToFloat, [
    '(string->float "2.5")',
    "2.5"
  ]),
  alias("string/to-float", "string->float"),
  one("string/number?", "Whether a text denotes a number.", (a) => readNumber(text(a)) !== false, [
    '(string/number? "12a")',
    "#f"
  ])
];
var numberBuiltins = pure([
  ...arithmeticBuiltins,
  ...comparisonBuiltins,
  ...predicates,
  ...roundingBuiltins,
  ...elementaryBuiltins,
  ...conversions,
  ...complexParts,
  ...rangeBuiltins,
  ...bitBuiltins,
  ...textConversions
]);
var numberConstants = {
  pi: Math.PI,
  e: Math.E,
  "math/infinity": Infinity,
  "math/nan": NaN
};

// src/builtins/file_access.ts
var REASONS = {
  ENOENT: "No such file or directory",
  EEXIST: "File exists",
  ENOTDIR: "Not a directory",
  EISDIR: "Is a directory",
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  ENOTEMPTY: "Directory not empty",
  EROFS: "Read-only file system",
  ENOSPC: "No space left on device",
  EMFILE: "Too many open files",
  ENAMETOOLONG: "File name too long",
  ELOOP: "Too many levels of symbolic links",
  EINVAL: "Invalid argument",
  EXDEV: "Cross-device link"
};
var FORBIDDEN = /* @__PURE__ */ new Set([
  "NotCapable",
  "ERR_ACCESS_DENIED"
]);
function codeOf(error) {
  if (FORBIDDEN.has(error.name)) return error.name;
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
function systemFailure(error, name, subject, capability) {
  if (error instanceof Condition || !(error instanceof Error)) throw error;
  const code = codeOf(error);
  if (FORBIDDEN.has(code)) return permissionDenied(name, capability, error.message);
  const separator = subject === "" ? ":" : ` ${subject}:`;
  return new Condition("io", `${name}${separator} ${REASONS[code] ?? error.message}`);
}
function lexical(path) {
  const parts4 = [];
  for (const part4 of path.split("/")) {
    if (part4 === "" || part4 === ".") continue;
    if (part4 === "..") parts4.pop();
    else parts4.push(part4);
  }
  return `/${parts4.join("/")}`;
}
function parentOf(path) {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(0, trimmed.lastIndexOf("/")) || "/";
}
var FileAccess = class {
  #files;
  #directory;
  /** Null: any. */
  #allowed;
  #canonicalAllowed = null;
  constructor(files2, directory, allowed) {
    this.#files = files2;
    this.#directory = directory;
    this.#allowed = allowed;
  }
  /** Runs `act` on the files for the function `name`, which reads `path`. Throws `:io` and `:permission-denied`. */
  read(name, path, act) {
    return this.#use(name, [
      path
    ], path, "fs-read", act);
  }
  /** The same for a function that looks for paths; what it finds is to be checked. */
  search(name, pattern, act) {
    return this.#use(name, [], pattern, "fs-read", act);
  }
  /** The same for a function that changes what `path` names. */
  write(name, path, act) {
    return this.#use(name, [
      path
    ], path, "fs-write", act);
  }
  /** The same for a function that takes what is at `from` to `to`. */
  move(name, from, to, act) {
    this.#use(name, [
      from,
      to
    ], `${from} -> ${to}`, "fs-write", act);
  }
  /** Throws unless `path` lies in an allowed directory. */
  check(name, path) {
    const files2 = given(this.#files, name, "fs-read");
    if (this.#allowed === null) return;
    this.#canonicalAllowed ??= this.#allowed.map((each) => this.#canonical(files2, each));
    const real3 = this.#canonical(files2, path);
    const inside = this.#canonicalAllowed.some((top) => real3 === top || real3.startsWith(top === "/" ? "/" : `${top}/`));
    if (!inside) throw outsideAllowed(name, path);
  }
  #use(name, paths2, subject, capability, act) {
    const files2 = given(this.#files, name, capability);
    for (const path of paths2) this.check(name, path);
    try {
      return act(files2);
    } catch (error) {
      throw systemFailure(error, name, subject, capability);
    }
  }
  /** The path that symbolic links lead to; of what is not there yet, that of its directory and its own name. */
  #canonical(files2, path) {
    const absolute3 = path.startsWith("/") ? path : `${this.#directory()}/${path}`;
    const real3 = realPath(files2, absolute3);
    if (real3 !== null) return real3;
    const trimmed = absolute3.replace(/\/+$/, "");
    const parent2 = realPath(files2, parentOf(trimmed));
    const name = trimmed.slice(trimmed.lastIndexOf("/") + 1);
    return parent2 === null || name === ".." ? lexical(absolute3) : lexical(`${parent2}/${name}`);
  }
};
function realPath(files2, path) {
  try {
    return files2.realPath(path);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}

// src/builtins/paths.ts
function fileName(path) {
  const name = lastPart(path);
  return name === ".." ? "" : name;
}
function lastPart(path) {
  const trimmed = path.replace(/\/+$/, "");
  return trimmed.slice(trimmed.lastIndexOf("/") + 1);
}
function extensionStart(name) {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? dot : name.length;
}
function joined2(args) {
  return args.map((part4) => text(part4)).reduce((path, part4) => {
    if (part4.startsWith("/") || path === "") return part4;
    return path.endsWith("/") ? path + part4 : `${path}/${part4}`;
  }, "");
}
function parts2(path, directory) {
  const result2 = [];
  for (const part4 of (path.startsWith("/") ? path : `${directory()}/${path}`).split("/")) {
    if (part4 === "..") result2.pop();
    else if (part4 !== "" && part4 !== ".") result2.push(part4);
  }
  return result2;
}
function relative(from, to) {
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  const steps = [
    ...from.slice(shared).map(() => ".."),
    ...to.slice(shared)
  ];
  return steps.length === 0 ? "." : steps.join("/");
}
function currentDirectory({ host }) {
  return () => host.environment?.directory() ?? "/";
}
function realParts(name, path, context) {
  const rest2 = [];
  let existing2 = path.startsWith("/") ? path : `${currentDirectory(context)()}/${path}`;
  for (; ; ) {
    const found2 = existing2;
    const info = context.files.search(name, path, (files2) => files2.info(found2, true));
    if (info !== null || existing2 === "/" || existing2 === "") break;
    rest2.unshift(lastPart(existing2));
    existing2 = parentOf(existing2);
  }
  const real3 = context.files.search(name, path, (files2) => files2.realPath(existing2 === "" ? "/" : existing2));
  return parts2([
    real3,
    ...rest2
  ].join("/"), () => "/");
}
function realPath2(name) {
  return (path, context) => {
    const file = text(path);
    return context.files.read(name, file, (files2) => files2.realPath(file));
  };
}
var paths = [
  ...pure([
    many("path/join", 1, Infinity, "(path/join part \u2026): the parts with / between them; an absolute part starts anew.", joined2, [
      '(path/join "a" "b/" "c")',
      '"a/b/c"'
    ], [
      '(path/join "a" "/b")',
      '"/b"'
    ]),
    one("path/dir", "(path/dir path): what stands before the last part.", (path) => {
      const trimmed = text(path).replace(/\/+$/, "");
      const slash = trimmed.lastIndexOf("/");
      return slash > 0 ? trimmed.slice(0, slash).replace(/(?<=.)\/+$/, "") : trimmed.slice(0, slash + 1);
    }, [
      '(path/dir "/a/b/c")',
      '"/a/b"'
    ]),
    same3("path/dirname", "path/dir"),
    one("path/filename", "(path/filename path): the last part.", (path) => fileName(text(path)), [
      '(path/filename "/a/b.txt")',
      '"b.txt"'
    ]),
    same3("path/basename", "path/filename"),
    one("path/extension", "(path/extension path): what follows the last dot of the file's name.", (path) => {
      const name = fileName(text(path));
      return name.slice(extensionStart(name) + 1);
    }, [
      '(path/extension "a/b.tar.gz")',
      '"gz"'
    ], [
      '(path/extension ".env")',
      '""'
    ]),
    same3("path/ext", "path/extension"),
    one("path/stem", "(path/stem path): the file's name without its extension.", (path) => {
      const name = fileName(text(path));
      return name.slice(0, extensionStart(name));
    }, [
      '(path/stem "a/b.tar.gz")',
      '"b.tar"'
    ]),
    one("path/absolute?", "(path/absolute? path): whether a path starts at the root.", (path) => text(path).startsWith("/"), [
      '(path/absolute? "/a")',
      "#t"
    ])
  ]),
  two("path/relative-to", "(path/relative-to base path): the path that leads from base to path.", (base, path, context) => {
    const directory = currentDirectory(context);
    return relative(parts2(text(base), directory), parts2(text(path), directory));
  }, [
    '(path/relative-to "/a/b" "/a/c/d")',
    '"../c/d"'
  ]),
  ...requires("fs-read", [
    one("path/absolute", "(path/absolute path): the absolute path of what is there, without links.", realPath2("path/absolute"), [
      '(begin (file/write "notes.txt" "a") (string? (path/absolute "notes.txt")))',
      "#t"
    ]),
    one("path/canonicalize", "(path/canonicalize path): the absolute path of what is there, without links.", realPath2("path/canonicalize"), [
      '(begin (file/write "notes.txt" "a") (string? (path/canonicalize "notes.txt")))',
      "#t"
    ]),
    two("path/within?", "(path/within? base path): whether a path, its links followed, is base or below it.", (base, path, context) => {
      const top = realParts("path/within?", text(base), context);
      const real3 = realParts("path/within?", text(path), context);
      return top.every((part4, index) => part4 === real3[index]);
    }, [
      '(begin (file/mkdir "a/b") (path/within? "a" "a/b"))',
      "#t"
    ])
  ])
];

// src/builtins/predicates.ts
function isFunction(value) {
  return value instanceof Procedure && (value.typeName === "lambda" || value.typeName === "native-fn");
}
var predicates2 = pure([
  two("eq?", "Whether two values are equal; the same as equal?.", equal, [
    "(eq? 'a 'a)",
    "#t"
  ]),
  two("equal?", "Whether two values are equal: of one type and with equal contents.", equal, [
    "(equal? '(1 2) (list 1 2))",
    "#t"
  ]),
  one("not", "#t for nil and #f, #f for everything else.", intrinsics.not, [
    "(not nil)",
    "#t"
  ]),
  one("null?", "Whether the value is nil or the empty list.", intrinsics.isNull, [
    "(null? '())",
    "#t"
  ]),
  one("nil?", "Whether the value is nil.", (value) => value === null, [
    "(nil? '())",
    "#f"
  ]),
  one("list?", "Whether the value is a list.", intrinsics.isList, [
    "(list? '(1 2))",
    "#t"
  ]),
  one("pair?", "Whether the value is a non-empty list.", intrinsics.isPair, [
    "(pair? '())",
    "#f"
  ]),
  one("vector?", "Whether the value is a vector.", (value) => value instanceof Vector, [
    "(vector? [1 2])",
    "#t"
  ]),
  one("map?", "Whether the value is a sorted map.", (value) => value instanceof SortedMap, [
    "(map? {:a 1})",
    "#t"
  ]),
  same3("hash-map?", "map?"),
  one("string?", "Whether the value is a string.", intrinsics.isString, [
    '(string? "a")',
    "#t"
  ]),
  one("symbol?", "Whether the value is a symbol.", intrinsics.isSymbol, [
    "(symbol? 'a)",
    "#t"
  ]),
  one("keyword?", "Whether the value is a keyword.", (value) => value instanceof Keyword, [
    "(keyword? :a)",
    "#t"
  ]),
  one("char?", "Whether the value is a character.", (value) => value instanceof Char, [
    "(char? #\\a)",
    "#t"
  ]),
  one("bool?", "Whether the value is #t or #f.", (value) => typeof value === "boolean", [
    "(bool? #f)",
    "#t"
  ]),
  alias("boolean?", "bool?"),
  one("bytevector?", "Whether the value is a bytevector.", (value) => value instanceof Bytevector, [
    "(bytevector? #u8(1 2))",
    "#t"
  ]),
  one("fn?", "Whether the value is a function.", isFunction, [
    "(fn? car)",
    "#t"
  ]),
  alias("procedure?", "fn?"),
  one("record?", "Whether the value is a record.", (value) => value instanceof Opaque && value.kind() === "record", [
    "(record? 5)",
    "#f"
  ]),
  one("prompt?", "Whether the value is a prompt.", (value) => typeOf(value) === "prompt", [
    "(prompt? 5)",
    "#f"
  ]),
  one("conversation?", "Whether the value is a conversation.", (value) => typeOf(value) === "conversation", [
    "(conversation? 5)",
    "#f"
  ]),
  one("type", "A keyword that names the value's type.", (value) => keyword(typeOf(value)), [
    '(type "a")',
    ":string"
  ]),
  same3("type-of", "type")
]);

// src/builtins/promises.ts
var DelayedPromise = class extends Opaque {
  typeName = "promise";
  /** The computation; dropped when it has answered. */
  thunk;
  forced = false;
  value = null;
  constructor(thunk2) {
    super();
    this.thunk = thunk2;
  }
  printed() {
    return this.forced ? "<promise (forced)>" : "<promise>";
  }
};
function promise(value, expected, hint2) {
  if (value instanceof DelayedPromise) return value;
  throw typeError(expected, typeName(value), hint2 === void 0 ? {} : {
    hint: hint2
  });
}
function forceable(value) {
  return promise(value, "thunk", "force: argument must be a (delay ...) or promise \u2014 non-promise values are an error");
}
var FORCE = `(fn (promise)
  (if (__vm-promise-forced promise)
    (__vm-promise-value promise)
    (__vm-promise-settle promise ((__vm-promise-thunk promise)))))`;
var promises2 = [
  one("promise?", "Whether the value is a promise of delay.", (value) => value instanceof DelayedPromise, [
    "(promise? (delay 1))",
    "#t"
  ]),
  one("promise-forced?", "Whether a promise has its value.", (value) => promise(value, "promise").forced, [
    "(promise-forced? (delay 1))",
    "#f"
  ]),
  alias("async/forced?", "promise-forced?"),
  tailCalling(sema("__vm-force", 1, 1, "The value of a promise, computed at most once.", FORCE)),
  one("__vm-promise-forced", "Whether force has nothing to compute.", (value) => forceable(value).forced),
  one("__vm-promise-value", "The value of a forced promise.", (value) => forceable(value).value),
  one("__vm-promise-thunk", "What computes the value of a promise.", (value) => forceable(value).thunk),
  two("__vm-promise-settle", "Gives a promise its value; the first value stays.", (value, result2) => {
    const target2 = forceable(value);
    if (!target2.forced) {
      target2.forced = true;
      target2.value = result2;
      target2.thunk = null;
    }
    return target2.value;
  })
];

// src/builtins/formatting.ts
var WIDTH2 = 80;
var LAST_COLUMN2 = 1024;
var BODIES = {
  begin: 0,
  progn: 0,
  async: 0,
  do: 0,
  "for-each": 0,
  "syntax-rules": 0,
  define: 1,
  def: 1,
  lambda: 1,
  fn: 1,
  when: 1,
  unless: 1,
  while: 1,
  dotimes: 1,
  "for-range": 1,
  guard: 1,
  module: 1,
  deftool: 1,
  defun: 2,
  defn: 2,
  defmacro: 2,
  "define-record-type": 3
};
var LETS = /* @__PURE__ */ new Set([
  "let",
  "let*",
  "letrec"
]);
var COLUMNS = /* @__PURE__ */ new Set([
  "cond",
  "try"
]);
function formatted(value) {
  return format2(value, 0);
}
function format2(value, indent2) {
  if (indent2 >= LAST_COLUMN2) return repr(value);
  const line = lineAt(value, indent2);
  if (value instanceof List && value.length > 0) {
    const shape = shapeOf(value, indent2);
    return line !== null && !shape.always ? line : formatList(value, shape, indent2);
  }
  if (line !== null) return line;
  if (value instanceof Vector) return `[${below(value.items, indent2 + 1)}]`;
  if (value instanceof MapBase) {
    const entries = value.entries().map(([key, item]) => `${repr(key)} ${format2(item, indent2 + 1)}`);
    return `{${entries.join(newline(indent2 + 1))}}`;
  }
  return repr(value);
}
function shapeOf(form, indent2) {
  const { first: first3, rest: rest2 } = form;
  const name = first3 instanceof Sym ? first3.name : null;
  if (name !== null && Object.hasOwn(BODIES, name)) {
    const beside2 = BODIES[name];
    return {
      beside: beside2,
      bindings: null,
      always: rest2.length - beside2 > 1
    };
  }
  if (name !== null && LETS.has(name)) {
    const bindings3 = rest2.first instanceof Sym ? 1 : 0;
    const list3 = bindings3 === 1 ? rest2.rest.first : rest2.first;
    return {
      beside: bindings3 + 1,
      bindings: bindings3,
      always: list3 instanceof List && list3.length > 1
    };
  }
  const column = name !== null && COLUMNS.has(name) || lineAt(listFrom([
    first3,
    rest2.first
  ]), indent2) === null;
  return {
    beside: column ? 0 : 1,
    bindings: null,
    always: false
  };
}
function formatList(form, { beside: beside2, bindings: bindings3 }, indent2) {
  const args = toArray(form.rest);
  let text2 = `(${format2(form.first, indent2 + 1)}`;
  let index = 0;
  for (; index < Math.min(beside2, args.length); index++) {
    const arg = args[index];
    const column = indent2 + text2.length + 1;
    const line = lineAt(arg, column);
    if (line !== null) text2 += ` ${line}`;
    else if (index === bindings3 && arg instanceof List) text2 += ` (${below(toArray(arg), column + 1)})`;
    else break;
  }
  const body2 = args.slice(index);
  return text2 + (body2.length === 0 ? "" : newline(indent2 + 2) + below(body2, indent2 + 2)) + ")";
}
function below(items2, indent2) {
  return items2.map((item) => format2(item, indent2)).join(newline(indent2));
}
function newline(indent2) {
  return `
${" ".repeat(indent2)}`;
}
function lineAt(value, indent2) {
  return lineWithin(value, WIDTH2 - indent2);
}

// src/builtins/reading.ts
var DIAGNOSTICS = {
  reader: [
    "syntax",
    "Reader error"
  ],
  arity: [
    "arity",
    "Arity error"
  ],
  "type-error": [
    "type",
    "Type error"
  ]
};
var TOKEN = /^(?:,@|[()[\]{}'`,@])/;
function map2(entries) {
  return SortedMap.from(Object.entries(entries).map(([name, value]) => [
    keyword(name),
    value
  ]));
}
function diagnostic(source, { type, message, trace }) {
  const [code, words3] = DIAGNOSTICS[type] ?? [
    "error",
    "Eval error"
  ];
  const found2 = {
    code,
    level: keyword("error")
  };
  const place2 = type === "reader" ? trace.first : void 0;
  if (place2 === void 0) return map2({
    ...found2,
    message: `${words3}: ${message}`
  });
  const { line, column: col } = place2;
  const rest2 = [
    ...source.split("\n")[line - 1] ?? ""
  ].slice(col - 1).join("");
  const end = col + (TOKEN.exec(rest2)?.[0].length ?? 0);
  const span = map2({
    line,
    col,
    "end-line": line,
    "end-col": end
  });
  return map2({
    ...found2,
    message: `${words3} at ${line}:${col}: ${message}`,
    span
  });
}
var reading2 = pure([
  one("read", "The first datum of a text; nil when there is none.", (value) => readFirst(text(value)), [
    '(read "(+ 1 2)")',
    "(+ 1 2)"
  ]),
  one("read-many", "All data of a text as a list.", (value) => listFrom(read2(text(value), null).forms), [
    '(read-many "1 2")',
    "(1 2)"
  ]),
  one("read/string", "The same as read.", (value) => readFirst(text(value)), [
    '(read/string "(+ 1 2)")',
    "(+ 1 2)"
  ]),
  one("read/all", "The same as read-many.", (value) => listFrom(read2(text(value), null).forms), [
    '(read/all "1 2")',
    "(1 2)"
  ]),
  one("sema/check-string", "Reads and compiles a text without running it: {:ok bool :diagnostics (...)}.", (value, context) => {
    if (typeof value !== "string") throw wrongType("string", value);
    const problem2 = context.check(value);
    const diagnostics = problem2 === null ? [] : [
      diagnostic(value, problem2)
    ];
    return map2({
      ok: problem2 === null,
      diagnostics: listFrom(diagnostics)
    });
  }, [
    '(get (sema/check-string "(+ 1 2)") :ok)',
    "#t"
  ]),
  one("format/form", "A value as formatted source text.", (value) => formatted(value), [
    "(format/form '(define (f x) (+ x 1)))",
    '"(define (f x) (+ x 1))"'
  ]),
  tailCalling(sema("__vm-call-unit", 1, 1, "Runs what eval made of its datum.", "(fn (unit) (let ((result (unit))) result))"))
]);

// src/regex/charset.ts
function has(set3, code) {
  switch (set3.kind) {
    case "ranges":
      return inRanges(set3.ranges, code) || set3.others !== null && set3.others.test(String.fromCodePoint(code));
    case "property":
      return set3.test.test(String.fromCodePoint(code));
    case "complement":
      return !has(set3.of, code);
    case "union":
      return set3.sets.some((each) => has(each, code));
    case "intersection":
      return has(set3.left, code) && has(set3.right, code);
    case "difference":
      return has(set3.left, code) && !has(set3.right, code);
    case "symmetric difference":
      return has(set3.left, code) !== has(set3.right, code);
    default:
      return set3;
  }
}
function inRanges(ranges2, code) {
  for (let i = 0; i < ranges2.length; i += 2) {
    if (code >= ranges2[i] && code <= ranges2[i + 1]) return true;
  }
  return false;
}
function ranges(pairs, letters) {
  if (letters === "exact" || !pairs.some((_, i) => i % 2 === 0 && cased(pairs[i], pairs[i + 1]))) {
    return {
      kind: "ranges",
      ranges: pairs,
      others: null
    };
  }
  if (letters === "folded") {
    const parts4 = pairs.map((code, i) => (i % 2 === 0 ? "" : "-") + escaped2(code));
    return {
      kind: "ranges",
      ranges: pairs,
      others: new RegExp(`^[${parts4.join("")}]$`, "iu")
    };
  }
  const both2 = [
    ...pairs
  ];
  for (let i = 0; i < pairs.length; i += 2) {
    const [first3, last3] = [
      pairs[i],
      pairs[i + 1]
    ];
    for (const [low, high, shift] of ASCII_CASES) {
      if (first3 <= high && last3 >= low) both2.push(Math.max(first3, low) + shift, Math.min(last3, high) + shift);
    }
  }
  return {
    kind: "ranges",
    ranges: both2,
    others: null
  };
}
var ASCII_CASES = [
  [
    65,
    90,
    32
  ],
  [
    97,
    122,
    -32
  ]
];
function cased(first3, last3) {
  if (first3 !== last3) return true;
  const text2 = String.fromCodePoint(first3);
  return text2.toLowerCase() !== text2 || text2.toUpperCase() !== text2;
}
function escaped2(code) {
  return `\\u{${code.toString(16)}}`;
}
function property2(name, letters) {
  return {
    kind: "property",
    test: new RegExp(`^\\p{${name}}$`, letters === "folded" ? "iu" : "u")
  };
}
function complement(of2) {
  return {
    kind: "complement",
    of: of2
  };
}
function union(sets) {
  return sets.length === 1 ? sets[0] : {
    kind: "union",
    sets
  };
}
function single(set3) {
  if (set3.kind !== "ranges" || set3.others !== null || set3.ranges.length !== 2) return -1;
  const [first3 = -1, last3] = set3.ranges;
  return first3 === last3 ? first3 : -1;
}
var exact = (...pairs) => ranges(pairs, "exact");
var UNICODE_CLASSES = {
  d: union([
    exact(48, 57),
    property2("Nd", "exact")
  ]),
  s: union([
    exact(9, 13, 32, 32),
    property2("White_Space", "exact")
  ]),
  w: {
    kind: "property",
    test: /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\p{Join_Control}]$/u
  }
};
var ASCII_CLASSES = {
  d: exact(48, 57),
  s: exact(9, 13, 32, 32),
  w: exact(48, 57, 65, 90, 95, 95, 97, 122)
};
var POSIX_CLASSES = {
  alnum: [
    48,
    57,
    65,
    90,
    97,
    122
  ],
  alpha: [
    65,
    90,
    97,
    122
  ],
  ascii: [
    0,
    127
  ],
  blank: [
    9,
    9,
    32,
    32
  ],
  cntrl: [
    0,
    31,
    127,
    127
  ],
  digit: [
    48,
    57
  ],
  graph: [
    33,
    126
  ],
  lower: [
    97,
    122
  ],
  print: [
    32,
    126
  ],
  punct: [
    33,
    47,
    58,
    64,
    91,
    96,
    123,
    126
  ],
  space: [
    9,
    13,
    32,
    32
  ],
  upper: [
    65,
    90
  ],
  word: [
    48,
    57,
    65,
    90,
    95,
    95,
    97,
    122
  ],
  xdigit: [
    48,
    57,
    65,
    70,
    97,
    102
  ]
};
var ANY = complement(ranges([], "exact"));

// src/regex/look.ts
var EDGE = 1;
var NEWLINE2 = 2;
var RETURN2 = 4;
var WORD2 = 8;
var ASCII_WORD = 16;
var LOOKS = [
  "text start",
  "text end",
  "line start",
  "line end",
  "crlf line start",
  "crlf line end",
  "word boundary",
  "no word boundary",
  "word start",
  "word end",
  "word start half",
  "word end half",
  "ascii word boundary",
  "no ascii word boundary",
  "ascii word start",
  "ascii word end",
  "ascii word start half",
  "ascii word end half"
];
var ASKED = {
  "text start": EDGE,
  "text end": EDGE,
  "line start": EDGE | NEWLINE2,
  "line end": EDGE | NEWLINE2,
  "crlf line start": EDGE | NEWLINE2 | RETURN2,
  "crlf line end": EDGE | NEWLINE2 | RETURN2,
  "word boundary": WORD2,
  "no word boundary": WORD2,
  "word start": WORD2,
  "word end": WORD2,
  "word start half": WORD2,
  "word end half": WORD2,
  "ascii word boundary": ASCII_WORD,
  "no ascii word boundary": ASCII_WORD,
  "ascii word start": ASCII_WORD,
  "ascii word end": ASCII_WORD,
  "ascii word start half": ASCII_WORD,
  "ascii word end half": ASCII_WORD
};
var KINDS = [
  [
    NEWLINE2,
    {
      kind: "ranges",
      ranges: [
        10,
        10
      ],
      others: null
    }
  ],
  [
    RETURN2,
    {
      kind: "ranges",
      ranges: [
        13,
        13
      ],
      others: null
    }
  ],
  [
    WORD2,
    UNICODE_CLASSES["w"]
  ],
  [
    ASCII_WORD,
    ASCII_CLASSES["w"]
  ]
];
function asked2(looks) {
  let bits2 = 0;
  for (const look of looks) bits2 |= ASKED[look];
  return bits2;
}
function kindsOf(code, bits2) {
  let kinds = 0;
  for (const [bit, set3] of KINDS) if ((bits2 & bit) !== 0 && has(set3, code)) kinds |= bit;
  return kinds;
}
function holds(look, before3, after2) {
  switch (look) {
    case "text start":
      return (before3 & EDGE) !== 0;
    case "text end":
      return (after2 & EDGE) !== 0;
    case "line start":
      return (before3 & (EDGE | NEWLINE2)) !== 0;
    case "line end":
      return (after2 & (EDGE | NEWLINE2)) !== 0;
    case "crlf line start":
      return (before3 & (EDGE | NEWLINE2)) !== 0 || (before3 & RETURN2) !== 0 && (after2 & NEWLINE2) === 0;
    case "crlf line end":
      return (after2 & (EDGE | RETURN2)) !== 0 || (after2 & NEWLINE2) !== 0 && (before3 & RETURN2) === 0;
    case "word boundary":
      return (before3 & WORD2) !== (after2 & WORD2);
    case "no word boundary":
      return (before3 & WORD2) === (after2 & WORD2);
    case "word start":
      return (before3 & WORD2) === 0 && (after2 & WORD2) !== 0;
    case "word end":
      return (before3 & WORD2) !== 0 && (after2 & WORD2) === 0;
    case "word start half":
      return (before3 & WORD2) === 0;
    case "word end half":
      return (after2 & WORD2) === 0;
    case "ascii word boundary":
      return (before3 & ASCII_WORD) !== (after2 & ASCII_WORD);
    case "no ascii word boundary":
      return (before3 & ASCII_WORD) === (after2 & ASCII_WORD);
    case "ascii word start":
      return (before3 & ASCII_WORD) === 0 && (after2 & ASCII_WORD) !== 0;
    case "ascii word end":
      return (before3 & ASCII_WORD) !== 0 && (after2 & ASCII_WORD) === 0;
    case "ascii word start half":
      return (before3 & ASCII_WORD) === 0;
    case "ascii word end half":
      return (after2 & ASCII_WORD) === 0;
    default:
      return look;
  }
}

// src/regex/alphabet.ts
var EDGE_CLASS = 1;
var PAGE = 256;
var Alphabet = class {
  /** The classes of ASCII. */
  ascii = new Int32Array(128);
  /** The other classes by the upper bits of the character. */
  #pages = [];
  #sets;
  /** What assertions ask about a neighbour. */
  #asked;
  #signatures = /* @__PURE__ */ new Map();
  /** For each class, the sets it is in, one byte each. */
  #members;
  /** For each class, what assertions can tell about it. */
  #kinds;
  constructor(sets, asked3) {
    this.#sets = sets;
    this.#asked = asked3;
    const none = new Uint8Array(sets.length);
    this.#members = [
      none,
      none
    ];
    this.#kinds = [
      0,
      asked3 & EDGE
    ];
  }
  /** The number of classes so far. */
  get size() {
    return this.#kinds.length;
  }
  /** Whether the characters of a class are in a set. */
  isIn(characterClass, set3) {
    return this.#members[characterClass]?.[set3] === 1;
  }
  /** What assertions can tell about a class. */
  kinds(characterClass) {
    return this.#kinds[characterClass];
  }
  /** The class of a character. */
  classOf(code) {
    const known3 = code < 128 ? this.ascii[code] : this.#pages[code >> 8]?.[code & PAGE - 1];
    return known3 === void 0 || known3 === 0 ? this.#learn(code) : known3;
  }
  /** The class of the character that starts at a position, or of the edge. */
  after(text2, position) {
    const code = text2.codePointAt(position);
    return code === void 0 ? EDGE_CLASS : this.classOf(code);
  }
  /** The class of the character that ends at a position, or of the edge. */
  before(text2, position) {
    return position === 0 ? EDGE_CLASS : this.classOf(codeBefore(text2, position));
  }
  #learn(code) {
    const members = Uint8Array.from(this.#sets, (set3) => has(set3, code) ? 1 : 0);
    const kinds = kindsOf(code, this.#asked);
    const present2 = members.reduce((list3, member2, set3) => member2 === 0 ? list3 : `${list3},${set3}`, "");
    const signature = kinds + present2;
    let found2 = this.#signatures.get(signature);
    if (found2 === void 0) {
      found2 = this.#members.push(members) - 1;
      this.#kinds.push(kinds);
      this.#signatures.set(signature, found2);
    }
    if (code < 128) this.ascii[code] = found2;
    else (this.#pages[code >> 8] ??= new Int32Array(PAGE))[code & PAGE - 1] = found2;
    return found2;
  }
};
function codeBefore(text2, position) {
  const unit = text2.charCodeAt(position - 1);
  if (unit < 56320 || unit > 57343 || position < 2) return unit;
  const code = text2.codePointAt(position - 2) ?? unit;
  return code > 65535 ? code : unit;
}

// src/regex/errors.ts
var RegexError = class extends Error {
};
function syntaxError(pattern, what, ...spans) {
  const lines3 = split(pattern);
  if (!pattern.includes("\n")) {
    const carets = underline(lines3[0], spans);
    return new RegexError(`regex parse error:
    ${pattern.join("")}
    ${carets}
error: ${what}`);
  }
  const digits = String(lines3.length).length;
  const shown = pattern.at(-1) === "\n" ? lines3.slice(0, -1) : lines3;
  const text2 = shown.map((line, i) => {
    const within2 = spans.filter((span) => lineOf(lines3, span.start) === i && lineOf(lines3, span.end) === i);
    const carets = within2.length === 0 ? "" : `
${" ".repeat(digits + 2)}${underline(line, within2)}`;
    const content = pattern.slice(line.start, line.end).join("").replace(/\r$/, "");
    return `${String(i + 1).padStart(digits)}: ${content}${carets}
`;
  });
  const across = spans.filter((span) => lineOf(lines3, span.start) !== lineOf(lines3, span.end)).map((span) => `on ${place(lines3, span.start, 1)} through ${place(lines3, span.end, 0)}
`);
  const divider = "~".repeat(79);
  return new RegexError(`regex parse error:
${divider}
${text2.join("")}${divider}
${across.join("")}error: ${what}`);
}
function split(pattern) {
  const lines3 = [];
  let start = 0;
  for (let end = pattern.indexOf("\n"); end >= 0; end = pattern.indexOf("\n", start)) {
    lines3.push({
      start,
      end
    });
    start = end + 1;
  }
  lines3.push({
    start,
    end: pattern.length
  });
  return lines3;
}
function lineOf(lines3, index) {
  return lines3.findLastIndex(({ start }) => start <= index);
}
function place(lines3, index, first3) {
  const line = lineOf(lines3, index);
  return `line ${line + 1} (column ${index - (lines3[line]?.start ?? 0) + first3})`;
}
function underline(line, spans) {
  let text2 = "";
  for (const { start, end } of spans) {
    text2 = text2.padEnd(start - line.start) + "^".repeat(Math.max(1, end - start));
  }
  return text2;
}

// src/regex/program.ts
var SET = 0;
var LOOK = 1;
var SPLIT = 2;
var SAVE = 3;
var MATCH = 4;
var SIZE_LIMIT2 = 42e4;
function emit(node, emission) {
  const emitter = new Emitter(emission);
  const entry = emitter.node(node, emitter.add(MATCH, 0, 0, 0));
  const search2 = emission.any < 0 ? -1 : emitter.skipping(emission.any, entry);
  return {
    ...emitter.arrays(),
    entry,
    search: search2
  };
}
var Emitter = class {
  #op = [];
  #arg = [];
  #x = [];
  #y = [];
  #emission;
  constructor(emission) {
    this.#emission = emission;
  }
  add(op, arg, x, y) {
    if (this.#op.length >= SIZE_LIMIT2) {
      throw new RegexError("Compiled regex exceeds size limit of 10485760 bytes.");
    }
    this.#arg.push(arg);
    this.#x.push(x);
    this.#y.push(y);
    return this.#op.push(op) - 1;
  }
  arrays() {
    return {
      op: Uint8Array.from(this.#op),
      arg: Int32Array.from(this.#arg),
      x: Int32Array.from(this.#x),
      y: Int32Array.from(this.#y)
    };
  }
  /** `entry`, or any character of the set `any` and then the same again. */
  skipping(any, entry) {
    const split3 = this.add(SPLIT, 0, entry, 0);
    this.#y[split3] = this.add(SET, any, split3, 0);
    return split3;
  }
  /** The entry of `node` followed by `next`. */
  node(node, next) {
    switch (node.kind) {
      case "empty":
        return next;
      case "set":
        return this.add(SET, node.set, next, 0);
      case "look":
        return this.add(LOOK, LOOKS.indexOf(node.look), next, 0);
      case "group": {
        if (!this.#emission.groups) return this.node(node.node, next);
        const body2 = this.node(node.node, this.add(SAVE, 2 * node.index + 1, next, 0));
        return this.add(SAVE, 2 * node.index, body2, 0);
      }
      case "sequence": {
        const { nodes } = node;
        let entry = next;
        for (let i = 0; i < nodes.length; i++) {
          entry = this.node(nodes[this.#emission.reverse ? i : nodes.length - 1 - i], entry);
        }
        return entry;
      }
      case "alternatives":
        return node.nodes.map((each) => this.node(each, next)).reduceRight((rest2, each) => this.add(SPLIT, 0, each, rest2));
      case "repeat":
        return this.#repeat(node, next);
      default:
        return node;
    }
  }
  #repeat({ node, min, max, greedy }, next) {
    let entry = next;
    let copies = min;
    if (max === Infinity) {
      const loop = this.add(SPLIT, 0, 0, 0);
      const body2 = this.node(node, loop);
      this.#branch(loop, body2, next, greedy);
      if (min > 0) {
        entry = body2;
        copies--;
      } else entry = node.shortest > 0 ? loop : this.#branch(this.add(SPLIT, 0, 0, 0), body2, next, greedy);
    } else {
      for (let i = min; i < max; i++) {
        const body2 = this.node(node, entry);
        entry = this.#branch(this.add(SPLIT, 0, 0, 0), body2, next, greedy);
      }
    }
    for (let i = 0; i < copies; i++) entry = this.node(node, entry);
    return entry;
  }
  /** Makes `split` choose between the body of a repetition and what follows it. */
  #branch(split3, body2, next, greedy) {
    this.#x[split3] = greedy ? body2 : next;
    this.#y[split3] = greedy ? next : body2;
    return split3;
  }
};

// src/regex/captures.ts
var Ways = class {
  list;
  #index;
  slots;
  size = 0;
  constructor(instructions2, width2) {
    this.list = new Int32Array(instructions2);
    this.#index = new Int32Array(instructions2);
    this.slots = new Int32Array(instructions2 * width2);
  }
  /** Adds an instruction; false when it was there. */
  add(instruction2) {
    const index = this.#index[instruction2];
    if (index < this.size && this.list[index] === instruction2) return false;
    this.#index[instruction2] = this.size;
    this.list[this.size++] = instruction2;
    return true;
  }
};
var Captures = class {
  #program;
  #alphabet;
  #width;
  #current;
  #next;
  /** The slots of the way being followed. */
  #slots;
  /** Instructions to follow; `-1 - slot`, after the position to put back there, ends what follows a SAVE. */
  #stack = [];
  /** `groups`: the number of groups, the whole match included. */
  constructor(program, alphabet, groups) {
    this.#program = program;
    this.#alphabet = alphabet;
    this.#width = 2 * groups;
    this.#current = new Ways(program.op.length, this.#width);
    this.#next = new Ways(program.op.length, this.#width);
    this.#slots = new Int32Array(this.#width);
  }
  /** The starts and ends of the groups in the match from `start` to `end`, -1 where a group took no part. */
  find(text2, start, end, budget) {
    const { op, arg, x } = this.#program;
    const alphabet = this.#alphabet;
    const width2 = this.#width;
    let best = null;
    this.#current.size = 0;
    let before3 = alphabet.kinds(alphabet.before(text2, start));
    this.#slots.fill(-1);
    let characterClass = alphabet.after(text2, start);
    this.#follow(this.#current, this.#program.entry, start, before3, alphabet.kinds(characterClass));
    for (let position = start; this.#current.size > 0; ) {
      const current = this.#current;
      const next = this.#next;
      budget.spend(current.size);
      const step2 = position < end ? (text2.codePointAt(position) ?? 0) > 65535 ? 2 : 1 : 0;
      const after2 = step2 === 0 ? EDGE_CLASS : alphabet.after(text2, position + step2);
      before3 = alphabet.kinds(characterClass);
      next.size = 0;
      for (let i = 0; i < current.size; i++) {
        const at = current.list[i];
        const row = at * width2;
        if (op[at] === MATCH) {
          if (position !== end) break;
          best = current.slots.slice(row, row + width2);
          break;
        }
        if (op[at] !== SET || step2 === 0 || !alphabet.isIn(characterClass, arg[at])) continue;
        for (let slot2 = 0; slot2 < width2; slot2++) this.#slots[slot2] = current.slots[row + slot2];
        this.#follow(next, x[at], position + step2, before3, alphabet.kinds(after2));
      }
      if (step2 === 0) break;
      position += step2;
      characterClass = after2;
      this.#current = next;
      this.#next = current;
    }
    if (best === null) throw new RangeError(`no match from ${start} to ${end}`);
    best[0] = start;
    best[1] = end;
    return best;
  }
  /** Adds to `ways` all that can be reached from an instruction at a position. */
  #follow(ways, from, position, before3, after2) {
    const { op, arg, x, y } = this.#program;
    const stack = this.#stack;
    const slots = this.#slots;
    stack.push(from);
    while (stack.length > 0) {
      const at = stack.pop();
      if (at < 0) {
        slots[-1 - at] = stack.pop();
        continue;
      }
      if (!ways.add(at)) continue;
      const target2 = x[at];
      switch (op[at]) {
        case LOOK:
          if (holds(LOOKS[arg[at]], before3, after2)) stack.push(target2);
          break;
        case SPLIT:
          stack.push(y[at], target2);
          break;
        case SAVE: {
          const slot2 = arg[at];
          stack.push(slots[slot2], -1 - slot2, target2);
          slots[slot2] = position;
          break;
        }
        default:
          for (let row = at * slots.length, slot2 = 0; slot2 < slots.length; slot2++) {
            ways.slots[row + slot2] = slots[slot2];
          }
      }
    }
  }
};

// src/regex/dfa.ts
var LIMIT = 2 ** 18;
var PORTION = 2 ** 14;
var MATCHED = 1;
var NO_WAY_ON = 2;
var SKIPS_AHEAD = 4;
var KINDS2 = 32;
var Dfa = class {
  #program;
  #alphabet;
  #direction;
  /** What every match begins with, to skip ahead to. */
  #prefix;
  #shift = 0;
  #table = new Int32Array(0);
  #states = [];
  #byKey = /* @__PURE__ */ new Map();
  /** Why each state needs a closer look, as bits. */
  #flags = [];
  /** The states that searches start in, by what precedes, those of searches that may skip after the others. */
  #starts = new Int32Array(2 * KINDS2);
  #held = 0;
  /** Marks of the instructions passed, and of those open, in the step being made. */
  #passed;
  #opened;
  #mark = 0;
  #stack = [];
  constructor(program, alphabet, direction, prefix) {
    this.#program = program;
    this.#alphabet = alphabet;
    this.#direction = direction;
    this.#prefix = prefix;
    this.#passed = new Int32Array(program.op.length);
    this.#opened = new Int32Array(program.op.length);
  }
  /**
   * The end of the first match that starts at `from`, or with `searching` there or later; -1 for none. `earliest`: any
   * position at which it is known that there is one will do.
   */
  forward(text2, from, searching, earliest2, budget) {
    const { ascii } = this.#alphabet;
    let position = from;
    let state = this.#start(searching, this.#alphabet.before(text2, from));
    if (searching && this.#prefix !== "") {
      position = text2.indexOf(this.#prefix, position);
      if (position < 0) return -1;
    }
    let last3 = -1;
    let seen = position;
    let shift = this.#shift;
    let table2 = this.#table;
    for (; ; ) {
      let next = 0;
      let width2 = 1;
      const code = text2.charCodeAt(position);
      const known3 = code < 128 ? ascii[code] : 0;
      if (known3 !== 0 && known3 >> shift === 0) next = table2[state + known3];
      if (next === 0) {
        const whole = text2.codePointAt(position);
        if (whole !== void 0 && whole > 65535) width2 = 2;
        const characterClass = whole === void 0 ? EDGE_CLASS : this.#alphabet.classOf(whole);
        next = this.#next(state, characterClass, budget);
        shift = this.#shift;
        table2 = this.#table;
      }
      if (next > 0) {
        position += width2;
        state = next;
      } else {
        state = -next;
        const flags = this.#flags[state >> shift];
        if ((flags & MATCHED) !== 0) {
          last3 = position;
          if (earliest2) break;
        }
        if ((flags & NO_WAY_ON) !== 0 || position >= text2.length) break;
        position += width2;
        if ((flags & SKIPS_AHEAD) !== 0) {
          position = text2.indexOf(this.#prefix, position);
          if (position < 0) break;
        }
      }
      if (position > text2.length) break;
      if (position - seen > PORTION) {
        budget.spend(position - seen);
        seen = position;
      }
    }
    budget.spend(Math.max(0, position - seen));
    return last3;
  }
  /** The start of the longest match that ends at `to` and does not start before `least`; -1 for none. */
  backward(text2, to, least, budget) {
    let state = this.#start(false, this.#alphabet.after(text2, to));
    let last3 = -1;
    for (let position = to; ; ) {
      const edge = position === 0;
      const code = edge ? 0 : codeBefore(text2, position);
      const characterClass = edge ? EDGE_CLASS : this.#alphabet.classOf(code);
      const next = this.#next(state, characterClass, budget);
      state = Math.abs(next);
      if (next < 0) {
        const flags = this.#flags[state >> this.#shift];
        if ((flags & MATCHED) !== 0) last3 = position;
        if ((flags & NO_WAY_ON) !== 0) break;
      }
      if (position <= least) break;
      position -= code > 65535 ? 2 : 1;
    }
    budget.spend(to - Math.max(last3, least));
    return last3;
  }
  #start(searching, neighbour) {
    const kinds = this.#alphabet.kinds(neighbour);
    const index = searching ? KINDS2 + kinds : kinds;
    const known3 = this.#starts[index];
    if (known3 !== 0) return known3;
    if (this.#states.length === 0) this.#clear();
    const { search: search2, entry } = this.#program;
    const start = Math.abs(this.#state({
      open: [
        searching ? search2 : entry
      ],
      kinds,
      matched: false
    }));
    this.#starts[index] = start;
    return start;
  }
  /** Where a state leads by a class; the table may be another one afterwards. */
  #next(state, characterClass, budget) {
    const from = characterClass >> this.#shift === 0 ? state : this.#widened(state);
    const next = this.#table[from + characterClass];
    return next === 0 ? this.#step(from, characterClass, budget) : next;
  }
  #clear() {
    let shift = 3;
    while (this.#alphabet.size >> shift > 0) shift++;
    this.#shift = shift;
    this.#table = new Int32Array(16 << shift);
    this.#states = [
      {
        open: [],
        kinds: 0,
        matched: false
      }
    ];
    this.#flags = [
      0
    ];
    this.#starts.fill(0);
    this.#byKey = /* @__PURE__ */ new Map();
    this.#held = 0;
  }
  /** The same state in a table that is wide enough for all classes. */
  #widened(state) {
    const content = this.#states[state >> this.#shift];
    this.#clear();
    return Math.abs(this.#state(content));
  }
  /** The name of a state as a transition to it has it. */
  #state(content) {
    const key = `${content.kinds}${content.matched ? "!" : " "}${content.open.join()}`;
    const known3 = this.#byKey.get(key);
    if (known3 !== void 0) return known3;
    const stride = 1 << this.#shift;
    const weight3 = stride + content.open.length;
    if (this.#held + weight3 > LIMIT && this.#held > 0) {
      this.#clear();
      return this.#state(content);
    }
    this.#held += weight3;
    const index = this.#states.length << this.#shift;
    if (index + stride > this.#table.length) {
      const table2 = new Int32Array(2 * this.#table.length);
      table2.set(this.#table);
      this.#table = table2;
    }
    this.#states.push(content);
    const { open: [only], open: { length: length2 } } = content;
    const skips = this.#prefix !== "" && length2 === 1 && only === this.#program.search && !content.matched;
    const flags = (content.matched ? MATCHED : 0) | (length2 === 0 ? NO_WAY_ON : 0) | (skips ? SKIPS_AHEAD : 0);
    this.#flags.push(flags);
    const name = flags === 0 ? index : -index;
    this.#byKey.set(key, name);
    return name;
  }
  /** Makes the transition of a state by a class. */
  #step(from, characterClass, budget) {
    const { open: open2, kinds } = this.#states[from >> this.#shift];
    const states = this.#states;
    const beyond = this.#alphabet.kinds(characterClass);
    const [before3, after2] = this.#direction.reverse ? [
      beyond,
      kinds
    ] : [
      kinds,
      beyond
    ];
    const next = [];
    const matched = this.#pass(open2, characterClass, (look) => holds(look, before3, after2), next);
    budget.spend(open2.length + next.length);
    const name = this.#state({
      open: next,
      kinds: beyond,
      matched
    });
    if (states === this.#states) this.#table[from + characterClass] = name;
    return name;
  }
  /** Follows all ways up to the next character; whether one of them is a match. */
  #pass(open2, characterClass, holds3, next) {
    const { op, arg, x, y } = this.#program;
    const stack = this.#stack;
    const mark = ++this.#mark;
    let matched = false;
    for (const each of open2) {
      stack.push(each);
      while (stack.length > 0) {
        const at = stack.pop();
        if (this.#passed[at] === mark) continue;
        this.#passed[at] = mark;
        const target2 = x[at];
        switch (op[at]) {
          case SET:
            if (this.#opened[target2] !== mark && this.#alphabet.isIn(characterClass, arg[at])) {
              this.#opened[target2] = mark;
              next.push(target2);
            }
            break;
          case LOOK:
            if (holds3(LOOKS[arg[at]])) stack.push(target2);
            break;
          case SPLIT:
            stack.push(y[at], target2);
            break;
          case MATCH:
            matched = true;
            if (this.#direction.first) {
              stack.length = 0;
              return true;
            }
            break;
          default:
            stack.push(target2);
        }
      }
    }
    return matched;
  }
};

// src/regex/literal.ts
function prefixOf(node, sets) {
  switch (node.kind) {
    case "empty":
      return {
        text: "",
        whole: true
      };
    case "set": {
      const code = single(sets[node.set]);
      return code < 0 ? {
        text: "",
        whole: false
      } : {
        text: String.fromCodePoint(code),
        whole: true
      };
    }
    case "group":
      return {
        ...prefixOf(node.node, sets),
        whole: false
      };
    case "sequence": {
      let text2 = "";
      for (const each of node.nodes) {
        const prefix = prefixOf(each, sets);
        text2 += prefix.text;
        if (!prefix.whole) return {
          text: text2,
          whole: false
        };
      }
      return {
        text: text2,
        whole: true
      };
    }
    case "repeat":
      return {
        text: node.min > 0 ? prefixOf(node.node, sets).text : "",
        whole: false
      };
    case "look":
    case "alternatives":
      return {
        text: "",
        whole: false
      };
    default:
      return node;
  }
}
function startsText(node) {
  switch (node.kind) {
    case "look":
      return node.look === "text start";
    case "group":
      return startsText(node.node);
    case "sequence":
      return startsText(node.nodes[0]);
    case "alternatives":
      return node.nodes.every(startsText);
    case "repeat":
      return node.min > 0 && startsText(node.node);
    case "empty":
    case "set":
      return false;
    default:
      return node;
  }
}
function contents(node) {
  const looks = /* @__PURE__ */ new Set();
  let groups = 0;
  const visit = (each) => {
    switch (each.kind) {
      case "look":
        looks.add(each.look);
        return;
      case "group":
        groups = Math.max(groups, each.index);
        return visit(each.node);
      case "repeat":
        return visit(each.node);
      case "sequence":
      case "alternatives":
        return each.nodes.forEach(visit);
      case "empty":
      case "set":
        return;
      default:
        return each;
    }
  };
  visit(node);
  return {
    looks,
    groups
  };
}

// src/regex/flags.ts
var LETTERS = {
  i: "caseless",
  m: "lines",
  s: "dotAll",
  U: "swapGreed",
  u: "unicode",
  R: "crlf",
  x: "spaced"
};
var INITIAL = {
  caseless: false,
  lines: false,
  dotAll: false,
  swapGreed: false,
  unicode: true,
  crlf: false,
  spaced: false
};
function letterCase({ caseless, unicode }) {
  return caseless ? unicode ? "folded" : "ascii" : "exact";
}
function isFlag(character2) {
  return Object.hasOwn(LETTERS, character2);
}
function readFlags(cursor) {
  const changes = {};
  const seen = /* @__PURE__ */ new Map();
  let negation = null;
  while (cursor.char !== ":" && cursor.char !== ")") {
    const letter = cursor.char;
    const span = {
      start: cursor.index,
      end: cursor.index + 1
    };
    if (letter !== "-" && !isFlag(letter)) throw cursor.error("unrecognized flag", span);
    const before3 = seen.get(letter);
    if (before3 !== void 0) {
      throw cursor.error(letter === "-" ? "flag negation operator repeated" : "duplicate flag", before3, span);
    }
    if (letter === "-") negation = span;
    else changes[LETTERS[letter]] = !seen.has("-");
    seen.set(letter, span);
    if (!cursor.bump()) throw cursor.here("expected flag but got end of regex");
  }
  if (negation !== null && negation.end === cursor.index) {
    throw cursor.error("dangling flag negation operator", negation);
  }
  return seen.size === 0 ? null : changes;
}

// src/regex/unicode.ts
var BINARY = `
AHex=ASCII_Hex_Digit Alpha=Alphabetic Bidi_C=Bidi_Control Bidi_M=Bidi_Mirrored CI=Case_Ignorable Cased
CWCF=Changes_When_Casefolded CWCM=Changes_When_Casemapped CWL=Changes_When_Lowercased CWT=Changes_When_Titlecased
CWU=Changes_When_Uppercased Dash DI=Default_Ignorable_Code_Point Dep=Deprecated Dia=Diacritic Emoji
EComp=Emoji_Component EMod=Emoji_Modifier EBase=Emoji_Modifier_Base EPres=Emoji_Presentation
ExtPict=Extended_Pictographic Ext=Extender Gr_Base=Grapheme_Base Gr_Ext=Grapheme_Extend Hex=Hex_Digit
IDSB=IDS_Binary_Operator IDST=IDS_Trinary_Operator IDC=ID_Continue IDS=ID_Start Ideo=Ideographic Join_C=Join_Control
LOE=Logical_Order_Exception Lower=Lowercase Math NChar=Noncharacter_Code_Point Pat_Syn=Pattern_Syntax
Pat_WS=Pattern_White_Space QMark=Quotation_Mark Radical RI=Regional_Indicator STerm=Sentence_Terminal
SD=Soft_Dotted Term=Terminal_Punctuation UIdeo=Unified_Ideograph Upper=Uppercase VS=Variation_Selector
White_Space=space=WSpace XIDC=XID_Continue XIDS=XID_Start`;
var CATEGORIES = `
Any ASCII Assigned C=Other Cc=Control=Cntrl Cf=Format Cn=Unassigned Co=Private_Use L=Letter LC=Cased_Letter
Ll=Lowercase_Letter Lm=Modifier_Letter Lo=Other_Letter Lt=Titlecase_Letter Lu=Uppercase_Letter M=Mark=Combining_Mark
Mc=Spacing_Mark Me=Enclosing_Mark Mn=Nonspacing_Mark N=Number Nd=Decimal_Number=Digit Nl=Letter_Number
No=Other_Number P=Punctuation=Punct Pc=Connector_Punctuation Pd=Dash_Punctuation Pe=Close_Punctuation
Pf=Final_Punctuation Pi=Initial_Punctuation Po=Other_Punctuation Ps=Open_Punctuation S=Symbol Sc=Currency_Symbol
Sk=Modifier_Symbol Sm=Math_Symbol So=Other_Symbol Z=Separator Zl=Line_Separator Zp=Paragraph_Separator
Zs=Space_Separator`;
var SCRIPTS = `
Adlm=Adlam Aghb=Caucasian_Albanian Ahom Arab=Arabic Armi=Imperial_Aramaic Armn=Armenian Avst=Avestan Bali=Balinese
Bamu=Bamum Bass=Bassa_Vah Batk=Batak Beng=Bengali Bhks=Bhaiksuki Bopo=Bopomofo Brah=Brahmi Brai=Braille Bugi=Buginese
Buhd=Buhid Cakm=Chakma Cans=Canadian_Aboriginal Cari=Carian Cham Cher=Cherokee Chrs=Chorasmian Copt=Coptic=Qaac
Cpmn=Cypro_Minoan Cprt=Cypriot Cyrl=Cyrillic Deva=Devanagari Diak=Dives_Akuru Dogr=Dogra Dsrt=Deseret Dupl=Duployan
Egyp=Egyptian_Hieroglyphs Elba=Elbasan Elym=Elymaic Ethi=Ethiopic Gara=Garay Geor=Georgian Glag=Glagolitic
Gong=Gunjala_Gondi Gonm=Masaram_Gondi Goth=Gothic Gran=Grantha Grek=Greek Gujr=Gujarati Gukh=Gurung_Khema
Guru=Gurmukhi Hang=Hangul Hani=Han Hano=Hanunoo Hatr=Hatran Hebr=Hebrew Hira=Hiragana Hluw=Anatolian_Hieroglyphs
Hmng=Pahawh_Hmong Hmnp=Nyiakeng_Puachue_Hmong Hung=Old_Hungarian Ital=Old_Italic Java=Javanese Kali=Kayah_Li
Kana=Katakana Kawi Khar=Kharoshthi Khmr=Khmer Khoj=Khojki Kits=Khitan_Small_Script Knda=Kannada Krai=Kirat_Rai
Kthi=Kaithi Lana=Tai_Tham Laoo=Lao Latn=Latin Lepc=Lepcha Limb=Limbu Lina=Linear_A Linb=Linear_B Lisu Lyci=Lycian
Lydi=Lydian Mahj=Mahajani Maka=Makasar Mand=Mandaic Mani=Manichaean Marc=Marchen Medf=Medefaidrin Mend=Mende_Kikakui
Merc=Meroitic_Cursive Mero=Meroitic_Hieroglyphs Mlym=Malayalam Modi Mong=Mongolian Mroo=Mro Mtei=Meetei_Mayek
Mult=Multani Mymr=Myanmar Nagm=Nag_Mundari Nand=Nandinagari Narb=Old_North_Arabian Nbat=Nabataean Newa Nkoo=Nko
Nshu=Nushu Ogam=Ogham Olck=Ol_Chiki Onao=Ol_Onal Orkh=Old_Turkic Orya=Oriya Osge=Osage Osma=Osmanya Ougr=Old_Uyghur
Palm=Palmyrene Pauc=Pau_Cin_Hau Perm=Old_Permic Phag=Phags_Pa Phli=Inscriptional_Pahlavi Phlp=Psalter_Pahlavi
Phnx=Phoenician Plrd=Miao Prti=Inscriptional_Parthian Rjng=Rejang Rohg=Hanifi_Rohingya Runr=Runic Samr=Samaritan
Sarb=Old_South_Arabian Saur=Saurashtra Sgnw=SignWriting Shaw=Shavian Shrd=Sharada Sidd=Siddham Sind=Khudawadi
Sinh=Sinhala Sogd=Sogdian Sogo=Old_Sogdian Sora=Sora_Sompeng Soyo=Soyombo Sund=Sundanese Sunu=Sunuwar
Sylo=Syloti_Nagri Syrc=Syriac Tagb=Tagbanwa Takr=Takri Tale=Tai_Le Talu=New_Tai_Lue Taml=Tamil Tang=Tangut
Tavt=Tai_Viet Telu=Telugu Tfng=Tifinagh Tglg=Tagalog Thaa=Thaana Thai Tibt=Tibetan Tirh=Tirhuta Tnsa=Tangsa
Todr=Todhri Toto Tutg=Tulu_Tigalari Ugar=Ugaritic Vaii=Vai Vith=Vithkuqi Wara=Warang_Citi Wcho=Wancho Xpeo=Old_Persian
Xsux=Cuneiform Yezi=Yezidi Yiii=Yi Zanb=Zanabazar_Square Zinh=Inherited=Qaai Zyyy=Common`;
function table(text2, prefix = "") {
  const names = /* @__PURE__ */ new Map();
  for (const spellings of text2.trim().split(/\s+/)) {
    const [first3, ...others] = spellings.split("=");
    for (const each of [
      first3,
      ...others
    ]) names.set(loose(each), prefix + first3);
  }
  return names;
}
var tables = null;
function allTables() {
  return tables ??= {
    binary: table(BINARY),
    category: table(CATEGORIES),
    script: table(SCRIPTS, "Script="),
    extension: table(SCRIPTS, "Script_Extensions=")
  };
}
function loose(name) {
  const squeezed = name.replaceAll(/[ _-]|[^\0-\x7f]/g, "").toLowerCase();
  if (!/^is/i.test(name)) return squeezed;
  return squeezed === "isc" ? squeezed : squeezed.slice(2);
}
var VALUED = {
  generalcategory: "category",
  gc: "category",
  script: "script",
  sc: "script",
  scriptextensions: "extension",
  scx: "extension"
};
var AMBIGUOUS = /* @__PURE__ */ new Set([
  "cf",
  "sc",
  "lc"
]);
function propertySet(text2, letters) {
  const [, name = "", operator = "", value = ""] = /^([^]*?)(!=|:|=)([^]*)$/.exec(text2) ?? [];
  if (operator === "") return named(text2, letters);
  const kind = VALUED[loose(name)];
  if (kind === void 0) return "Unicode property not found";
  const canonical = allTables()[kind].get(loose(value));
  if (canonical === void 0) return "Unicode property value not found";
  const set3 = known2(canonical, letters);
  return operator === "!=" && typeof set3 !== "string" ? complement(set3) : set3;
}
function named(text2, letters) {
  const name = loose(text2);
  const { binary, category, script } = allTables();
  const canonical = (AMBIGUOUS.has(name) ? void 0 : binary.get(name)) ?? category.get(name) ?? script.get(name);
  return canonical === void 0 ? "Unicode property not found" : known2(canonical, letters);
}
function known2(canonical, letters) {
  try {
    return property2(canonical, letters);
  } catch {
    return "Unicode property value not found";
  }
}

// src/regex/escapes.ts
var CONTROLS = {
  a: 7,
  f: 12,
  t: 9,
  n: 10,
  r: 13,
  v: 11
};
var LOOKS2 = {
  A: [
    "text start",
    "text start"
  ],
  z: [
    "text end",
    "text end"
  ],
  b: [
    "word boundary",
    "ascii word boundary"
  ],
  B: [
    "no word boundary",
    "no ascii word boundary"
  ],
  "<": [
    "word start",
    "ascii word start"
  ],
  ">": [
    "word end",
    "ascii word end"
  ]
};
var BOUNDARIES = {
  start: [
    "word start",
    "ascii word start"
  ],
  end: [
    "word end",
    "ascii word end"
  ],
  "start-half": [
    "word start half",
    "ascii word start half"
  ],
  "end-half": [
    "word end half",
    "ascii word end half"
  ]
};
var HEX_DIGITS = {
  x: 2,
  u: 4,
  U: 8
};
var EOF = "incomplete escape sequence, reached end of pattern prematurely";
function readEscape(cursor, flags) {
  const start = cursor.index;
  if (!cursor.bump()) throw cursor.since(start, EOF);
  const letter = cursor.char;
  if (/^[0-9]$/.test(letter)) {
    cursor.bump();
    throw cursor.since(start, "backreferences are not supported");
  }
  if (HEX_DIGITS[letter] !== void 0) return readHex(cursor, start);
  if (letter === "p" || letter === "P") return readProperty(cursor, start, flags);
  cursor.bump();
  const span = {
    start,
    end: cursor.index
  };
  if (/^[dswDSW]$/.test(letter)) return {
    kind: "class",
    set: perlClass(cursor, letter, flags, span),
    span
  };
  if (/^[!-/:;=?@[-`{-~\0- \x7f]$/.test(letter)) return literal(letter.codePointAt(0) ?? 0, false, span);
  const control3 = CONTROLS[letter];
  if (control3 !== void 0) return literal(control3, false, span);
  const looks = LOOKS2[letter];
  if (looks === void 0) throw cursor.error("unrecognized escape sequence", span);
  const special = letter === "b" && cursor.char === "{" ? readBoundary(cursor, start) : null;
  return {
    kind: "look",
    look: (special ?? looks)[flags.unicode ? 0 : 1],
    span: {
      start,
      end: cursor.index
    }
  };
}
function literal(code, byte2, span) {
  return {
    kind: "literal",
    code,
    byte: byte2,
    span
  };
}
function perlClass(cursor, letter, flags, span) {
  const lower2 = letter.toLowerCase();
  const set3 = (flags.unicode ? UNICODE_CLASSES : ASCII_CLASSES)[lower2];
  if (letter === lower2) return set3;
  if (!flags.unicode) cursor.refuse("pattern can match invalid UTF-8", span);
  return complement(set3);
}
function readBoundary(cursor, start) {
  const brace = cursor.index;
  if (!cursor.bumpSolid()) {
    throw cursor.since(start, "found either the beginning of a special word boundary or a bounded repetition on a \\b with an opening brace, but no closing brace");
  }
  const content = cursor.index;
  let name = "";
  while (/^[-A-Za-z]$/.test(cursor.char)) {
    name += cursor.char;
    cursor.bumpSolid();
  }
  if (name === "") {
    cursor.index = brace;
    return null;
  }
  if (cursor.char !== "}") {
    throw cursor.since(brace, "special word boundary assertion is either unclosed or contains an invalid character");
  }
  const looks = Object.hasOwn(BOUNDARIES, name) ? BOUNDARIES[name] : void 0;
  if (looks === void 0) {
    throw cursor.since(content, "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half");
  }
  cursor.bump();
  return looks;
}
function isHex(character2) {
  return /^[0-9a-fA-F]$/.test(character2);
}
function readHex(cursor, start) {
  const letter = cursor.char;
  if (!cursor.bumpSolid()) throw cursor.here(EOF);
  if (cursor.char === "{") return readBracedHex(cursor, start);
  const first3 = cursor.index;
  let digits = "";
  for (let i = 0; i < (HEX_DIGITS[letter] ?? 0); i++) {
    if (i > 0 && !cursor.bumpSolid()) throw cursor.here(EOF);
    if (!isHex(cursor.char)) {
      throw cursor.at("invalid hexadecimal digit");
    }
    digits += cursor.char;
  }
  cursor.bumpSolid();
  return literal(scalar2(cursor, digits, {
    start: first3,
    end: cursor.index
  }), letter === "x", {
    start,
    end: cursor.index
  });
}
function readBracedHex(cursor, start) {
  const brace = cursor.index;
  let digits = "";
  while (cursor.bumpSolid() && !cursor.is("}")) {
    if (!isHex(cursor.char)) {
      throw cursor.at("invalid hexadecimal digit");
    }
    digits += cursor.char;
  }
  if (cursor.atEnd) throw cursor.since(brace, EOF);
  const end = cursor.index;
  cursor.bumpSolid();
  if (digits === "") throw cursor.since(brace, "hexadecimal literal empty");
  return literal(scalar2(cursor, digits, {
    start: brace + 1,
    end
  }), false, {
    start,
    end: cursor.index
  });
}
function scalar2(cursor, digits, span) {
  const code = Number.parseInt(digits, 16);
  if (code <= 1114111 && (code < 55296 || code > 57343)) return code;
  throw cursor.error("hexadecimal literal is not a Unicode scalar value", span);
}
function readProperty(cursor, start, flags) {
  const negated = cursor.char === "P";
  if (!cursor.bumpSolid()) throw cursor.here(EOF);
  let name = "";
  if (cursor.char === "{") {
    while (cursor.bumpSolid() && !cursor.is("}")) name += cursor.char;
    if (cursor.atEnd) throw cursor.here(EOF);
    cursor.bump();
  } else {
    name = cursor.char;
    if (name === "\\") throw cursor.at("invalid Unicode character class");
    cursor.bumpSolid();
  }
  const span = {
    start,
    end: cursor.index
  };
  if (!flags.unicode) cursor.refuse("Unicode not allowed here", span);
  const known3 = propertySet(name, letterCase(flags));
  if (typeof known3 === "string") cursor.refuse(known3, span);
  const set3 = typeof known3 === "string" ? ANY : known3;
  return {
    kind: "class",
    set: negated ? complement(set3) : set3,
    span
  };
}
function literalSet(cursor, { code, byte: byte2, span }, flags) {
  if (!flags.unicode && byte2 && code > 127) cursor.refuse("pattern can match invalid UTF-8", span);
  return ranges([
    code,
    code
  ], letterCase(flags));
}

// src/regex/classes.ts
var OPERATIONS = {
  "&": "intersection",
  "-": "difference",
  "~": "symmetric difference"
};
function readClass(cursor, flags) {
  const start = cursor.index;
  const letters = letterCase(flags);
  const stack = [];
  for (; ; ) {
    cursor.skip();
    const open2 = stack.at(-1);
    if (cursor.atEnd && open2 !== void 0) throw unclosed(cursor, open2);
    if (open2 === void 0 || cursor.char === "[") {
      const posix = open2 === void 0 ? null : readPosix(cursor, flags);
      if (posix === null) stack.push(openClass(cursor, letters));
      else open2?.items.push({
        set: posix,
        depth: 0
      });
      continue;
    }
    const operation = cursor.char === cursor.next ? OPERATIONS[cursor.char] : void 0;
    if (cursor.char === "]") {
      cursor.bump();
      stack.pop();
      const item = closed(cursor, open2, flags);
      const outer = stack.at(-1);
      if (outer === void 0) return {
        ...item,
        span: {
          start,
          end: cursor.index
        }
      };
      outer.items.push(item);
    } else if (operation !== void 0) {
      cursor.index += 2;
      open2.left = operand(open2);
      open2.operation = operation;
      open2.items = [];
    } else open2.items.push({
      set: readRange(cursor, flags, open2),
      depth: 0
    });
  }
}
function unclosed(cursor, open2) {
  return cursor.error("unclosed character class", open2.span);
}
function openClass(cursor, letters) {
  const start = cursor.index;
  const bump = () => {
    if (!cursor.bumpSolid()) throw cursor.since(start, "unclosed character class");
  };
  bump();
  const negated = cursor.char === "^";
  if (negated) bump();
  const items2 = [];
  const push = () => {
    const code = cursor.char.codePointAt(0) ?? 0;
    items2.push({
      set: ranges([
        code,
        code
      ], letters),
      depth: 0
    });
  };
  while (cursor.char === "-") {
    push();
    if (!cursor.bumpSolid()) throw cursor.error("unclosed character class", {
      start,
      end: start
    });
  }
  if (items2.length === 0 && cursor.char === "]") {
    push();
    bump();
  }
  return {
    span: {
      start,
      end: cursor.index
    },
    negated,
    left: null,
    operation: null,
    items: items2
  };
}
function operand({ left, operation, items: items2 }) {
  const depth = items2.reduce((deepest, item) => Math.max(deepest, item.depth), 0);
  const right2 = {
    set: union(items2.map(({ set: set3 }) => set3)),
    depth
  };
  if (left === null || operation === null) return right2;
  return {
    set: {
      kind: operation,
      left: left.set,
      right: right2.set
    },
    depth: Math.max(left.depth, right2.depth) + 1
  };
}
function closed(cursor, open2, flags) {
  const { set: set3, depth } = operand(open2);
  const item = {
    set: open2.negated ? complement(set3) : set3,
    depth: depth + 1
  };
  if (!flags.unicode && has(item.set, 128)) {
    cursor.refuse("pattern can match invalid UTF-8", {
      start: open2.span.start,
      end: cursor.index
    });
  }
  return item;
}
function readPosix(cursor, flags) {
  const start = cursor.index;
  if (cursor.next !== ":") return null;
  const close = cursor.pattern.indexOf(":", start + 2);
  if (close < 0 || cursor.pattern[close + 1] !== "]") return null;
  const text2 = cursor.pattern.slice(start + 2, close).join("");
  const negated = text2.startsWith("^");
  const name = negated ? text2.slice(1) : text2;
  const members = Object.hasOwn(POSIX_CLASSES, name) ? POSIX_CLASSES[name] : void 0;
  if (members === void 0) return null;
  cursor.index = close + 2;
  const set3 = ranges(members, letterCase(flags));
  if (negated && !flags.unicode) cursor.refuse("pattern can match invalid UTF-8", {
    start,
    end: cursor.index
  });
  return negated ? complement(set3) : set3;
}
function readRange(cursor, flags, open2) {
  const first3 = readItem(cursor, flags);
  cursor.skip();
  if (cursor.atEnd) throw unclosed(cursor, open2);
  if (cursor.char !== "-" || [
    "]",
    "-"
  ].includes(cursor.nextSolid)) return itemSet(cursor, first3, flags);
  if (!cursor.bumpSolid()) throw unclosed(cursor, open2);
  const last3 = readItem(cursor, flags);
  const low = rangeEnd(cursor, first3);
  const high = rangeEnd(cursor, last3);
  if (low > high) {
    throw cursor.error("invalid character class range, the start must be <= the end", {
      start: first3.span.start,
      end: last3.span.end
    });
  }
  for (const each of [
    first3,
    last3
  ]) checkItem(cursor, each, flags);
  return ranges([
    low,
    high
  ], letterCase(flags));
}
function readItem(cursor, flags) {
  if (cursor.char === "\\") return readEscape(cursor, flags);
  const start = cursor.index;
  const code = cursor.char.codePointAt(0) ?? 0;
  cursor.bump();
  return {
    kind: "literal",
    code,
    byte: false,
    span: {
      start,
      end: cursor.index
    }
  };
}
function rangeEnd(cursor, atom) {
  if (atom.kind === "literal") return atom.code;
  throw cursor.error("invalid range boundary, must be a literal", atom.span);
}
function itemSet(cursor, atom, flags) {
  if (atom.kind === "look") throw cursor.error("invalid escape sequence found in character class", atom.span);
  if (atom.kind === "class") return atom.set;
  checkItem(cursor, atom, flags);
  return ranges([
    atom.code,
    atom.code
  ], letterCase(flags));
}
function checkItem(cursor, atom, flags) {
  if (flags.unicode || atom.kind !== "literal" || atom.code <= 127) return;
  cursor.refuse(atom.byte ? "pattern can match invalid UTF-8" : "Unicode not allowed here", atom.span);
}

// src/regex/cursor.ts
var SPACE2 = /^\p{White_Space}$/u;
function isSpace(character2) {
  return SPACE2.test(character2);
}
var Cursor = class {
  pattern;
  /** The index of the current character. */
  index = 0;
  /** Whether white space and comments mean nothing here. */
  spaced = false;
  /** The first of the errors that count only where the syntax is right. */
  refusal = null;
  constructor(pattern) {
    this.pattern = [
      ...pattern
    ];
  }
  /** The current character. */
  get char() {
    return this.pattern[this.index] ?? "";
  }
  /** Whether the current character is this one. */
  is(character2) {
    return this.char === character2;
  }
  /** Whether the pattern is at its end. */
  get atEnd() {
    return this.index >= this.pattern.length;
  }
  /** The character after the current one. */
  get next() {
    return this.pattern[this.index + 1] ?? "";
  }
  /** The character after the current one and what may be ignored; the first of a comment, as in the reference. */
  get nextSolid() {
    if (!this.spaced) return this.next;
    let index = this.index + 1;
    for (let marks = 0; index < this.pattern.length; index++) {
      const character2 = this.pattern[index];
      if (!isSpace(character2) && (character2 !== "#" || ++marks > 1)) break;
    }
    return this.pattern[index] ?? "";
  }
  /** Goes on by one character; false at the end. */
  bump() {
    if (!this.atEnd) this.index++;
    return !this.atEnd;
  }
  /** Goes on by one character and what may be ignored; false at the end. */
  bumpSolid() {
    if (!this.atEnd) this.index = this.#skip(this.index + 1);
    return !this.atEnd;
  }
  /** Goes on over what may be ignored. */
  skip() {
    this.index = this.#skip(this.index);
  }
  /** Goes on over `text` if it is here. */
  accept(text2) {
    for (let i = 0; i < text2.length; i++) if (this.pattern[this.index + i] !== text2[i]) return false;
    this.index += text2.length;
    return true;
  }
  /** What is between `start` and here. */
  textFrom(start) {
    return this.pattern.slice(start, this.index).join("");
  }
  /** An error from `start` up to here. */
  since(start, what) {
    return this.error(what, {
      start,
      end: this.index
    });
  }
  /** An error between two characters. */
  here(what) {
    return this.since(this.index, what);
  }
  /** An error that underlines the current character. */
  at(what) {
    return this.error(what, {
      start: this.index,
      end: this.index + 1
    });
  }
  /** An error at the given places. */
  error(what, ...spans) {
    return syntaxError(this.pattern, what, ...spans);
  }
  /** Notes what is wrong with a part of the pattern whose syntax is right. */
  refuse(what, span) {
    this.refusal ??= this.error(what, span);
  }
  #skip(from) {
    let index = from;
    if (!this.spaced) return index;
    for (; index < this.pattern.length; index++) {
      const character2 = this.pattern[index];
      if (character2 === "#") {
        const end = this.pattern.indexOf("\n", index);
        index = end < 0 ? this.pattern.length : end;
      } else if (!isSpace(character2)) return index;
    }
    return Math.min(index, this.pattern.length);
  }
};

// src/regex/syntax.ts
var NEST_LIMIT = 250;
var NOTHING = {
  kind: "empty",
  depth: 0,
  shortest: 0,
  longest: 0
};
function oneOf(set3) {
  return {
    kind: "set",
    set: set3,
    depth: 0,
    shortest: 1,
    longest: 1
  };
}
function lookFor(look) {
  return {
    kind: "look",
    look,
    depth: 0,
    shortest: 0,
    longest: 0
  };
}
function repeat2(node, min, max, greedy) {
  const [least, most] = node.longest === 0 ? [
    Math.min(min, 1),
    Math.min(max, 1)
  ] : [
    min,
    max
  ];
  const depth = node.depth + 1;
  if (most === 0) return {
    ...NOTHING,
    depth
  };
  if (least === 1 && most === 1) return {
    ...node,
    depth
  };
  const longest = node.longest === 0 ? 0 : node.longest * most;
  return {
    kind: "repeat",
    node,
    min: least,
    max: most,
    greedy,
    depth,
    shortest: node.shortest * least,
    longest
  };
}
function capture(index, node) {
  return {
    kind: "group",
    index,
    node,
    depth: node.depth + 1,
    shortest: node.shortest,
    longest: node.longest
  };
}
function grouped(node) {
  return {
    ...node,
    depth: node.depth + 1
  };
}
function sequence(nodes) {
  if (nodes.length === 0) return NOTHING;
  if (nodes.length === 1) return nodes[0];
  let [depth, shortest, longest] = [
    0,
    0,
    0
  ];
  for (const node of nodes) {
    depth = Math.max(depth, node.depth + 1);
    shortest += node.shortest;
    longest += node.longest;
  }
  return {
    kind: "sequence",
    nodes,
    depth,
    shortest,
    longest
  };
}
function alternatives(nodes) {
  if (nodes.length === 1) return nodes[0];
  let [depth, shortest, longest] = [
    0,
    Infinity,
    0
  ];
  for (const node of nodes) {
    depth = Math.max(depth, node.depth + 1);
    shortest = Math.min(shortest, node.shortest);
    longest = Math.max(longest, node.longest);
  }
  return {
    kind: "alternatives",
    nodes,
    depth,
    shortest,
    longest
  };
}

// src/regex/parser.ts
function parse2(pattern) {
  return new Parser(pattern).run();
}
var Parser = class {
  #cursor;
  #flags = INITIAL;
  #stack = [];
  #open;
  #groups = 0;
  #names = /* @__PURE__ */ new Map();
  #nameSpans = /* @__PURE__ */ new Map();
  #sets = [];
  /** The indexes of the sets of one character. */
  #singles = /* @__PURE__ */ new Map();
  constructor(pattern) {
    this.#cursor = new Cursor(pattern);
    this.#open = this.#opened(0, 0);
  }
  run() {
    const cursor = this.#cursor;
    for (cursor.skip(); !cursor.atEnd; cursor.skip()) this.#step();
    if (this.#stack.length > 0) {
      throw cursor.error("unclosed group", {
        start: this.#open.start,
        end: this.#open.start + 1
      });
    }
    const node = this.#body();
    if (node.depth > NEST_LIMIT) {
      throw cursor.error(`exceed the maximum number of nested parentheses/brackets (${NEST_LIMIT})`, {
        start: 0,
        end: cursor.pattern.length
      });
    }
    if (cursor.refusal !== null) throw cursor.refusal;
    return {
      node,
      sets: this.#sets,
      names: this.#names
    };
  }
  /** Reads one item, which starts here. */
  #step() {
    const cursor = this.#cursor;
    switch (cursor.char) {
      case "(":
        return this.#group();
      case ")":
        return this.#close();
      case "|":
        cursor.bump();
        this.#open.branches.push(sequence(this.#taken()));
        return;
      case "[": {
        const { set: set3, depth } = readClass(cursor, this.#flags);
        this.#push({
          ...this.#set(set3),
          depth
        });
        return;
      }
      case "?":
        return this.#repetition(0, 1);
      case "*":
        return this.#repetition(0, Infinity);
      case "+":
        return this.#repetition(1, Infinity);
      case "{":
        return this.#counted();
      case "\\":
        return this.#push(this.#atom(readEscape(cursor, this.#flags)));
      default:
        this.#push(this.#plain());
    }
  }
  #push(node) {
    this.#open.parts.push(node);
  }
  #set(set3) {
    const code = single(set3);
    let index = code < 0 ? void 0 : this.#singles.get(code);
    if (index === void 0) {
      index = this.#sets.push(set3) - 1;
      if (code >= 0) this.#singles.set(code, index);
    }
    return oneOf(index);
  }
  #atom(atom) {
    switch (atom.kind) {
      case "literal":
        return this.#set(literalSet(this.#cursor, atom, this.#flags));
      case "class":
        return this.#set(atom.set);
      case "look":
        return lookFor(atom.look);
      default:
        return atom;
    }
  }
  /** A character that is no operator, or one of `.`, `^` and `$`. */
  #plain() {
    const cursor = this.#cursor;
    const { lines: lines3, crlf } = this.#flags;
    const start = cursor.index;
    const character2 = cursor.char;
    cursor.bump();
    switch (character2) {
      case ".":
        return this.#set(this.#dot(start));
      case "^":
        return lookFor(lines3 ? crlf ? "crlf line start" : "line start" : "text start");
      case "$":
        return lookFor(lines3 ? crlf ? "crlf line end" : "line end" : "text end");
      default: {
        const code = character2.codePointAt(0) ?? 0;
        return this.#atom({
          kind: "literal",
          code,
          byte: false,
          span: {
            start,
            end: cursor.index
          }
        });
      }
    }
  }
  #dot(start) {
    const { unicode, dotAll, crlf } = this.#flags;
    if (!unicode) this.#cursor.refuse("pattern can match invalid UTF-8", {
      start,
      end: start + 1
    });
    if (dotAll) return ANY;
    return complement(ranges(crlf ? [
      10,
      10,
      13,
      13
    ] : [
      10,
      10
    ], "exact"));
  }
  // --- Groups ----------------------------------------------------------------------------------------------------------
  #opened(start, index) {
    return {
      start,
      index,
      outside: this.#flags,
      branches: [],
      parts: []
    };
  }
  /** What stands at an opening parenthesis: a group, or flags for the rest of the one that it is in. */
  #group() {
    const cursor = this.#cursor;
    const start = cursor.index;
    cursor.bumpSolid();
    for (const prefix of [
      "?=",
      "?!",
      "?<=",
      "?<!"
    ]) {
      if (cursor.accept(prefix)) {
        throw cursor.since(start, "look-around, including look-ahead and look-behind, is not supported");
      }
    }
    const inner = cursor.index;
    if (cursor.accept("?P<") || cursor.accept("?<")) {
      const index = ++this.#groups;
      this.#name(index);
      return this.#enter(start, index);
    }
    if (!cursor.accept("?")) return this.#enter(start, ++this.#groups);
    if (cursor.atEnd) throw cursor.error("unclosed group", {
      start,
      end: start + 1
    });
    const changes = readFlags(cursor);
    const closes = cursor.char === ")";
    cursor.bump();
    if (!closes) {
      this.#enter(start, -1);
      this.#change(changes ?? {});
      return;
    }
    if (changes === null) {
      throw cursor.error("repetition operator missing expression", {
        start: inner,
        end: inner
      });
    }
    this.#change(changes);
    this.#open.parts.push(null);
  }
  #change(changes) {
    this.#flags = {
      ...this.#flags,
      ...changes
    };
    this.#cursor.spaced = this.#flags.spaced;
  }
  #enter(start, index) {
    this.#stack.push(this.#open);
    this.#open = this.#opened(start, index);
  }
  #name(index) {
    const cursor = this.#cursor;
    const start = cursor.index;
    if (cursor.atEnd) throw cursor.here("unclosed capture group name");
    for (; cursor.char !== ">"; cursor.bump()) {
      if (cursor.atEnd) throw cursor.here("unclosed capture group name");
      const first3 = cursor.index === start;
      if (!(first3 ? /^[_\p{Alphabetic}]$/u : /^[_.[\]\p{Alphabetic}\p{N}]$/u).test(cursor.char)) {
        throw cursor.at("invalid capture group character");
      }
    }
    const name = cursor.textFrom(start);
    const span = {
      start,
      end: cursor.index
    };
    cursor.bump();
    if (name === "") throw cursor.error("empty capture group name", {
      start,
      end: start
    });
    const before3 = this.#nameSpans.get(name);
    if (before3 !== void 0) throw cursor.error("duplicate capture group name", before3, span);
    this.#nameSpans.set(name, span);
    this.#names.set(name, index);
  }
  #close() {
    const cursor = this.#cursor;
    const group2 = this.#open;
    const outer = this.#stack.pop();
    if (outer === void 0) throw cursor.at("unopened group");
    cursor.bump();
    const body2 = this.#body();
    this.#open = outer;
    this.#flags = group2.outside;
    cursor.spaced = group2.outside.spaced;
    this.#push(group2.index > 0 ? capture(group2.index, body2) : grouped(body2));
  }
  /** All the branches of the group being read. */
  #body() {
    const { branches } = this.#open;
    branches.push(sequence(this.#taken()));
    return alternatives(branches);
  }
  /** The parts of the branch being read; the next one begins. */
  #taken() {
    const { parts: parts4 } = this.#open;
    this.#open.parts = [];
    return parts4.filter((part4) => part4 !== null);
  }
  // --- Repetition ------------------------------------------------------------------------------------------------------
  /** What is repeated by the operator here. */
  #repeated() {
    const node = this.#open.parts.pop();
    if (node === void 0 || node === null) throw this.#cursor.here("repetition operator missing expression");
    return node;
  }
  #repetition(min, max) {
    const node = this.#repeated();
    this.#cursor.bump();
    this.#push(repeat2(node, min, max, this.#greedy()));
  }
  /** Whether the repetition before is greedy; goes on over a `?`. */
  #greedy() {
    const lazy = this.#cursor.char === "?";
    if (lazy) this.#cursor.bump();
    return lazy === this.#flags.swapGreed;
  }
  /** `{n}`, `{n,}` or `{n,m}`. */
  #counted() {
    const cursor = this.#cursor;
    const start = cursor.index;
    const node = this.#repeated();
    const unclosed2 = () => cursor.since(start, "unclosed counted repetition");
    if (!cursor.bumpSolid()) throw unclosed2();
    const least = this.#decimal();
    if (cursor.atEnd) throw unclosed2();
    const bounded = cursor.char === ",";
    if (bounded && !cursor.bumpSolid()) throw unclosed2();
    if (typeof least !== "number") throw least;
    let most = bounded ? Infinity : least;
    if (bounded && !cursor.is("}")) {
      const last3 = this.#decimal();
      if (typeof last3 !== "number") throw last3;
      most = last3;
    }
    if (!cursor.is("}")) throw unclosed2();
    cursor.bumpSolid();
    const greedy = this.#greedy();
    if (least > most) throw cursor.since(start, "invalid repetition count range, the start must be <= the end");
    this.#push(repeat2(node, least, most, greedy));
  }
  /** A number of a repetition, or what is wrong with it. */
  #decimal() {
    const cursor = this.#cursor;
    while (isSpace(cursor.char)) cursor.bump();
    const start = cursor.index;
    let digits = "";
    while (/^[0-9]$/.test(cursor.char)) {
      digits += cursor.char;
      cursor.bumpSolid();
    }
    const span = {
      start,
      end: cursor.index
    };
    while (isSpace(cursor.char)) cursor.bumpSolid();
    if (digits === "") return cursor.error("repetition quantifier expects a valid decimal", span);
    const value = Number(digits);
    return value < 2 ** 32 ? value : cursor.error("decimal literal invalid", span);
  }
};

// src/regex/regex.ts
var Regex = class {
  /** The number of groups, not counting the whole match. */
  groups;
  /** The numbers of the named groups. */
  names;
  #node;
  #sets;
  #alphabet;
  #prefix;
  #atStart;
  #forward = null;
  #backward = null;
  #captures = null;
  /** Throws a `RegexError`. */
  constructor(pattern) {
    const { node, sets, names } = parse2(pattern);
    const { looks, groups } = contents(node);
    this.groups = groups;
    this.names = names;
    this.#node = node;
    this.#sets = [
      ...sets,
      ANY
    ];
    this.#alphabet = new Alphabet(this.#sets, asked2(looks));
    this.#prefix = prefixOf(node, sets);
    this.#atStart = startsText(node);
    if (!this.#prefix.whole) this.#forward = this.#makeForward();
  }
  /** Whether there is a match in `text`. */
  test(text2, budget) {
    if (this.#forward === null) return text2.includes(this.#prefix.text);
    return this.#forward.forward(text2, 0, !this.#atStart, true, budget) >= 0;
  }
  /** The first match that starts at `from` or later. */
  find(text2, from, budget) {
    if (this.#forward === null) {
      const start = text2.indexOf(this.#prefix.text, from);
      return start < 0 ? null : {
        start,
        end: start + this.#prefix.text.length
      };
    }
    if (this.#atStart && from > 0) return null;
    const end = this.#forward.forward(text2, from, !this.#atStart, false, budget);
    if (end < 0) return null;
    if (this.#atStart) return {
      start: 0,
      end
    };
    this.#backward ??= this.#makeBackward();
    return {
      start: this.#backward.backward(text2, end, from, budget),
      end
    };
  }
  /** All matches from left to right. An empty one where the one before ended does not count. */
  *matches(text2, budget) {
    let last3 = -1;
    for (let from = 0; from <= text2.length; ) {
      const found2 = this.find(text2, from, budget);
      if (found2 === null) return;
      if (found2.start === found2.end && found2.end === last3) {
        from = last3 + ((text2.codePointAt(last3) ?? 0) > 65535 ? 2 : 1);
        continue;
      }
      yield found2;
      from = last3 = found2.end;
    }
  }
  /** The start and end of every group of a match, the whole match first; -1 where a group took no part. */
  positions(text2, { start, end }, budget) {
    if (this.groups === 0) return [
      start,
      end
    ];
    this.#captures ??= this.#makeCaptures();
    return this.#captures.find(text2, start, end, budget);
  }
  #makeForward() {
    const program = emit(this.#node, {
      reverse: false,
      groups: false,
      any: this.#sets.length - 1
    });
    return new Dfa(program, this.#alphabet, {
      reverse: false,
      first: true
    }, this.#prefix.text);
  }
  #makeBackward() {
    const program = emit(this.#node, {
      reverse: true,
      groups: false,
      any: -1
    });
    return new Dfa(program, this.#alphabet, {
      reverse: true,
      first: false
    }, "");
  }
  #makeCaptures() {
    const program = emit(this.#node, {
      reverse: false,
      groups: true,
      any: -1
    });
    return new Captures(program, this.#alphabet, this.groups + 1);
  }
};

// src/regex/cache.ts
var CAPACITY = 64;
var RegexCache = class {
  /** From the one that was not used for longest to the last used. */
  #patterns = /* @__PURE__ */ new Map();
  #last = null;
  #lastPattern = "";
  /** The compiled pattern. Throws a `RegexError`. */
  get(pattern) {
    if (this.#last !== null && pattern === this.#lastPattern) return this.#last;
    const regex = this.#patterns.get(pattern) ?? new Regex(pattern);
    this.#patterns.delete(pattern);
    this.#patterns.set(pattern, regex);
    const [oldest] = this.#patterns.keys();
    if (this.#patterns.size > CAPACITY && oldest !== void 0) this.#patterns.delete(oldest);
    this.#last = regex;
    this.#lastPattern = pattern;
    return regex;
  }
};

// src/builtins/regex.ts
var HINT2 = "Sema uses Rust regex syntax (no lookahead/lookbehind). See https://docs.rs/regex";
function compile(pattern, context) {
  try {
    return context.patterns.get(pattern);
  } catch (error) {
    if (error instanceof RegexError) {
      throw new Condition("eval", `invalid regex pattern: ${error.message}`, {
        hint: HINT2
      });
    }
    throw error;
  }
}
function part3(string, { start, end }) {
  return string.slice(start, end);
}
function search(name, doc, implementation, example) {
  return two(name, doc, (pattern, value, context) => {
    const source = text(pattern);
    const string = text(value);
    return implementation(compile(source, context), string, context);
  }, example);
}
function match2(regex, string, context) {
  const found2 = regex.find(string, 0, context);
  if (found2 === null) return null;
  const groups = [];
  const positions = regex.positions(string, found2, context);
  for (let i = 2; i < positions.length; i += 2) groups.push(group(string, positions, i / 2) ?? null);
  const start = utf8Length(string.slice(0, found2.start));
  const whole = part3(string, found2);
  return SortedMap.from([
    [
      keyword("end"),
      start + utf8Length(whole)
    ],
    [
      keyword("groups"),
      listOf(groups)
    ],
    [
      keyword("match"),
      whole
    ],
    [
      keyword("start"),
      start
    ]
  ]);
}
function group(string, positions, index) {
  const start = positions[2 * index];
  return start === void 0 || start < 0 ? void 0 : string.slice(start, positions[2 * index + 1]);
}
function split2(regex, string, context) {
  const pieces = [];
  let from = 0;
  for (const { start, end } of regex.matches(string, context)) {
    pieces.push(string.slice(from, start));
    from = end;
  }
  pieces.push(string.slice(from));
  return listFrom(pieces);
}
var TEMPLATE = /\$\$|\$([0-9A-Za-z_]+)|\$\{([^}]*)\}|\$|[^$]+/g;
function template(replacement2) {
  return Array.from(replacement2.matchAll(TEMPLATE), ([piece2, bare, braced]) => {
    const name = bare ?? braced;
    if (name === void 0) return piece2 === "$$" ? "$" : piece2;
    return {
      group: /^\+?[0-9]+$/.test(name) ? Number(name) : name
    };
  });
}
function expanded(template3, regex, string, found2, context) {
  if (template3.every((piece2) => typeof piece2 === "string")) return template3.join("");
  const positions = regex.positions(string, found2, context);
  return template3.map((piece2) => {
    if (typeof piece2 === "string") return piece2;
    const index = typeof piece2.group === "number" ? piece2.group : regex.names.get(piece2.group);
    return index === void 0 ? "" : group(string, positions, index) ?? "";
  }).join("");
}
function replacing(name, doc, limit2, example) {
  return three(name, doc, (pattern, replacement2, value, context) => {
    const source = text(pattern);
    const pieces = template(text(replacement2));
    const string = text(value);
    const regex = compile(source, context);
    let result2 = "";
    let from = 0;
    let count2 = 0;
    for (const found2 of regex.matches(string, context)) {
      result2 += string.slice(from, found2.start) + expanded(pieces, regex, string, found2, context);
      from = found2.end;
      if (++count2 === limit2) break;
    }
    return result2 + string.slice(from);
  }, example);
}
var regexes = pure([
  search("regex/match?", "(regex/match? pattern s): whether pattern matches anywhere in s.", (regex, string, context) => regex.test(string, context), [
    '(regex/match? "[0-9]+" "room 12")',
    "#t"
  ]),
  search("regex/match", "(regex/match pattern s): the first match with its groups and byte offsets, or nil.", match2, [
    String.raw`(regex/match #"(\w+)=(\d+)" "let x=10;")`,
    '{:end 8 :groups ("x" "10") :match "x=10" :start 4}'
  ]),
  search("regex/find-all", "(regex/find-all pattern s): the texts of all matches.", (regex, string, context) => listOf(Array.from(regex.matches(string, context), (found2) => part3(string, found2))), [
    '(regex/find-all "[0-9]+" "7 cats, 12 dogs")',
    '("7" "12")'
  ]),
  replacing("regex/replace", "(regex/replace pattern replacement s): the first match replaced; $1, ${1} and $name are groups.", 1, [
    '(regex/replace "([a-z]+) ([a-z]+)" "$2 $1" "hello world")',
    '"world hello"'
  ]),
  replacing("regex/replace-all", "(regex/replace-all pattern replacement s): every match replaced; $1, ${1} and $name are groups.", Infinity, [
    '(regex/replace-all "[0-9]+" "#" "a12b34")',
    '"a#b#"'
  ]),
  search("regex/split", "(regex/split pattern s): the pieces between matches.", split2, [
    '(regex/split "[,;] ?" "a, b;c")',
    '("a" "b" "c")'
  ])
]);

// src/builtins/streams.ts
var DEFAULT_CAP = 2 ** 28;
var CHUNK2 = 8192;
var LINE_FEED = 10;
var CARRIAGE_RETURN = 13;
var Stream = class extends Opaque {
  typeName = "stream";
  streamType;
  closed = false;
  /** The contents are the first `#size` bytes; what is behind them is room to grow into. */
  #bytes;
  #size;
  #position = 0;
  /** `bytes` becomes the stream's own. */
  constructor(streamType, bytes2) {
    super();
    this.streamType = streamType;
    this.#bytes = bytes2;
    this.#size = bytes2.length;
  }
  printed() {
    return `<stream:${this.streamType}>`;
  }
  kind() {
    return "stream";
  }
  /** Whether bytes are left to be read. */
  get available() {
    return this.#position < this.#size;
  }
  /** The next bytes, at most `count`. */
  take(count2) {
    const end = Math.min(this.#position + count2, this.#size);
    const taken2 = this.#bytes.slice(this.#position, end);
    this.#position = end;
    return taken2;
  }
  /** The next byte, or null at the end. */
  takeByte() {
    return this.available ? this.#bytes[this.#position++] : null;
  }
  /** The bytes up to the next line feed, which is passed over; null at the end. */
  takeLine() {
    if (!this.available) return null;
    const found2 = this.#bytes.subarray(0, this.#size).indexOf(LINE_FEED, this.#position);
    const line = this.take((found2 < 0 ? this.#size : found2) - this.#position);
    if (found2 >= 0) this.#position++;
    return line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
  }
  /** Appends bytes. */
  put(bytes2) {
    const size = this.#size + bytes2.length;
    if (size > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(size, 2 * this.#bytes.length));
      grown.set(this.#bytes.subarray(0, this.#size));
      this.#bytes = grown;
    }
    this.#bytes.set(bytes2, this.#size);
    this.#size = size;
  }
  /** A copy of everything that was ever in it. */
  contents() {
    return this.#bytes.slice(0, this.#size);
  }
};
function stream(value, name, position = 1) {
  if (value instanceof Stream) return value;
  throw wrongType("stream", value, `${name} expects a stream as argument ${position}`);
}
function open(target2, operation) {
  if (!target2.closed) return target2;
  throw evalError(`stream/${operation}: stream is closed`);
}
function write(target2, bytes2) {
  open(target2, "write");
  if (target2.streamType === "string") throw evalError("stream/write: stream is read-only (string stream)");
  target2.put(bytes2);
}
function cap(value, name) {
  if (value === void 0) return DEFAULT_CAP;
  if (!isInt64(value)) throw wrongType("non-negative integer", value);
  const limit2 = Number(value);
  if (limit2 >= 0) return limit2;
  throw evalError(`${name}: max-bytes must be a non-negative integer representable on this platform, got ${value}`);
}
function tooMuch(name, limit2) {
  return evalError(`${name}: input exceeds the configured ${limit2}-byte cap`, "process the stream with stream/read and stream/write in bounded chunks, or raise max-bytes");
}
function readAll(args) {
  const source = stream(args[0], "stream/read-all");
  const limit2 = cap(args[1], "stream/read-all");
  const bytes2 = open(source, "read").take(limit2 + 1);
  if (bytes2.length > limit2) throw tooMuch("stream/read-all", limit2);
  return new Bytevector(bytes2);
}
function copy(args) {
  const source = stream(args[0], "stream/copy");
  const target2 = stream(args[1], "stream/copy", 2);
  const limit2 = cap(args[2], "stream/copy");
  for (let copied = 0; ; ) {
    const bytes2 = open(source, "read").take(Math.min(CHUNK2, limit2 + 1 - copied));
    if (bytes2.length === 0) return copied;
    copied += bytes2.length;
    if (copied > limit2) throw tooMuch("stream/copy", limit2);
    write(target2, bytes2);
  }
}
function read3(source, size) {
  const from = stream(source, "stream/read");
  const wanted = int64(size);
  if (wanted < 0) throw evalError(`stream/read: count must be non-negative, got ${size}`);
  return new Bytevector(open(from, "read").take(wanted));
}
function readLine(source) {
  const line = open(stream(source, "stream/read-line"), "read").takeLine();
  return line === null ? null : decodeUtf8(line, "stream/read-line");
}
function writeBytes(target2, bytes2) {
  const to = stream(target2, "stream/write");
  if (!(bytes2 instanceof Bytevector)) throw wrongType("bytevector", bytes2);
  write(to, bytes2.bytes);
  return bytes2.bytes.length;
}
function writeByte(target2, value) {
  const to = stream(target2, "stream/write-byte");
  const byte2 = int64(value);
  if (byte2 < 0 || byte2 > 255) throw evalError(`stream/write-byte: value ${value} out of range 0..255`);
  write(to, Uint8Array.of(byte2));
  return null;
}
function writeString(target2, value) {
  const to = stream(target2, "stream/write-string");
  const bytes2 = encodeUtf8(text(value));
  write(to, bytes2);
  return bytes2.length;
}
function contents2(value, name) {
  const source = stream(value, name);
  if (source.streamType === "byte-buffer") return source.contents();
  throw evalError(`${name}: expected byte-buffer stream, got ${source.streamType} stream`);
}
var streams = [
  one("stream?", "Whether the value is a byte stream.", (value) => value instanceof Stream, [
    "(stream? (stream/byte-buffer))",
    "#t"
  ]),
  zero("stream/byte-buffer", "An empty stream to write to and read from.", () => new Stream("byte-buffer", new Uint8Array(0)), [
    '(let ((s (stream/byte-buffer))) (stream/write-string s "ab") (stream/to-string s))',
    '"ab"'
  ]),
  one("stream/from-string", "A stream that reads the UTF-8 bytes of a string.", (value) => new Stream("string", encodeUtf8(text(value))), [
    '(stream/read-line (stream/from-string "abc"))',
    '"abc"'
  ]),
  one("stream/from-bytes", "A byte buffer that holds the bytes of a bytevector.", (value) => {
    if (value instanceof Bytevector) return new Stream("byte-buffer", value.bytes.slice());
    throw wrongType("bytevector", value);
  }, [
    "(stream/read-byte (stream/from-bytes #u8(7 8)))",
    "7"
  ]),
  two("stream/read", "(stream/read stream n): the next n bytes or what is left of them.", read3, [
    "(stream/read (stream/from-bytes #u8(1 2 3)) 2)",
    "#u8(1 2)"
  ]),
  one("stream/read-byte", "The next byte, nil at the end.", (source) => open(stream(source, "stream/read-byte"), "read").takeByte(), [
    "(stream/read-byte (stream/from-bytes #u8(7 8)))",
    "7"
  ]),
  one("stream/read-line", "The next line as text without its line end, nil at the end.", readLine, [
    '(stream/read-line (stream/from-string "one\\ntwo"))',
    '"one"'
  ]),
  many("stream/read-all", 1, 2, "(stream/read-all stream [max]): all bytes left, at most max.", readAll, [
    "(stream/read-all (stream/from-bytes #u8(1 2 3)))",
    "#u8(1 2 3)"
  ]),
  two("stream/write", "(stream/write stream bytes): appends a bytevector; its length.", writeBytes, [
    "(stream/write (stream/byte-buffer) #u8(1 2 3))",
    "3"
  ]),
  two("stream/write-byte", "(stream/write-byte stream byte): appends a byte.", writeByte, [
    "(let ((s (stream/byte-buffer))) (stream/write-byte s 7) (stream/to-bytes s))",
    "#u8(7)"
  ]),
  two("stream/write-string", "(stream/write-string stream text): appends UTF-8; the number of bytes.", writeString, [
    '(stream/write-string (stream/byte-buffer) "\xE9")',
    "2"
  ]),
  one("stream/available?", "Whether bytes are left to be read.", (source) => {
    const from = stream(source, "stream/available?");
    return !from.closed && from.available;
  }, [
    '(stream/available? (stream/from-string ""))',
    "#f"
  ]),
  one("stream/readable?", "Whether the stream can be read: it is not closed.", (source) => !stream(source, "stream/readable?").closed, [
    "(stream/readable? (stream/byte-buffer))",
    "#t"
  ]),
  one("stream/writable?", "Whether the stream can be written.", (target2) => {
    const to = stream(target2, "stream/writable?");
    return !to.closed && to.streamType === "byte-buffer";
  }, [
    '(stream/writable? (stream/from-string "a"))',
    "#f"
  ]),
  one("stream/type", "The kind of stream: byte-buffer or string.", (value) => stream(value, "stream/type").streamType, [
    "(stream/type (stream/byte-buffer))",
    '"byte-buffer"'
  ]),
  one("stream/to-bytes", "All that was ever in a byte buffer, read or not.", (value) => new Bytevector(contents2(value, "stream/to-bytes")), [
    "(stream/to-bytes (stream/from-bytes #u8(1 2)))",
    "#u8(1 2)"
  ]),
  one("stream/to-string", "All that was ever in a byte buffer, as text.", (value) => decodeUtf8(contents2(value, "stream/to-string"), "stream/to-string"), [
    "(stream/to-string (stream/from-bytes #u8(97 98)))",
    '"ab"'
  ]),
  many("stream/copy", 2, 3, "(stream/copy from to [max]): copies all bytes left, at most max; their number.", copy, [
    '(stream/copy (stream/from-string "abc") (stream/byte-buffer))',
    "3"
  ]),
  one("stream/flush", "Sees to it that what was written has arrived.", (target2) => {
    open(stream(target2, "stream/flush"), "flush");
    return null;
  }, [
    "(stream/flush (stream/byte-buffer))",
    "nil"
  ]),
  one("stream/close", "Closes a stream, which may be closed already.", (target2) => {
    stream(target2, "stream/close").closed = true;
    return null;
  }, [
    "(stream/close (stream/byte-buffer))",
    "nil"
  ])
];

// src/builtins/string_case.ts
function capitalize(value) {
  const [first3 = "", ...rest2] = value;
  return first3.toUpperCase() + rest2.map((character2) => character2.toLowerCase()).join("");
}
var FOLD_SAME = /^[\u0131\u13a0-\u13f5\ua7ce\ua7d2\ua7d4\u{16ea0}-\u{16eb8}]$/u;
var FOLD_UPPER = /^[\uab70-\uabbf\u13f8-\u13fd]$/u;
function fold(character2) {
  if (character2 < "\x80") return character2.toLowerCase();
  if (character2 === "\u1E9E") return "ss";
  if (FOLD_SAME.test(character2)) return character2;
  return FOLD_UPPER.test(character2) ? character2.toUpperCase() : character2.toUpperCase().toLowerCase();
}
function foldCase(value) {
  let result2 = "";
  for (const character2 of value) result2 += fold(character2);
  return result2;
}
var SEPARATORS2 = "_- .";
var UPPER = /^\p{Uppercase}$/u;
var LOWER = /^\p{Lowercase}$/u;
function words2(value) {
  const result2 = [];
  let word = [];
  let afterUpper = false;
  const end = () => {
    if (word.length > 0) result2.push(word.join(""));
    word = [];
  };
  for (const character2 of value) {
    if (SEPARATORS2.includes(character2)) {
      end();
      afterUpper = false;
    } else if (UPPER.test(character2)) {
      if (!afterUpper) end();
      word.push(character2);
      afterUpper = true;
    } else {
      if (afterUpper && word.length > 1 && LOWER.test(character2)) {
        const start = word.pop() ?? "";
        end();
        word.push(start);
      }
      word.push(character2);
      afterUpper = false;
    }
  }
  end();
  return result2;
}
function style(name, doc, write3, separator, ...examples) {
  return one(name, doc, (value) => words2(text(value)).map(write3).join(separator), ...examples);
}
var lower = (word) => word.toLowerCase();
var stringCase = pure([
  one("string/upper", "In upper case.", (value) => textArgument(value, "string/upper", 1).toUpperCase(), [
    '(string/upper "abc")',
    '"ABC"'
  ]),
  same3("string-upcase", "string/upper"),
  one("string/lower", "In lower case.", (value) => textArgument(value, "string/lower", 1).toLowerCase(), [
    '(string/lower "ABC")',
    '"abc"'
  ]),
  same3("string-downcase", "string/lower"),
  one("string/capitalize", "The first character in upper case, the others in lower case.", (value) => capitalize(text(value)), [
    '(string/capitalize "hello World")',
    '"Hello world"'
  ]),
  one("string/title-case", "Every word capitalized, with single spaces between.", (value) => text(value).split(/\p{White_Space}+/u).filter((word) => word !== "").map(capitalize).join(" "), [
    '(string/title-case "hello world")',
    '"Hello World"'
  ]),
  one("string/foldcase", "Folded for comparison without regard to case.", (value) => foldCase(text(value)), [
    '(string/foldcase "Stra\xDFe")',
    '"strasse"'
  ]),
  two("string-ci=?", "Whether two strings are equal but for case.", (a, b) => {
    const folded = foldCase(text(a));
    return folded === foldCase(text(b));
  }, [
    '(string-ci=? "ABC" "abc")',
    "#t"
  ]),
  one("string/words", "The words of an identifier.", (value) => listOf(words2(text(value))), [
    '(string/words "helloWorld foo_bar")',
    '("hello" "World" "foo" "bar")'
  ]),
  style("string/snake-case", "As snake_case.", lower, "_", [
    '(string/snake-case "helloWorld")',
    '"hello_world"'
  ]),
  style("string/kebab-case", "As kebab-case.", lower, "-", [
    '(string/kebab-case "helloWorld")',
    '"hello-world"'
  ]),
  style("string/camel-case", "As camelCase.", (word, i) => i === 0 ? lower(word) : capitalize(word), "", [
    '(string/camel-case "hello-world")',
    '"helloWorld"'
  ]),
  style("string/pascal-case", "As PascalCase.", capitalize, "", [
    '(string/pascal-case "hello-world")',
    '"HelloWorld"'
  ]),
  style("string/headline", "As a Headline Of Words.", capitalize, " ", [
    '(string/headline "hello-world")',
    '"Hello World"'
  ])
]);

// src/builtins/string_width.ts
var ESCAPES3 = /\x1b(?:\[[0-?]*[ -\/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[^\[\]]?)/gu;
var ZERO = /^[\p{Grapheme_Extend}\p{Default_Ignorable_Code_Point}\n\u0605\u070f\u0890\u0891\u08e2\u1160-\u11ff\ud7b0-\ud7fb]$/u;
var WIDE = new RegExp("^[[\\p{Emoji_Presentation}--\\p{Regional_Indicator}]\\u1100-\\u115f\\u2329\\u232a\\u2e80-\\u303e\\u3041-\\u3247\\u3250-\\u4dbf\\u4e00-\\ua4c6\\ua960-\\ua97c\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe10-\\ufe19\\ufe30-\\ufe6b\\uff01-\\uff60\\uffe0-\\uffe6\\u{16fe0}-\\u{18d08}\\u{1aff0}-\\u{1b2fb}\\u{1f200}-\\u{1f265}\\u{20000}-\\u{3fffd}]$", "v");
var EMOJI_SEQUENCE = /\p{Emoji}\ufe0f|\p{Extended_Pictographic}.*(?:\u200d|\p{Emoji_Modifier})/su;
var PRINTABLE = /^[ -~]*$/;
function characterWidth(character2) {
  if (character2 >= " " && character2 <= "~") return 1;
  if (character2 === "\u115F") return 2;
  if (ZERO.test(character2)) return 0;
  return WIDE.test(character2) ? 2 : 1;
}
function clusterWidth(cluster) {
  if (cluster === "\r\n") return 0;
  if (cluster.length > 1 && EMOJI_SEQUENCE.test(cluster)) return 2;
  let width2 = 0;
  for (const character2 of cluster) width2 += characterWidth(character2);
  return width2;
}
var segmenter;
function clusters(value) {
  if (PRINTABLE.test(value)) return value.split("");
  segmenter ??= new Intl.Segmenter(void 0, {
    granularity: "grapheme"
  });
  return Array.from(segmenter.segment(value), (part4) => part4.segment);
}
function rawWidth(value) {
  if (PRINTABLE.test(value)) return value.length;
  return clusters(value).reduce((width2, cluster) => width2 + clusterWidth(cluster), 0);
}
function width(value) {
  return rawWidth(value.includes("\x1B") ? value.replace(ESCAPES3, "") : value);
}
var WIDTH_LIMIT = 2 ** 28;
function padding(args) {
  const string = text(args[0]);
  const columns = count(args[1], "string/pad");
  const [pad2 = " "] = args.length > 2 ? text(args[2]) : " ";
  if (columns > WIDTH_LIMIT) throw evalError("string/pad: result is too large");
  return pad2.repeat(Math.floor(Math.max(0, columns - width(string)) / Math.max(1, width(pad2))));
}
function fitting2(value, columns) {
  let used = 0;
  let result2 = "";
  for (const cluster of clusters(value)) {
    used += clusterWidth(cluster);
    if (used > columns) break;
    result2 += cluster;
  }
  return result2;
}
function truncateWidth(args) {
  const string = text(args[0]);
  const columns = count(args[1], "string/truncate-width");
  const ellipsis = args.length > 2 ? text(args[2]) : "";
  if (width(string) <= columns) return string;
  const space = columns - rawWidth(ellipsis);
  return space < 0 ? fitting2(ellipsis, columns) : fitting2(string, space) + ellipsis;
}
function wrapParagraph(paragraph, columns) {
  const lines3 = [];
  let line = "";
  let used = 0;
  const flush = () => {
    lines3.push(line);
    line = "";
    used = 0;
  };
  for (const word of paragraph.split(" ").filter((piece2) => piece2 !== "")) {
    const size = width(word);
    if (line !== "" && used + 1 + size <= columns) {
      line += ` ${word}`;
      used += 1 + size;
      continue;
    }
    if (line !== "") flush();
    if (size <= columns) {
      line = word;
      used = size;
      continue;
    }
    for (const cluster of clusters(word)) {
      const extent = clusterWidth(cluster);
      if (line !== "" && used + extent > columns) flush();
      line += cluster;
      used += extent;
    }
  }
  if (line !== "" || lines3.length === 0) flush();
  return lines3;
}
function wordWrap(value, size) {
  const string = text(value);
  const columns = Math.max(1, count(size, "string/word-wrap"));
  return listOf(string.split("\n").flatMap((paragraph) => wrapParagraph(paragraph, columns)));
}
var stringWidth = pure([
  one("string/width", "The number of terminal columns.", (value) => width(text(value)), [
    '(string/width "\u65E5\u672C")',
    "4"
  ]),
  many("string/pad-left", 2, 3, "(string/pad-left s columns [pad]): padded at the left.", (args) => {
    const pad2 = padding(args);
    return pad2 + text(args[0]);
  }, [
    '(string/pad-left "7" 3 "0")',
    '"007"'
  ]),
  many("string/pad-right", 2, 3, "(string/pad-right s columns [pad]): padded at the right.", (args) => {
    const pad2 = padding(args);
    return text(args[0]) + pad2;
  }, [
    '(string/pad-right "a" 3)',
    '"a  "'
  ]),
  two("string/word-wrap", "(string/word-wrap s columns): a list of lines.", wordWrap, [
    '(string/word-wrap "one two three" 8)',
    '("one two" "three")'
  ]),
  many("string/truncate-width", 2, 3, "(string/truncate-width s columns [ellipsis]): clipped.", truncateWidth, [
    '(string/truncate-width "hello world" 8)',
    '"hello wo"'
  ])
]);

// src/builtins/structured.ts
var SPAWN_ALL = `(fn (thunks)
  (let loop ((s thunks) (out '()))
    (if (null? s) (__vm-reverse out)
      (loop (cdr s) (cons (await (__vm-async-spawn (__vm-async-thunk (car s)))) out)))))`;
var SPAWN_APPLY = `(fn (f items)
  (let loop ((s items) (out '()))
    (if (null? s) (__vm-reverse out)
      (let ((item (car s)))
        (loop (cdr s) (cons (await (__vm-async-spawn (fn () (f item)))) out))))))`;
var CANCEL_ALL = `(fn (promises)
  (let loop ((s promises))
    (if (null? s) nil (begin (await (__vm-async-cancel (car s))) (loop (cdr s))))))`;
var OWNED_ALL = `(fn (children)
  (if (null? children) '()
    (try (await (__vm-async-all children))
      (catch e (begin (__vm-cancel-all children) (throw e))))))`;
var RACE_OWNED = `(fn (thunks)
  (let ((s (__vm-sequence thunks "async/race-owned")))
    (if (null? s) (__vm-error "async/race-owned: requires at least one thunk")
      (let ((children (__vm-spawn-thunks s)))
        (let ((value
                (try (await (__vm-async-race children))
                  (catch e (begin (__vm-cancel-all children) (throw e))))))
          (begin (__vm-cancel-all children) value))))))`;
var WITH_TIMEOUT = `(fn (ms thunk)
  (let ((child (await (__vm-async-spawn (__vm-async-thunk thunk)))))
    (try (await (__vm-async-deadline ms child))
      (catch e (begin (await (__vm-async-cancel child)) (throw e))))))`;
var SEMAPHORE = `(fn (size)
  (let ((tokens (await (__vm-channel-new size))))
    (let loop ((left size))
      (if (<= left 0) tokens
        (begin (await (__vm-channel-send tokens #t)) (loop (- left 1)))))))`;
var FAN_OUT = `(fn (f items size)
  (let ((tokens (__vm-semaphore size)))
    (await (__vm-async-all
      (__vm-spawn-apply
        (fn (item)
          (begin
            (await (__vm-channel-recv tokens))
            (let ((result (try {:ok (f item)} (catch e {:err e}))))
              (begin (await (__vm-channel-send tokens #t)) result))))
        items)))))`;
var POOL_MAP = `(fn (f items size)
  (let ((s (__vm-sequence items "async/pool-map")))
    (if (<= size 0) (__vm-error "async/pool-map: concurrency must be a positive integer")
      (let ((tokens (__vm-semaphore size)))
        (__vm-owned-all
          (__vm-spawn-apply
            (fn (item)
              (begin
                (await (__vm-channel-recv tokens))
                (let ((result (try {:ok (f item)} (catch e {:err e}))))
                  (begin
                    (await (__vm-channel-send tokens #t))
                    (if (contains? result :err) (throw (get result :err)) (get result :ok))))))
            s))))))`;
var VALUES = `(fn (results)
  (let loop ((s results) (out '()))
    (if (null? s) (__vm-reverse out)
      (loop (cdr s) (cons (if (contains? (car s) :err) nil (get (car s) :ok)) out)))))`;
var THROUGH = `(fn (stages)
  (fn (item)
    (let loop ((s stages) (value item))
      (if (null? s) value (loop (cdr s) ((car s) value))))))`;
var SETTLED_PARTITION = `(fn (results)
  (let loop ((s (__vm-sequence results "settled-partition")) (ok '()) (err '()))
    (if (null? s) {:ok (__vm-reverse ok) :err (__vm-reverse err)}
      (let ((result (car s)))
        (loop (cdr s)
          (if (contains? result :ok) (cons (get result :ok) ok) ok)
          (if (contains? result :err) (cons (get result :err) err) err))))))`;
var WITH_RETRY = `(fn (options thunk)
  (let ((most (or (get options :max) 3))
        (base (or (get options :base-ms) 200))
        (factor (or (get options :factor) 2))
        (on (get options :on)))
    (let attempt ((n 1) (delay base))
      (try (thunk)
        (catch e
          (begin
            (when on (on e n))
            (if (>= n most) (throw e)
              (begin (await (__vm-async-sleep delay)) (attempt (+ n 1) (* delay factor))))))))))`;
var RETRY = `(fn (thunk . options)
  (let ((settings (__vm-retry-settings thunk options)))
    (let ((most (nth settings 0)) (backoff (nth settings 2)))
      (let attempt ((n 1) (delay (nth settings 1)))
        (try (thunk)
          (catch e
            (if (>= n most) (throw e)
              (begin
                (when (> delay 0) (await (__vm-sleep delay)))
                (attempt (+ n 1) (__vm-retry-delay delay backoff))))))))))`;
function parallel(name, body2) {
  return `(fn (thunks . size)
    (let ((s (__vm-sequence thunks "${name}")))
      ${body2.replace("RESULTS", "(__vm-fan-out (fn (thunk) (thunk)) s (if (null? size) 8 (car size)))")}))`;
}
function pipeline(name, body2) {
  return `(fn (items . stages)
    (let ((s (__vm-sequence items "${name}")))
      ${body2.replace("RESULTS", "(__vm-fan-out (__vm-through stages) s 8)")}))`;
}
function numberOption(map3, name, otherwise) {
  if (!(map3 instanceof SortedMap || map3 instanceof HashMap)) throw wrongType("map", map3);
  const value = map3.get(keyword(name));
  if (typeof value === "number") return value;
  return value instanceof Flonum ? value.value : otherwise;
}
function retrySettings(thunk2, options) {
  if (!isCallable(thunk2)) throw wrongType("function", thunk2);
  const map3 = options instanceof List && options.length > 0 ? options.first : SortedMap.EMPTY;
  const attempts = Math.max(1, Math.trunc(numberOption(map3, "max-attempts", 3)));
  const delay = Math.max(0, Math.trunc(numberOption(map3, "base-delay-ms", 100)));
  return listFrom([
    attempts,
    delay,
    numberOption(map3, "backoff", 2)
  ]);
}
var structured = [
  sema("__vm-spawn-thunks", 1, 1, "Starts a task for each thunk; the list of promises.", SPAWN_ALL),
  sema("__vm-spawn-apply", 2, 2, "Starts a task for each item; the list of promises.", SPAWN_APPLY),
  sema("__vm-cancel-all", 1, 1, "Cancels the tasks of promises.", CANCEL_ALL),
  sema("__vm-owned-all", 1, 1, "The values of tasks, all cancelled when one fails.", OWNED_ALL),
  sema("__vm-semaphore", 1, 1, "A channel with so many tokens in it.", SEMAPHORE),
  sema("__vm-fan-out", 3, 3, "The outcomes of a function on items, at most so many at once.", FAN_OUT),
  sema("__vm-through", 1, 1, "A function that applies one after the other.", THROUGH),
  sema("__vm-outcome-values", 1, 1, "The values of outcomes, nil for failures.", VALUES),
  sema("async/map", 2, 2, "(async/map f items): the results of f, each in a task of its own; all are cancelled when one fails.", `(fn (f items) (__vm-owned-all (__vm-spawn-apply f (__vm-sequence items "async/map"))))`, [
    "(async/map (fn (x) (* x x)) '(1 2 3))",
    "(1 4 9)"
  ]),
  sema("async/pool-map", 3, 3, "(async/pool-map f items n): async/map with at most n tasks at work.", POOL_MAP, [
    "(async/pool-map (fn (x) (* x x)) '(1 2 3) 2)",
    "(1 4 9)"
  ]),
  sema("async/spawn-all", 1, 1, "(async/spawn-all thunks): the values of all, each in a task of its own; all are cancelled when one fails.", `(fn (thunks) (__vm-owned-all (__vm-spawn-thunks (__vm-sequence thunks "async/spawn-all"))))`, [
    "(async/spawn-all (list (fn () 1) (fn () 2)))",
    "(1 2)"
  ]),
  sema("async/race-owned", 1, 1, "(async/race-owned thunks): the value or failure of the first to end; the others are cancelled.", RACE_OWNED, [
    "(async/race-owned (list (fn () 1) (fn () (async/sleep 5) 2)))",
    "1"
  ]),
  two("__vm-async-deadline", "For await: the outcome of the task of async/with-timeout.", (ms, child, { tasks }) => {
    const limit2 = duration(ms, "async/with-timeout", "use a shorter timeout, or none");
    return tasks.timeout(limit2, asyncPromise(child), new Condition("timeout", `operation exceeded ${limit2} ms`));
  }),
  sema("async/with-timeout", 2, 2, "(async/with-timeout ms thunk): the value of a task, which is cancelled when it takes longer: a :timeout error.", WITH_TIMEOUT, [
    "(async/with-timeout 1000 (fn () 5))",
    "5"
  ]),
  sema("parallel", 1, 2, "(parallel thunks [n]): their values, nil for those that fail, at most n (8) at once.", parallel("parallel", "(__vm-outcome-values RESULTS)"), [
    "(parallel (list (fn () 1) (fn () (car 5))))",
    "(1 nil)"
  ]),
  sema("parallel-settled", 1, 2, "(parallel-settled thunks [n]): {:ok value} or {:err error} for each, at most n (8) at once.", parallel("parallel-settled", "RESULTS"), [
    "(map settled/ok? (parallel-settled (list (fn () 1) (fn () (car 5)))))",
    "(#t #f)"
  ]),
  sema("pipeline", 1, Infinity, "(pipeline items f ...): each item through all functions, nil where one fails.", pipeline("pipeline", "(__vm-outcome-values RESULTS)"), [
    "(pipeline '(1 2) (fn (x) (+ x 1)) (fn (x) (* x 10)))",
    "(20 30)"
  ]),
  sema("pipeline-settled", 1, Infinity, "(pipeline-settled items f ...): {:ok value} or {:err error} for each item.", pipeline("pipeline-settled", "RESULTS"), [
    "(pipeline-settled '(1 2) (fn (x) (+ x 1)))",
    "({:ok 2} {:ok 3})"
  ]),
  sema("settled/ok?", 1, 1, "Whether an outcome has a value.", "(fn (result) (contains? result :ok))", [
    "(settled/ok? {:ok 5})",
    "#t"
  ]),
  sema("settled/err?", 1, 1, "Whether an outcome is a failure.", "(fn (result) (contains? result :err))", [
    "(settled/err? {:ok 5})",
    "#f"
  ]),
  sema("settled-partition", 1, 1, "(settled-partition outcomes): {:ok values :err errors}.", SETTLED_PARTITION, [
    `(settled-partition '({:ok 1} {:err "no"} {:ok 2}))`,
    '{:err ("no") :ok (1 2)}'
  ]),
  sema("with-retry", 2, 2, "(with-retry {:max 3 :base-ms 200 :factor 2 :on f} thunk): calls thunk until it does not fail.", WITH_RETRY, [
    "(with-retry {:max 3 :base-ms 1} (fn () 5))",
    "5"
  ]),
  two("__vm-retry-settings", "Attempts, first delay and factor for retry.", retrySettings),
  two("__vm-retry-delay", "The delay after a delay.", (delay, backoff) => {
    return Math.min(Number.MAX_SAFE_INTEGER, Math.max(0, Math.trunc(int64(delay) * Number(backoff))));
  }),
  sema("retry", 1, 2, "(retry thunk [{:max-attempts 3 :base-delay-ms 100 :backoff 2.0}]): calls thunk until it does not fail.", RETRY, [
    "(retry (fn () 5))",
    "5"
  ])
];

// src/builtins/symbols.ts
var symbols2 = pure([
  one("string->symbol", "The symbol with this name.", (name) => intern(text(name)), [
    '(string->symbol "abc")',
    "abc"
  ]),
  same3("string/to-symbol", "string->symbol"),
  one("symbol->string", "The name of a symbol.", (symbol) => {
    if (symbol instanceof Sym) return symbol.name;
    throw wrongType("symbol", symbol);
  }, [
    "(symbol->string 'abc)",
    '"abc"'
  ]),
  same3("symbol/to-string", "symbol->string"),
  one("string->keyword", "The keyword with this name.", (name) => keyword(text(name)), [
    '(string->keyword "abc")',
    ":abc"
  ]),
  same3("string/to-keyword", "string->keyword"),
  one("keyword->string", "The name of a keyword, without its colon.", (value) => {
    if (value instanceof Keyword) return value.name;
    throw wrongType("keyword", value);
  }, [
    "(keyword->string :abc)",
    '"abc"'
  ]),
  same3("keyword/to-string", "keyword->string")
]);

// src/builtins/system.ts
function environment(host, name) {
  return given(host.environment, name, "env-read");
}
function processOf(host, name) {
  return given(host.process, name, "process");
}
function clock(host, name) {
  return given(host.clock, name, "clock");
}
function firstSet(host, ...names) {
  for (const name of names) {
    const value = host.environment?.get(name);
    if (value !== void 0 && value !== "") return value;
  }
  return null;
}
var PLATFORMS = {
  darwin: "macos",
  linux: "linux",
  windows: "windows"
};
function option(options, name) {
  return isMap(options) ? options.get(keyword(name)) : void 0;
}
function commandEnvironment(options) {
  const given2 = option(options, "env");
  const variables = {};
  if (given2 === void 0 || !isMap(given2)) return variables;
  for (const [name, value] of given2.entries()) {
    if (typeof name === "string" && typeof value === "string") variables[name] = value;
  }
  return variables;
}
function shell(args, { host }) {
  const last3 = args.at(-1) ?? null;
  const options = args.length > 1 && isMap(last3) ? last3 : null;
  const words3 = (options === null ? args : args.slice(0, -1)).map((arg) => text(arg));
  const windows = host.facts?.os === "windows";
  const command = words3.length > 1 ? words3 : windows ? [
    "cmd",
    "/C",
    ...words3
  ] : [
    "sh",
    "-c",
    ...words3
  ];
  const directory = option(options, "cwd");
  try {
    const result2 = processOf(host, "shell").run(command, {
      directory: typeof directory === "string" ? directory : null,
      environment: commandEnvironment(options)
    });
    const decoder2 = new TextDecoder();
    return SortedMap.from([
      [
        keyword("exit-code"),
        result2.code ?? -1
      ],
      [
        keyword("stderr"),
        decoder2.decode(result2.stderr)
      ],
      [
        keyword("stdout"),
        decoder2.decode(result2.stdout)
      ]
    ]);
  } catch (error) {
    throw systemFailure(error, "shell", "", "shell");
  }
}
function which(program, { host, files: files2 }) {
  const path = host.environment?.get("PATH") ?? "";
  const candidates2 = program.includes("/") ? [
    program
  ] : path.split(":").map((directory) => `${directory}/${program}`);
  for (const candidate of candidates2) {
    if (isFile(candidate, files2)) return candidate;
  }
  return null;
}
function isFile(path, files2) {
  try {
    return files2.read("sys/which", path, (system2) => system2.info(path, true))?.kind === "file";
  } catch {
    return false;
  }
}
function exitCode(value) {
  if (typeof value === "number") return Math.trunc(value) & 255;
  if (value instanceof Flonum) return Math.trunc(value.value) & 255;
  throw wrongType("int", value);
}
var reading3 = [
  one("env", "(env name): an environment variable; nil when it is not set.", (name, { host }) => {
    return environment(host, "env").get(text(name)) ?? null;
  }, [
    '(env "NO_SUCH_VARIABLE")',
    "nil"
  ]),
  zero("sys/env-all", "The environment variables by keyword.", ({ host }) => {
    const variables = Object.entries(environment(host, "sys/env-all").all());
    return SortedMap.from(variables.map(([name, value]) => [
      keyword(name),
      value
    ]));
  }, [
    "(map? (sys/env-all))",
    "#t"
  ]),
  zero("sys/cwd", "The current directory.", ({ host }) => environment(host, "sys/cwd").directory(), [
    "(string? (sys/cwd))",
    "#t"
  ]),
  zero("sys/home-dir", "The user's directory; nil when unknown.", ({ host }) => firstSet(host, "HOME", "USERPROFILE"), [
    "(begin (sys/home-dir) :done)",
    ":done"
  ]),
  zero("sys/temp-dir", "A directory for temporary files.", ({ host }) => firstSet(host, "TMPDIR", "TEMP", "TMP") ?? "/tmp", [
    "(string? (sys/temp-dir))",
    "#t"
  ]),
  zero("sys/user", "The user's name; nil when unknown.", ({ host }) => firstSet(host, "USER", "USERNAME"), [
    "(begin (sys/user) :done)",
    ":done"
  ])
];
var processes = [
  zero("sys/args", "The program's name, its file, and what the user gave it.", ({ host }) => {
    return listFrom(processOf(host, "sys/args").arguments());
  }, [
    "(car (sys/args))",
    '"sema"'
  ]),
  zero("sys/pid", "The number of the process.", ({ host }) => processOf(host, "sys/pid").id(), [
    "(> (sys/pid) 0)",
    "#t"
  ]),
  one("sys/which", "(sys/which name): the path of a program that PATH leads to; nil when there is none.", (name, context) => {
    return which(text(name), context);
  }, [
    '(sys/which "no-such-program")',
    "nil"
  ]),
  many("exit", 0, 1, "(exit [code]): ends the process at once.", ([code = 0], { host }) => {
    return processOf(host, "exit").exit(exitCode(code));
  })
];
var time = [
  zero("__vm-elapsed", "What sys/elapsed answers.", ({ host }) => Math.round(clock(host, "time").elapsed() * 1e6)),
  zero("sys/elapsed", "Nanoseconds since some moment.", ({ host }) => {
    return Math.round(clock(host, "sys/elapsed").elapsed() * 1e6);
  }, [
    "(>= (sys/elapsed) 0)",
    "#t"
  ]),
  sema("time/ms", 1, 1, "(time/ms f): how many milliseconds a call of f takes.", `(fn (f) (let ((start (__vm-elapsed))) (begin (f) (/ (- (__vm-elapsed) start) 1000000.0))))`, [
    "(>= (time/ms (fn () (+ 1 2))) 0)",
    "#t"
  ]),
  sema("time", 1, 1, "(time f): calls f, tells on standard error how long it took, and answers its value.", `(fn (f) (let* ((start (__vm-elapsed)) (value (f)))
       (begin (__vm-tell-elapsed (- (__vm-elapsed) start)) value)))`, [
    "(time (fn () (+ 1 2)))",
    "3"
  ])
];
var system = [
  ...requires("env-read", reading3),
  ...requires("env-write", [
    two("sys/set-env", "(sys/set-env name value): sets an environment variable for this process.", (name, value, { host }) => {
      environment(host, "sys/set-env").set(text(name), text(value));
      return null;
    }, [
      '(sys/set-env "GREETING" "hello")',
      "nil"
    ])
  ]),
  ...requires("process", processes),
  ...requires("shell", [
    many("shell", 1, Infinity, "(shell command) or (shell program argument \u2026): runs a command to its end; a map of :exit-code, :stdout and :stderr.", shell)
  ]),
  ...requires("clock", time),
  one("__vm-tell-elapsed", "Writes how long something took, given in nanoseconds.", (nanoseconds, context) => {
    context.writeError(`Elapsed: ${(Number(nanoseconds) / 1e6).toFixed(3)}ms
`);
    return null;
  }),
  zero("sys/platform", "macos, linux, windows or unknown.", ({ host }) => PLATFORMS[host.facts?.os ?? ""] ?? "unknown", [
    "(string? (sys/platform))",
    "#t"
  ]),
  zero("sys/os", "The system's own name.", ({ host }) => {
    const os = host.facts?.os ?? "unknown";
    return PLATFORMS[os] ?? os;
  }, [
    "(string? (sys/os))",
    "#t"
  ]),
  zero("sys/arch", "The kind of processor: x86_64, aarch64 or another.", ({ host }) => host.facts?.architecture ?? "unknown", [
    "(string? (sys/arch))",
    "#t"
  ]),
  zero("sys/hostname", "The machine's name; nil when unknown.", ({ host }) => host.facts?.hostName() ?? null, [
    "(begin (sys/hostname) :done)",
    ":done"
  ]),
  zero("sys/interactive?", "Whether the standard input is a terminal.", ({ host }) => host.facts?.interactive() ?? false, [
    "(begin (sys/interactive?) :done)",
    ":done"
  ]),
  zero("sys/term-size", "A map of :rows and :cols; nil when there is no terminal.", ({ host }) => {
    const size = host.facts?.terminal() ?? null;
    return size === null ? null : SortedMap.from([
      [
        keyword("rows"),
        size.rows
      ],
      [
        keyword("cols"),
        size.columns
      ]
    ]);
  }, [
    "(begin (sys/term-size) :done)",
    ":done"
  ]),
  one("shell/quote", "(shell/quote text): the text as one word for a shell.", (value) => {
    return `'${text(value).replaceAll("'", "'\\''")}'`;
  }, [
    `(shell/quote "it's")`,
    `"'it'\\\\''s'"`
  ])
];

// src/builtins/typed_arrays.ts
function compareElements(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a[i];
    const y = b[i];
    if (x < y) return -1;
    if (x > y) return 1;
    if (x !== y && x === x !== (y === y)) return x === x ? -1 : 1;
  }
  return a.length - b.length;
}
var F64Array = class _F64Array extends Opaque {
  typeName = "f64-array";
  numbers;
  constructor(numbers) {
    super();
    this.numbers = numbers;
  }
  printed() {
    return `#f64(${Array.from(this.numbers, (number) => formatDouble(number).replace(/\.0$/, "")).join(" ")})`;
  }
  kind() {
    return "f64-array";
  }
  equals(other) {
    return other instanceof _F64Array && other.numbers.length === this.numbers.length && this.numbers.every((number, i) => Object.is(number, other.numbers[i]));
  }
  compareTo(other) {
    return other instanceof _F64Array ? compareElements(this.numbers, other.numbers) : 0;
  }
  size() {
    return this.numbers.length;
  }
};
var I64Array = class _I64Array extends Opaque {
  typeName = "i64-array";
  numbers;
  constructor(numbers) {
    super();
    this.numbers = numbers;
  }
  printed() {
    return `#i64(${this.numbers.join(" ")})`;
  }
  kind() {
    return "i64-array";
  }
  equals(other) {
    return other instanceof _I64Array && compareElements(this.numbers, other.numbers) === 0;
  }
  compareTo(other) {
    return other instanceof _I64Array ? compareElements(this.numbers, other.numbers) : 0;
  }
  size() {
    return this.numbers.length;
  }
};
function int(value) {
  if (isInt64(value) && (typeof value === "number" || typeof value === "bigint")) return value;
  throw wrongType("integer", value);
}
var floats = {
  name: "f64-array",
  element: "number",
  is: (value) => value instanceof F64Array,
  from: (values) => new F64Array(Float64Array.from(values, double)),
  at: (array2, index) => float(array2.numbers[index]),
  accepts: isDouble,
  range(start, end, step2) {
    const [limit2, stride] = [
      double(end),
      double(step2)
    ];
    const numbers = [];
    for (let x = double(start); stride > 0 ? x < limit2 : x > limit2; x += stride) {
      numbers.push(x);
      checkSize2(numbers.length, "f64-array/range");
    }
    return new F64Array(Float64Array.from(numbers));
  }
};
var integers = {
  name: "i64-array",
  element: "integer",
  is: (value) => value instanceof I64Array,
  from: (values) => new I64Array(BigInt64Array.from(values, (value) => BigInt(int(value)))),
  at: (array2, index) => integer(array2.numbers[index]),
  accepts: isInt64,
  range(start, end, step2) {
    const [limit2, stride] = [
      BigInt(int(end)),
      BigInt(int(step2))
    ];
    const numbers = [];
    for (let x = BigInt(int(start)); stride > 0n ? x < limit2 : x > limit2; x += stride) {
      numbers.push(x);
      checkSize2(numbers.length, "i64-array/range");
    }
    return new I64Array(BigInt64Array.from(numbers));
  }
};
function common(kind) {
  const { name, element: element4 } = kind;
  const prefix = `#${name.replace("-array", "")}`;
  const array2 = (value) => {
    if (kind.is(value)) return value;
    throw wrongType(name, value);
  };
  const place2 = (target2, index) => {
    const position = Number(int(index));
    const { length: length2 } = target2.numbers;
    if (position < 0 || position >= length2) throw evalError(`index ${index} out of bounds (len ${length2})`);
    return position;
  };
  const elements2 = (target2) => Array.from({
    length: target2.numbers.length
  }, (_, index) => kind.at(target2, index));
  return [
    many(name, 0, Infinity, `An ${name} of the arguments.`, (args) => kind.from(args), [
      `(${name} 1 2)`,
      `${prefix}(1 2)`
    ]),
    many(`${name}/make`, 1, 2, `(${name}/make n [fill]): n copies.`, (args) => {
      const length2 = Number(int(args[0]));
      if (length2 < 0) throw evalError(`${name}/make: length must be non-negative, got ${args[0]}`);
      checkSize2(length2, `${name}/make`);
      const fill = args.length > 1 ? args[1] : 0;
      return kind.from(new Array(length2).fill(fill));
    }, [
      `(${name}/make 3 7)`,
      `${prefix}(7 7 7)`
    ]),
    one(`${name}/from-list`, `An ${name} of a list.`, (list3) => kind.from([
      ...listArgument(list3)
    ]), [
      `(${name}/from-list '(1 2))`,
      `${prefix}(1 2)`
    ]),
    many(`${name}/range`, 2, 3, `(${name}/range start end [step]): from start up to, not including, end.`, (args) => {
      const [start = 0, end = 0, step2 = 1] = args;
      if (kind.accepts(step2) && double(step2) === 0) throw evalError(`${name}/range: step cannot be zero`);
      return kind.range(start, end, step2);
    }, [
      `(${name}/range 0 3)`,
      `${prefix}(0 1 2)`
    ]),
    two(`${name}/ref`, "The element at an index.", (target2, index) => {
      const source = array2(target2);
      return kind.at(source, place2(source, index));
    }, [
      `(int (${name}/ref (${name} 1 2) 0))`,
      "1"
    ]),
    three(`${name}/set!`, "A copy with one element replaced.", (target2, index, value) => {
      const source = array2(target2);
      return kind.from(elements2(source).with(place2(source, index), value));
    }, [
      `(${name}/set! (${name} 1 2) 0 9)`,
      `${prefix}(9 2)`
    ]),
    one(`${name}/length`, "The number of elements.", (target2) => array2(target2).numbers.length, [
      `(${name}/length (${name} 1 2))`,
      "2"
    ]),
    one(`${name}?`, `Whether the value is an ${name}.`, (value) => kind.is(value), [
      `(${name}? (${name} 1 2))`,
      "#t"
    ]),
    one(`__vm-${name}-elements`, "The elements as a list.", (target2) => listOf(elements2(array2(target2)))),
    one(`__vm-${name}-element`, "Checks a result of a callback.", (value) => {
      if (kind.accepts(value)) return value;
      throw wrongType(`${element4} (${name}/map callback must return ${element4})`, value);
    }),
    one(`__vm-${name}-from`, "An array of checked elements.", (list3) => kind.from([
      ...listArgument(list3)
    ])),
    sema(`${name}/map`, 2, 2, `(${name}/map f array): an ${name} of the results of f.`, `(fn (f a)
        (let ((s (__vm-${name}-elements a)))
          (if (null? s) a
            (begin (__vm-callable f)
              (let loop ((s s) (out '()))
                (if (null? s) (__vm-${name}-from (__vm-reverse out))
                  (loop (cdr s) (cons (__vm-${name}-element (f (car s))) out))))))))`, [
      `(${name}/map abs (${name} -1 2))`,
      `${prefix}(1 2)`
    ]),
    sema(`${name}/fold`, 3, 3, `(${name}/fold f init array): (f acc element) from the left.`, `(fn (f init a)
        (let ((s (__vm-${name}-elements a)))
          (if (null? s) init
            (begin (__vm-callable f)
              (let loop ((s s) (acc init)) (if (null? s) acc (loop (cdr s) (f acc (car s)))))))))`, [
      `(int (${name}/fold + 0 (${name} 1 2)))`,
      "3"
    ])
  ];
}
function floatArray(value) {
  if (value instanceof F64Array) return value.numbers;
  throw wrongType("f64-array", value);
}
var typedArrays = pure([
  ...common(floats),
  // Sums start from -0.0, the neutral element of float addition; the reference shows it for empty arrays.
  one("f64-array/sum", "The sum, a float.", (target2) => float(floatArray(target2).reduce((sum3, x) => sum3 + x, -0)), [
    "(f64-array/sum (f64-array 1 2.5))",
    "3.5"
  ]),
  two("f64-array/dot", "The dot product of two arrays of one length.", (left, right2) => {
    const [a, b] = [
      floatArray(left),
      floatArray(right2)
    ];
    if (a.length !== b.length) throw evalError(`f64-array/dot: length mismatch (${a.length} vs ${b.length})`);
    return float(a.reduce((sum3, x, i) => sum3 + x * b[i], -0));
  }, [
    "(f64-array/dot (f64-array 1 2) (f64-array 3 4))",
    "11.0"
  ]),
  ...common(integers),
  one("i64-array/sum", "The sum, wrapped to 64 bits.", (target2) => {
    if (!(target2 instanceof I64Array)) throw wrongType("i64-array", target2);
    return integer(BigInt.asIntN(64, target2.numbers.reduce((sum3, x) => sum3 + x, 0n)));
  }, [
    "(i64-array/sum (i64-array 1 2))",
    "3"
  ])
]);

// src/builtins/vectors.ts
var vectors = pure([
  many("vector", 0, Infinity, "A vector of the arguments.", (args) => new Vector(args), [
    "(vector 1 2)",
    "[1 2]"
  ]),
  one("list->vector", "A vector of a list's elements.", (list3) => {
    if (!(list3 instanceof List)) throw wrongType("list", list3, "list->vector: argument 1 must be a list");
    const items2 = toArray(list3);
    return new Vector(items2, floatsOf(items2));
  }, [
    "(list->vector '(1 2))",
    "[1 2]"
  ]),
  one("vector->list", "A list of a vector's elements.", (vector) => {
    if (!(vector instanceof Vector)) throw wrongType("vector", vector, "vector->list: argument 1 must be a vector");
    return listFrom(vector.items);
  }, [
    "(vector->list [1 2])",
    "(1 2)"
  ])
]);

// src/builtins/conversations.ts
var Message = class extends Opaque {
  typeName = "message";
  role;
  content;
  constructor(role, content) {
    super();
    this.role = role;
    this.content = content;
  }
  printed() {
    return `<message ${this.role} "${this.content}">`;
  }
};
var Prompt = class extends Opaque {
  typeName = "prompt";
  messages;
  constructor(messages) {
    super();
    this.messages = messages;
  }
  printed() {
    return `<prompt ${this.messages.length} messages>`;
  }
};
var Tool = class extends Opaque {
  typeName = "tool";
  name;
  description;
  parameters;
  options;
  handler;
  constructor(name, description, parameters2, options, handler) {
    super();
    this.name = name;
    this.description = description;
    this.parameters = parameters2;
    this.options = options;
    this.handler = handler;
  }
  printed() {
    return `<tool ${this.name}>`;
  }
};
var Agent = class extends Opaque {
  typeName = "agent";
  name;
  options;
  constructor(name, options) {
    super();
    this.name = name;
    this.options = options;
  }
  printed() {
    return `<agent ${this.name}>`;
  }
};
function makeMessage([role = null, ...parts4]) {
  if (!(role instanceof Keyword)) throw typeError("keyword", typeName(role));
  if (!MESSAGE_ROLES.has(role.name)) throw evalError(`message: unknown role '${role.name}'`);
  return new Message(role.name, parts4.map(display).join(""));
}
function makePrompt(parts4) {
  return new Prompt(parts4.map((part4) => {
    if (part4 instanceof Message) return part4;
    throw evalError("prompt: expected (role parts) pair or message value");
  }));
}
var TOOL_OPTION = "policy-subjects";
function makeTool([name, description = null, parameters2 = null, options = null, handler = null]) {
  if (typeof description !== "string") throw argumentError("deftool", 2, "string", typeName(description));
  if (options !== null && !(options instanceof SortedMap)) {
    throw evalError(`deftool: options must be a map, got ${typeName(options)}`);
  }
  for (const key of options?.keys() ?? []) {
    if (key instanceof Keyword && key.name === TOOL_OPTION) continue;
    throw evalError(`deftool: unknown option ${display(key)}`, `the valid option is :${TOOL_OPTION}`);
  }
  return new Tool(String(name), description, parameters2, options, handler);
}
function makeAgent(name, options) {
  if (options instanceof SortedMap) return new Agent(String(name), options);
  throw typeError("map", typeName(options));
}

// src/builtins/records.ts
var Record = class _Record extends Opaque {
  typeName;
  fields;
  constructor(typeName2, fields) {
    super();
    this.typeName = typeName2;
    this.fields = fields;
  }
  kind() {
    return "record";
  }
  equals(other) {
    return other instanceof _Record && other.typeName === this.typeName;
  }
  compareTo(other) {
    return compareText(this.typeName, other.typeName);
  }
  parts() {
    return this.fields;
  }
};
function recordConstructor(type, name, count2) {
  return new Builtin({
    kind: "native",
    name,
    min: count2,
    max: count2,
    doc: `Makes a ${type} record.`,
    fn: (args) => new Record(type, args)
  });
}
function recordPredicate(type, name) {
  return new Builtin({
    kind: "native",
    name,
    min: 1,
    max: 1,
    doc: `Whether the value is a ${type} record.`,
    f1: (value) => value instanceof Record && value.typeName === type
  });
}
function recordAccessor(type, name, index) {
  return new Builtin({
    kind: "native",
    name,
    min: 1,
    max: 1,
    doc: `A field of a ${type} record.`,
    f1: (value) => {
      if (value instanceof Record && value.typeName === type) return value.fields[index] ?? null;
      throw typeError(type, typeName(value));
    }
  });
}

// src/builtins/primitives.ts
function lengthOf(value) {
  if (value instanceof List) return value.length;
  if (value instanceof Vector) return value.items.length;
  throw typeError("list or vector", typeName(value));
}
function sequenceLength(value) {
  if (value instanceof List) return value.length;
  return value instanceof Vector ? value.items.length : -1;
}
function element2(sequence3, index) {
  const at = Number(index);
  if (sequence3 instanceof List) return nth(sequence3, at);
  return sequence3 instanceof Vector ? sequence3.items[at] ?? null : null;
}
function elementsFrom(sequence3, index) {
  const at = Number(index);
  return sequence3 instanceof List ? tail(sequence3, at) : listFrom(sequence3 instanceof Vector ? sequence3.items : [], at);
}
var IMPLEMENTATIONS = {
  throw: {
    f1: (value) => {
      throw thrown(value);
    }
  },
  vector: {
    fn: (args) => new Vector(args)
  },
  map: {
    fn: (args) => {
      let map3 = SortedMap.EMPTY;
      for (let i = 0; i < args.length; i += 2) map3 = map3.with(mapKey(args[i] ?? null, null), args[i + 1] ?? null);
      return map3;
    }
  },
  fail: {
    f2: (message, hint2) => {
      throw evalError(String(message), typeof hint2 === "string" ? hint2 : void 0);
    }
  },
  checkLength: {
    f2: (value, count2) => {
      const length2 = lengthOf(value);
      if (length2 === count2) return null;
      throw evalError(`destructure: expected ${String(count2)} elements, got ${length2}`);
    }
  },
  checkMinimum: {
    f2: (value, count2) => {
      const length2 = lengthOf(value);
      if (length2 >= Number(count2)) return null;
      throw evalError(`destructure: expected at least ${String(count2)} elements before \`&\`, got ${length2}`);
    }
  },
  checkMap: {
    f1: (value) => {
      if (isMap(value)) return null;
      throw typeError("map or hashmap", typeName(value));
    }
  },
  element: {
    f2: element2
  },
  elementsFrom: {
    f2: elementsFrom
  },
  lookup: {
    f2: (map3, key) => isMap(map3) ? map3.get(key) ?? null : null
  },
  spread: {
    f3: (value, count2, rest2) => {
      const values = valuesOf2(value);
      const minimum = Number(count2);
      if (rest2 === true ? values.length >= minimum : values.length === minimum) return values;
      throw arityError("<lambda>", arityText(minimum, rest2 === true ? Infinity : minimum), values.length);
    }
  },
  equal: {
    f2: equal
  },
  hasLength: {
    f2: (value, count2) => sequenceLength(value) === count2
  },
  hasMinimum: {
    f2: (value, count2) => sequenceLength(value) >= Number(count2)
  },
  isMap: {
    f1: isMap
  },
  hasKey: {
    f2: (map3, key) => isMap(map3) && map3.get(key) !== void 0
  },
  matchFailure: {
    f1: (value) => {
      throw evalError(`match: no clause matched value: ${repr(value)}`, "add a catch-all `(_ ...)` clause, or use `match*` to return nil on no match");
    }
  },
  list: {
    fn: (args) => listFrom(args)
  },
  append: {
    fn: (args) => listFrom(args.flatMap((part4) => {
      if (part4 instanceof List) return toArray(part4);
      if (part4 instanceof Vector) return part4.items;
      throw typeError("list or vector", typeName(part4), {
        hint: "append: every argument must be a list or vector"
      });
    }))
  },
  listToVector: {
    f1: (list3) => {
      if (list3 instanceof List) return new Vector(toArray(list3));
      throw typeError("list", typeName(list3), {
        hint: "list->vector: argument 1 must be a list"
      });
    }
  },
  makePromise: {
    f1: (thunk2) => new DelayedPromise(thunk2)
  },
  unit: {
    f1: (form, context) => context.unit(form),
    runsPrograms: true
  },
  macroexpand: {
    f1: (form, context) => context.macroexpand(form),
    runsPrograms: true
  },
  defineMacro: {
    f1: (form, context) => {
      context.defineMacro(form);
      return null;
    }
  },
  recordConstructor: {
    f3: (type, name, count2) => recordConstructor(String(type), String(name), Number(count2))
  },
  recordPredicate: {
    f2: (type, name) => recordPredicate(String(type), String(name))
  },
  recordAccessor: {
    f3: (type, name, index) => recordAccessor(String(type), String(name), Number(index))
  },
  makeMultimethod: {
    f2: (name, dispatch2) => new Multimethod(String(name), dispatch2)
  },
  addMethod: {
    f3: (multimethod, value, method) => {
      addMethod(multimethod, value, method);
      return null;
    }
  },
  moduleExports: {
    f1: (names, context) => {
      if (names instanceof List) context.moduleExports(names);
      return null;
    }
  },
  message: {
    fn: makeMessage
  },
  prompt: {
    fn: makePrompt
  },
  tool: {
    fn: makeTool
  },
  agent: {
    f2: makeAgent
  },
  spawn: {
    f1: (thunk2, context) => context.tasks.spawn(thunk2)
  },
  await: {
    f1: (promise2, context) => context.awaitHere(promise2)
  }
};
var primitives = build();
function build() {
  const make3 = (name) => {
    const count2 = PRIMITIVES[name];
    return new Builtin({
      kind: "native",
      name,
      min: count2 < 0 ? 0 : count2,
      max: count2 < 0 ? Infinity : count2,
      doc: "An operation that special forms lower to.",
      ...IMPLEMENTATIONS[name]
    });
  };
  const table2 = {};
  for (const name of Object.keys(PRIMITIVES)) table2[name] = make3(name);
  return table2;
}

// src/builtins/mod.ts
var areas = [
  [
    "Numbers",
    numberBuiltins
  ],
  [
    "Types and equality",
    predicates2
  ],
  [
    "Lists",
    lists
  ],
  [
    "Lists as collections",
    listSets
  ],
  [
    "Functions of functions",
    higherOrder
  ],
  [
    "Vectors",
    vectors
  ],
  [
    "Maps",
    maps
  ],
  [
    "Nested maps",
    nestedMaps
  ],
  [
    "Strings",
    strings
  ],
  [
    "Searching and cutting strings",
    stringSearch
  ],
  [
    "Letter case",
    stringCase
  ],
  [
    "Columns of text",
    stringWidth
  ],
  [
    "Regular expressions",
    regexes
  ],
  [
    "Texts",
    texts
  ],
  [
    "Documents and prompts",
    documents
  ],
  [
    "JSON",
    json
  ],
  [
    "CSV",
    csv
  ],
  [
    "Hashes and encodings",
    hashes
  ],
  [
    "Characters",
    chars
  ],
  [
    "Symbols and keywords",
    symbols2
  ],
  [
    "Printing",
    io
  ],
  [
    "Errors, values and parameters",
    control2
  ],
  [
    "Continuations and coroutines",
    continuations
  ],
  [
    "Mutable arrays and cells",
    mutable
  ],
  [
    "Bytes",
    bytes
  ],
  [
    "Typed arrays",
    typedArrays
  ],
  [
    "Streams",
    streams
  ],
  [
    "Promises of delay",
    promises2
  ],
  [
    "Tasks",
    asyncBuiltins
  ],
  [
    "Channels",
    channels
  ],
  [
    "Structured concurrency",
    structured
  ],
  [
    "Contexts",
    contexts
  ],
  [
    "Multimethods",
    multimethods
  ],
  [
    "Reading programs",
    reading2
  ],
  [
    "Modules",
    modules
  ],
  [
    "Standard input",
    input
  ],
  [
    "Files",
    files
  ],
  [
    "Paths",
    paths
  ],
  [
    "System",
    system
  ],
  [
    "Help",
    help
  ]
];
var declarations = areas.flatMap(([, rows6]) => rows6);

// src/bytecode/closure.ts
var Unwind = class {
  #brand = true;
};
var UNWIND = new Unwind();
var Cell = class {
  value;
  slot;
  /** The next open cell below on the stack. */
  next;
  constructor(value, slot2, next) {
    this.value = value;
    this.slot = slot2;
    this.next = next;
  }
};
var Closure = class extends Procedure {
  code;
  captures;
  constructor(code, captures) {
    super();
    this.code = code;
    this.captures = captures;
  }
  /** A library function written in Sema passes for one of the host; the closures that it returns do not. */
  get typeName() {
    return this.code.library && this.code.named ? "native-fn" : "lambda";
  }
  printed() {
    return `<native-fn ${this.code.named ? this.code.name : "<vm-closure>"}>`;
  }
};

// src/bytecode/code.ts
var SEEN = {
  /** A float operand; for an element, a sequence that is kept as doubles. */
  float: 1,
  /** An integer that needs more than 32 bits, as operand or result. */
  wide: 2,
  /** Anything else: a bigint, a fraction, a string, a type error. */
  other: 4,
  /** Two integers, where a float was seen before; for an element, a sequence that is not kept as doubles. */
  integer: 8
};
var Code = class {
  name;
  /** Values of it print under their name. */
  named;
  /** Part of the library: traces do not show it. */
  library;
  parameters;
  rest;
  /** Fewest and most arguments; a library function may allow fewer than its rest parameter would take. */
  min;
  max;
  /** Slots of the frame: parameters, rest, other variables. */
  slots;
  slotNames;
  /** Per slot: closures share the variable through a cell. */
  slotShared;
  /** Per slot: the function assigns the variable after it was bound. */
  slotAssigned;
  captures;
  captureNames;
  position;
  /** The text that its body starts with. */
  doc;
  /** The variables that it can see, for hints. */
  names;
  /** Base instructions. The dispatch loop runs a copy with variants overlaid. */
  words;
  /** Fixed but for {@link relink}. */
  constants;
  /** Innermost first. */
  handlers;
  /** Innermost first. */
  loops;
  feedback;
  /** Highest operand stack. */
  maxStack;
  /** The number of arguments when that is all an ordinary call needs to know; -1 with a rest parameter. */
  exact;
  /** Slots and operand stack together. */
  room;
  /** Calls and back-edges left until the next tier is considered. */
  heat;
  /** How compiled code enters this function: through the interpreter, or compiled itself. */
  entry;
  /** The words that the dispatch loop runs: variants overlaid, redefined intrinsics replaced. */
  variantWords;
  /** By pc, the globals that redefined intrinsics call; null while there are none. */
  redefined = null;
  /** Constants as NaN-boxed words, made by the baseline tier on first entry. */
  constantWords = null;
  /** What the second tier knows about this code; null until it was first considered. */
  second = null;
  /** The pcs, ascending, of all instructions that may fail, and where each stands in the source. */
  positionPcs;
  positions;
  constructor(fields) {
    this.name = fields.name;
    this.named = fields.named;
    this.library = fields.library;
    this.parameters = fields.parameters;
    this.rest = fields.rest;
    this.min = fields.min;
    this.max = fields.max;
    this.slots = fields.slots;
    this.slotNames = fields.slotNames;
    this.slotShared = fields.slotShared;
    this.slotAssigned = fields.slotAssigned;
    this.captures = fields.captures;
    this.captureNames = fields.captureNames;
    this.position = fields.position;
    this.doc = fields.doc;
    this.names = fields.names;
    this.words = fields.words;
    this.constants = fields.constants;
    this.handlers = fields.handlers;
    this.loops = fields.loops;
    this.feedback = fields.feedback;
    this.positionPcs = fields.positionPcs;
    this.positions = fields.positions;
    this.heat = fields.heat;
    this.entry = fields.entry;
    this.variantWords = fields.variantWords;
    this.maxStack = fields.maxStack;
    this.room = fields.slots + fields.maxStack;
    this.exact = fields.rest ? -1 : fields.parameters;
  }
  /** Makes all sites of one global sites of another, in activations that are running, too. Returns whether there are any. */
  relink(from, to) {
    const index = this.constants.indexOf(from);
    if (index < 0) return false;
    this.constants[index] = to;
    return true;
  }
  /** Where the instruction at `pc` stands in the source; null where it has no position. */
  positionAt(pc) {
    const index = this.#positionIndex(pc);
    return this.positionPcs[index] === pc ? this.positions[index] ?? null : null;
  }
  /** Where the call that will return to `pc` stands in the source. */
  positionBefore(pc) {
    return this.positions[this.#positionIndex(pc - 1)] ?? null;
  }
  /** Whether an instruction that may fail starts at `pc`. */
  failsAt(pc) {
    return this.positionPcs[this.#positionIndex(pc)] === pc;
  }
  /** The last position at or before `pc`; -1 when there is none. */
  #positionIndex(pc) {
    let low = 0;
    let high = this.positionPcs.length - 1;
    while (low <= high) {
      const middle = low + high >> 1;
      if ((this.positionPcs[middle] ?? 0) <= pc) low = middle + 1;
      else high = middle - 1;
    }
    return high;
  }
};

// src/runtime/globals.ts
var Unbound = class {
  #brand = true;
};
var UNBOUND = new Unbound();
var MANY_WATCHERS = 32;
var GlobalCell = class {
  name;
  value;
  /** Who relies on the value; null while nobody does, which is all that an assignment has to look at. */
  watchers = null;
  /** How often watchers were disappointed: code stops relying on a cell that keeps changing. */
  changes = 0;
  #watchersToClean = MANY_WATCHERS;
  constructor(name, value) {
    this.name = name;
    this.value = value;
  }
  /** Assigns a cell that has watchers. Returns true when code that is running now must be left. */
  assignWatched(value) {
    const { watchers } = this;
    let leave = false;
    if (watchers !== null) {
      this.watchers = null;
      this.changes++;
      for (const watcher of watchers) leave = watcher.changed(this) || leave;
    }
    this.value = value;
    return leave;
  }
  /** Registers one that relies on the value from now on. */
  watch(watcher) {
    const watchers = this.watchers ??= /* @__PURE__ */ new Set();
    watchers.add(watcher);
    if (watchers.size < this.#watchersToClean) return;
    for (const each of watchers) if (each.spent()) watchers.delete(each);
    this.#watchersToClean = Math.max(MANY_WATCHERS, 2 * watchers.size);
  }
};
var Globals = class {
  #cells = /* @__PURE__ */ new Map();
  #provide;
  /** `provide`: the value of a name that is looked up for the first time. */
  constructor(provide = () => UNBOUND) {
    this.#provide = provide;
  }
  /** The cell of `name`, made unbound when it is new. */
  cell(name) {
    let cell2 = this.#cells.get(name);
    if (cell2 !== void 0) return cell2;
    this.#cells.set(name, cell2 = new GlobalCell(name, UNBOUND));
    cell2.value = this.#provide(name);
    return cell2;
  }
  /** Here a name means the same before and after it is defined. */
  definition(name) {
    return this.cell(name);
  }
  /** The cell of the global called `name`. */
  named(name) {
    return this.cell(intern(name));
  }
  /** Binds `name` without any of the checks that a running program's definition needs. */
  bind(name, value) {
    this.named(name).value = value;
  }
  /** All bound cells, in the order of their creation. */
  *bound() {
    for (const cell2 of this.#cells.values()) if (cell2.value !== UNBOUND) yield cell2;
  }
};

// src/bytecode/instructions.ts
var PLAIN2 = [
  [
    "CONSTANT",
    [
      "constant"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 constants[k]"
  ],
  [
    "INTEGER",
    [
      "integer"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 n"
  ],
  [
    "NIL",
    [],
    0,
    1,
    "next",
    "",
    "\u2192 nil"
  ],
  [
    "TRUE",
    [],
    0,
    1,
    "next",
    "",
    "\u2192 #t"
  ],
  [
    "FALSE",
    [],
    0,
    1,
    "next",
    "",
    "\u2192 #f"
  ],
  [
    "POP",
    [],
    1,
    0,
    "next",
    "",
    "a \u2192"
  ],
  [
    "DUP",
    [],
    1,
    2,
    "next",
    "",
    "a \u2192 a a"
  ],
  [
    "GET_LOCAL",
    [
      "slot"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 slot"
  ],
  [
    "SET_LOCAL",
    [
      "slot"
    ],
    1,
    0,
    "next",
    "",
    "a \u2192; slot = a"
  ],
  [
    "FRESH",
    [
      "slot"
    ],
    0,
    0,
    "next",
    "",
    "the slot becomes a new variable: closures keep the old one"
  ],
  [
    "GET_CAPTURE",
    [
      "capture"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 the captured value"
  ],
  [
    "GET_SHARED",
    [
      "capture"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 the value in the captured cell"
  ],
  [
    "SET_SHARED",
    [
      "capture"
    ],
    1,
    0,
    "next",
    "",
    "a \u2192; captured cell = a"
  ],
  [
    "SELF",
    [],
    0,
    1,
    "next",
    "",
    "\u2192 the running closure"
  ],
  [
    "GET_GLOBAL",
    [
      "cell"
    ],
    0,
    1,
    "next",
    "throw",
    "\u2192 value of the global; unbound is an error"
  ],
  [
    "SET_GLOBAL",
    [
      "cell"
    ],
    1,
    1,
    "next",
    "call",
    "a \u2192 a; global = a, created when there is none"
  ],
  [
    "DEFINE_GLOBAL",
    [
      "cell"
    ],
    1,
    1,
    "next",
    "call",
    "a \u2192 nil; global = a"
  ],
  [
    "CLOSURE",
    [
      "code"
    ],
    0,
    1,
    "next",
    "",
    "\u2192 a new closure over this frame"
  ],
  [
    "RECAPTURE",
    [
      "slot",
      "code"
    ],
    0,
    0,
    "next",
    "",
    "fills the captures of the closure in the slot again, now that its siblings exist"
  ],
  [
    "JUMP",
    [
      "target"
    ],
    0,
    0,
    "jump",
    "",
    "pc = target"
  ],
  [
    "JUMP_IF_FALSE",
    [
      "target"
    ],
    1,
    0,
    "branch",
    "",
    "a \u2192; if a is false pc = target"
  ],
  [
    "JUMP_IF_TRUE",
    [
      "target"
    ],
    1,
    0,
    "branch",
    "",
    "a \u2192; if a is true pc = target"
  ],
  [
    "LOOP",
    [
      "target"
    ],
    0,
    0,
    "loop",
    "throw",
    "pc = target, backwards; counts towards compilation and limits"
  ],
  [
    "CALL",
    [
      "count"
    ],
    1,
    1,
    "next",
    "call",
    "f a\u2026 \u2192 (f a\u2026)"
  ],
  [
    "CALL_GLOBAL",
    [
      "cell",
      "count"
    ],
    0,
    1,
    "next",
    "call",
    "a\u2026 \u2192 (global a\u2026)"
  ],
  [
    "CALL_SELF",
    [
      "count"
    ],
    0,
    1,
    "next",
    "call",
    "a\u2026 \u2192 (self a\u2026)"
  ],
  [
    "TAIL_CALL",
    [
      "count"
    ],
    1,
    0,
    "return",
    "call",
    "f a\u2026 \u2192; returns (f a\u2026), this frame gone"
  ],
  [
    "TAIL_CALL_GLOBAL",
    [
      "cell",
      "count"
    ],
    0,
    0,
    "return",
    "call",
    "a\u2026 \u2192; returns (global a\u2026), this frame gone"
  ],
  [
    "TAIL_CALL_SELF",
    [
      "count"
    ],
    0,
    0,
    "return",
    "call",
    "a\u2026 \u2192; returns (self a\u2026), this frame gone"
  ],
  [
    "APPLY",
    [],
    2,
    1,
    "next",
    "call",
    "f list \u2192 (f element\u2026)"
  ],
  [
    "TAIL_APPLY",
    [],
    2,
    0,
    "return",
    "call",
    "f list \u2192; returns (f element\u2026), this frame gone"
  ],
  [
    "BUILTIN",
    [
      "builtin",
      "count"
    ],
    0,
    1,
    "next",
    "throw",
    "a\u2026 \u2192 builtin(a\u2026), whatever the global of that name"
  ],
  [
    "AWAIT",
    [],
    1,
    1,
    "next",
    "call",
    "promise \u2192 its value, suspending until there is one"
  ],
  [
    "RETURN",
    [],
    1,
    0,
    "return",
    "",
    "a \u2192; returns a"
  ],
  [
    "THROW",
    [],
    1,
    0,
    "throw",
    "throw",
    "a \u2192; raises a"
  ],
  [
    "TRY",
    [
      "target",
      "target"
    ],
    0,
    0,
    "try",
    "",
    "up to END_TRY errors go to the first target, error map pushed; the second is what follows"
  ],
  [
    "END_TRY",
    [
      "target"
    ],
    0,
    0,
    "jump",
    "",
    "leaves the innermost TRY; pc = target"
  ],
  [
    "REDEFINED",
    [
      "feedback"
    ],
    0,
    0,
    "next",
    "call",
    "stands for an intrinsic whose global was redefined: calls the global instead"
  ]
];
function intrinsicRows() {
  return Object.keys(INTRINSICS).map((key) => {
    const [name, count2] = INTRINSICS[key];
    const operands = count2 === 1 ? "a" : "a b";
    return [
      screaming(key),
      [
        "feedback"
      ],
      count2,
      1,
      "next",
      "throw",
      `${operands} \u2192 (${name} ${operands})`
    ];
  });
}
function screaming(key) {
  return key.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}
var INSTRUCTIONS = [
  ...PLAIN2,
  ...intrinsicRows()
].map(([name, operands, pops, pushes, flow, may, doc], opcode) => ({
  name,
  opcode,
  operands,
  pops,
  pushes,
  flow,
  calls: may === "call",
  throws: may !== "",
  doc,
  width: operands.length + 1,
  intrinsic: opcode < PLAIN2.length ? null : Object.keys(INTRINSICS)[opcode - PLAIN2.length]
}));
var byName = new Map(INSTRUCTIONS.map((row) => [
  row.name,
  row
]));
function instruction(name) {
  const found2 = byName.get(name);
  if (found2 === void 0) throw new RangeError(`no instruction ${name}`);
  return found2;
}
function intrinsicOpcode(key) {
  return instruction(screaming(key)).opcode;
}
var OP = Object.fromEntries(INSTRUCTIONS.map((row) => [
  row.name,
  row.opcode
]));

// src/bytecode/variants.ts
var COMPARISONS2 = [
  "EQUAL",
  "LESS",
  "GREATER",
  "LESS_OR_EQUAL",
  "GREATER_OR_EQUAL"
];
var BRANCHES = [
  [
    "BRANCH",
    "JUMP_IF_FALSE"
  ],
  [
    "INVERSE",
    "JUMP_IF_TRUE"
  ],
  [
    "NOT_BRANCH",
    "NOT",
    "JUMP_IF_FALSE"
  ]
];
var rows3 = [
  ...[
    0,
    1,
    2,
    3
  ].map((slot2) => [
    `GET_LOCAL_${slot2}`,
    "slots",
    [
      "GET_LOCAL"
    ],
    {
      1: slot2
    }
  ]),
  ...COMPARISONS2.flatMap((compare2) => BRANCHES.flatMap(([branch, ...rest2]) => [
    [
      `${compare2}_LOCAL_LOCAL_${branch}`,
      "fused",
      [
        "GET_LOCAL",
        "GET_LOCAL",
        compare2,
        ...rest2
      ]
    ],
    [
      `${compare2}_LOCAL_INTEGER_${branch}`,
      "fused",
      [
        "GET_LOCAL",
        "INTEGER",
        compare2,
        ...rest2
      ]
    ],
    [
      `${compare2}_${branch}`,
      "fused",
      [
        compare2,
        ...rest2
      ]
    ]
  ])),
  [
    "NOT_BRANCH",
    "fused",
    [
      "NOT",
      "JUMP_IF_FALSE"
    ]
  ],
  [
    "IS_NULL_LOCAL_BRANCH",
    "fused",
    [
      "GET_LOCAL",
      "IS_NULL",
      "JUMP_IF_FALSE"
    ]
  ],
  [
    "ADD_LOCAL_INTEGER_TO_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "INTEGER",
      "ADD",
      "SET_LOCAL"
    ]
  ],
  [
    "SUBTRACT_LOCAL_INTEGER_TO_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "INTEGER",
      "SUBTRACT",
      "SET_LOCAL"
    ]
  ],
  [
    "ADD_LOCAL_INTEGER",
    "fused",
    [
      "GET_LOCAL",
      "INTEGER",
      "ADD"
    ]
  ],
  [
    "SUBTRACT_LOCAL_INTEGER",
    "fused",
    [
      "GET_LOCAL",
      "INTEGER",
      "SUBTRACT"
    ]
  ],
  [
    "ADD_LOCAL_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "GET_LOCAL",
      "ADD"
    ]
  ],
  [
    "CAR_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "CAR"
    ]
  ],
  [
    "CDR_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "CDR"
    ]
  ],
  [
    "RETURN_LOCAL",
    "fused",
    [
      "GET_LOCAL",
      "RETURN"
    ]
  ],
  [
    "CALL_GLOBAL_1",
    "fused",
    [
      "CALL_GLOBAL"
    ],
    {
      2: 1
    }
  ],
  [
    "CALL_GLOBAL_2",
    "fused",
    [
      "CALL_GLOBAL"
    ],
    {
      2: 2
    }
  ],
  [
    "CALL_GLOBAL_3",
    "fused",
    [
      "CALL_GLOBAL"
    ],
    {
      2: 3
    }
  ],
  // With the arguments moved one by one, and a shorter entry: tak on JSC 54.0 → 45.0 ms, on V8 50.6 → 51.2, fib within
  // 5 % on both (least of 2-3 processes, on a busy machine). A pair of GET_LOCALs at once was tried: tak on V8
  // 51.2 → 47.6, on JSC 45.0 → 47.4, fib no better; not kept, because it does not pay on both.
  [
    "TAIL_CALL_GLOBAL_1",
    "fused",
    [
      "TAIL_CALL_GLOBAL"
    ],
    {
      2: 1
    }
  ],
  [
    "TAIL_CALL_GLOBAL_2",
    "fused",
    [
      "TAIL_CALL_GLOBAL"
    ],
    {
      2: 2
    }
  ],
  [
    "TAIL_CALL_GLOBAL_3",
    "fused",
    [
      "TAIL_CALL_GLOBAL"
    ],
    {
      2: 3
    }
  ]
];
var VARIANTS = [
  ...rows3
].sort((a, b) => b[2].length - a[2].length).map(([name, group2, sequence3, requires2 = {}], index) => ({
  name,
  opcode: INSTRUCTIONS.length + index,
  sequence: sequence3,
  requires: requires2,
  width: sequence3.reduce((sum3, base) => sum3 + instruction(base).width, 0),
  group: group2
}));
var BASE_OPCODE = Uint8Array.from([
  ...INSTRUCTIONS.map((row) => row.opcode),
  ...VARIANTS.map((variant) => instruction(variant.sequence[0] ?? "").opcode)
]);
var byFirst = Map.groupBy(VARIANTS, (variant) => instruction(variant.sequence[0] ?? "").opcode);
function overlay(words3, groups) {
  for (let pc = 0; pc < words3.length; ) {
    const base = INSTRUCTIONS[words3[pc] ?? 0];
    if (base === void 0) throw new RangeError(`no instruction ${words3[pc]}`);
    const variant = byFirst.get(base.opcode)?.find((v) => groups.has(v.group) && matches(words3, pc, v));
    if (variant !== void 0) words3[pc] = variant.opcode;
    pc += base.width;
  }
}
function matches(words3, pc, variant) {
  let at = pc;
  for (const name of variant.sequence) {
    const base = instruction(name);
    if (words3[at] !== base.opcode) return false;
    at += base.width;
  }
  return Object.entries(variant.requires).every(([offset, value]) => words3[pc + Number(offset)] === value);
}
function* instructions(code) {
  for (let pc = 0; pc < code.words.length; ) {
    const row = INSTRUCTIONS[code.words[pc] ?? -1];
    if (row === void 0) throw new RangeError(`no instruction at ${pc}`);
    yield [
      pc,
      row
    ];
    pc += row.width;
  }
}
function intrinsicsOf(code) {
  const found2 = /* @__PURE__ */ new Set();
  for (const [, { intrinsic }] of instructions(code)) if (intrinsic !== null) found2.add(intrinsic);
  return found2;
}
function redefine(code, intrinsic, cell2) {
  const redefined = new Map(code.redefined);
  let found2 = false;
  for (const [pc, row] of instructions(code)) {
    if (row.intrinsic !== intrinsic) continue;
    redefined.set(pc, cell2);
    found2 = true;
  }
  if (!found2) return false;
  code.redefined = redefined;
  code.variantWords.set(code.words);
  for (const pc of redefined.keys()) code.variantWords[pc] = OP.REDEFINED;
  return true;
}

// src/bytecode/disassemble.ts
function disassemble(code) {
  const lines3 = [
    heading(code)
  ];
  for (let pc = 0; pc < code.words.length; pc += instructionAt(code, pc).width) {
    lines3.push(annotate(code, pc, disassembled(code, pc)));
  }
  for (const handler of code.handlers) {
    const trace = handler.trace ? ", trace" : "";
    lines3.push(`       errors in ${handler.start}..${handler.end} \u2192 ${handler.target}, stack ${handler.height}${trace}`);
  }
  const inner = code.constants.filter((constant3) => constant3 instanceof Code);
  return [
    lines3.join("\n"),
    ...inner.map(disassemble)
  ].join("\n\n");
}
function disassembled(code, pc) {
  const row = instructionAt(code, pc);
  const operands = row.operands.map((kind, i) => operand2(code, kind, code.words[pc + 1 + i] ?? 0));
  return `${String(pc).padStart(5)}  ${row.name} ${operands.join(" ")}`.trimEnd();
}
function instructionAt(code, pc) {
  const row = INSTRUCTIONS[code.words[pc] ?? -1];
  if (row === void 0) throw new RangeError(`no instruction at ${pc}`);
  return row;
}
function heading(code) {
  const parameters2 = code.slotNames.slice(0, code.parameters);
  if (code.rest) parameters2.push(".", code.slotNames[code.parameters] ?? "");
  const at = code.position === null ? "" : `  ; ${code.position.file ?? "<input>"}:${code.position.line}`;
  const captures = code.captureNames.length === 0 ? "" : `, captures ${code.captureNames.join(" ")}`;
  return `${code.name ?? "<lambda>"} (${parameters2.join(" ")})${at}
       slots ${code.slots}, stack ${code.maxStack}${captures}`;
}
function annotate(code, pc, text2) {
  const notes = [];
  const opcode = code.variantWords[pc] ?? 0;
  const variant = VARIANTS.find((v) => v.opcode === opcode);
  if (variant !== void 0) notes.push(`[${variant.name}]`);
  if (code.redefined?.has(pc) === true) notes.push("[REDEFINED]");
  const position = code.positionAt(pc);
  if (position !== null) notes.push(`; ${position.line}:${position.column}`);
  return notes.length === 0 ? text2 : `${text2.padEnd(44)} ${notes.join(" ")}`;
}
function operand2(code, kind, word) {
  switch (kind) {
    case "slot":
      return code.slotNames[word] ?? `slot${word}`;
    case "capture":
      return code.captureNames[word] ?? `capture${word}`;
    case "constant":
    case "cell":
    case "code":
    case "builtin":
      return constant(code.constants[word]);
    case "target":
      return `\u2192${word}`;
    case "feedback":
      return "";
    case "integer":
    case "count":
      return String(word);
    default:
      return kind;
  }
}
function constant(value) {
  if (value === void 0) return "?";
  if (value instanceof GlobalCell) return value.name.name;
  if (value instanceof Code) return `<${value.name ?? "<lambda>"}>`;
  if (value instanceof Builtin) return value.name;
  return repr(value);
}

// src/expand/macro.ts
var Macro = class extends Opaque {
  typeName = "macro";
  name;
  transform;
  constructor(name, transform2) {
    super();
    this.name = name;
    this.transform = transform2;
  }
  printed() {
    return `<macro ${this.name}>`;
  }
};

// src/expand/prelude.ts
var symbols3 = {
  let: intern("let"),
  if: intern("if"),
  when: intern("when"),
  not: intern("not"),
  isNil: intern("nil?"),
  do: intern("do"),
  add: intern("+"),
  equal: intern("="),
  notLess: intern(">="),
  try: intern("try"),
  begin: intern("begin"),
  catch: intern("catch"),
  cond: intern("cond"),
  else: intern("else"),
  isEqual: intern("equal?"),
  raise: intern("raise"),
  parameterize: intern("__parameterize"),
  list: intern("list"),
  fn: intern("fn"),
  close: intern("stream/close"),
  throw: intern("throw"),
  withStream: intern("with-stream")
};
function list2(...items2) {
  return listFrom(items2);
}
function items(form) {
  if (form instanceof List) return toArray(form);
  if (form instanceof Vector) return form.items;
  throw typeError("list or vector", typeName(form));
}
function thread(value, form, last3) {
  if (!(form instanceof List)) return list2(form, value);
  if (form.length === 0) return list2(null, value);
  const parts4 = toArray(form);
  return last3 ? list2(...parts4, value) : list2(parts4[0] ?? null, value, ...parts4.slice(1));
}
function threading(name, last3, doc, ...examples) {
  return {
    doc,
    examples,
    min: 1,
    step: (value, args) => cons(intern(name), cons(thread(value, args.first, last3), args.rest))
  };
}
var CHAINS = {
  "->": threading("->", false, "(-> value form ...): value as the first argument of the first form, its value as that of the second, and so on.", [
    "(-> 5 (- 2) (* 10))",
    "30"
  ]),
  "->>": threading("->>", true, "(->> value form ...): like ->, as the last argument.", [
    "(->> '(1 2 3) (map (fn (x) (* x x))) (apply +))",
    "14"
  ]),
  "as->": {
    doc: "(as-> value name form ...): the forms one after the other, with name bound to the value before.",
    examples: [
      [
        "(as-> 5 x (+ x 1) (list x x))",
        "(6 6)"
      ]
    ],
    min: 2,
    step: (value, args) => {
      const name = args.first;
      const rest2 = args.rest;
      return rest2.length === 0 ? value : list2(symbols3.let, list2(list2(name, value)), cons(intern("as->"), cons(rest2.first, cons(name, rest2.rest))));
    }
  },
  "some->": {
    doc: "(some-> value form ...): like ->, but nil as soon as a value is nil.",
    examples: [
      [
        "(some-> {:a 1} (get :b) (+ 1))",
        "nil"
      ]
    ],
    min: 1,
    step: (value, args, host) => {
      const name = host.gensym("v");
      const next = cons(intern("some->"), cons(thread(name, args.first, false), args.rest));
      return list2(symbols3.let, list2(list2(name, value)), list2(symbols3.if, list2(symbols3.isNil, name), null, next));
    }
  }
};
function binding(form) {
  const [name = null, init = null] = items(form);
  return [
    name,
    init
  ];
}
var MACROS = {
  "when-let": {
    doc: "(when-let (name value) body ...): the body with name bound, unless value is nil.",
    examples: [
      [
        "(when-let (x (get {:a 1} :a)) (+ x 1))",
        "2"
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2]) => {
      const [name, init] = binding(form);
      const test2 = list2(symbols3.not, list2(symbols3.isNil, name));
      return list2(symbols3.let, list2(list2(name, init)), list2(symbols3.when, test2, ...body2));
    }
  },
  "if-let": {
    doc: "(if-let (name value) then else): then with name bound, or else when value is nil.",
    examples: [
      [
        "(if-let (x (get {:a 1} :b)) x :none)",
        ":none"
      ]
    ],
    min: 3,
    max: 3,
    expand: ([form = null, then = null, otherwise = null]) => {
      const [name, init] = binding(form);
      return list2(symbols3.let, list2(list2(name, init)), list2(symbols3.if, list2(symbols3.isNil, name), otherwise, then));
    }
  },
  "dotimes": {
    doc: "(dotimes (name count) body ...): the body with name bound to 0 up to count - 1; nil.",
    examples: [
      [
        "(let ((sum 0)) (dotimes (i 4) (set! sum (+ sum i))) sum)",
        "6"
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2]) => {
      const [name, count2] = binding(form);
      const step2 = list2(name, 0, list2(symbols3.add, name, 1));
      return list2(symbols3.do, list2(step2), list2(list2(symbols3.equal, name, count2)), ...body2);
    }
  },
  "for-range": {
    doc: "(for-range (name from to [step]) body ...): the body with name bound to from, from + step, \u2026 below to; nil.",
    examples: [
      [
        "(let ((sum 0)) (for-range (i 1 10 3) (set! sum (+ sum i))) sum)",
        "12"
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2]) => {
      const [name = null, from = null, to = null, by] = items(form);
      const step2 = by ?? (form instanceof Vector ? null : 1);
      const counter = list2(name, from, list2(symbols3.add, name, step2));
      return list2(symbols3.do, list2(counter), list2(list2(symbols3.notLess, name, to)), ...body2);
    }
  },
  "guard": {
    doc: "(guard (name clause ...) body ...): the body; when it raises, the first clause, as in cond, that holds of what was raised.",
    examples: [
      [
        "(guard (e ((number? e) (+ e 1)) (else :other)) (throw 41))",
        "42"
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2], host) => {
      const [name = null, ...clauses] = items(form);
      const caught2 = host.gensym("guard-err");
      const last3 = clauses.at(-1) ?? null;
      const complete = last3 instanceof List && last3.first === symbols3.else ? clauses : [
        ...clauses,
        list2(symbols3.else, list2(symbols3.raise, name))
      ];
      const isUser = list2(symbols3.isEqual, list2(keyword("type"), caught2), keyword("user"));
      const raised = list2(symbols3.if, isUser, list2(keyword("value"), caught2), caught2);
      const handler = list2(symbols3.let, list2(list2(name, raised)), list2(symbols3.cond, ...complete));
      return list2(symbols3.try, list2(symbols3.begin, ...body2), list2(symbols3.catch, caught2, handler));
    }
  },
  "with-stream": {
    doc: "(with-stream (name stream) body ...): the body with a stream that is closed at its end.",
    examples: [
      [
        '(with-stream (s (stream/from-string "abc")) (stream/read-line s))',
        '"abc"'
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2], host) => {
      const [name, init] = binding(form);
      const [result2, caught2] = [
        host.gensym("res"),
        host.gensym("e")
      ];
      const close = list2(symbols3.close, name);
      const rethrow = list2(symbols3.catch, caught2, close, list2(symbols3.throw, caught2));
      const guarded3 = list2(symbols3.try, list2(symbols3.begin, ...body2), rethrow);
      return list2(symbols3.let, list2(list2(name, init)), list2(symbols3.let, list2(list2(result2, guarded3)), close, result2));
    }
  },
  "with-open": {
    doc: "(with-open (name stream) body ...): the same as with-stream.",
    examples: [
      [
        '(with-open (s (stream/from-string "abc")) (stream/read-line s))',
        '"abc"'
      ]
    ],
    min: 1,
    max: Infinity,
    expand: (args) => list2(symbols3.withStream, ...args)
  },
  "parameterize": {
    doc: "(parameterize ((parameter value) ...) body ...): the body with parameters bound to new values.",
    examples: [
      [
        "(let ((p (make-parameter 1))) (parameterize ((p 2)) (p)))",
        "2"
      ]
    ],
    min: 1,
    max: Infinity,
    expand: ([form = null, ...body2]) => {
      const pairs = items(form).map(binding);
      return list2(symbols3.parameterize, list2(symbols3.list, ...pairs.map(([parameter]) => parameter)), list2(symbols3.list, ...pairs.map(([, value]) => value)), list2(symbols3.fn, list2(), ...body2));
    }
  }
};
var MACRO_DESCRIPTIONS = new Map([
  ...Object.entries(CHAINS).map(([name, chain2]) => [
    name,
    {
      ...chain2,
      max: Infinity
    }
  ]),
  ...Object.entries(MACROS)
]);
function preludeMacros() {
  const chains = Object.entries(CHAINS).map(([name, { min, step: step2 }]) => new Macro(name, (form, host) => {
    const args = form.rest;
    if (args.length < min) throw arityError(name, arityText(min, Infinity), args.length);
    return args.length === 1 ? args.first : step2(args.first, args.rest, host);
  }));
  const others = Object.entries(MACROS).map(([name, { min, max, expand: expand2 }]) => new Macro(name, (form, host) => {
    const args = toArray(form.rest);
    if (args.length < min || args.length > max) throw arityError(name, arityText(min, max), args.length);
    return expand2(args, host);
  }));
  return [
    ...chains,
    ...others
  ];
}

// src/expand/scope.ts
var DOT2 = intern(".");
var AMPERSAND = intern("&");
var BEGIN = /* @__PURE__ */ new Set([
  "begin",
  "progn"
]);
var Scope = class _Scope {
  #parent;
  #names;
  constructor(parent2, names) {
    this.#parent = parent2;
    this.#names = names;
  }
  /** A scope inside this one; this one itself when there is nothing to add. */
  with(names) {
    const added = new Set(names);
    return added.size === 0 ? this : new _Scope(this, added);
  }
  /** An empty scope inside this one, to which names can be added one after the other. */
  inner() {
    return new _Scope(this, /* @__PURE__ */ new Set());
  }
  /** From now on, `names` are visible in this very scope. */
  add(names) {
    for (const name of names) this.#names.add(name);
  }
  /** Whether `name` is hidden here. */
  has(name) {
    for (let scope = this; scope !== null; scope = scope.#parent) {
      if (scope.#names.has(name)) return true;
    }
    return false;
  }
};
function patternNames(form, into = []) {
  if (form instanceof Sym) {
    if (form !== DOT2 && form !== AMPERSAND) into.push(form);
  } else if (form instanceof Vector || form instanceof List) {
    for (const item of form instanceof Vector ? form.items : form) patternNames(item, into);
  } else if (form instanceof SortedMap) {
    for (const [, item] of form) patternNames(item, into);
  }
  return into;
}
function definedNames(forms, into = []) {
  for (const form of forms) {
    if (!(form instanceof List) || !(form.first instanceof Sym)) continue;
    const head2 = form.first.name;
    if (BEGIN.has(head2)) definedNames(form.rest, into);
    if (head2 === "define-values") patternNames(form.rest.first, into);
    if (head2 !== "define" && head2 !== "defmulti") continue;
    const target2 = form.rest.first;
    if (target2 instanceof Sym) into.push(target2);
    else if (target2 instanceof List && target2.first instanceof Sym) into.push(target2.first);
  }
  return into;
}

// src/expand/forms.ts
var ELSE = intern("else");
var CATCH = intern("catch");
var SPLICE = intern("unquote-splicing");
function body(items2, from, names, scope, expander) {
  return expander.each(items2, scope.with([
    ...names,
    ...definedNames(items2.slice(from))
  ]), from);
}
function skipping(skip) {
  return (form, scope, expander) => expander.rebuild(form, expander.each(toArray(form), scope, skip));
}
var unchanged = (form) => form;
var lambda = (form, scope, expander) => expander.rebuild(form, body(toArray(form), 2, patternNames(form.rest.first), scope, expander));
var define = (form, scope, expander) => {
  const target2 = form.rest.first;
  const items2 = toArray(form);
  return target2 instanceof List ? expander.rebuild(form, body(items2, 2, patternNames(target2.rest), scope, expander)) : expander.rebuild(form, expander.each(items2, scope, 2));
};
var defineFunction = (form, scope, expander) => expander.rebuild(form, body(toArray(form), 3, patternNames(form.rest.rest.first), scope, expander));
function bindings(form, scope, expander, bound2) {
  if (!(form instanceof List)) return form;
  const made = [
    ...form
  ].map((entry) => {
    if (!(entry instanceof List) || entry.length < 2) return entry;
    const items2 = toArray(entry);
    items2[1] = expander.expand(items2[1] ?? null, scope);
    bound2(patternNames(entry.first));
    return expander.rebuild(entry, items2);
  });
  return expander.rebuild(form, made);
}
var letParallel = (form, scope, expander) => {
  const items2 = toArray(form);
  const named2 = items2[1] instanceof Sym;
  const at = named2 ? 2 : 1;
  const names = named2 ? patternNames(items2[1] ?? null) : [];
  if (items2.length > at) {
    items2[at] = bindings(items2[at] ?? null, scope, expander, (bound2) => void names.push(...bound2));
  }
  return expander.rebuild(form, body(items2, at + 1, names, scope, expander));
};
var letSequential = (form, scope, expander) => {
  const items2 = toArray(form);
  const inner = scope.inner();
  if (items2.length > 1) items2[1] = bindings(items2[1] ?? null, inner, expander, (bound2) => inner.add(bound2));
  return expander.rebuild(form, body(items2, 2, [], inner, expander));
};
var letRecursive = (form, scope, expander) => {
  const items2 = toArray(form);
  const inner = scope.inner();
  if (items2[1] instanceof List) inner.add(patternNames(listOfFirsts(items2[1])));
  if (items2.length > 1) items2[1] = bindings(items2[1] ?? null, inner, expander, () => {
  });
  return expander.rebuild(form, body(items2, 2, [], inner, expander));
};
function listOfFirsts(form) {
  return new Vector([
    ...form
  ].flatMap((entry) => entry instanceof List ? [
    entry.first
  ] : []));
}
var doLoop = (form, scope, expander) => {
  const items2 = toArray(form);
  const names = items2[1] instanceof List ? patternNames(listOfFirsts(items2[1])) : [];
  const inner = scope.with([
    ...names,
    ...definedNames(items2.slice(3))
  ]);
  if (items2[1] instanceof List) {
    const entries = [
      ...items2[1]
    ].map((entry) => {
      if (!(entry instanceof List)) return entry;
      const parts4 = toArray(entry);
      if (parts4.length > 1) parts4[1] = expander.expand(parts4[1] ?? null, scope);
      return expander.rebuild(entry, expander.each(parts4, inner, 2));
    });
    items2[1] = expander.rebuild(items2[1], entries);
  }
  if (items2[2] instanceof List) items2[2] = expander.parts(items2[2], inner);
  return expander.rebuild(form, expander.each(items2, inner, 3));
};
function clause(form, names, scope, expander) {
  if (form instanceof List) return expander.rebuild(form, body(toArray(form), 1, names, scope, expander));
  if (!(form instanceof Vector)) return form;
  const items2 = body(form.items, 1, names, scope, expander);
  return items2 === form.items ? form : new Vector(items2);
}
var match3 = (form, scope, expander) => {
  const items2 = toArray(form).map((item, index) => {
    if (index === 0) return item;
    if (index === 1) return expander.expand(item, scope);
    const pattern = item instanceof List ? item.first : item instanceof Vector ? item.items[0] ?? null : null;
    return clause(item, pattern instanceof List ? [] : patternNames(pattern), scope, expander);
  });
  return expander.rebuild(form, items2);
};
var cases = (form, scope, expander) => {
  const items2 = toArray(form).map((item, index) => {
    if (index === 0) return item;
    return index === 1 ? expander.expand(item, scope) : clause(item, [], scope, expander);
  });
  return expander.rebuild(form, items2);
};
var cond = (form, scope, expander) => {
  const items2 = toArray(form).map((item, index) => index === 0 || !(item instanceof List) ? item : expander.rebuild(item, expander.each(toArray(item), scope, item.first === ELSE ? 1 : 0)));
  return expander.rebuild(form, items2);
};
var attempt = (form, scope, expander) => {
  const items2 = toArray(form);
  const last3 = items2.at(-1) ?? null;
  if (!(last3 instanceof List) || last3.first !== CATCH) return expander.parts(form, scope);
  const made = [
    ...expander.each(items2.slice(0, -1), scope, 1)
  ];
  const handler = toArray(last3);
  made.push(expander.rebuild(last3, body(handler, 2, patternNames(handler[1] ?? null), scope, expander)));
  return expander.rebuild(form, made);
};
var QUASIQUOTE = intern("quasiquote");
var TEMPLATE2 = intern("[template]");
var UNQUOTE = intern("unquote");
var quasiquote = (form, scope, expander) => expander.templates ? expander.parts(form, scope) : expander.rebuild(form, [
  TEMPLATE2,
  ...toArray(form.rest).map((part4) => template2(part4, 1, scope, expander))
]);
function template2(form, level2, scope, expander) {
  if (form instanceof Vector) {
    const items2 = form.items.map((item) => template2(item, level2, scope, expander));
    return items2.every((item, index) => item === form.items[index]) ? form : new Vector(items2);
  }
  if (form instanceof SortedMap) {
    const entries = [
      ...form
    ].map(([key, value]) => [
      template2(key, level2, scope, expander),
      template2(value, level2, scope, expander)
    ]);
    return entries.reduce((map3, [key, value]) => map3.with(key, value), SortedMap.EMPTY);
  }
  if (!(form instanceof List) || form.length === 0) return form;
  const unquoted = form.first === UNQUOTE || form.first === SPLICE && level2 === 1;
  if (unquoted && level2 === 1) return expander.rebuild(form, expander.each(toArray(form), scope, 1));
  const inner = unquoted ? level2 - 1 : form.first === QUASIQUOTE ? level2 + 1 : level2;
  return expander.rebuild(form, toArray(form).map((part4) => template2(part4, inner, scope, expander)));
}
var WALKERS = /* @__PURE__ */ new Map([
  [
    "quote",
    unchanged
  ],
  [
    "quasiquote",
    quasiquote
  ],
  [
    TEMPLATE2.name,
    unchanged
  ],
  [
    "defmacro",
    unchanged
  ],
  [
    "define-syntax",
    unchanged
  ],
  [
    "define-record-type",
    unchanged
  ],
  [
    "lambda",
    lambda
  ],
  [
    "fn",
    lambda
  ],
  [
    "define",
    define
  ],
  [
    "def",
    define
  ],
  [
    "defn",
    defineFunction
  ],
  [
    "defun",
    defineFunction
  ],
  [
    "define-values",
    skipping(2)
  ],
  [
    "set!",
    skipping(2)
  ],
  [
    "module",
    skipping(3)
  ],
  [
    "let",
    letParallel
  ],
  [
    "let*",
    letSequential
  ],
  [
    "letrec",
    letRecursive
  ],
  [
    "let-values",
    letParallel
  ],
  [
    "let*-values",
    letSequential
  ],
  [
    "do",
    doLoop
  ],
  [
    "match",
    match3
  ],
  [
    "match*",
    match3
  ],
  [
    "case",
    cases
  ],
  [
    "cond",
    cond
  ],
  [
    "try",
    attempt
  ]
]);

// src/expand/expander.ts
var DEPTH_LIMIT = 1e3;
var EXPANSION_LIMIT = 2e5;
var Expander = class {
  host;
  /** Whether macro calls inside quasiquote templates are expanded, or only those in their unquoted parts. */
  templates;
  #positions;
  #depth = 0;
  #outermost = EMPTY;
  #expansions = 0;
  constructor(host, positions, templates) {
    this.host = host;
    this.templates = templates;
    this.#positions = positions;
  }
  /** `form` without macro calls. */
  expand(form, scope) {
    if (form instanceof Vector) {
      const items2 = this.each(form.items, scope);
      return items2 === form.items ? form : this.#placed(new Vector(items2), form);
    }
    if (form instanceof SortedMap) return this.#map(form, scope);
    if (!(form instanceof List) || form.length === 0) return form;
    if (this.#depth === 0) this.#outermost = form;
    if (++this.#depth > DEPTH_LIMIT) {
      const position = this.#positions.of(form) ?? this.#positions.of(this.#outermost);
      throw placed(evalError("maximum expansion depth exceeded"), "<lambda>", position);
    }
    const result2 = this.#list(form, scope);
    this.#depth--;
    return result2;
  }
  #list(start, scope) {
    let form = start;
    for (; ; ) {
      const head2 = form.first;
      if (!(head2 instanceof Sym)) return this.parts(form, scope);
      const macro = scope.has(head2) ? null : this.host.macro(head2);
      if (macro === null) {
        const walk = WALKERS.get(head2.name);
        return walk === void 0 ? this.parts(form, scope) : walk(form, scope, this);
      }
      if (++this.#expansions > EXPANSION_LIMIT) {
        throw placed(evalError(`macro expansion does not end: ${head2.name}`), head2.name, this.#positions.of(form));
      }
      const made = macro.transform(form, this.host);
      this.#positions.inherit(made, form);
      if (!(made instanceof List) || made.length === 0) return this.expand(made, scope);
      form = made;
    }
  }
  #map(form, scope) {
    const forms = [
      ...form
    ].flat();
    const items2 = this.each(forms, scope);
    if (items2 === forms) return form;
    let map3 = SortedMap.EMPTY;
    for (let i = 0; i < items2.length; i += 2) map3 = map3.with(items2[i] ?? null, items2[i + 1] ?? null);
    return this.#placed(map3, form);
  }
  /** All parts of a list in one scope. */
  parts(form, scope) {
    return this.rebuild(form, this.each(toArray(form), scope));
  }
  /** The forms expanded; the same array when nothing changes. */
  each(forms, scope, from = 0) {
    let result2 = null;
    for (let index = from; index < forms.length; index++) {
      const form = forms[index] ?? null;
      const made = this.expand(form, scope);
      if (made !== form) (result2 ??= [
        ...forms
      ])[index] = made;
    }
    return result2 ?? forms;
  }
  /** The list of `items` in the place of `form`; `form` itself when they are its own. */
  rebuild(form, items2) {
    let cell2 = form;
    if (items2.every((item) => {
      const same4 = item === cell2.first;
      cell2 = cell2.rest;
      return same4;
    })) return form;
    const list3 = listFrom(items2);
    for (let from = form, to = list3; to.length > 0; from = from.rest, to = to.rest) {
      const position = this.#positions.ofFirst(from);
      if (position !== null && to.first instanceof Sym) this.#positions.setFirst(to, position);
    }
    return this.#placed(list3, form);
  }
  #placed(made, form) {
    this.#positions.inherit(made, form);
    return made;
  }
};

// src/expand/define_macro.ts
var DOT3 = intern(".");
var LAMBDA2 = intern("lambda");
function hasFreshSymbols(form) {
  if (form instanceof Sym) return form.name.endsWith("#");
  if (form instanceof List || form instanceof SortedMap) {
    for (const part4 of form) {
      if (Array.isArray(part4) ? part4.some(hasFreshSymbols) : hasFreshSymbols(part4)) return true;
    }
  }
  return form instanceof Vector && form.items.some(hasFreshSymbols);
}
function defineMacro(form, positions) {
  const count2 = form.length - 1;
  if (count2 < 3) throw arityError("defmacro", arityText(3, Infinity), count2);
  const name = form.rest.first;
  const params = form.rest.rest.first;
  if (!(name instanceof Sym)) throw evalError("defmacro: name must be a symbol");
  if (!(params instanceof List)) throw evalError("defmacro: params must be a list");
  const symbols4 = [
    ...params
  ];
  if (!symbols4.every((symbol) => symbol instanceof Sym)) throw evalError("defmacro: parameter must be a symbol");
  const dot = symbols4.indexOf(DOT3);
  const required = dot < 0 ? symbols4.length : dot;
  const arity = arityText(required, dot < 0 ? required : Infinity);
  const procedure = listFrom([
    LAMBDA2,
    params
  ], 0, form.rest.rest.rest);
  const reusable = !hasFreshSymbols(form.rest.rest.rest);
  let compiled = null;
  return new Macro(name.name, (call3, host) => {
    const args = [
      ...call3.rest
    ];
    if (dot < 0 ? args.length !== required : args.length < required) {
      throw arityError(name.name, arity, args.length);
    }
    if (compiled === null || !reusable || !stillHolds(compiled, host)) {
      compiled = compile2(procedure, positions, host);
    }
    return host.apply(compiled.procedure, args);
  });
}
function stillHolds(compiled, host) {
  for (const [name, macro] of compiled.macros) if (host.macro(name) !== macro) return false;
  return true;
}
function compile2(procedure, positions, host) {
  const macros2 = /* @__PURE__ */ new Map();
  const recording = {
    macro: (name) => {
      const macro = host.macro(name);
      macros2.set(name, macro);
      return macro;
    },
    defineMacro: (name, macro) => host.defineMacro(name, macro),
    evaluate: (form, places2) => host.evaluate(form, places2),
    apply: (callee, args) => host.apply(callee, args),
    gensym: (prefix) => host.gensym(prefix)
  };
  const expanded2 = new Expander(recording, positions, false).expand(procedure, new Scope(null, /* @__PURE__ */ new Set()));
  return {
    procedure: host.evaluate(expanded2, positions),
    macros: macros2
  };
}

// src/expand/syntax_rules.ts
var WILDCARD = intern("_");
var ELLIPSIS = intern("...");
var SYNTAX_RULES = intern("syntax-rules");
var SIZE_LIMIT3 = 1e6;
function defineSyntax(form) {
  if (form.length !== 3) throw evalError("define-syntax: expected (define-syntax name (syntax-rules ...))");
  const name = form.rest.first;
  const transformer = form.rest.rest.first;
  if (!(name instanceof Sym)) throw evalError("define-syntax: name must be a symbol");
  if (!(transformer instanceof List) || transformer.first !== SYNTAX_RULES) {
    throw evalError("define-syntax: transformer must be a (syntax-rules ...) form");
  }
  const rules = parseRules(name.name, transformer);
  return new Macro(name.name, (call3, host) => transform(rules, call3, host));
}
function malformed() {
  return evalError("syntax-rules: malformed \u2014 expected (syntax-rules (literals...) rules...)");
}
function parseRules(name, transformer) {
  let rest2 = transformer.rest;
  let ellipsis = ELLIPSIS;
  if (rest2.first instanceof Sym) {
    ellipsis = rest2.first;
    rest2 = rest2.rest;
  }
  if (!(rest2.first instanceof List)) throw malformed();
  const literals = /* @__PURE__ */ new Set();
  for (const literal4 of rest2.first) {
    if (!(literal4 instanceof Sym)) throw evalError("syntax-rules: each literal must be a symbol");
    literals.add(literal4);
  }
  const rules = [
    ...rest2.rest
  ].map((rule) => {
    if (!(rule instanceof List) || rule.length !== 2) {
      throw evalError("syntax-rules: each rule must be (pattern template)");
    }
    const pattern = rule.first;
    const template3 = rule.rest.first;
    if (!(pattern instanceof List)) throw evalError(`syntax-rules: pattern in '${name}' must be a list`);
    const variables = symbolsOf(pattern);
    const binders = templateBinders(template3).filter((each) => !variables.has(each) && each !== ellipsis);
    return {
      pattern,
      template: template3,
      binders
    };
  });
  return {
    name,
    ellipsis,
    literals,
    rules
  };
}
function templateBinders(template3, into = []) {
  if (template3 instanceof Vector) {
    for (const item of template3.items) templateBinders(item, into);
    return into;
  }
  if (template3 instanceof SortedMap) {
    for (const entry of template3) for (const item of entry) templateBinders(item, into);
    return into;
  }
  if (!(template3 instanceof List)) return into;
  const collect = template3.first instanceof Sym ? BINDERS[template3.first.name] : void 0;
  collect?.(template3, into);
  for (const item of template3) templateBinders(item, into);
  return into;
}
function firstNames(form, into) {
  const entries = form instanceof List ? form : form instanceof Vector ? form.items : [];
  for (const entry of entries) {
    const name = entry instanceof List ? entry.first : entry instanceof Vector ? entry.items[0] : null;
    if (name instanceof Sym) into.push(name);
  }
}
function bindLet(form, into) {
  const second = form.rest.first;
  if (second instanceof Sym) {
    into.push(second);
    firstNames(form.rest.rest.first, into);
  } else firstNames(second, into);
}
function bindLambda(form, into) {
  patternNames(form.rest.first, into);
}
var BINDERS = Object.assign(/* @__PURE__ */ Object.create(null), {
  "let": bindLet,
  "let*": bindLet,
  "letrec": bindLet,
  "do": bindLet,
  "lambda": bindLambda,
  "fn": bindLambda,
  "define": (form, into) => {
    const target2 = form.rest.first;
    if (target2 instanceof Sym) into.push(target2);
    else if (target2 instanceof List) patternNames(target2, into);
  }
});
function transform(rules, call3, host) {
  for (const rule of rules.rules) {
    const matches2 = /* @__PURE__ */ new Map();
    if (!matchSequence(rules, toArray(rule.pattern.rest), toArray(call3.rest), matches2)) continue;
    const renamed = /* @__PURE__ */ new Map();
    for (const name of rule.binders) if (!renamed.has(name)) renamed.set(name, host.gensym(name.name));
    return new Instantiation(rules, renamed).run(rule.template, matches2);
  }
  throw evalError(`no matching syntax-rules clause for macro '${rules.name}'`);
}
function matchForm(rules, pattern, form, matches2) {
  if (pattern instanceof Sym) {
    if (pattern === WILDCARD) return true;
    if (rules.literals.has(pattern)) return form === pattern;
    matches2.set(pattern, {
      form
    });
    return true;
  }
  if (pattern instanceof List) {
    return form instanceof List && matchSequence(rules, toArray(pattern), toArray(form), matches2);
  }
  if (pattern instanceof Vector) {
    return form instanceof Vector && matchSequence(rules, pattern.items, form.items, matches2);
  }
  return equal(pattern, form);
}
function matchSequence(rules, patterns, forms, matches2) {
  const at = patterns.indexOf(rules.ellipsis);
  if (at < 0) {
    return patterns.length === forms.length && patterns.every((pattern, index) => matchForm(rules, pattern, forms[index] ?? null, matches2));
  }
  if (at === 0) throw evalError("syntax-rules: ellipsis with no preceding subpattern");
  const before3 = at - 1;
  const after2 = patterns.length - at - 1;
  const count2 = forms.length - before3 - after2;
  if (count2 < 0) return false;
  const one2 = (pattern, form) => matchForm(rules, patterns[pattern] ?? null, forms[form] ?? null, matches2);
  for (let i = 0; i < before3; i++) if (!one2(i, i)) return false;
  for (let i = 0; i < after2; i++) if (!one2(at + 1 + i, before3 + count2 + i)) return false;
  const repeated2 = patterns[before3] ?? null;
  const rounds = [];
  for (let i = 0; i < count2; i++) {
    const round2 = /* @__PURE__ */ new Map();
    if (!matchForm(rules, repeated2, forms[before3 + i] ?? null, round2)) return false;
    rounds.push(round2);
  }
  for (const name of symbolsOf(repeated2)) {
    if (name === WILDCARD || rules.literals.has(name) || name === rules.ellipsis) continue;
    matches2.set(name, {
      repeated: rounds.flatMap((round2) => round2.get(name) ?? [])
    });
  }
  return true;
}
var Instantiation = class {
  #rules;
  #renamed;
  #size = 0;
  constructor(rules, renamed) {
    this.#rules = rules;
    this.#renamed = renamed;
  }
  run(template3, matches2) {
    if (++this.#size > SIZE_LIMIT3) throw evalError(`macro expansion does not end: ${this.#rules.name}`);
    if (template3 instanceof Sym) {
      const match4 = matches2.get(template3);
      if (match4 === void 0) return this.#renamed.get(template3) ?? template3;
      if ("form" in match4) return match4.form;
      throw evalError(`syntax-rules: pattern variable '${template3.name}' used without ellipsis`);
    }
    if (template3 instanceof List) return listFrom(this.#sequence(toArray(template3), matches2));
    if (template3 instanceof Vector) return new Vector(this.#sequence(template3.items, matches2));
    if (!(template3 instanceof SortedMap)) return template3;
    let map3 = SortedMap.EMPTY;
    for (const [key, value] of template3) map3 = map3.with(this.run(key, matches2), this.run(value, matches2));
    return map3;
  }
  #sequence(templates, matches2) {
    const result2 = [];
    const { ellipsis } = this.#rules;
    for (let i = 0; i < templates.length; i++) {
      const template3 = templates[i] ?? null;
      if (templates[i + 1] !== ellipsis || matches2.has(ellipsis)) {
        result2.push(this.run(template3, matches2));
        continue;
      }
      if (templates[i + 2] === ellipsis) {
        throw evalError("syntax-rules: unsupported nested ellipsis depth in template");
      }
      for (const round2 of this.#rounds(template3, matches2)) result2.push(this.run(template3, round2));
      i++;
    }
    return result2;
  }
  /** The matches of each repetition of `template`. */
  #rounds(template3, matches2) {
    const repeated2 = [
      ...symbolsOf(template3)
    ].flatMap((name) => {
      const match4 = matches2.get(name);
      return match4 !== void 0 && "repeated" in match4 ? [
        {
          name,
          rounds: match4.repeated
        }
      ] : [];
    });
    const count2 = repeated2[0]?.rounds.length;
    if (count2 === void 0) throw evalError("syntax-rules: ellipsis in template with no matching pattern variable");
    if (repeated2.some(({ rounds }) => rounds.length !== count2)) {
      throw evalError("syntax-rules: mismatched ellipsis lengths for pattern variables");
    }
    const result2 = [];
    for (let i = 0; i < count2; i++) {
      const round2 = new Map(matches2);
      for (const { name, rounds } of repeated2) round2.set(name, rounds[i]);
      result2.push(round2);
    }
    return result2;
  }
};
function symbolsOf(form, into = /* @__PURE__ */ new Set()) {
  if (form instanceof Sym) into.add(form);
  else if (form instanceof Vector || form instanceof List) {
    for (const item of form instanceof Vector ? form.items : form) symbolsOf(item, into);
  } else if (form instanceof SortedMap) {
    for (const entry of form) for (const item of entry) symbolsOf(item, into);
  }
  return into;
}

// src/expand/unit.ts
var DEFMACRO = intern("defmacro");
var DEFINE_SYNTAX = intern("define-syntax");
var BEGIN2 = intern("begin");
var PROGN = intern("progn");
function expandUnit(forms, positions, host) {
  const expander = new Expander(host, positions, true);
  const scope = new Scope(null, new Set(definedNames(forms)));
  return forms.map((form) => expandTop(form, scope, positions, expander));
}
function expandTop(form, scope, positions, expander) {
  if (!(form instanceof List)) return expander.expand(form, scope);
  const macro = macroOf(form, positions);
  if (macro !== null) {
    expander.host.defineMacro(intern(macro.name), macro);
    return null;
  }
  if (form.first !== BEGIN2 && form.first !== PROGN) return expander.expand(form, scope);
  if (expander.host.macro(form.first) !== null) return expander.expand(form, scope);
  const items2 = toArray(form).map((item, index) => index === 0 ? item : expandTop(item, scope, positions, expander));
  return expander.rebuild(form, items2);
}
function macroOf(form, positions) {
  if (!(form instanceof List)) return null;
  if (form.first === DEFMACRO) return defineMacro(form, positions);
  return form.first === DEFINE_SYNTAX ? defineSyntax(form) : null;
}
function macroexpand(form, host) {
  const head2 = form instanceof List ? form.first : null;
  const macro = head2 instanceof Sym ? host.macro(head2) : null;
  return macro === null || !(form instanceof List) ? form : macro.transform(form, host);
}

// src/lower/named.ts
function constant2(value) {
  return {
    kind: "const",
    value
  };
}
function reference(name, position = null) {
  return {
    kind: "ref",
    name,
    position
  };
}
function sequence2(body2) {
  const [first3 = constant2(null)] = body2;
  return body2.length <= 1 ? first3 : {
    kind: "seq",
    body: body2
  };
}
function bind(name, init, body2) {
  return {
    kind: "let",
    names: [
      name
    ],
    inits: [
      init
    ],
    body: body2
  };
}
function conditional(test2, then, otherwise) {
  return {
    kind: "if",
    test: truth(test2),
    then,
    else: otherwise
  };
}
function truth(test2) {
  if (test2.kind !== "let" || test2.names.length !== 1 || test2.body.kind !== "if") return test2;
  const [name] = test2.names;
  const [init] = test2.inits;
  const { test: tested, then, else: otherwise } = test2.body;
  if (init === void 0 || tested.kind !== "ref" || tested.name !== name) return test2;
  if (otherwise.kind === "ref" && otherwise.name === name) return conditional(init, truth(then), constant2(false));
  if (then.kind === "ref" && then.name === name) return conditional(init, constant2(true), truth(otherwise));
  return test2;
}
function primitive(operation, args, position = null) {
  return {
    kind: "primitive",
    operation,
    args,
    position
  };
}

// src/lower/lowering.ts
var DEPTH_LIMIT2 = 1e3;
var Lowering = class {
  positions;
  /** Makes a fresh symbol for `prefix#` in a template. */
  gensym;
  #forms;
  #temporaries = 0;
  #depth = 0;
  constructor(positions, gensym, forms) {
    this.positions = positions;
    this.gensym = gensym;
    this.#forms = forms;
  }
  /** A name that no program can write. */
  temporary() {
    return intern(` ${++this.#temporaries}`);
  }
  /** Lowers one form. */
  lower(form, position = null) {
    if (form instanceof List) return this.#list(form);
    if (form instanceof Sym) return reference(form, position);
    if (form instanceof Vector) {
      return this.#literal(form, "vector", form.items);
    }
    if (form instanceof SortedMap) {
      return this.#literal(form, "map", [
        ...form
      ].flat());
    }
    return constant2(form);
  }
  /** Lowers the first form of a non-empty `cell`, with its place when it is a symbol. */
  first(cell2) {
    const form = cell2.first;
    return form instanceof Sym ? reference(form, this.positions.ofFirst(cell2)) : this.lower(form);
  }
  /** Lowers all forms of a list. */
  all(list3) {
    const result2 = [];
    for (let cell2 = list3; cell2.length > 0; cell2 = cell2.rest) result2.push(this.first(cell2));
    return result2;
  }
  /** Lowers the forms of a list as a sequence. */
  body(list3) {
    return sequence2(this.all(list3));
  }
  /** Lowers the forms of a list as the body of a new scope. */
  block(list3) {
    return {
      kind: "block",
      body: this.body(list3)
    };
  }
  #literal(form, operation, forms) {
    const parts4 = forms.map((part4) => this.lower(part4));
    if (parts4.every((part4, index) => part4.kind === "const" && part4.value === forms[index])) return constant2(form);
    return primitive(operation, parts4, this.positions.of(form));
  }
  #list(form) {
    if (form.length === 0) return constant2(null);
    if (++this.#depth > DEPTH_LIMIT2) {
      throw placed(evalError("maximum lowering depth exceeded"), "<lambda>", this.positions.of(form));
    }
    const head2 = form.first;
    const special = head2 instanceof Sym ? this.#forms.get(head2.name) : void 0;
    let result2;
    if (special === void 0) {
      const callee = this.first(form);
      const args = this.all(form.rest);
      const position = this.positions.of(form);
      result2 = {
        kind: "call",
        callee,
        args,
        position
      };
    } else {
      const context = new FormContext(this, special.label, form);
      context.checkCount(special.min, special.max);
      result2 = special.lower(context);
    }
    this.#depth--;
    return result2;
  }
};
var FormContext = class _FormContext {
  lowering;
  label;
  form;
  position;
  constructor(lowering, label, form, position = lowering.positions.of(form)) {
    this.lowering = lowering;
    this.label = label;
    this.form = form;
    this.position = position;
  }
  /** The arguments as a list. */
  get rest() {
    return this.form.rest;
  }
  /** Argument `index` (0-based). */
  argument(index) {
    return this.cell(index).first;
  }
  /** The cell of argument `index`. */
  cell(index) {
    let cell2 = this.form.rest;
    for (let i = 0; i < index; i++) cell2 = cell2.rest;
    return cell2;
  }
  /** Lowers argument `index`. */
  lower(index) {
    return this.lowering.first(this.cell(index));
  }
  /** The same form under another name in messages. */
  named(label) {
    return new _FormContext(this.lowering, label, this.form, this.position);
  }
  /** A form inside this one that is checked like a special form, at the place of this one. */
  inner(label, form) {
    return new _FormContext(this.lowering, label, form, this.position);
  }
  /** Throws the arity error of this form unless it has `min` to `max` arguments. */
  checkCount(min, max) {
    const count2 = this.form.length - 1;
    if (count2 >= min && count2 <= max) return;
    throw this.#at(arityError(this.label, arityText(min, max, max !== Infinity), count2));
  }
  /** An error of this form with a text of its own. */
  failure(message, hint2) {
    return this.#at(evalError(message, hint2));
  }
  /** The error for a part of this form that has the wrong type. */
  wrongType(expected, found2) {
    return this.#at(typeError(expected, typeName(found2)));
  }
  /** An error `LABEL: problem`. */
  shape(problem2, hint2) {
    return this.failure(`${this.label}: ${problem2}`, hint2);
  }
  /** `form`, which must be a list. */
  list(form) {
    if (form instanceof List) return form;
    throw this.shape("expected a list", `found ${described(form)}`);
  }
  /** `form`, which must be a symbol. */
  symbol(form) {
    if (form instanceof Sym) return form;
    throw this.shape("expected a symbol", `found ${described(form)}`);
  }
  /** The error for a form that can be neither a name nor a pattern of names. */
  notPattern(form) {
    return this.shape("binding name must be a symbol, vector, or map pattern", `found ${described(form)}`);
  }
  #at(condition) {
    return placed(condition, this.label, this.position);
  }
};
var LONGEST3 = 40;
function described(form) {
  const text2 = repr(form);
  const type = typeName(form);
  const kind = type === text2 ? "which is no name" : `${/^[aeiou]/.test(type) ? "an" : "a"} ${type}`;
  return `${text2.length > LONGEST3 ? `${text2.slice(0, LONGEST3)}\u2026` : text2}, ${kind}`;
}
function elements(form) {
  if (form instanceof List) return toArray(form);
  return form instanceof Vector ? form.items : null;
}

// src/lower/destructuring.ts
var AMPERSAND2 = intern("&");
var WILDCARD2 = intern("_");
var KEYS = keyword("keys");
function isPattern(form) {
  return form instanceof Sym || form instanceof Vector || form instanceof SortedMap;
}
function bindAll(steps, body2) {
  let result2 = body2;
  let pending = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    const step2 = steps[i];
    switch (step2.kind) {
      case "bind":
        result2 = bind(step2.name, step2.value, sequence2([
          ...pending,
          result2
        ]));
        pending = [];
        break;
      case "set":
        pending.unshift({
          kind: "set",
          name: step2.name,
          value: step2.value
        });
        break;
      case "define":
        pending.unshift({
          kind: "define",
          name: step2.name,
          value: step2.value,
          early: false
        });
        break;
      case "check":
        pending.unshift(step2.value);
        break;
    }
  }
  return sequence2([
    ...pending,
    result2
  ]);
}
function failure2(message, hint2) {
  return {
    kind: "check",
    value: primitive("fail", [
      constant2(message),
      constant2(hint2 ?? null)
    ])
  };
}
function sequencePattern(items2, strict) {
  const at = items2.indexOf(AMPERSAND2);
  if (at < 0) return {
    fixed: items2,
    rest: void 0,
    problem: null
  };
  const fixed = items2.slice(0, at);
  const rest2 = items2[at + 1];
  if (rest2 === void 0) return {
    fixed,
    rest: rest2,
    problem: "`&` must be followed by a rest pattern"
  };
  if (strict && items2.length > at + 2) return {
    fixed,
    rest: rest2,
    problem: "only one pattern allowed after `&`"
  };
  return {
    fixed,
    rest: rest2,
    problem: null
  };
}
function keysEntry(form) {
  const names = elements(form);
  if (names === null) return ":keys must be followed by a vector or list of symbols";
  const symbols4 = names.filter((name) => name instanceof Sym);
  return symbols4.length === names.length ? symbols4 : ":keys entries must be symbols";
}
function destructure(lowering, pattern, whole, define3 = false) {
  const steps = [];
  const part4 = (form, value) => {
    if (form === WILDCARD2) return;
    if (form instanceof Sym) {
      steps.push({
        kind: define3 ? "define" : "bind",
        name: form,
        value
      });
      return;
    }
    const name = lowering.temporary();
    steps.push({
      kind: "bind",
      name,
      value
    }, ...destructure(lowering, form, name, define3));
  };
  if (pattern instanceof Sym) part4(pattern, reference(whole));
  else if (pattern instanceof Vector) {
    const { fixed, rest: rest2, problem: problem2 } = sequencePattern(pattern.items, true);
    if (problem2 !== null) return [
      failure2(`destructure: ${problem2}`)
    ];
    const check2 = rest2 === void 0 ? "checkLength" : "checkMinimum";
    steps.push({
      kind: "check",
      value: primitive(check2, [
        reference(whole),
        constant2(fixed.length)
      ])
    });
    fixed.forEach((form, index) => part4(form, primitive("element", [
      reference(whole),
      constant2(index)
    ])));
    if (rest2 !== void 0) part4(rest2, primitive("elementsFrom", [
      reference(whole),
      constant2(fixed.length)
    ]));
  } else if (pattern instanceof SortedMap) {
    steps.push({
      kind: "check",
      value: primitive("checkMap", [
        reference(whole)
      ])
    });
    for (const [key, form] of pattern) {
      if (key !== KEYS) {
        part4(form, primitive("lookup", [
          reference(whole),
          constant2(key)
        ]));
        continue;
      }
      const names = keysEntry(form);
      if (typeof names === "string") {
        steps.push(failure2(`destructure: ${names}`));
        continue;
      }
      for (const name of names) part4(name, primitive("lookup", [
        reference(whole),
        constant2(keyword(name.name))
      ]));
    }
  } else {
    steps.push(failure2(`destructure: invalid pattern, expected symbol, vector, or map, got ${typeName(pattern)}`, "use [a b c] for sequential destructuring or {:keys [a b]} for map destructuring"));
  }
  return steps;
}

// src/lower/binding.ts
var DOT4 = intern(".");
function parameters(context, forms, patterns) {
  const names = [];
  const found2 = [];
  for (let i = 0; i < forms.length; i++) {
    const form = forms[i] ?? null;
    if (form === DOT4 && i === forms.length - 2) {
      const rest2 = forms[i + 1] ?? null;
      if (patterns && isPattern(rest2) && !(rest2 instanceof Sym)) continue;
      return {
        names,
        rest: context.symbol(rest2),
        patterns: found2
      };
    }
    if (patterns && isPattern(form) && !(form instanceof Sym)) {
      const name = context.lowering.temporary();
      found2.push({
        name,
        pattern: form
      });
      names.push(name);
    } else names.push(context.symbol(form));
  }
  return {
    names,
    rest: null,
    patterns: found2
  };
}
function lambda2(context, params, body2, name) {
  const { lowering } = context;
  const steps = params.patterns.flatMap(({ name: name2, pattern }) => destructure(lowering, pattern, name2));
  const block = {
    kind: "block",
    body: bindAll(steps, lowering.body(body2))
  };
  return {
    kind: "lambda",
    name: name?.name ?? null,
    named: name !== null,
    parameters: params.names,
    rest: params.rest,
    body: block,
    position: context.position
  };
}
function lowerLambda(context) {
  const form = context.argument(0);
  const params = elements(form);
  if (params === null) throw context.wrongType("list or vector", form);
  return lambda2(context, parameters(context, params, true), context.rest.rest, null);
}
function lowerDefine(context) {
  const target2 = context.form.length > 1 ? context.argument(0) : null;
  if (context.form.length === 1) context.checkCount(2, Infinity);
  if (target2 instanceof List) {
    if (target2.length === 0) throw context.shape("empty function signature");
    if (context.form.length === 2) throw context.shape("function body cannot be empty");
    const name = context.symbol(target2.first);
    const params = parameters(context, [
      ...target2.rest
    ], false);
    return {
      kind: "define",
      name,
      value: lambda2(context, params, context.rest.rest, name),
      early: true
    };
  }
  if (!(target2 instanceof Sym || target2 instanceof Vector || target2 instanceof SortedMap)) {
    throw context.wrongType("symbol, list, vector, or map", target2);
  }
  context.checkCount(2, 2);
  if (target2 instanceof Sym) return {
    kind: "define",
    name: target2,
    value: context.lower(1),
    early: true
  };
  const whole = context.lowering.temporary();
  const steps = destructure(context.lowering, target2, whole, true);
  return bind(whole, context.lower(1), bindAll(steps, reference(whole)));
}
function lowerDefineFunction(context) {
  const name = context.symbol(context.argument(0));
  const params = parameters(context, [
    ...context.list(context.argument(1))
  ], false);
  return {
    kind: "define",
    name,
    value: lambda2(context, params, context.rest.rest.rest, name),
    early: true
  };
}
function lowerSet(context) {
  return {
    kind: "set",
    name: context.symbol(context.argument(0)),
    value: context.lower(1)
  };
}
function bindings2(context) {
  return [
    ...context.list(context.argument(0))
  ].map((entry) => {
    const pair = context.list(entry);
    if (pair.length !== 2) throw context.shape("each binding must have 2 elements");
    if (!isPattern(pair.first)) throw context.notPattern(pair.first);
    return {
      target: pair.first,
      cell: pair.rest
    };
  });
}
function lowerLet(context) {
  if (context.argument(0) instanceof Sym) return lowerNamedLet(context.named("named let"));
  const { lowering } = context;
  const parsed = bindings2(context);
  const body2 = context.rest.rest;
  const simple3 = parsed.every(({ target: target2 }) => target2 instanceof Sym);
  const names = [];
  const inits = [];
  const targets = [];
  for (const { target: target2, cell: cell2 } of parsed) {
    const name = simple3 && target2 instanceof Sym ? target2 : lowering.temporary();
    names.push(name);
    inits.push(lowering.first(cell2));
    targets.push({
      target: target2,
      name
    });
  }
  const steps = simple3 ? [] : targets.flatMap(({ target: target2, name }) => destructure(lowering, target2, name));
  const inner = bindAll(steps, lowering.block(body2));
  return names.length === 0 ? inner : {
    kind: "let",
    names,
    inits,
    body: inner
  };
}
function lowerNamedLet(context) {
  context.checkCount(3, Infinity);
  const { lowering } = context;
  const names = [];
  const inits = [];
  for (const entry of context.list(context.argument(1))) {
    const pair = context.list(entry);
    if (pair.length !== 2) throw context.shape("each binding must have 2 elements");
    names.push(context.symbol(pair.first));
    inits.push(lowering.first(pair.rest));
  }
  return {
    kind: "loop",
    name: context.symbol(context.argument(0)),
    names,
    inits,
    body: lowering.block(context.cell(2)),
    position: context.position
  };
}
function lowerLetSequential(context) {
  const { lowering } = context;
  const steps = bindings2(context).flatMap(({ target: target2, cell: cell2 }) => {
    const value = lowering.first(cell2);
    if (target2 instanceof Sym) return [
      {
        kind: "bind",
        name: target2,
        value
      }
    ];
    const name = lowering.temporary();
    return [
      {
        kind: "bind",
        name,
        value
      },
      ...destructure(lowering, target2, name)
    ];
  });
  return bindAll(steps, lowering.block(context.rest.rest));
}
function lowerLetRecursive(context) {
  const { lowering } = context;
  const names = [];
  const inits = [];
  for (const { target: target2, cell: cell2 } of bindings2(context)) {
    const value = lowering.first(cell2);
    if (target2 instanceof Sym) {
      names.push(target2);
      inits.push(value);
      continue;
    }
    const whole = lowering.temporary();
    const steps = destructure(lowering, target2, whole);
    const bound2 = steps.filter((step2) => step2.kind === "bind" && !step2.name.name.startsWith(" "));
    names.push(...bound2.flatMap((step2) => step2.kind === "bind" ? [
      step2.name
    ] : []), lowering.temporary());
    inits.push(...bound2.map(() => constant2(null)));
    const assignments = steps.map((step2) => step2.kind === "bind" && !step2.name.name.startsWith(" ") ? {
      ...step2,
      kind: "set"
    } : step2);
    inits.push(bind(whole, value, bindAll(assignments, constant2(null))));
  }
  return {
    kind: "letrec",
    names,
    inits,
    body: lowering.body(context.rest.rest)
  };
}
function formals(context, form) {
  if (form instanceof Sym) return {
    names: [],
    rest: form
  };
  return parameters(context, [
    ...context.list(form)
  ], false);
}
function spread(context, formalsForm, producer) {
  const { names, rest: rest2 } = formals(context, formalsForm);
  const args = [
    producer,
    constant2(names.length),
    constant2(rest2 !== null)
  ];
  return {
    names,
    rest: rest2,
    list: context.lowering.temporary(),
    value: primitive("spread", args, context.position)
  };
}
function spreadValues({ names, rest: rest2, list: list3 }) {
  const result2 = names.map((name, index) => ({
    name,
    value: primitive("element", [
      reference(list3),
      constant2(index)
    ])
  }));
  if (rest2 !== null) {
    result2.push({
      name: rest2,
      value: primitive("elementsFrom", [
        reference(list3),
        constant2(names.length)
      ])
    });
  }
  return result2;
}
function valueClauses(context) {
  return [
    ...context.list(context.argument(0))
  ].map((entry) => {
    if (!(entry instanceof List) || entry.length !== 2) {
      throw context.shape("each clause must be (formals producer)");
    }
    return spread(context, entry.first, context.lowering.first(entry.rest));
  });
}
function lowerLetValues(context) {
  const clauses = valueClauses(context);
  const body2 = context.lowering.block(context.rest.rest);
  const named2 = clauses.flatMap(spreadValues);
  const inner = named2.length === 0 ? body2 : {
    kind: "let",
    names: named2.map(({ name }) => name),
    inits: named2.map(({ value }) => value),
    body: body2
  };
  if (clauses.length === 0) return inner;
  return {
    kind: "let",
    names: clauses.map(({ list: list3 }) => list3),
    inits: clauses.map(({ value }) => value),
    body: inner
  };
}
function lowerLetValuesSequential(context) {
  const clauses = valueClauses(context);
  const steps = clauses.flatMap((clause2) => [
    {
      kind: "bind",
      name: clause2.list,
      value: clause2.value
    },
    ...spreadValues(clause2).map((step2) => ({
      kind: "bind",
      ...step2
    }))
  ]);
  return bindAll(steps, context.lowering.block(context.rest.rest));
}
function lowerDefineValues(context) {
  const clause2 = spread(context, context.argument(0), context.lower(1));
  const defines = spreadValues(clause2).map(({ name, value }) => ({
    kind: "define",
    name,
    value,
    early: false
  }));
  return bind(clause2.list, clause2.value, sequence2(defines));
}

// src/lower/control.ts
var ELSE2 = intern("else");
function lowerQuote(context) {
  return constant2(context.argument(0));
}
function lowerIf(context) {
  return conditional(context.lower(0), context.lower(1), context.form.length === 4 ? context.lower(2) : constant2(null));
}
function lowerWhen(context) {
  return conditional(context.lower(0), context.lowering.body(context.rest.rest), constant2(null));
}
function lowerUnless(context) {
  return conditional(context.lower(0), constant2(null), context.lowering.body(context.rest.rest));
}
function lowerBegin(context) {
  return context.lowering.body(context.rest);
}
function lowerAnd(context) {
  const parts4 = context.lowering.all(context.rest);
  const last3 = parts4.pop();
  if (last3 === void 0) return constant2(true);
  return parts4.reduceRight((rest2, part4) => {
    const name = context.lowering.temporary();
    return bind(name, part4, conditional(reference(name), rest2, reference(name)));
  }, last3);
}
function lowerOr(context) {
  const parts4 = context.lowering.all(context.rest);
  const last3 = parts4.pop();
  if (last3 === void 0) return constant2(false);
  return parts4.reduceRight((rest2, part4) => {
    const name = context.lowering.temporary();
    return bind(name, part4, conditional(reference(name), reference(name), rest2));
  }, last3);
}
function lowerCond(context) {
  const clauses = [];
  let otherwise = constant2(null);
  for (const form of context.rest) {
    const clause2 = context.list(form);
    if (clause2.length === 0) {
      throw context.shape("clause must not be empty", "each clause is (test body...) or (else body...)");
    }
    const body2 = clause2.length === 1 ? constant2(true) : context.lowering.body(clause2.rest);
    if (clause2.first === ELSE2) {
      otherwise = body2;
      break;
    }
    clauses.push({
      test: context.lowering.first(clause2),
      body: body2
    });
  }
  return clauses.reduceRight((rest2, { test: test2, body: body2 }) => conditional(test2, body2, rest2), otherwise);
}
function lowerCase2(context) {
  const { lowering } = context;
  const key = lowering.temporary();
  const clauses = [];
  let otherwise = constant2(null);
  for (const form of context.rest.rest) {
    const clause2 = context.list(form);
    if (clause2.length === 0) throw context.shape("clause must not be empty");
    if (clause2.first === ELSE2) {
      otherwise = lowering.block(clause2.rest);
      break;
    }
    const tests = [
      ...context.list(clause2.first)
    ].map((datum) => ({
      kind: "intrinsic",
      operation: "equal",
      args: [
        reference(key),
        constant2(datum)
      ],
      position: context.position
    }));
    const last3 = tests.pop() ?? constant2(false);
    const test2 = tests.reduceRight((rest2, part4) => conditional(part4, constant2(true), rest2), last3);
    clauses.push({
      test: test2,
      body: lowering.block(clause2.rest)
    });
  }
  const dispatch2 = clauses.reduceRight((rest2, { test: test2, body: body2 }) => conditional(test2, body2, rest2), otherwise);
  return bind(key, context.lower(0), dispatch2);
}
function lowerWhile(context) {
  return {
    kind: "while",
    test: context.lower(0),
    body: context.lowering.block(context.rest.rest),
    position: context.position
  };
}
function lowerDo(context) {
  const { lowering } = context;
  const names = [];
  const inits = [];
  const steps = [];
  for (const form of context.list(context.argument(0))) {
    const binding2 = context.list(form);
    if (binding2.length < 2 || binding2.length > 3) {
      throw context.shape("binding must be (var init) or (var init step)");
    }
    const name = context.symbol(binding2.first);
    names.push(name);
    inits.push(lowering.first(binding2.rest));
    if (binding2.length === 3) steps.push({
      name,
      value: lowering.first(binding2.rest.rest)
    });
  }
  const clause2 = context.list(context.argument(1));
  if (clause2.length === 0) throw context.shape("test clause must not be empty");
  const test2 = conditional(lowering.first(clause2), constant2(false), constant2(true));
  const body2 = {
    kind: "block",
    body: lowering.body(context.rest.rest.rest)
  };
  const round2 = steps.length === 0 ? body2 : sequence2([
    body2,
    assignTogether(context, steps)
  ]);
  const loop = sequence2([
    {
      kind: "while",
      test: test2,
      body: round2,
      position: context.position
    },
    lowering.body(clause2.rest)
  ]);
  const block = {
    kind: "block",
    body: loop
  };
  return names.length === 0 ? block : {
    kind: "let",
    names,
    inits,
    body: block
  };
}
function assignTogether(context, steps) {
  const waiting2 = steps.slice(0, -1).map((step2) => ({
    ...step2,
    temporary: context.lowering.temporary()
  }));
  const last3 = steps.at(-1);
  if (last3 === void 0) return constant2(null);
  const assignments = [
    {
      kind: "set",
      name: last3.name,
      value: last3.value
    },
    ...waiting2.map(({ name, temporary }) => ({
      kind: "set",
      name,
      value: reference(temporary)
    }))
  ];
  if (waiting2.length === 0) return sequence2(assignments);
  return waiting2.reduceRight((rest2, { temporary, value }) => bind(temporary, value, rest2), sequence2(assignments));
}
function lowerTry(context) {
  const { lowering } = context;
  const forms = [
    ...context.rest
  ];
  const clause2 = context.list(forms.pop() ?? null);
  if (clause2.length === 0) throw context.shape("catch form is empty");
  if (clause2.first !== intern("catch")) throw context.shape("last argument must be (catch var handler...)");
  if (clause2.length < 3) throw context.shape("catch needs (catch var handler...)");
  const name = clause2.rest.first;
  if (!(name instanceof Sym)) throw context.failure("try catch: expected a symbol");
  const body2 = [];
  for (let cell2 = context.rest; cell2.length > 1; cell2 = cell2.rest) body2.push(lowering.first(cell2));
  return {
    kind: "try",
    body: sequence2(body2),
    name,
    handler: lowering.block(clause2.rest.rest),
    position: context.position
  };
}

// src/lower/conversations.ts
function lowerMessage(context) {
  return primitive("message", context.lowering.all(context.rest), context.position);
}
function lowerPrompt(context) {
  const { lowering } = context;
  const parts4 = [];
  for (let cell2 = context.rest; cell2.length > 0; cell2 = cell2.rest) {
    const form = cell2.first;
    const head2 = form instanceof List ? form.first : null;
    parts4.push(form instanceof List && head2 instanceof Sym && MESSAGE_ROLES.has(head2.name) ? primitive("message", [
      constant2(keyword(head2.name)),
      ...lowering.all(form.rest)
    ], lowering.positions.of(form)) : lowering.first(cell2));
  }
  return primitive("prompt", parts4, context.position);
}
function define2(context, name, value) {
  const made = context.lowering.temporary();
  return bind(made, value, sequence2([
    {
      kind: "defineGlobal",
      name,
      value: reference(made)
    },
    reference(made)
  ]));
}
function lowerTool(context) {
  const name = context.symbol(context.argument(0));
  const given2 = context.lowering.all(context.rest.rest);
  if (given2.length === 3) given2.splice(2, 0, constant2(null));
  const parts4 = [
    constant2(name.name),
    ...given2
  ];
  return define2(context, name, primitive("tool", parts4, context.position));
}
function lowerAgent(context) {
  const name = context.symbol(context.argument(0));
  return define2(context, name, primitive("agent", [
    constant2(name.name),
    context.lower(1)
  ], context.position));
}

// src/lower/matching.ts
var QUOTE = intern("quote");
var WHEN = intern("when");
function both(patterns) {
  const tests = patterns.flatMap(({ test: test2 }) => test2 ?? []);
  return {
    test: tests.length === 0 ? null : () => {
      const made = tests.map((test2) => test2());
      const last3 = made.pop() ?? constant2(true);
      return made.reduceRight((rest2, test2) => conditional(test2, rest2, constant2(false)), last3);
    },
    steps: () => patterns.flatMap(({ steps }) => steps())
  };
}
var nothing = () => [];
function literal2(value, part4) {
  return {
    test: () => primitive("equal", [
      part4(),
      constant2(value)
    ]),
    steps: nothing
  };
}
function problem(message) {
  return {
    test: () => primitive("fail", [
      constant2(`match: ${message}`),
      constant2(null)
    ]),
    steps: nothing
  };
}
function parse3(form, part4) {
  if (form === WILDCARD2) return {
    test: null,
    steps: nothing
  };
  if (form instanceof Sym) {
    return {
      test: null,
      steps: () => [
        {
          kind: "bind",
          name: form,
          value: part4()
        }
      ]
    };
  }
  if (form instanceof Vector) return parseSequence(form.items, part4);
  if (form instanceof SortedMap) return parseMap(form, part4);
  if (form instanceof List && form.length === 2 && form.first === QUOTE) return literal2(form.rest.first, part4);
  return literal2(form, part4);
}
function parseSequence(items2, part4) {
  const { fixed, rest: rest2, problem: wrong } = sequencePattern(items2, false);
  const test2 = rest2 === void 0 && wrong === null ? "hasLength" : "hasMinimum";
  const shape = {
    test: () => primitive(test2, [
      part4(),
      constant2(fixed.length)
    ]),
    steps: nothing
  };
  if (wrong !== null) return both([
    shape,
    problem(wrong)
  ]);
  const parts4 = fixed.map((form, index) => parse3(form, () => primitive("element", [
    part4(),
    constant2(index)
  ])));
  if (rest2 !== void 0) {
    parts4.push(parse3(rest2, () => primitive("elementsFrom", [
      part4(),
      constant2(fixed.length)
    ])));
  }
  return both([
    shape,
    ...parts4
  ]);
}
function parseMap(form, part4) {
  const patterns = [
    {
      test: () => primitive("isMap", [
        part4()
      ]),
      steps: nothing
    }
  ];
  for (const [key, pattern] of form) {
    const value = (of2) => () => primitive("lookup", [
      part4(),
      constant2(of2)
    ]);
    if (key !== KEYS) {
      patterns.push({
        test: () => primitive("hasKey", [
          part4(),
          constant2(key)
        ]),
        steps: nothing
      });
      patterns.push(parse3(pattern, value(key)));
      continue;
    }
    const names = keysEntry(pattern);
    if (typeof names === "string") patterns.push(problem(names));
    else for (const name of names) patterns.push(parse3(name, value(keyword(name.name))));
  }
  return both(patterns);
}
function lowerMatching(context, otherwise) {
  const { lowering } = context;
  const whole = lowering.temporary();
  const clauses = toArray(context.rest.rest).map((form) => {
    const parts4 = elements(form);
    if (parts4 === null) {
      throw context.shape("each clause must be a list or vector", 'e.g. (match x (1 "one") (_ "other"))');
    }
    if (parts4.length === 0) throw context.shape("clause must not be empty");
    const { test: test2, steps } = parse3(parts4[0] ?? null, () => reference(whole));
    const guarded3 = parts4.length >= 3 && parts4[1] === WHEN;
    const guard2 = guarded3 ? bindAll(steps(), lowering.lower(parts4[2] ?? null)) : null;
    const body2 = bindAll(steps(), lowering.block(tailOf(form, parts4, guarded3 ? 3 : 1)));
    const holds3 = test2?.() ?? null;
    if (holds3 === null) return {
      test: guard2,
      body: body2
    };
    return {
      test: guard2 === null ? holds3 : conditional(holds3, guard2, constant2(false)),
      body: body2
    };
  });
  const dispatch2 = clauses.reduceRight((rest2, { test: test2, body: body2 }) => test2 === null ? body2 : conditional(test2, body2, rest2), otherwise(whole));
  return bind(whole, context.lower(0), dispatch2);
}
function tailOf(form, parts4, start) {
  if (!(form instanceof List)) return listFrom(parts4, start);
  let cell2 = form;
  for (let i = 0; i < start; i++) cell2 = cell2.rest;
  return cell2;
}
function lowerMatch(context) {
  return lowerMatching(context, (value) => primitive("matchFailure", [
    reference(value)
  ], context.position));
}
function lowerMatchOrNil(context) {
  return lowerMatching(context.named("match"), () => constant2(null));
}

// src/lower/operations.ts
var FORCE2 = intern("__vm-force");
var CALL_UNIT = intern("__vm-call-unit");
var EXPORT = intern("export");
function thunk(context, body2) {
  return {
    kind: "lambda",
    name: null,
    named: false,
    parameters: [],
    rest: null,
    body: context.lowering.block(body2),
    position: context.position
  };
}
function lowerThrow(context) {
  return primitive("throw", [
    context.lower(0)
  ], context.position);
}
function lowerDelay(context) {
  return primitive("makePromise", [
    thunk(context, context.rest)
  ], context.position);
}
function lowerForce(context) {
  return {
    kind: "call",
    callee: reference(FORCE2),
    args: [
      context.lower(0)
    ],
    position: context.position
  };
}
function lowerAsync(context) {
  const promise2 = primitive("spawn", [
    thunk(context, context.rest)
  ], context.position);
  return primitive("await", [
    promise2
  ], context.position);
}
function lowerAwait(context) {
  return primitive("await", [
    context.lower(0)
  ], context.position);
}
function lowerEval(context) {
  const unit = primitive("unit", [
    context.lower(0)
  ], context.position);
  return {
    kind: "call",
    callee: reference(CALL_UNIT),
    args: [
      unit
    ],
    position: context.position
  };
}
function lowerMacroexpand(context) {
  return primitive("macroexpand", [
    context.lower(0)
  ], context.position);
}
function lowerMacroDefinition(context) {
  return primitive("defineMacro", [
    constant2(context.form)
  ], context.position);
}
function lowerRecord(context) {
  if (context.form.length < 4) throw context.shape("requires at least type name, constructor, and predicate");
  const type = context.symbol(context.argument(0));
  const [constructor, ...fieldNames] = [
    ...context.list(context.argument(1))
  ];
  if (constructor === void 0) throw context.shape("constructor spec must have a name");
  const make3 = context.symbol(constructor);
  const fields = fieldNames.map((field2) => context.symbol(field2));
  const predicate2 = context.symbol(context.argument(2));
  const typeText2 = constant2(type.name);
  const define3 = (name, value) => ({
    kind: "defineGlobal",
    name,
    value
  });
  const steps = [
    define3(make3, primitive("recordConstructor", [
      typeText2,
      constant2(make3.name),
      constant2(fields.length)
    ])),
    define3(predicate2, primitive("recordPredicate", [
      typeText2,
      constant2(predicate2.name)
    ]))
  ];
  for (const form of context.cell(3)) {
    const spec = context.list(form);
    if (spec.length < 2) throw context.shape("field spec must have at least (field accessor)");
    const field2 = context.symbol(spec.first);
    const accessor = context.symbol(spec.rest.first);
    const index = fields.indexOf(field2);
    steps.push(index < 0 ? fail(context, `define-record-type: field '${field2.name}' not in constructor`) : define3(accessor, primitive("recordAccessor", [
      typeText2,
      constant2(accessor.name),
      constant2(index)
    ])));
  }
  return sequence2([
    ...steps,
    constant2(null)
  ]);
}
function fail(context, message) {
  return primitive("fail", [
    constant2(message),
    constant2(null)
  ], context.position);
}
function lowerMultimethod(context) {
  const name = context.symbol(context.argument(0));
  const value = primitive("makeMultimethod", [
    constant2(name.name),
    context.lower(1)
  ], context.position);
  return {
    kind: "define",
    name,
    value,
    early: true
  };
}
function lowerMethod(context) {
  return primitive("addMethod", [
    context.lower(0),
    context.lower(1),
    context.lower(2)
  ], context.position);
}
function lowerModule(context) {
  context.symbol(context.argument(0));
  const clause2 = context.list(context.argument(1));
  if (clause2.first !== EXPORT) throw context.shape("second argument must start with 'export'");
  const names = [];
  for (const name of clause2.rest) {
    if (!(name instanceof Sym)) throw context.failure("module export: expected a symbol");
    names.push(name);
  }
  const exports = primitive("moduleExports", [
    constant2(listFrom(names))
  ], context.position);
  return sequence2([
    exports,
    ...context.lowering.all(context.cell(2))
  ]);
}
function call(name, args, context) {
  return {
    kind: "call",
    callee: reference(intern(name)),
    args,
    position: context.position
  };
}
function lowerLoad(context) {
  return call("__vm-load", [
    context.lower(0),
    importer(context)
  ], context);
}
function importer(context) {
  return constant2(context.position?.file ?? null);
}
function lowerImport(context) {
  const names = [
    ...context.rest.rest
  ].map((name) => context.symbol(name));
  return call("__vm-import", [
    context.lower(0),
    constant2(listFrom(names)),
    importer(context)
  ], context);
}
function lowerUnavailable(context) {
  return fail(context, `${context.label} is not available in this version`);
}

// src/lower/quasiquote.ts
var QUASIQUOTE2 = intern("quasiquote");
var UNQUOTE2 = intern("unquote");
var SPLICE2 = intern("unquote-splicing");
function lowerQuasiquote(context) {
  return new Template(context).form(context.argument(0), 1);
}
var Template = class {
  #context;
  #fresh = /* @__PURE__ */ new Map();
  constructor(context) {
    this.#context = context;
  }
  form(template3, level2) {
    if (template3 instanceof Sym) return constant2(this.#symbol(template3));
    if (template3 instanceof Vector) {
      const items2 = this.#sequence(template3.items, level2);
      if (items2.kind === "const" && items2.value instanceof List) return constant2(new Vector(toArray(items2.value)));
      return primitive("listToVector", [
        items2
      ], this.#context.position);
    }
    if (template3 instanceof SortedMap) return this.#map(template3, level2);
    if (!(template3 instanceof List) || template3.length === 0) return constant2(template3);
    if (template3.first === UNQUOTE2) {
      this.#checkOperand(template3);
      return level2 === 1 ? this.#context.lowering.first(template3.rest) : this.#list([
        constant2(UNQUOTE2),
        this.form(template3.rest.first, level2 - 1)
      ]);
    }
    if (template3.first === SPLICE2) return this.#list(toArray(template3).map((item) => this.form(item, level2)));
    if (template3.first === QUASIQUOTE2 && template3.length === 2) {
      return this.#list([
        constant2(QUASIQUOTE2),
        this.form(template3.rest.first, level2 + 1)
      ]);
    }
    return this.#sequence(toArray(template3), level2);
  }
  #symbol(symbol) {
    const { name } = symbol;
    if (name.length < 2 || !name.endsWith("#") || name.endsWith("##")) return symbol;
    let fresh2 = this.#fresh.get(symbol);
    if (fresh2 === void 0) {
      fresh2 = this.#context.lowering.gensym(name.slice(0, -1));
      this.#fresh.set(symbol, fresh2);
    }
    return fresh2;
  }
  #checkOperand(form) {
    if (!(form.first instanceof Sym)) return;
    const label = form.first.name;
    this.#context.inner(label, form).checkCount(1, 1);
  }
  #isSplice(template3, level2) {
    return level2 === 1 && template3 instanceof List && template3.first === SPLICE2;
  }
  /** The elements of a list or vector as a list. */
  #sequence(templates, level2) {
    const segments = [];
    let run2 = [];
    const flush = () => {
      if (run2.length > 0) segments.push(this.#list(run2));
      run2 = [];
    };
    for (const template3 of templates) {
      if (!this.#isSplice(template3, level2)) {
        run2.push(this.form(template3, level2));
        continue;
      }
      this.#checkOperand(template3);
      flush();
      segments.push(this.#context.lowering.first(template3.rest));
    }
    if (templates.length === 1 && run2.length === 0 && segments[0] !== void 0) return segments[0];
    if (segments.length === 0) return this.#list(run2);
    flush();
    return primitive("append", segments, this.#context.position);
  }
  #map(template3, level2) {
    const parts4 = [
      ...template3
    ].flat();
    if (parts4.some((part4) => this.#isSplice(part4, level2))) {
      throw this.#context.failure("unquote-splicing is not allowed in a quasiquoted map key or value", "splicing only makes sense inside a list or vector");
    }
    const values = parts4.map((part4) => this.form(part4, level2));
    if (!values.every((value, index) => value.kind === "const" && value.value === parts4[index])) {
      return primitive("map", values, this.#context.position);
    }
    return constant2(template3);
  }
  #list(parts4) {
    const values = [];
    for (const part4 of parts4) {
      if (part4.kind !== "const") return primitive("list", parts4, this.#context.position);
      values.push(part4.value);
    }
    return constant2(listFrom(values));
  }
};

// src/lower/table.ts
var ROWS = [
  [
    "quote",
    null,
    1,
    1,
    lowerQuote,
    "(quote datum), or 'datum: the datum itself, not evaluated.",
    [
      "'(+ 1 2)",
      "(+ 1 2)"
    ]
  ],
  [
    "quasiquote [template]",
    "quasiquote",
    1,
    1,
    lowerQuasiquote,
    "(quasiquote template), or `template: the template with what follows , evaluated and what follows ,@ spliced in.",
    [
      "`(1 ,(+ 1 1) ,@'(3 4))",
      "(1 2 3 4)"
    ]
  ],
  [
    "if",
    null,
    2,
    3,
    lowerIf,
    "(if test then [else]): then, when test is neither nil nor #f; otherwise else, or nil.",
    [
      "(if (> 2 1) :yes :no)",
      ":yes"
    ]
  ],
  [
    "cond",
    null,
    0,
    Infinity,
    lowerCond,
    "(cond (test body ...) ... [(else body ...)]): the body of the first clause whose test holds, or nil.",
    [
      "(cond ((> 1 2) :a) ((> 2 1) :b) (else :c))",
      ":b"
    ]
  ],
  [
    "case",
    null,
    2,
    Infinity,
    lowerCase2,
    "(case key ((datum ...) body ...) ... [(else body ...)]): the body of the first clause with a datum equal to key, or nil.",
    [
      "(case 3 ((1 2) :low) ((3 4) :high) (else :other))",
      ":high"
    ]
  ],
  [
    "when",
    null,
    2,
    Infinity,
    lowerWhen,
    "(when test body ...): the body, when test holds; otherwise nil.",
    [
      "(when (> 2 1) :a :b)",
      ":b"
    ]
  ],
  [
    "unless",
    null,
    2,
    Infinity,
    lowerUnless,
    "(unless test body ...): the body, when test does not hold; otherwise nil.",
    [
      "(unless (> 1 2) :a)",
      ":a"
    ]
  ],
  [
    "and",
    null,
    0,
    Infinity,
    lowerAnd,
    "(and expression ...): the last value, or the first that is nil or #f; #t without expressions.",
    [
      "(and 1 nil 2)",
      "nil"
    ]
  ],
  [
    "or",
    null,
    0,
    Infinity,
    lowerOr,
    "(or expression ...): the first value that is neither nil nor #f, or the last one.",
    [
      "(or #f nil 3)",
      "3"
    ]
  ],
  [
    "begin progn",
    "begin",
    0,
    Infinity,
    lowerBegin,
    "(begin expression ...): the value of the last expression; nil without any.",
    [
      "(begin 1 2 3)",
      "3"
    ]
  ],
  [
    "while",
    null,
    2,
    Infinity,
    lowerWhile,
    "(while test body ...): the body as long as test holds; nil.",
    [
      "(let ((i 0)) (while (< i 3) (set! i (+ i 1))) i)",
      "3"
    ]
  ],
  [
    "do",
    null,
    2,
    Infinity,
    lowerDo,
    "(do ((name init [step]) ...) (test result ...) body ...): a loop with variables, until test holds.",
    [
      "(do ((i 0 (+ i 1)) (sum 0 (+ sum i))) ((= i 4) sum))",
      "6"
    ]
  ],
  [
    "try",
    null,
    1,
    Infinity,
    lowerTry,
    "(try body ... (catch name handler ...)): the body, or the handler with the error map when the body raises.",
    [
      '(try (error "no") (catch e (:message e)))',
      '"no"'
    ]
  ],
  [
    "define def",
    "define",
    0,
    Infinity,
    lowerDefine,
    "(define name value), or (define (name parameter ...) body ...): binds a variable to a value or a function.",
    [
      "(begin (define (twice x) (* 2 x)) (twice 4))",
      "8"
    ]
  ],
  [
    "defun defn",
    "defun",
    3,
    Infinity,
    lowerDefineFunction,
    "(defun name (parameter ...) body ...): binds a variable to a function.",
    [
      "(begin (defun twice (x) (* 2 x)) (twice 4))",
      "8"
    ]
  ],
  [
    "define-values",
    null,
    2,
    2,
    lowerDefineValues,
    "(define-values (name ...) expression): binds a variable to each of several values.",
    [
      "(begin (define-values (a b) (values 1 2)) (+ a b))",
      "3"
    ]
  ],
  [
    "set!",
    null,
    2,
    2,
    lowerSet,
    "(set! name value): assigns a variable that is bound.",
    [
      "(let ((x 1)) (set! x 5) x)",
      "5"
    ]
  ],
  [
    "lambda fn",
    "lambda",
    2,
    Infinity,
    lowerLambda,
    "(lambda (parameter ... [. rest]) body ...): a function.",
    [
      "((lambda (a . more) (list a more)) 1 2 3)",
      "(1 (2 3))"
    ]
  ],
  [
    "let",
    null,
    2,
    Infinity,
    lowerLet,
    "(let [loop] ((name value) ...) body ...): the body with new variables, or a loop that calls itself by its name.",
    [
      "(let ((a 1) (b 2)) (+ a b))",
      "3"
    ],
    [
      "(let loop ((i 0)) (if (< i 5) (loop (+ i 1)) i))",
      "5"
    ]
  ],
  [
    "let*",
    null,
    2,
    Infinity,
    lowerLetSequential,
    "(let* ((name value) ...) body ...): like let, with each value seeing the variables before it.",
    [
      "(let* ((a 1) (b (+ a 1))) (* a b))",
      "2"
    ]
  ],
  [
    "letrec",
    null,
    2,
    Infinity,
    lowerLetRecursive,
    "(letrec ((name value) ...) body ...): like let, with functions seeing each other.",
    [
      "(letrec ((even (fn (n) (or (= n 0) (odd (- n 1))))) (odd (fn (n) (and (> n 0) (even (- n 1)))))) (even 4))",
      "#t"
    ]
  ],
  [
    "let-values",
    null,
    2,
    Infinity,
    lowerLetValues,
    "(let-values (((name ...) expression) ...) body ...): the body with variables for several values.",
    [
      "(let-values (((a b) (values 1 2)) ((c) (values 3))) (list a b c))",
      "(1 2 3)"
    ]
  ],
  [
    "let*-values",
    null,
    2,
    Infinity,
    lowerLetValuesSequential,
    "(let*-values (((name ...) expression) ...) body ...): like let-values, one after the other.",
    [
      "(let*-values (((a b) (values 1 2)) ((c) (values (+ a b)))) c)",
      "3"
    ]
  ],
  [
    "match",
    null,
    2,
    Infinity,
    lowerMatch,
    "(match value (pattern [when guard] body ...) ...): the body of the first pattern that fits; raises when none does.",
    [
      "(match '(1 2) ([a] :one) ([a b] (+ a b)))",
      "3"
    ]
  ],
  [
    "match*",
    null,
    2,
    Infinity,
    lowerMatchOrNil,
    "(match* value (pattern [when guard] body ...) ...): like match, but nil when no pattern fits.",
    [
      '(match* 5 ("five" :text))',
      "nil"
    ]
  ],
  [
    "throw",
    null,
    1,
    1,
    lowerThrow,
    "(throw value): raises a value, which catch finds under :value.",
    [
      "(try (throw 42) (catch e (:value e)))",
      "42"
    ]
  ],
  [
    "delay",
    null,
    1,
    1,
    lowerDelay,
    "(delay expression): a promise of the value, computed when it is forced.",
    [
      "(force (delay (+ 1 2)))",
      "3"
    ]
  ],
  [
    "force",
    null,
    1,
    1,
    lowerForce,
    "(force promise): the value of a promise, computed the first time.",
    [
      "(force (delay (+ 1 2)))",
      "3"
    ]
  ],
  [
    "async",
    null,
    1,
    Infinity,
    lowerAsync,
    "(async body ...): starts a task; a promise of its value.",
    [
      "(await (async (+ 1 2)))",
      "3"
    ]
  ],
  [
    "await",
    null,
    1,
    1,
    lowerAwait,
    "(await promise): waits for a promise; its value.",
    [
      "(await (async (+ 1 2)))",
      "3"
    ]
  ],
  [
    "eval",
    null,
    1,
    1,
    lowerEval,
    "(eval datum): runs a datum as code in the global scope.",
    [
      "(eval '(+ 1 2))",
      "3"
    ]
  ],
  [
    "macroexpand",
    null,
    1,
    1,
    lowerMacroexpand,
    "(macroexpand datum): the datum after one expansion of its outermost macro call.",
    [
      "(macroexpand '(-> 5 (- 2)))",
      "(-> (- 5 2))"
    ]
  ],
  [
    "defmacro",
    null,
    3,
    Infinity,
    lowerMacroDefinition,
    "(defmacro name (parameter ...) body ...): a macro, which makes code from the unevaluated arguments.",
    [
      "(begin (defmacro unless2 (test body) `(if ,test nil ,body)) (unless2 #f 5))"
    ]
  ],
  [
    "define-syntax",
    null,
    2,
    2,
    lowerMacroDefinition,
    "(define-syntax name (syntax-rules (literal ...) (pattern template) ...)): a hygienic macro.",
    [
      "(begin (define-syntax swap (syntax-rules () ((_ a b) (list b a)))) (swap 1 2))"
    ]
  ],
  [
    "define-record-type",
    null,
    0,
    Infinity,
    lowerRecord,
    "(define-record-type type (constructor field ...) predicate (field accessor) ...): binds a new type's functions.",
    [
      "(begin (define-record-type point (make-point x y) point? (x point-x)) (point-x (make-point 3 4)))",
      "3"
    ]
  ],
  [
    "defmulti",
    null,
    2,
    2,
    lowerMultimethod,
    "(defmulti name dispatch): a function that chooses its method by the value of dispatch.",
    [
      "(begin (defmulti area :shape) (defmethod area :square (fn (s) (* (:side s) (:side s)))) (area {:shape :square :side 3}))",
      "9"
    ]
  ],
  [
    "defmethod",
    null,
    3,
    3,
    lowerMethod,
    "(defmethod name value function): the method for a dispatch value, or for :default.",
    [
      "(begin (defmulti kind type) (defmethod kind :default (fn (x) :other)) (kind 5))",
      ":other"
    ]
  ],
  [
    "module",
    null,
    2,
    Infinity,
    lowerModule,
    "(module name (export name ...) body ...): a file's text with the names that importing it defines.",
    [
      "(module numbers (export one) (define one 1) one)"
    ]
  ],
  [
    "import",
    null,
    1,
    Infinity,
    lowerImport,
    "(import path [name ...]): runs a module's file once and defines what it exports, or only the names."
  ],
  [
    "load",
    null,
    1,
    1,
    lowerLoad,
    "(load path): runs a file as if its text stood here."
  ],
  [
    "message",
    null,
    2,
    Infinity,
    lowerMessage,
    "(message role text ...): a message of a conversation.",
    [
      '(message :user "hi")',
      '<message user "hi">'
    ]
  ],
  [
    "prompt",
    null,
    0,
    Infinity,
    lowerPrompt,
    "(prompt message ...): a prompt of messages.",
    [
      '(prompt (user "hi"))',
      "<prompt 1 messages>"
    ]
  ],
  [
    "deftool",
    null,
    4,
    5,
    lowerTool,
    "(deftool name description parameters [options] function): binds a tool for language models.",
    [
      '(deftool add "Adds one." {:x {:type :number}} (fn (x) (+ x 1)))',
      "<tool add>"
    ]
  ],
  [
    "defagent",
    null,
    2,
    2,
    lowerAgent,
    "(defagent name options): binds an agent.",
    [
      '(defagent helper {:system "Help."})',
      "<agent helper>"
    ]
  ],
  [
    "workflow/approval",
    null,
    0,
    Infinity,
    lowerUnavailable,
    "Not available: an error when it runs."
  ]
];
var SPECIAL_FORMS = new Map(ROWS.flatMap(([names, label, min, max, lower2, doc, ...examples]) => names.split(" ").map((name) => {
  return [
    name,
    {
      label: label ?? name,
      min,
      max,
      lower: lower2,
      doc,
      examples
    }
  ];
})));

// src/resolve/emit.ts
var APPLY2 = intern("__vm-apply");
var INTRINSIC_BY_CALL = new Map(Object.keys(INTRINSICS).map((operation) => [
  INTRINSICS[operation].join(" "),
  operation
]));
var Emitter2 = class {
  #facts;
  #keepsCaller;
  #variables = /* @__PURE__ */ new Map();
  #labels = /* @__PURE__ */ new Map();
  /** Bindings whose one definition is also their initialisation. */
  #initialised = /* @__PURE__ */ new Set();
  constructor(facts, keepsCaller2) {
    this.#facts = facts;
    this.#keepsCaller = keepsCaller2;
  }
  /** The whole unit as a function without parameters. */
  unit(body2, scope, position) {
    const frame = newFrame(scope, null, null);
    return {
      name: null,
      named: false,
      parameters: [],
      rest: null,
      // The unit's own frame stays, so that traces end in it.
      body: this.#emit(body2, frame, false),
      captures: frame.captures,
      variables: frame.variables,
      outer: null,
      position
    };
  }
  #declare(binding2, frame) {
    const variable = {
      name: binding2.name,
      slot: frame.variables.length,
      captured: false,
      shared: false,
      assigned: false
    };
    frame.variables.push(variable);
    this.#variables.set(binding2, variable);
    return variable;
  }
  #variable(binding2) {
    const variable = this.#variables.get(binding2);
    if (variable === void 0) throw new TypeError(`variable ${binding2.name.name} is used before it is declared`);
    return variable;
  }
  #bound(node) {
    const bound2 = this.#facts.bound.get(node);
    if (bound2 === void 0) throw new TypeError(`no bindings are known for a ${node.kind}`);
    return bound2;
  }
  /** The index of the capture of `frame` that holds `binding`, made when there is none. */
  #capture(binding2, frame) {
    const known3 = frame.captureIndex.get(binding2);
    if (known3 !== void 0) return known3;
    const { parent: parent2 } = frame;
    const variable = this.#variable(binding2);
    if (parent2 === null) throw new TypeError(`variable ${binding2.name.name} belongs to no enclosing function`);
    let capture3;
    if (binding2.owner.frame === parent2.scope) {
      capture3 = {
        from: "slot",
        variable
      };
      variable.captured = true;
      const initial = this.#initialised.has(binding2) ? 1 : 0;
      if (binding2.assignments > 0 || binding2.definitions.length > initial) variable.shared = true;
    } else capture3 = {
      from: "capture",
      index: this.#capture(binding2, parent2),
      variable
    };
    const index = frame.captures.push(capture3) - 1;
    frame.captureIndex.set(binding2, index);
    return index;
  }
  #read(binding2, frame) {
    if (binding2.owner.frame === frame.scope) return {
      kind: "local",
      variable: this.#variable(binding2)
    };
    if (frame.self === binding2) return {
      kind: "self",
      variable: this.#variable(binding2)
    };
    return {
      kind: "captured",
      index: this.#capture(binding2, frame),
      variable: this.#variable(binding2)
    };
  }
  #write(binding2, value, frame) {
    const variable = this.#variable(binding2);
    const own = binding2.owner.frame === frame.scope;
    if (own) variable.assigned = true;
    return own ? {
      kind: "setLocal",
      variable,
      value
    } : {
      kind: "setCaptured",
      index: this.#capture(binding2, frame),
      variable,
      value
    };
  }
  #emit(node, frame, tail2) {
    switch (node.kind) {
      case "const":
        return {
          kind: "const",
          value: node.value
        };
      case "ref": {
        const binding2 = this.#facts.uses.get(node);
        return binding2 === void 0 ? {
          kind: "global",
          name: node.name,
          position: node.position
        } : this.#read(binding2, frame);
      }
      case "set": {
        const value = this.#emit(node.value, frame, false);
        const binding2 = this.#facts.uses.get(node);
        return binding2 === void 0 ? {
          kind: "setGlobal",
          name: node.name,
          value
        } : this.#write(binding2, value, frame);
      }
      case "define": {
        const value = this.#emit(node.value, frame, false);
        const definition = this.#facts.definitions.get(node);
        return definition === void 0 ? {
          kind: "defineGlobal",
          name: node.name,
          value
        } : this.#write(definition.binding, value, frame);
      }
      case "defineGlobal":
        return {
          kind: "defineGlobal",
          name: node.name,
          value: this.#emit(node.value, frame, false)
        };
      case "if":
        return {
          kind: "if",
          test: this.#emit(node.test, frame, false),
          then: this.#emit(node.then, frame, tail2),
          else: this.#emit(node.else, frame, tail2)
        };
      case "seq": {
        const last3 = node.body.length - 1;
        return {
          kind: "seq",
          body: node.body.map((part4, index) => this.#emit(part4, frame, tail2 && index === last3))
        };
      }
      case "block": {
        const parts4 = flatten2(node.body, []).map((part4) => ({
          definition: this.#facts.definitions.get(part4) ?? null,
          node: part4
        }));
        return this.#block(this.#bound(node).bindings, parts4, frame, tail2);
      }
      case "let": {
        const inits = node.inits.map((init) => this.#emit(init, frame, false));
        const variables = this.#bound(node).bindings.map((binding2) => this.#declare(binding2, frame));
        return {
          kind: "let",
          variables,
          inits,
          body: this.#emit(node.body, frame, tail2)
        };
      }
      case "letrec": {
        const parts4 = node.inits.map((init) => ({
          definition: this.#facts.definitions.get(init) ?? null,
          node: init
        }));
        for (const part4 of flatten2(node.body, [])) {
          parts4.push({
            definition: this.#facts.definitions.get(part4) ?? null,
            node: part4
          });
        }
        return this.#block(this.#bound(node).bindings, parts4, frame, tail2);
      }
      case "lambda":
        return {
          kind: "lambda",
          lambda: this.#lambda(node, node.body, frame, null)
        };
      case "loop":
        return this.#loop(node, frame, tail2);
      case "while":
        return {
          kind: "while",
          test: this.#emit(node.test, frame, false),
          body: this.#emit(node.body, frame, false),
          position: node.position
        };
      case "call":
        return this.#call(node, frame, tail2);
      case "intrinsic":
        return {
          ...node,
          args: node.args.map((arg) => this.#emit(arg, frame, false))
        };
      case "primitive":
        return {
          ...node,
          args: node.args.map((arg) => this.#emit(arg, frame, false))
        };
      case "try": {
        const body2 = this.#emit(node.body, frame, false);
        const [binding2] = this.#bound(node).bindings;
        if (binding2 === void 0) throw new TypeError("a try binds no variable");
        const variable = this.#declare(binding2, frame);
        return {
          kind: "try",
          body: body2,
          variable,
          handler: this.#emit(node.handler, frame, tail2),
          position: node.position
        };
      }
      default: {
        const never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }
  #call(node, frame, tail2) {
    const { callee, position } = node;
    if (callee.kind === "ref") {
      const binding2 = this.#facts.uses.get(callee);
      if (binding2 === void 0) {
        const args2 = node.args.map((arg) => this.#emit(arg, frame, false));
        const operation = this.#intrinsic(callee.name, args2.length);
        if (operation !== null) return {
          kind: "intrinsic",
          operation,
          args: args2,
          position
        };
        const [first3, second] = args2;
        if (callee.name === APPLY2 && args2.length === 2 && first3 !== void 0 && second !== void 0) {
          return {
            kind: "apply",
            callee: first3,
            list: second,
            tail: tail2,
            position
          };
        }
        const global = {
          kind: "global",
          name: callee.name,
          position: position ?? callee.position
        };
        const kept = tail2 && !this.#facts.assignedGlobals.has(callee.name) && this.#keepsCaller(callee.name);
        return {
          kind: "call",
          callee: global,
          args: args2,
          tail: tail2 && !kept,
          position
        };
      }
      const label = binding2.loop === null ? void 0 : this.#labels.get(binding2.loop);
      if (label !== void 0) {
        return {
          kind: "continue",
          label,
          args: node.args.map((arg) => this.#emit(arg, frame, false))
        };
      }
    }
    const operator = this.#emit(callee, frame, false);
    const args = node.args.map((arg) => this.#emit(arg, frame, false));
    return {
      kind: "call",
      callee: operator,
      args,
      tail: tail2,
      position
    };
  }
  #intrinsic(name, count2) {
    const operation = INTRINSIC_BY_CALL.get(`${name.name} ${count2}`);
    return operation === void 0 || this.#facts.assignedGlobals.has(name) ? null : operation;
  }
  /** A function; `self` is the variable that will hold it, when nothing else ever does. */
  #lambda(node, body2, parent2, self2) {
    const { bindings: bindings3, scope } = this.#bound(node);
    const frame = newFrame(scope, parent2, self2);
    const variables = bindings3.map((binding2) => this.#declare(binding2, frame));
    const isLoop = node.kind === "loop";
    const rest2 = isLoop || node.rest === null ? null : variables.pop() ?? null;
    return {
      name: isLoop ? node.name.name : node.name,
      named: isLoop || node.named,
      parameters: variables,
      rest: rest2,
      body: this.#emit(body2, frame, true),
      captures: frame.captures,
      variables: frame.variables,
      outer: parent2.names,
      position: node.position
    };
  }
  #loop(node, frame, tail2) {
    const known3 = this.#facts.loops.get(node);
    if (known3 === void 0) throw new TypeError("nothing is known of a named let");
    const { facts, procedure } = known3;
    const inits = node.inits.map((init) => this.#emit(init, frame, false));
    if (facts.scope.inlined) {
      const variables = this.#bound(node).bindings.map((binding2) => this.#declare(binding2, frame));
      const label = {
        name: node.name.name,
        variables
      };
      this.#labels.set(facts, label);
      const body3 = this.#emit(node.body, frame, tail2);
      return facts.callers.length === 0 ? {
        kind: "let",
        variables,
        inits,
        body: body3
      } : {
        kind: "loop",
        label,
        variables,
        inits,
        body: body3,
        tail: tail2 || facts.nested,
        position: node.position
      };
    }
    const variable = this.#declare(procedure, frame);
    const call3 = {
      kind: "call",
      callee: {
        kind: "local",
        variable
      },
      args: inits,
      tail: tail2,
      position: node.position
    };
    if (procedure.assignments === 0) {
      const lambda3 = this.#lambda(node, node.body, frame, procedure);
      return {
        kind: "fix",
        variables: [
          variable
        ],
        lambdas: [
          lambda3
        ],
        body: call3
      };
    }
    const value = {
      kind: "lambda",
      lambda: this.#lambda(node, node.body, frame, null)
    };
    const body2 = {
      kind: "seq",
      body: [
        {
          kind: "setLocal",
          variable,
          value
        },
        call3
      ]
    };
    return {
      kind: "let",
      variables: [
        variable
      ],
      inits: [
        {
          kind: "const",
          value: null
        }
      ],
      body: body2
    };
  }
  /** A block or letrec: `parts` in order, with definitions of `bindings` among them. */
  #block(bindings3, parts4, frame, tail2) {
    const own = new Set(bindings3);
    const items2 = this.#plan(parts4, own);
    const assigned = bindings3.filter((binding2) => !this.#initialised.has(binding2));
    const variables = assigned.map((binding2) => this.#declare(binding2, frame));
    const body2 = this.#items(items2, 0, frame, tail2);
    return variables.length === 0 ? body2 : {
      kind: "let",
      variables,
      inits: variables.map(() => ({
        kind: "const",
        value: null
      })),
      body: body2
    };
  }
  /** Decides what each definition becomes. */
  #plan(parts4, own) {
    const single2 = (part4) => {
      const definition = part4?.definition ?? null;
      return definition !== null && own.has(definition.binding) && definition.binding.definitions.length === 1 ? definition : null;
    };
    const isFunction2 = (part4) => {
      const definition = single2(part4);
      return definition !== null && definition.value.kind === "lambda" && definition.binding.assignments === 0;
    };
    const items2 = [];
    for (let index = 0; index < parts4.length; ) {
      const part4 = parts4[index];
      const definition = single2(part4);
      if (definition === null) {
        items2.push(part4.definition === null || part4.node.kind === "define" ? {
          kind: "plain",
          node: part4.node
        } : {
          kind: "assign",
          definition: part4.definition
        });
        index++;
      } else if (isFunction2(part4)) {
        let end = index + 1;
        while (isFunction2(parts4[end])) end++;
        const group2 = parts4.slice(index, end).flatMap((each) => single2(each) ?? []);
        const early = group2.filter(({ binding: binding2 }) => binding2.firstUse < definition.start);
        const fixed = group2.filter(({ binding: binding2 }) => binding2.firstUse >= definition.start);
        for (const { binding: binding2 } of fixed) this.#initialised.add(binding2);
        if (fixed.length > 0) items2.push({
          kind: "fix",
          definitions: fixed
        });
        for (const each of early) items2.push({
          kind: "assign",
          definition: each
        });
        index = end;
      } else {
        index++;
        if (definition.binding.firstUse < definition.end) items2.push({
          kind: "assign",
          definition
        });
        else {
          this.#initialised.add(definition.binding);
          items2.push({
            kind: "let",
            definition
          });
        }
      }
    }
    return items2;
  }
  /** The items from `start` on; a definition scopes over what follows it. */
  #items(items2, start, frame, tail2) {
    const body2 = [];
    for (let index = start; index < items2.length; index++) {
      const item = items2[index];
      const last3 = index === items2.length - 1;
      switch (item.kind) {
        case "plain":
          body2.push(this.#emit(item.node, frame, tail2 && last3));
          break;
        case "assign":
          body2.push(this.#write(item.definition.binding, this.#emit(item.definition.value, frame, false), frame));
          break;
        case "let": {
          const init = this.#emit(item.definition.value, frame, false);
          const variable = this.#declare(item.definition.binding, frame);
          const rest2 = last3 ? {
            kind: "local",
            variable
          } : this.#items(items2, index + 1, frame, tail2);
          body2.push({
            kind: "let",
            variables: [
              variable
            ],
            inits: [
              init
            ],
            body: rest2
          });
          return asSequence(body2);
        }
        case "fix": {
          const variables = item.definitions.map(({ binding: binding2 }) => this.#declare(binding2, frame));
          const lambdas = item.definitions.map(({ value, binding: binding2 }) => {
            if (value.kind !== "lambda") throw new TypeError("a fix of something else than functions");
            return this.#lambda(value, value.body, frame, binding2);
          });
          const rest2 = last3 ? {
            kind: "local",
            variable: variables.at(-1)
          } : this.#items(items2, index + 1, frame, tail2);
          body2.push({
            kind: "fix",
            variables,
            lambdas,
            body: rest2
          });
          return asSequence(body2);
        }
      }
    }
    return asSequence(body2);
  }
};
function newFrame(scope, parent2, self2) {
  const variables = [];
  const names = {
    variables,
    outer: parent2?.names ?? null
  };
  return {
    scope,
    parent: parent2,
    variables,
    names,
    captures: [],
    captureIndex: /* @__PURE__ */ new Map(),
    self: self2
  };
}
function flatten2(node, into) {
  if (node.kind !== "seq") into.push(node);
  else for (const part4 of node.body) flatten2(part4, into);
  return into;
}
function asSequence(body2) {
  const [first3 = {
    kind: "const",
    value: null
  }] = body2;
  return body2.length <= 1 ? first3 : {
    kind: "seq",
    body: body2
  };
}
function emitUnit(unit, facts, scope, position, keepsCaller2) {
  return new Emitter2(facts, keepsCaller2).unit(unit, scope, position);
}

// src/resolve/scope.ts
var FunctionScope = class {
  parent;
  /** Set when the function is the body of a named let that runs as a loop of its parent. */
  inlined = false;
  constructor(parent2) {
    this.parent = parent2;
  }
  /** The function whose frame holds this one's variables. */
  get frame() {
    let scope = this;
    while (scope.inlined && scope.parent !== null) scope = scope.parent;
    return scope;
  }
};
var Binding = class {
  name;
  owner;
  /** Assignments by `set!`. */
  assignments = 0;
  /** The definitions that give it a value. */
  definitions = [];
  /** When it was first referred to or assigned, on the clock of the walk. */
  firstUse = Infinity;
  /** The named let whose procedure it is. */
  loop;
  constructor(name, owner, loop = null) {
    this.name = name;
    this.owner = owner;
    this.loop = loop;
  }
};
var Scope2 = class {
  parent;
  owner;
  block;
  names = /* @__PURE__ */ new Map();
  /** All variables made here, hidden ones of equal name included. */
  bindings = [];
  constructor(parent2, owner, block = false) {
    this.parent = parent2;
    this.owner = owner;
    this.block = block;
  }
  declare(name, loop = null) {
    const binding2 = new Binding(name, this.owner, loop);
    this.names.set(name, binding2);
    this.bindings.push(binding2);
    return binding2;
  }
  lookup(name) {
    for (let scope = this; scope !== null; scope = scope.parent) {
      const binding2 = scope.names.get(name);
      if (binding2 !== void 0) return binding2;
    }
    return null;
  }
  /** What a definition of `name` here assigns: a variable of the same function, or a new one of the innermost block. */
  definitionTarget(name) {
    let block = null;
    for (let scope = this; scope !== null && scope.owner === this.owner; scope = scope.parent) {
      const binding2 = scope.names.get(name);
      if (binding2 !== void 0 && binding2.owner === this.owner) return binding2;
      if (scope.block) block ??= scope;
    }
    return block === null ? null : block.declare(name);
  }
};
var Walk = class {
  uses = /* @__PURE__ */ new Map();
  definitions = /* @__PURE__ */ new Map();
  bound = /* @__PURE__ */ new Map();
  loops = /* @__PURE__ */ new Map();
  assignedGlobals = /* @__PURE__ */ new Set();
  #clock = 0;
  #use(node, name, scope) {
    const binding2 = scope.lookup(name);
    if (binding2 !== null) {
      this.uses.set(node, binding2);
      binding2.firstUse = Math.min(binding2.firstUse, this.#clock++);
    }
    return binding2;
  }
  visit(node, scope, tails) {
    switch (node.kind) {
      case "const":
        return;
      case "ref": {
        const binding2 = this.#use(node, node.name, scope);
        if (binding2 !== null && binding2.loop !== null) binding2.loop.simple = false;
        return;
      }
      case "set": {
        this.visit(node.value, scope, null);
        const binding2 = this.#use(node, node.name, scope);
        if (binding2 === null) this.assignedGlobals.add(node.name);
        else {
          binding2.assignments++;
          if (binding2.loop !== null) binding2.loop.simple = false;
        }
        return;
      }
      case "define":
        return this.#define(node, scope);
      case "defineGlobal":
        this.assignedGlobals.add(node.name);
        return this.visit(node.value, scope, null);
      case "if":
        this.visit(node.test, scope, null);
        this.visit(node.then, scope, tails);
        return this.visit(node.else, scope, tails);
      case "seq": {
        this.#declareEarly(node, scope);
        const last3 = node.body.length - 1;
        node.body.forEach((part4, index) => this.visit(part4, scope, index === last3 ? tails : null));
        return;
      }
      case "block": {
        const inner = new Scope2(scope, scope.owner, true);
        this.#declareEarly(node.body, inner);
        this.visit(node.body, inner, tails);
        this.bound.set(node, {
          bindings: inner.bindings,
          scope: scope.owner
        });
        return;
      }
      case "let": {
        for (const init of node.inits) this.visit(init, scope, null);
        const inner = new Scope2(scope, scope.owner);
        for (const name of node.names) inner.declare(name);
        this.bound.set(node, {
          bindings: inner.bindings,
          scope: scope.owner
        });
        return this.visit(node.body, inner, tails);
      }
      case "letrec": {
        const inner = new Scope2(scope, scope.owner, true);
        const bindings3 = node.names.map((name) => inner.declare(name));
        this.#declareEarly(node.body, inner);
        node.inits.forEach((init, index) => {
          const binding2 = bindings3[index];
          const definition = {
            binding: binding2,
            value: init,
            start: this.#clock++,
            end: 0
          };
          binding2.definitions.push(definition);
          this.definitions.set(init, definition);
          this.visit(init, inner, null);
          definition.end = this.#clock++;
        });
        this.visit(node.body, inner, tails);
        this.bound.set(node, {
          bindings: inner.bindings,
          scope: scope.owner
        });
        return;
      }
      case "lambda":
        return this.#lambda(node, scope);
      case "loop":
        return this.#loop(node, scope, tails);
      case "while":
        this.visit(node.test, scope, null);
        return this.visit(node.body, scope, null);
      case "call":
        if (node.callee.kind === "ref" && this.#loopCall(node.callee, node.args.length, scope, tails)) {
          this.#use(node.callee, node.callee.name, scope);
        } else this.visit(node.callee, scope, null);
        for (const arg of node.args) this.visit(arg, scope, null);
        return;
      case "intrinsic":
      case "primitive":
        for (const arg of node.args) this.visit(arg, scope, null);
        return;
      case "try": {
        this.visit(node.body, scope, null);
        const inner = new Scope2(scope, scope.owner);
        inner.declare(node.name);
        this.bound.set(node, {
          bindings: inner.bindings,
          scope: scope.owner
        });
        return this.visit(node.handler, inner, tails);
      }
      default: {
        const never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }
  /** Declares what the definitions standing directly in a body define. */
  #declareEarly(body2, scope) {
    const parts4 = body2.kind === "seq" ? body2.body : [
      body2
    ];
    for (const part4 of parts4) if (part4.kind === "define" && part4.early) scope.definitionTarget(part4.name);
  }
  #define(node, scope) {
    const early = node.early ? scope.definitionTarget(node.name) : null;
    const start = this.#clock++;
    this.visit(node.value, scope, null);
    const binding2 = early ?? (node.early ? null : scope.definitionTarget(node.name));
    if (binding2 === null) {
      this.assignedGlobals.add(node.name);
      return;
    }
    if (binding2.loop !== null) binding2.loop.simple = false;
    const definition = {
      binding: binding2,
      value: node.value,
      start,
      end: this.#clock++
    };
    binding2.definitions.push(definition);
    this.definitions.set(node, definition);
  }
  #lambda(node, scope) {
    const owner = new FunctionScope(scope.owner);
    const inner = new Scope2(scope, owner);
    for (const name of node.parameters) inner.declare(name);
    if (node.rest !== null) inner.declare(node.rest);
    this.bound.set(node, {
      bindings: inner.bindings,
      scope: owner
    });
    this.visit(node.body, inner, null);
  }
  #loop(node, scope, tails) {
    for (const init of node.inits) this.visit(init, scope, null);
    const owner = new FunctionScope(scope.owner);
    const nested2 = tails !== null && tails.loop.scope === scope.owner;
    const facts = {
      node,
      scope: owner,
      simple: true,
      nested: nested2,
      callers: []
    };
    const outer = new Scope2(scope, scope.owner);
    const procedure = outer.declare(node.name, facts);
    const inner = new Scope2(outer, owner);
    for (const name of node.names) inner.declare(name);
    this.bound.set(node, {
      bindings: inner.bindings,
      scope: owner
    });
    this.loops.set(node, {
      facts,
      procedure
    });
    this.visit(node.body, inner, {
      loop: facts,
      outer: tails
    });
    owner.inlined = facts.simple && facts.callers.every((caller) => caller.frame === owner);
    if (!owner.inlined) facts.simple = false;
  }
  /** Notes a call of a named let's procedure in one of its tail positions; false when it is anything else. */
  #loopCall(callee, count2, scope, tails) {
    const loop = scope.lookup(callee.name)?.loop ?? null;
    if (loop === null || loop.node.names.length !== count2) return false;
    for (let tail2 = tails; tail2 !== null; tail2 = tail2.outer) {
      if (tail2.loop === loop) {
        loop.callers.push(scope.owner);
        return true;
      }
    }
    return false;
  }
};
function bindNames(unit) {
  const walk = new Walk();
  const scope = new FunctionScope(null);
  walk.visit(unit, new Scope2(null, scope), null);
  return {
    facts: walk,
    scope
  };
}

// src/resolve/mod.ts
function resolve(unit, position, keepsCaller2) {
  const { facts, scope } = bindNames(unit);
  return emitUnit(unit, facts, scope, position, keepsCaller2);
}

// src/frontend.ts
function analyse(text2, file, host) {
  return analyseSource(read2(text2, file), host);
}
function analyseForms(forms, host, positions = new Positions()) {
  return analyseSource({
    forms,
    positions
  }, host);
}
function check(text2) {
  const { forms, positions } = read2(text2, null);
  lowered(forms, positions, {
    gensym: intern,
    keepsCaller: () => false
  });
}
function analyseSource({ forms, positions }, host) {
  const expanded2 = guarded(forms, positions, () => expandUnit(forms, positions, host));
  return lowered(expanded2, positions, host);
}
function lowered(forms, positions, host) {
  const keepsCaller2 = (name) => host.keepsCaller(name);
  const lowering = new Lowering(positions, (prefix) => host.gensym(prefix), SPECIAL_FORMS);
  const body2 = forms.map((form) => guarded([
    form
  ], positions, () => lowering.lower(form)));
  const whole = body2.length === 0 ? {
    kind: "const",
    value: null
  } : {
    kind: "seq",
    body: body2
  };
  try {
    return resolve(whole, null, keepsCaller2);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    body2.forEach((part4, index) => guarded([
      forms[index] ?? null
    ], positions, () => resolve(part4, null, keepsCaller2)));
    throw error;
  }
}
function guarded(forms, positions, run2) {
  try {
    return run2();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const position = forms.map((form) => positions.of(form)).find((place2) => place2 !== null) ?? null;
    throw placed(evalError("maximum resolution depth exceeded"), "<lambda>", position);
  }
}

// src/jit/types.ts
var INT32 = 1;
var WIDE2 = 2;
var FLOAT2 = 4;
var BOOLEAN = 8;
var NIL = 16;
var LIST = 32;
var VECTOR = 64;
var ARRAY = 128;
var OTHER = 256;
var ANY2 = 511;
var INTEGER2 = INT32 | WIDE2;
var NUMBER = INTEGER2 | FLOAT2;
var NONE = 0;
var STALE = 512;
var COPY = 1024;
function within(type, set3) {
  const known3 = type & ANY2;
  return known3 !== NONE && (known3 & ~set3) === 0;
}
function joinTypes(a, b) {
  if (a === NONE || b === NONE) return a | b;
  return (a | b) & ~COPY | a & b & COPY;
}
function isRaw(type) {
  return (type & ANY2) === FLOAT2;
}
function isAlwaysTrue(type) {
  return (type & (BOOLEAN | NIL)) === 0 && type !== NONE;
}
function isTested(type) {
  return type === INT32 || type === LIST || type === VECTOR || type === ARRAY;
}
function typeOfValue(value) {
  if (typeof value === "number") return (value | 0) === value ? INT32 : Number.isInteger(value) ? WIDE2 : FLOAT2;
  if (typeof value === "boolean") return BOOLEAN;
  if (value === null) return NIL;
  if (value instanceof Flonum) return FLOAT2;
  if (value instanceof List) return LIST;
  if (value instanceof Vector) return VECTOR;
  return value instanceof MutableArray ? ARRAY : OTHER;
}

// src/jit/annotate.ts
var NAMES2 = [
  [
    INTEGER2,
    "integer"
  ],
  [
    INT32,
    "int32"
  ],
  [
    WIDE2,
    "wide integer"
  ],
  [
    FLOAT2,
    "float"
  ],
  [
    BOOLEAN,
    "boolean"
  ],
  [
    NIL,
    "nil"
  ],
  [
    OTHER,
    "other"
  ]
];
function typeText(type) {
  let left = type & ANY2 & ~STALE;
  if (left === ANY2) return "any";
  if (isRaw(type)) return "raw float";
  const names = [];
  for (const [bits2, name] of NAMES2) {
    if ((left & bits2) !== bits2) continue;
    names.push(name);
    left &= ~bits2;
  }
  return names.length === 0 ? "nothing" : names.join(" or ");
}
function comment(text2) {
  return `// ${text2.replace(/[\p{Cc}\u2028\u2029]/gu, " ")}`.trimEnd();
}
function annotation(sourceLine) {
  let shown = "";
  return (t, at) => {
    const position = t.code.positionAt(at.pc);
    const lines3 = [];
    if (position !== null) {
      const { file, line, column } = position;
      const text2 = sourceLine(file, line);
      if (text2 !== null && shown !== `${file}:${line}`) {
        shown = `${file}:${line}`;
        const label = String(line).padStart(4);
        lines3.push("", comment(`${label} | ${text2}`), comment(`${" ".repeat(label.length)} | ${" ".repeat(column - 1)}^`));
      }
    }
    lines3.push(comment(`${disassembled(t.code, at.pc).trim()}${taken(t, at)}`));
    return lines3;
  };
}
function taken(t, { row, operands }) {
  const types = [];
  row.operands.forEach((kind, i) => {
    if (kind !== "slot") return;
    const slot2 = operands[i] ?? 0;
    if (row.name.startsWith("GET")) types.push(`${t.code.slotNames[slot2] ?? slot2}: ${typeText(t.types[slot2] ?? ANY2)}`);
  });
  const count2 = row.operands.includes("count") ? operands[row.operands.indexOf("count")] ?? 0 : 0;
  for (const operand3 of t.stack.slice(t.stack.length - row.pops - count2)) types.push(typeText(t.typeOf(operand3)));
  return types.length === 0 ? "" : `   [${types.join(", ")}]`;
}

// src/runtime/depth.ts
var DEPTH_LIMIT3 = isJavaScriptCore() ? 8e4 : 6e4;
var STACK_SLOTS = 262144;
var INTERPRETER_WEIGHT = 500;
var CALL_WEIGHT = 60;
var LIGHTEST_FRAME = 14;
function frameWeight(variables) {
  return LIGHTEST_FRAME + variables;
}
function isJavaScriptCore() {
  return "Bun" in globalThis;
}

// src/jit/instructions.ts
function decode2(code) {
  const result2 = [];
  for (let pc = 0; pc < code.words.length; ) {
    const row = INSTRUCTIONS[code.words[pc] ?? -1];
    if (row === void 0) throw new RangeError(`no instruction at ${pc}`);
    const operands = [
      ...code.words.subarray(pc + 1, pc + row.width)
    ];
    result2.push({
      pc,
      next: pc + row.width,
      row,
      operands,
      redefined: code.redefined?.get(pc) ?? null
    });
    pc += row.width;
  }
  return result2;
}
function operandOf(at, kind) {
  return at.operands[at.row.operands.indexOf(kind)] ?? 0;
}

// src/jit/graph.ts
function buildGraph(code, entry, isSelfCall) {
  const drafts = blocksOf(decode2(code), entry, isSelfCall);
  const order = reversePostorder(drafts, entry);
  const index = new Map(order.map((start, i) => [
    start,
    i
  ]));
  const edges2 = order.map((start) => drafts.get(start).edges.flatMap((to) => index.get(to) ?? []));
  const predecessors = order.map(() => []);
  edges2.forEach((targets, from) => targets.forEach((to) => predecessors[to]?.push(from)));
  const dominators = dominatorsOf(predecessors);
  const dominates = (a, b) => {
    let at = b;
    while (at > a) at = dominators[at];
    return at === a;
  };
  return order.map((start, i) => {
    const draft2 = drafts.get(start);
    const before3 = predecessors[i];
    return {
      index: i,
      start,
      instructions: draft2.instructions,
      successors: draft2.successors.map((to) => index.get(to)),
      handler: index.get(draft2.handler) ?? -1,
      after: index.get(draft2.after) ?? -1,
      predecessors: before3,
      dominator: dominators[i],
      isLoop: before3.some((from) => dominates(i, from)),
      isMerge: before3.filter((from) => !dominates(i, from)).length > 1
    };
  });
}
function blocksOf(all, entry, isSelfCall) {
  const leaders = /* @__PURE__ */ new Set([
    0,
    entry
  ]);
  for (const at of all) {
    at.row.operands.forEach((kind, i) => kind === "target" && leaders.add(at.operands[i]));
    if (at.row.flow !== "next") leaders.add(at.next);
  }
  const drafts = /* @__PURE__ */ new Map();
  let instructions2 = [];
  for (const at of all) {
    instructions2.push(at);
    if (at.row.flow === "next" && !leaders.has(at.next)) continue;
    const start = instructions2[0].pc;
    drafts.set(start, draft(instructions2, at, isSelfCall));
    instructions2 = [];
  }
  return drafts;
}
function draft(instructions2, last3, isSelfCall) {
  const plain2 = (successors) => ({
    instructions: instructions2,
    successors,
    handler: -1,
    after: -1,
    edges: successors
  });
  switch (last3.row.flow) {
    case "next":
      return plain2([
        last3.next
      ]);
    case "jump":
    case "loop":
      return plain2([
        operandOf(last3, "target")
      ]);
    case "branch": {
      const target2 = operandOf(last3, "target");
      return plain2(last3.row.name === "JUMP_IF_TRUE" ? [
        target2,
        last3.next
      ] : [
        last3.next,
        target2
      ]);
    }
    case "return":
      return plain2(isSelfCall(last3) ? [
        0
      ] : []);
    case "throw":
      return plain2([]);
    case "try": {
      const [handler = -1, after2 = -1] = last3.operands;
      return {
        instructions: instructions2,
        successors: [
          last3.next
        ],
        handler,
        after: after2,
        edges: [
          last3.next,
          handler,
          after2
        ]
      };
    }
    default:
      return last3.row.flow;
  }
}
function reversePostorder(drafts, entry) {
  const reachable = /* @__PURE__ */ new Set();
  const work = [
    entry
  ];
  for (let at = work.pop(); at !== void 0; at = work.pop()) {
    if (reachable.has(at)) continue;
    reachable.add(at);
    const { successors, handler } = drafts.get(at);
    work.push(...successors);
    if (handler >= 0) work.push(handler);
  }
  const order = [];
  const seen = /* @__PURE__ */ new Set();
  const visit = (start) => {
    seen.add(start);
    const stack = [
      {
        start,
        next: 0
      }
    ];
    for (let top = stack.at(-1); top !== void 0; top = stack.at(-1)) {
      const edges2 = drafts.get(top.start).edges;
      const to = edges2[edges2.length - 1 - top.next++];
      if (to === void 0) {
        order.push(top.start);
        stack.pop();
      } else if (reachable.has(to) && !seen.has(to)) {
        seen.add(to);
        stack.push({
          start: to,
          next: 0
        });
      }
    }
  };
  visit(entry);
  return order.reverse();
}
function dominatorsOf(predecessors) {
  const dominators = predecessors.map((_, i) => i === 0 ? 0 : -1);
  const meet = (a, b) => {
    while (a !== b) {
      if (a > b) a = dominators[a];
      else b = dominators[b];
    }
    return a;
  };
  for (let changed2 = true; changed2; ) {
    changed2 = false;
    for (let i = 1; i < predecessors.length; i++) {
      const known3 = predecessors[i].filter((p) => dominators[p] !== -1);
      const met = known3.reduce(meet);
      if (dominators[i] !== met) {
        dominators[i] = met;
        changed2 = true;
      }
    }
  }
  return dominators;
}

// src/jit/known.ts
var SharedVariable = class {
  /** It holds a cell; otherwise it holds the value. */
  real = false;
  /** All types that are assigned to it while it holds the value. */
  type = NONE;
  /** The variable of the text. */
  name;
  /** The variable for the cell that is made on leaving. */
  cell;
  constructor(name, cell2) {
    this.name = name;
    this.cell = cell2;
  }
};
var Capture = class {
  /** The variable of the text that holds a copy of the value, or of the cell. */
  name;
  isShared;
  /** The variable that is captured as a cell, where it is one of the text. */
  shared = null;
  /** All types that the copy has had; `NONE`: nothing has been captured yet. */
  type = NONE;
  known = null;
  constructor(name, isShared) {
    this.name = name;
    this.isShared = isShared;
  }
};
var Made = class _Made {
  code;
  /** The variable of the text that holds it, once it is made. */
  name;
  captures;
  virtual;
  /** The text refers to it by name: it keeps the closure, if there is one, and copies of its captures. */
  kept = false;
  constructor(code, name, virtual) {
    this.code = code;
    this.name = name;
    this.virtual = virtual;
    this.captures = code.captures.map((source, i) => new Capture(`${name}c${i}`, source.shared));
  }
  /** Whether `other` has to stay as it is until this has been made. */
  needs(other) {
    if (this === other) return true;
    if (!this.virtual) return false;
    return this.captures.some(({ known: known3, shared }) => shared === other || known3 instanceof _Made && known3.needs(other));
  }
};
var Caught = class {
  virtual = true;
  /** The variable of the text that holds the error. */
  error;
  /** The variable for the map that is made on leaving. */
  map;
  constructor(error, map3) {
    this.error = error;
    this.map = map3;
  }
};
var Constant = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
function isVirtual(known3) {
  return (known3 instanceof Made || known3 instanceof Caught) && known3.virtual;
}

// src/jit/operand.ts
function rawLiteral(value) {
  const text2 = numberLiteral(value);
  return Number.isInteger(value) && !text2.includes("e") ? `${text2}.0` : text2;
}
function numberOf(value) {
  return value instanceof Flonum ? value.value : value;
}
function numberLiteral(value) {
  return Object.is(value, -0) ? "-0" : String(value);
}
function literal3(value) {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "number") return numberLiteral(value);
  return typeof value === "string" && value.length < 40 ? JSON.stringify(value) : null;
}
function constantOperand(value) {
  const type = typeOfValue(value);
  const text2 = value instanceof Flonum ? rawLiteral(value.value) : literal3(value) ?? "";
  return {
    text: text2,
    type,
    slot: -1,
    constant: value
  };
}

// src/jit/closures.ts
function learned(shared) {
  if (shared.settled) throw new Error("found out after the analysis");
  shared.epoch++;
}
function need(shared, made) {
  if (!made.virtual) return;
  made.virtual = false;
  learned(shared);
  if (made instanceof Caught) return;
  for (const capture3 of made.captures) {
    if (isVirtual(capture3.known)) need(shared, capture3.known);
    if (capture3.shared !== null) needCell(shared, capture3.shared);
  }
}
function needCell(shared, variable) {
  if (variable.real) return;
  variable.real = true;
  learned(shared);
}
function keep(shared, made) {
  if (!made.kept) {
    made.kept = true;
    learned(shared);
  }
  return made.name;
}
function freshVariable(t, variable) {
  if (variable.real) return;
  t.forget(variable);
  t.out.push(`${t.auxiliary(variable.cell)} = undefined;`);
}
function fresh(t, slot2) {
  const variable = t.sharedSlots[slot2];
  if (!variable) return;
  freshVariable(t, variable);
  if (variable.real) t.out.push(`${variable.name} = ${t.helper("cell")}(null);`);
}
function readVariable(t, variable) {
  if (variable.real) t.pushHome(`${variable.name}.value`, ANY2);
  else t.pushHome(variable.name, variable.type);
}
function assignVariable(t, variable, operand3) {
  if (variable.real) {
    t.out.push(`${variable.name}.value = ${t.boxed(operand3)};`);
    return;
  }
  const type = t.typeOf(operand3);
  if ((variable.type | type) !== variable.type) {
    variable.type |= type;
    learned(t.shared);
  }
  t.out.push(`${variable.name} = ${isRaw(variable.type) ? t.rawText(operand3) : t.boxed(operand3)};`);
}
function variableOnLeaving(t, variable) {
  if (variable.real) return variable.name;
  const value = isRaw(variable.type) ? `${t.helper("float")}(${variable.name})` : variable.name;
  return `(${t.auxiliary(variable.cell)} ??= ${t.helper("cell")}(${value}))`;
}
function makeClosure(t, at) {
  const inner = t.code.constants[operandOf(at, "code")];
  const siblings = recaptured(t.code).has(operandOf(at, "code"));
  const made = madeAt(t, at, inner, !siblings && t.raw);
  t.forget(made);
  if (made.kept && !siblings) copyCaptures(t, made);
  else if (!siblings) noteCaptures(t, made);
  if (made.virtual) {
    if (made.kept) t.out.push(`${t.auxiliary(made.name)} = undefined;`);
    t.push({
      text: made.name,
      type: OTHER,
      slot: -1,
      constant: void 0,
      known: made
    });
    return;
  }
  const captures = inner.captures.map((source) => captured(t, source));
  t.pushHome(`new ${t.helper("Closure")}(${t.unit.constant(inner)}, [${captures.join(", ")}])`, OTHER);
  const { text: text2 } = t.pop();
  if (made.kept) t.out.push(`${t.auxiliary(made.name)} = ${text2};`);
  t.push({
    text: text2,
    type: OTHER,
    slot: -1,
    constant: void 0,
    known: made
  });
}
function recapture(t, at) {
  const slot2 = operandOf(at, "slot");
  const closure = t.slotNames[slot2];
  const inner = t.code.constants[operandOf(at, "code")];
  inner.captures.forEach((source, i) => t.out.push(`${closure}.captures[${i}] = ${captured(t, source)};`));
  const made = t.known[slot2];
  if (!(made instanceof Made)) return;
  if (made.kept) copyCaptures(t, made);
  else noteCaptures(t, made);
}
function recaptured(code) {
  const all = decode2(code).filter((at) => at.row.name === "RECAPTURE");
  return new Set(all.map((at) => operandOf(at, "code")));
}
function madeAt(t, at, inner, virtual) {
  let made = t.made.get(at.pc);
  if (made === void 0) t.made.set(at.pc, made = new Made(inner, `$m${t.shared.names.take("m").slice(1)}`, virtual));
  return made;
}
function noteCaptures(t, made) {
  const { out } = t;
  t.out = [];
  copyCaptures(t, made);
  t.out = out;
}
function copyCaptures(t, made) {
  made.captures.forEach((capture3, i) => {
    const source = made.code.captures[i];
    const found2 = sourceOf(t, source);
    if (capture3.isShared) {
      capture3.shared = found2.shared;
      if (found2.shared === null || found2.shared.real) t.out.push(`${t.auxiliary(capture3.name)} = ${found2.text};`);
      return;
    }
    if (found2.known instanceof Caught) need(t.shared, found2.known);
    learn(t, capture3, found2);
    if (capture3.known instanceof Made) return;
    t.out.push(`${t.auxiliary(capture3.name)} = ${isRaw(capture3.type) ? found2.text : found2.boxed};`);
  });
}
function sourceOf(t, { from, index }) {
  if (from === "capture") {
    const capture3 = captureAt(t, index);
    if (typeof capture3 === "string") return {
      text: capture3,
      boxed: capture3,
      type: ANY2,
      known: null,
      shared: null
    };
    const { name: name2, type: type2, known: known3, shared: shared2 } = capture3;
    const boxed2 = isRaw(type2) ? `${t.helper("float")}(${name2})` : name2;
    return {
      text: name2,
      boxed: boxed2,
      type: type2,
      known: known3,
      shared: shared2
    };
  }
  const type = t.types[index] & ANY2;
  const shared = t.sharedSlots[index] ?? null;
  const name = t.slotNames[index];
  const boxed = shared === null ? t.boxedSlot(index) : name;
  return {
    text: isRaw(type) ? t.rawName(index) : name,
    boxed,
    type,
    known: t.known[index] ?? null,
    shared
  };
}
function learn(t, capture3, { type, known: known3 }) {
  const first3 = capture3.type === NONE && capture3.known === null;
  const agreed = first3 || capture3.known === known3 ? known3 : null;
  if (agreed !== known3 && isVirtual(known3)) need(t.shared, known3);
  if (agreed !== capture3.known && isVirtual(capture3.known)) need(t.shared, capture3.known);
  if (agreed === capture3.known && (capture3.type | type) === capture3.type) return;
  capture3.known = agreed;
  capture3.type |= type;
  learned(t.shared);
}
function captured(t, source) {
  const { boxed, known: known3, shared } = sourceOf(t, source);
  if (shared !== null) {
    needCell(t.shared, shared);
    return boxed;
  }
  if (isVirtual(known3)) need(t.shared, known3);
  if (known3 instanceof Constant) return t.constantText(known3.value);
  if (known3 instanceof Made && source.from === "capture") return keep(t.shared, known3);
  return boxed;
}
function madeOnLeaving(t, made) {
  if (made instanceof Caught) return `(${t.auxiliary(made.map)} ??= ${t.helper("errorMap")}(${made.error}))`;
  if (!made.virtual) return keep(t.shared, made);
  const captures = made.captures.map((capture3) => {
    const { known: known3, shared } = capture3;
    if (shared !== null) return variableOnLeaving(t, shared);
    if (known3 instanceof Constant) return t.constantText(known3.value);
    if (known3 instanceof Made) return madeOnLeaving(t, known3);
    return isRaw(capture3.type) ? `${t.helper("float")}(${capture3.name})` : capture3.name;
  });
  const text2 = `new ${t.helper("Closure")}(${t.unit.constant(made.code)}, [${captures.join(", ")}])`;
  return `(${t.auxiliary(made.name)} ??= ${text2})`;
}
function captureAt(t, index) {
  const callee = t.site?.callee;
  if (callee instanceof Made) return callee.captures[index];
  if (callee instanceof Closure) return `${t.unit.constant(callee)}.captures[${index}]`;
  return t.captureNames[index];
}
function getCapture(t, index) {
  const capture3 = captureAt(t, index);
  if (typeof capture3 === "string") return t.readCapture(index);
  const { name, type, known: known3 } = capture3;
  const operand3 = {
    text: name,
    type,
    slot: -1,
    constant: void 0
  };
  if (known3 instanceof Made) pushMade(t, known3);
  else t.push(known3 === null ? operand3 : {
    ...operand3,
    known: known3
  });
}
function getShared(t, index) {
  const capture3 = captureAt(t, index);
  if (typeof capture3 !== "string" && capture3.shared !== null) {
    const { shared } = capture3;
    if (shared.real) t.pushHome(`${capture3.name}.value`, ANY2);
    else readVariable(t, shared);
    return;
  }
  const cell2 = typeof capture3 === "string" ? capture3 : capture3.name;
  t.pushHome(`${cell2}.slot < 0 ? ${cell2}.value : ${t.helper("readCell")}(${cell2})`, ANY2);
}
function setShared(t, index) {
  const capture3 = captureAt(t, index);
  const operand3 = t.pop();
  if (typeof capture3 !== "string" && capture3.shared !== null) {
    const { shared } = capture3;
    if (shared.real) t.out.push(`${capture3.name}.value = ${t.boxed(operand3)};`);
    else assignVariable(t, shared, operand3);
    return;
  }
  const cell2 = typeof capture3 === "string" ? capture3 : capture3.name;
  const value = t.boxed(operand3);
  t.out.push(`if (${cell2}.slot < 0) ${cell2}.value = ${value}; else ${t.helper("writeCell")}(${cell2}, ${value});`);
}
function self(t) {
  const callee = t.site?.callee;
  if (callee === void 0) t.push({
    text: "$c",
    type: OTHER,
    slot: -1,
    constant: void 0
  });
  else if (callee instanceof Closure) t.push(constantOperand(callee));
  else pushMade(t, callee);
}
function pushMade(t, made) {
  const text2 = made.virtual ? made.name : keep(t.shared, made);
  t.push({
    text: text2,
    type: OTHER,
    slot: -1,
    constant: void 0,
    known: made
  });
}

// src/jit/liveness.ts
function liveness(code, blocks) {
  const entry = blocks.map(() => new Uint8Array(code.slots));
  const result2 = /* @__PURE__ */ new Map();
  for (let changed2 = true; changed2; ) {
    changed2 = false;
    for (let i = blocks.length - 1; i >= 0; i--) {
      const block = blocks[i];
      const live = new Uint8Array(code.slots);
      for (const to of [
        ...block.successors,
        ...handlersOf(code, blocks, block)
      ]) add2(live, entry[to]);
      for (let k = block.instructions.length - 1; k >= 0; k--) {
        const at = block.instructions[k];
        step(code, at, live);
        result2.set(at.pc, live.slice());
      }
      if (add2(entry[i], live)) changed2 = true;
    }
  }
  return result2;
}
function handlersOf(code, blocks, block) {
  const end = block.instructions.at(-1).next;
  return code.handlers.filter((handler) => handler.start < end && block.start < handler.end).flatMap((handler) => blocks.findIndex((b) => b.start === handler.target)).filter((index) => index >= 0);
}
function step(code, at, live) {
  switch (at.row.name) {
    case "GET_LOCAL":
      live[operandOf(at, "slot")] = 1;
      break;
    case "SET_LOCAL": {
      const slot2 = operandOf(at, "slot");
      live[slot2] = code.slotShared[slot2] === true ? 1 : 0;
      break;
    }
    case "FRESH":
      live[operandOf(at, "slot")] = 0;
      break;
    case "CLOSURE":
      captureSlots(code.constants[operandOf(at, "code")], live);
      break;
    case "RECAPTURE":
      captureSlots(code.constants[operandOf(at, "code")], live);
      live[operandOf(at, "slot")] = 1;
      break;
  }
}
function captureSlots(inner, live) {
  if (!(inner instanceof Code)) return;
  for (const source of inner.captures) if (source.from === "slot") live[source.index] = 1;
}
function add2(to, from) {
  let changed2 = false;
  for (let i = 0; i < to.length; i++) {
    if (from[i] === 1 && to[i] === 0) {
      to[i] = 1;
      changed2 = true;
    }
  }
  return changed2;
}

// src/jit/unit.ts
var MOST_CHANGES = 3;
var FIRST_INLINED_SITE = 1 << 20;
var Unit = class {
  code;
  /** The pc of the loop header that is the entry, or 0. */
  entry;
  /** Parameters of the factory: `k0`, `k1` … */
  constants = [];
  points = [];
  sites = [];
  /** Functions whose bodies are part of the text, that of the unit included. */
  codes = /* @__PURE__ */ new Set();
  /** The name of the function in the text. */
  functionName = "";
  /** Functions inlined so far. */
  inlined = 0;
  /** Words of bytecode inlined so far. */
  inlinedWords = 0;
  /** Globals whose present values are built in. */
  cells = /* @__PURE__ */ new Set();
  /** Side exits taken. */
  exits = 0;
  /** It is the one that calls go to. */
  current = true;
  /** The text that was compiled. */
  source = "";
  #names = /* @__PURE__ */ new Map();
  constructor(code, entry) {
    this.code = code;
    this.entry = entry;
    this.codes.add(code);
  }
  /** The name of a constant in the text. */
  constant(value) {
    const known3 = this.#names.get(value);
    if (known3 !== void 0) return known3;
    const name = `$k${this.constants.push(value) - 1}`;
    this.#names.set(value, name);
    return name;
  }
  /** The number of a site in an inlined function. */
  site(site) {
    return FIRST_INLINED_SITE + this.sites.push(site) - 1;
  }
  /** The number of a point. */
  point(point) {
    return this.points.push(point) - 1;
  }
};

// src/jit/self_calls.ts
function selfCalls(code, unit) {
  return (at) => {
    if (code.exact < 0 || !at.row.operands.includes("count") || operandOf(at, "count") !== code.exact) return false;
    if (at.row.name === "TAIL_CALL_SELF") return true;
    if (at.row.name !== "TAIL_CALL_GLOBAL" || code.captures.length > 0) return false;
    const cell2 = code.constants[operandOf(at, "cell")];
    const same4 = cell2.value instanceof Closure && cell2.value.code === code && cell2.changes < MOST_CHANGES;
    if (same4) unit.cells.add(cell2);
    return same4;
  };
}

// src/jit/analysis.ts
function analyseAll(t, blocks, entry) {
  let states = settle(t, blocks, entry);
  if (!proposeGuards(t, blocks, states)) return states;
  do {
    startOver(t);
    states = settle(t, blocks, entry);
  } while (dropGuards(t, states));
  return states;
}
function settle(t, blocks, entry) {
  for (; ; ) {
    const { epoch } = t.shared;
    const states = analyse2(t, blocks, entry);
    if (t.shared.epoch === epoch) return states;
  }
}
function startOver(t) {
  t.shared.epoch++;
  t.again = null;
  for (const inlined of t.inlined.values()) {
    if (inlined === null) continue;
    const { site } = inlined.t;
    inlined.entry = null;
    if (site !== null && site.result !== null) site.result.type = NONE;
    startOver(inlined.t);
  }
}
function analyse2(t, blocks, entry) {
  const states = blocks.map(() => null);
  const work = /* @__PURE__ */ new Set();
  const flow = (to, state) => {
    const joined3 = join3(t, blocks[to].start, states[to] ?? null, state);
    if (joined3 === null) return;
    states[to] = joined3;
    work.add(to);
  };
  const enter2 = (to, state) => flow(to, guarded2(t, blocks[to], state));
  t.guards.length = 0;
  enter2(0, entry);
  while (work.size > 0) {
    const index = Math.min(...work);
    work.delete(index);
    t.out = [];
    if (index === 0 && t.again !== null) flow(0, t.again);
    const ending2 = t.block(blocks[index], states[index]);
    for (const [to, state] of edges(t, ending2)) {
      if (to > index) enter2(to, state);
      else flow(to, state);
    }
    if (t.again !== null) flow(0, t.again);
  }
  return states;
}
function edges(t, ending2) {
  const state = t.endState();
  switch (ending2.kind) {
    case "goto":
      return [
        [
          ending2.to,
          state
        ]
      ];
    case "branch":
      if (ending2.test === "true") return [
        [
          ending2.yes,
          state
        ]
      ];
      if (ending2.test === "false") return [
        [
          ending2.no,
          state
        ]
      ];
      return [
        [
          ending2.yes,
          state
        ],
        [
          ending2.no,
          state
        ]
      ];
    case "try":
      return [
        [
          ending2.body,
          state
        ],
        [
          ending2.handler,
          handlerState(t, ending2, state)
        ]
      ];
    case "left":
      return [];
    default:
      return ending2;
  }
}
function handlerState(t, { target: target2 }, state) {
  state.known.forEach((known3, slot2) => isVirtual(known3) && t.isLive(target2, slot2) && need(t.shared, known3));
  state.stackKnown.forEach((known3) => isVirtual(known3) && need(t.shared, known3));
  return {
    slots: state.slots.map(() => ANY2),
    stack: [
      ...state.stack,
      ANY2
    ],
    known: state.known.map(() => null),
    stackKnown: [
      ...state.stackKnown.map(() => null),
      t.caughtAt(target2)
    ]
  };
}
function join3(t, pc, known3, state) {
  if (known3 === null) return state;
  const types = (a, b) => a.map((type, i) => joinTypes(type, b[i] ?? NONE));
  const agreed = (a, b, live) => {
    if (a === b) return a;
    if (live) {
      for (const each of [
        a,
        b
      ]) if (isVirtual(each)) need(t.shared, each);
    }
    return null;
  };
  const joined3 = {
    slots: types(known3.slots, state.slots),
    stack: types(known3.stack, state.stack),
    known: known3.known.map((each, slot2) => agreed(each, state.known[slot2] ?? null, t.isLive(pc, slot2))),
    stackKnown: known3.stackKnown.map((each, k) => agreed(each, state.stackKnown[k] ?? null, true))
  };
  const keys = [
    "slots",
    "stack",
    "known",
    "stackKnown"
  ];
  return keys.every((key) => joined3[key].every((each, i) => each === known3[key][i])) ? null : joined3;
}
function guarded2(t, block, state) {
  const types = t.loopGuards.get(block.index);
  if (types === void 0 || types.size === 0) return state;
  const slots = [
    ...state.slots
  ];
  for (const [slot2, type] of types) {
    const known3 = slots[slot2];
    if (known3 !== NONE && !holds2(known3, type)) slots[slot2] = type;
  }
  const result2 = {
    ...state,
    slots
  };
  t.edge(state, result2, block.start);
  return result2;
}
function holds2(type, guard2) {
  return within(type, guard2) && (guard2 & ~type & COPY) === 0;
}
function proposeGuards(t, blocks, states) {
  let proposed = false;
  for (const header of blocks) {
    if (!isHeader(t, header) || t.misses.has(header.start) || states[header.index] === null) continue;
    const types = guardsOf(t, blocks, header, states[header.index].slots);
    if (types.size === 0) continue;
    t.loopGuards.set(header.index, types);
    proposed = true;
  }
  for (const inlined of t.inlined.values()) {
    if (inlined !== null && proposeGuards(inlined.t, inlined.blocks, inlined.states)) proposed = true;
  }
  return proposed;
}
function isHeader(t, block) {
  return block.isLoop || block.index === 0 && t.again !== null;
}
function guardsOf(t, blocks, header, known3) {
  const body2 = loopOf(t, blocks, header);
  const assigned = new Set(header.isLoop ? [] : t.code.slotNames.keys());
  for (const index of body2) for (const slot2 of t.assignedSlots(blocks[index])) assigned.add(slot2);
  const types = /* @__PURE__ */ new Map();
  for (const { block, slot: slot2, type } of t.guards) {
    if (!body2.has(block) || !t.isLive(header.start, slot2) || (known3[slot2] & type) === NONE) continue;
    types.set(slot2, wantedType(types.get(slot2), type));
  }
  for (const [slot2, type] of types) {
    if (type === NONE) types.delete(slot2);
    else if (type === NUMBER) types.set(slot2, assigned.has(slot2) ? FLOAT2 : NUMBER | COPY);
  }
  return types;
}
function wantedType(known3, type) {
  if (known3 === void 0 || known3 === type) return type;
  if (!within(known3, NUMBER) || !within(type, NUMBER)) return NONE;
  if (known3 === NUMBER) return type;
  return type === NUMBER || type === INT32 ? known3 : INTEGER2;
}
function loopOf(t, blocks, header) {
  if (header.index === 0 && t.again !== null) return new Set(blocks.keys());
  const body2 = /* @__PURE__ */ new Set([
    header.index
  ]);
  const work = header.predecessors.filter((from) => from >= header.index);
  for (let at = work.pop(); at !== void 0; at = work.pop()) {
    if (body2.has(at)) continue;
    body2.add(at);
    work.push(...blocks[at].predecessors);
  }
  return body2;
}
function dropGuards(t, states) {
  let dropped2 = false;
  for (const [header, types] of t.loopGuards) {
    const state = states[header] ?? null;
    for (const [slot2, type] of types) {
      const known3 = state?.slots[slot2] ?? NONE;
      if (known3 === NONE || holds2(known3, type)) continue;
      types.delete(slot2);
      dropped2 = true;
    }
  }
  for (const inlined of t.inlined.values()) {
    if (inlined !== null && dropGuards(inlined.t, inlined.states)) dropped2 = true;
  }
  return dropped2;
}

// src/jit/structure.ts
var Structurer = class {
  #t;
  #blocks;
  #states;
  #children;
  #lines = [];
  constructor(t, blocks, states) {
    this.#t = t;
    this.#blocks = blocks;
    this.#states = states;
    t.start = states[0] ?? null;
    this.#children = blocks.map(() => []);
    blocks.forEach((block) => block.index > 0 && this.#children[block.dominator]?.push(block.index));
  }
  /** The body of the function. */
  run() {
    this.#tree(0, -1);
    return this.#lines;
  }
  /** The block and all that it dominates. `next`: the block that control falls into at the end; -1: none. */
  #tree(index, next) {
    const block = this.#blocks[index];
    const merges = this.#children[index].filter((child) => this.#blocks[child].isMerge && this.#states[child] !== null);
    const isLoop = block.isLoop || index === 0 && this.#t.again !== null;
    if (!isLoop) return this.#within(block, merges, next);
    this.#lines.push(`${this.#t.label("L", index)}: for (;;) {`);
    this.#within(block, merges, index);
    this.#lines.push("}");
  }
  /** The block inside the labelled blocks of the merges that it dominates, the nearest innermost. */
  #within(block, merges, next) {
    const last3 = merges.at(-1);
    if (last3 === void 0) return this.#block(block, next);
    this.#lines.push(`${this.#t.label("B", last3)}: {`);
    this.#within(block, merges.slice(0, -1), last3);
    this.#lines.push("}");
    this.#tree(last3, next);
  }
  #block(block, next) {
    const t = this.#t;
    t.out = this.#lines;
    const ending2 = t.block(block, this.#states[block.index]);
    switch (ending2.kind) {
      case "left":
        return;
      case "goto":
        return this.#go(block.index, ending2.to, t.endState(), next);
      case "branch":
        return this.#branch(block.index, ending2, next);
      case "try":
        return this.#try(block.index, ending2, next);
      default:
        return ending2;
    }
  }
  #branch(from, { test: test2, yes, no }, next) {
    const state = this.#t.endState();
    if (test2 === "true") return this.#go(from, yes, state, next);
    if (test2 === "false") return this.#go(from, no, state, next);
    const first3 = this.#collect(() => this.#go(from, yes, state, next));
    const second = this.#collect(() => this.#go(from, no, state, next));
    if (first3.length === 0) {
      if (second.length > 0) this.#lines.push(`if (!(${test2})) {`, ...second, "}");
    } else if (second.length === 0) {
      this.#lines.push(`if (${test2}) {`, ...first3, "}");
    } else if (leaves(first3.at(-1))) {
      this.#lines.push(`if (${test2}) {`, ...first3, "}", ...second);
    } else {
      this.#lines.push(`if (${test2}) {`, ...first3, "} else {", ...second, "}");
    }
  }
  #try(from, { body: body2, handler, target: target2 }, next) {
    const t = this.#t;
    const state = t.endState();
    t.tryDepth++;
    this.#lines.push(`${t.label("T", t.tryDepth)}: {`, "try {");
    this.#go(from, body2, state, -1);
    t.tryDepth--;
    this.#lines.push("} catch ($e) {", `${t.auxiliary("$t")} = $e;`, "}", "}");
    const entry = this.#states[handler];
    const clause2 = t.caught(target2, entry);
    this.#lines.push(...clause2);
    if (!leaves(clause2.at(-1))) this.#go(from, handler, entry, next);
  }
  /** Control from one block to another: in place, by falling through, or by a jump to a label. */
  #go(from, to, state, next) {
    const target2 = this.#blocks[to];
    this.#lines.push(...this.#t.edge(state, this.#states[to], target2.start));
    if (to === next) return;
    if (to <= from) this.#lines.push(`continue ${this.#t.label("L", to)};`);
    else if (target2.isMerge) this.#lines.push(`break ${this.#t.label("B", to)};`);
    else this.#tree(to, next);
  }
  #collect(write3) {
    const outer = this.#lines;
    this.#lines = [];
    write3();
    const lines3 = this.#lines;
    this.#lines = outer;
    return lines3;
  }
};
function leaves(line) {
  return line !== void 0 && /^(return|continue|break|throw) /.test(line);
}

// src/jit/translator.ts
var NO_BLOCK = {
  index: 0,
  start: 0,
  instructions: [],
  successors: [],
  handler: -1,
  after: -1,
  predecessors: [],
  dominator: 0,
  isLoop: false,
  isMerge: false
};
var ROUNDS = 16;
var Translator = class {
  shared;
  unit;
  code;
  #live;
  site;
  /** The JavaScript variables of slots and captures, for Sema values. */
  slotNames;
  captureNames;
  /**
   * The variables whose types are known: slots and, after them, captures. A capture never changes, so its variable holds
   * it as a Sema value all the time.
   */
  names;
  /** The captures that are read from the closure, by index. */
  captured = /* @__PURE__ */ new Set();
  /** Variables may hold raw doubles; not in a function with a TRY, whose handler may be entered from anywhere. */
  raw;
  /** Variables that closures share; null for the others. */
  sharedSlots;
  /** Closures made here, by pc. */
  made = /* @__PURE__ */ new Map();
  #caught = /* @__PURE__ */ new Map();
  /** Functions inlined here, by the pc of the call; null: it was decided not to. */
  inlined = /* @__PURE__ */ new Map();
  /** Guards of variables that the analysis has come across. */
  guards = [];
  /** Those moved in front of loops, by header. */
  loopGuards = /* @__PURE__ */ new Map();
  /** Where a guess of an earlier compilation was wrong: instructions and headers of loops, by pc. */
  misses;
  /** What tail calls of inlined functions bring to the start of this one; null: there are none. */
  again = null;
  /** What is known at its start, after the analysis. */
  start = null;
  /** Only the facts are wanted: the text is thrown away. */
  analysing = true;
  out = [];
  types = [];
  /** What else is known of the slots. */
  known = [];
  stack = [];
  #block = NO_BLOCK;
  /** Blocks inside a TRY: leaving must not pass its handler. */
  tryDepth = 0;
  constructor(shared, code, live, site) {
    this.shared = shared;
    this.unit = shared.unit;
    this.code = code;
    this.#live = live;
    this.site = site;
    this.slotNames = code.slotNames.map((name) => shared.names.take(name));
    this.captureNames = code.captureNames.map((name) => shared.names.take(name));
    this.names = [
      ...this.slotNames,
      ...this.captureNames
    ];
    this.misses = shared.misses(code);
    this.raw = code.handlers.length === 0;
    this.sharedSlots = code.slotShared.map((isShared, slot2) => isShared ? new SharedVariable(this.slotNames[slot2], `$${shared.names.take(`cell_${slot2}`)}`) : null);
  }
  /** The variable that stands for place `k` of the operand stack. */
  home(k) {
    return this.site === null ? `$${k}` : `$${this.site.id}_${k}`;
  }
  /**
   * The variable of a place while it holds a raw double. One variable for both representations is never optimised on
   * JSC: a loop over floats takes 2.4 ms with it and 1.1 with two.
   */
  rawHome(k) {
    return `${this.home(k)}r`;
  }
  /** The variable of a slot while it holds a raw double. */
  rawName(slot2) {
    return `${this.names[slot2]}$`;
  }
  /** All variables that the function may use. */
  variableNames() {
    const places2 = Array.from({
      length: this.code.maxStack + 1
    }, (_, k) => k);
    return [
      ...this.names,
      ...this.names.map((_, slot2) => this.rawName(slot2)),
      ...places2.map((k) => this.home(k)),
      ...places2.map((k) => this.rawHome(k))
    ];
  }
  /** A label for a block. */
  label(kind, index) {
    return this.site === null ? `$${kind}${index}` : `$${kind}${this.site.id}_${index}`;
  }
  // --- Blocks ----------------------------------------------------------------------------------------------------------
  /** Nothing is known yet but which variables are shared. */
  begin() {
    this.types = [
      ...this.sharedSlots.map((variable) => variable === null ? NONE : ANY2),
      ...this.captureNames.map(() => ANY2)
    ];
    this.known = this.types.map(() => null);
    this.stack = [];
  }
  /** A state in which nothing but types is known, and nothing of captures. */
  stateOf(types, stack = []) {
    const slots = [
      ...types,
      ...this.captureNames.map(() => ANY2)
    ];
    return {
      slots,
      stack: [
        ...stack
      ],
      known: slots.map(() => null),
      stackKnown: stack.map(() => null)
    };
  }
  /** Reads the captures that are used from the closure. */
  loadCaptures() {
    const callee = this.site?.callee;
    const closure = callee instanceof Closure ? this.unit.constant(callee) : "$c";
    return [
      ...this.captured
    ].map((index) => `${this.captureNames[index]} = ${closure}.captures[${index}];`);
  }
  /** A capture of the running closure, on the stack. */
  readCapture(index) {
    this.captured.add(index);
    this.stack.push(new Variable(this, this.slotNames.length + index));
  }
  /** An operand as one of a function that is inlined here. */
  handedOver(operand3) {
    const { text: text2, constant: constant3 } = operand3;
    const handed = {
      text: text2,
      constant: constant3,
      slot: -1,
      type: this.typeOf(operand3)
    };
    const known3 = this.knownOf(operand3);
    return known3 === null ? handed : {
      ...handed,
      known: known3
    };
  }
  /** Appends the statements of a block to `out`. Afterwards `types` and `stack` are those at its end. */
  block(block, entry) {
    this.#block = block;
    this.types = [
      ...entry.slots
    ];
    this.known = [
      ...entry.known
    ];
    this.stack = entry.stack.map((type, k) => this.place(k, type, entry.stackKnown[k] ?? null));
    const { annotate: annotate2 } = this.shared;
    for (const at of block.instructions) {
      if (annotate2 !== null && !this.analysing) this.out.push(...annotate2(this, at));
      const ending2 = this.#ending(block, at);
      if (ending2 !== null) return ending2;
      this.shared.translate(this, at);
    }
    this.#flush();
    return {
      kind: "goto",
      to: block.successors[0]
    };
  }
  /** The state that an edge from the current end carries. */
  endState() {
    return {
      slots: [
        ...this.types
      ],
      stack: this.stack.map((operand3) => this.typeOf(operand3)),
      known: [
        ...this.known
      ],
      stackKnown: this.stack.map((operand3) => this.knownOf(operand3))
    };
  }
  /**
   * Statements that give variables the representation and, in front of a loop, the types that the block at `pc` expects.
   */
  edge(from, to, pc) {
    const result2 = [];
    const box = (raw, name, b) => {
      if (!isRaw(b) && b !== NONE) result2.push(`${name} = ${this.helper("float")}(${raw});`);
    };
    from.slots.forEach((type, slot2) => {
      if (type === (FLOAT2 | STALE)) box(this.rawName(slot2), this.names[slot2], to.slots[slot2] ?? NONE);
    });
    from.stack.forEach((type, k) => {
      if (type === FLOAT2) box(this.rawHome(k), this.home(k), to.stack[k] ?? NONE);
    });
    const guarded3 = from.slots.flatMap((type, slot2) => {
      const wanted = to.slots[slot2];
      const copied = (wanted & COPY & ~type) === 0;
      return type === NONE || wanted === NONE || within(type, wanted) && copied ? [] : [
        [
          slot2,
          wanted
        ]
      ];
    });
    if (guarded3.length === 0) return result2;
    this.types = [
      ...from.slots
    ];
    this.known = [
      ...from.known
    ];
    this.stack = from.stack.map((type, k) => this.place(k, type, from.stackKnown[k] ?? null));
    const leave = this.exitTo(pc, "loopTypes", null);
    for (const [slot2, wanted] of guarded3) result2.push(this.#guardText(slot2, wanted, leave));
    return result2;
  }
  /**
   * A statement that leaves unless the slot is of the type, and fills its raw variable where the type says so. The plus
   * tells JSC that the variable is a double (mandelbrot 2.5 → 1.1 times JavaScript; on V8 it costs some 5 %).
   */
  #guardText(slot2, type, leave) {
    const name = this.names[slot2];
    if (!isRaw(type) && (type & COPY) === 0) return `if (!(${this.typeTest(name, type)})) ${leave}`;
    const raw = this.rawName(slot2);
    const number = `typeof ${name} === "number"${isRaw(type) ? ` && !Number.isInteger(${name})` : ""}`;
    const flonum = `${name} instanceof ${this.helper("Flonum")}`;
    return `if (${number}) ${raw} = +${name}; else if (${flonum}) ${raw} = ${name}.value; else ${leave}`;
  }
  /** An expression that tells whether a Sema value is of the type: integers, or one class. */
  typeTest(name, type) {
    switch (type & ANY2) {
      case INT32:
        return `typeof ${name} === "number" && (${name} | 0) === ${name}`;
      case INTEGER2:
        return `Number.isSafeInteger(${name})`;
      case LIST:
        return `${name} instanceof ${this.helper("List")}`;
      case VECTOR:
        return `${name} instanceof ${this.helper("Vector")}`;
      case ARRAY:
        return `${name} instanceof ${this.helper("MutableArray")}`;
      default:
        throw new Error(`no test for type ${type}`);
    }
  }
  /** Leaves unless the operand is of the type. False: it is not to be taken for granted here. */
  ofClass(at, operand3, type) {
    const known3 = this.typeOf(operand3);
    if (within(known3, type)) return true;
    if (!this.mayBe(at, operand3, type)) return false;
    this.noteGuard(operand3, type);
    this.out.push(`if (!(${this.typeTest(this.variable(operand3), type)})) ${this.exit(at, "class")}`);
    this.refine(operand3, type);
    return true;
  }
  /**
   * Reads a field that objects of the operand's class alone have, into an auxiliary variable. Leaves if the operand is
   * of another class, or if the field is null: that costs V8 less than the walk along prototypes that `instanceof` is
   * (binary-trees 2.2 → 1.5 times JavaScript).
   */
  field(operand3, type, name, leave) {
    const value = this.auxiliary("$a");
    const object = this.variable(operand3);
    if (within(this.typeOf(operand3), type)) {
      this.out.push(`${value} = ${object}.${name};`, `if (${value} === null) ${leave}`);
      return value;
    }
    this.noteGuard(operand3, type);
    this.out.push(`if (${object} === null || !(${value} = ${object}.${name})) ${leave}`);
    this.refine(operand3, type);
    return value;
  }
  /** Whether the operand may be taken for one of the type, with a guard or without. */
  mayBe(at, operand3, type) {
    const known3 = this.typeOf(operand3);
    if (within(known3, type)) return true;
    return this.knownOf(operand3) === null && (known3 & type) !== NONE && !this.misses.has(at.pc);
  }
  /** Whether the raw variable of the operand holds the double that it is in float arithmetic. */
  hasCopy({ slot: slot2 }) {
    return slot2 >= 0 && (this.types[slot2] & COPY) !== 0;
  }
  /** Tells the analysis of a guard. */
  noteGuard({ slot: slot2 }, type) {
    if (this.analysing && slot2 >= 0) this.guards.push({
      block: this.#block.index,
      slot: slot2,
      type
    });
  }
  /** The slots that a block assigns. */
  assignedSlots(block) {
    return block.instructions.flatMap((at) => {
      if (at.row.name === "SET_LOCAL" || at.row.name === "FRESH") return [
        operandOf(at, "slot")
      ];
      const again = at.row.flow === "return" && block.successors.length > 0;
      return again ? Array.from({
        length: operandOf(at, "count")
      }, (_, slot2) => slot2) : [];
    });
  }
  /** A place of the operand stack whose value is in its variable. */
  place(k, type, known3 = null) {
    const place2 = {
      text: isRaw(type) ? this.rawHome(k) : this.home(k),
      type,
      slot: -1,
      constant: void 0
    };
    return known3 === null ? place2 : {
      ...place2,
      known: known3
    };
  }
  #ending(block, at) {
    switch (at.row.flow) {
      case "next":
        return null;
      case "loop":
        this.tick(at);
        this.#flush();
        return {
          kind: "goto",
          to: block.successors[0]
        };
      case "jump":
        this.#flush();
        return {
          kind: "goto",
          to: block.successors[0]
        };
      case "branch": {
        const test2 = this.test(this.pop());
        this.#flush();
        return {
          kind: "branch",
          test: test2,
          yes: block.successors[0],
          no: block.successors[1]
        };
      }
      case "return":
        if (block.successors.length > 0) return this.#selfCall(block, at);
        this.shared.translate(this, at);
        return {
          kind: "left"
        };
      case "throw":
        this.shared.translate(this, at);
        return {
          kind: "left"
        };
      case "try": {
        this.#flush();
        const caught2 = this.caughtAt(at.operands[0]);
        if (caught2 !== null) this.forget(caught2);
        return {
          kind: "try",
          body: block.successors[0],
          handler: block.handler,
          target: at.operands[0]
        };
      }
      default:
        return at.row.flow;
    }
  }
  /** Charges a round of a loop to the limits, at its back-edge. */
  tick(at) {
    if (!this.shared.metered) return;
    this.noteSite(at);
    const rounds = this.auxiliary("$n");
    const left = `${this.helper("meter")}.left`;
    this.out.push(`if (--${rounds} < 0) { ${rounds} = ${ROUNDS}; if ((${left} -= ${ROUNDS}) < 0 && ${this.helper("tick")}()) ${this.exit(at, "pause")} }`);
  }
  /** A tail call of the function to itself: its parameters change and it starts again. */
  #selfCall(block, at) {
    this.tick(at);
    const count2 = operandOf(at, "count");
    const first3 = this.stack.length - count2;
    for (let i = 0; i < count2; i++) {
      const operand3 = this.stack[first3 + i];
      if (operand3.slot >= 0 && operand3.slot !== i) this.#settle(first3 + i);
    }
    const args = this.stack.splice(first3);
    args.forEach((operand3, i) => operand3.slot === i || this.bindParameter(i, operand3));
    this.stack = [];
    return {
      kind: "goto",
      to: block.successors[0]
    };
  }
  /** Pushes the result of an expression that may unwind. */
  called(at, text2) {
    this.noteSite(at);
    const k = this.stack.length;
    const result2 = this.home(k);
    this.out.push(`${result2} = ${text2};`);
    this.out.push(this.unwound(result2, at.next));
    this.stack.push(this.place(k, ANY2));
  }
  /** The text is the whole function, from its start on. */
  get isWhole() {
    return this.site !== null || this.unit.entry === 0;
  }
  /** A jump to the start from inside a function that is inlined here. `out`: where its text goes. */
  startAgain(args, out) {
    const [outer, types, known3, stack] = [
      this.out,
      this.types,
      this.known,
      this.stack
    ];
    this.out = out;
    this.begin();
    args.forEach((operand3, slot2) => this.bindParameter(slot2, operand3));
    const state = this.endState();
    if (this.analysing) this.again = this.again === null ? state : join3(this, 0, this.again, state) ?? this.again;
    else out.push(...this.edge(state, this.start ?? state, 0), `continue ${this.label("L", 0)};`);
    [this.out, this.types, this.known, this.stack] = [
      outer,
      types,
      known3,
      stack
    ];
  }
  /** A parameter at the start of the function: where closures share it, it is a new variable. */
  bindParameter(slot2, operand3) {
    const variable = this.sharedSlots[slot2];
    if (!variable) return this.#assign(slot2, operand3);
    freshVariable(this, variable);
    if (variable.real) this.out.push(`${variable.name} = ${this.helper("cell")}(${this.boxed(operand3)});`);
    else assignVariable(this, variable, operand3);
  }
  /** A variable that holds the operand as a Sema value. */
  variable(operand3) {
    const plain2 = (operand3.slot >= 0 || /^\$[ck\d]/.test(operand3.text)) && !this.#isVirtual(operand3);
    if (plain2 && operand3.constant === void 0 && !isRaw(this.typeOf(operand3))) return operand3.text;
    return this.named(this.boxed(operand3));
  }
  #isVirtual(operand3) {
    return isVirtual(this.knownOf(operand3));
  }
  /** A variable set to an expression. */
  named(text2) {
    const name = this.auxiliary("$f");
    this.out.push(`${name} = ${text2};`);
    return name;
  }
  /** The value of a global, checked to be bound. */
  global(cell2) {
    const name = this.unit.constant(cell2);
    const value = this.auxiliary("$g");
    this.out.push(`${value} = ${name}.value; if (${value} === ${this.helper("UNBOUND")}) ${this.helper("unbound")}(${name});`);
    return value;
  }
  /** The instruction after `at` in its block. */
  following(at) {
    return this.#block.instructions.find((other) => other.pc === at.next);
  }
  /**
   * What the global holds now, if the unit may rely on it: a function or a value that keeps nothing alive, not assigned
   * too often.
   */
  builtIn(cell2) {
    const { value } = cell2;
    if (cell2.changes >= MOST_CHANGES || !(value instanceof Closure || value instanceof Builtin || isPlain(value))) {
      return null;
    }
    this.unit.cells.add(cell2);
    return this.constant(value);
  }
  /** A value of a global on the stack: itself while nobody assigns it. Then its type is known, too. */
  getGlobal(at) {
    const cell2 = this.code.constants[operandOf(at, "cell")];
    const known3 = this.builtIn(cell2);
    if (known3 !== null) return this.push(constantOperand(known3.value));
    this.noteSite(at);
    this.pushHome(this.global(cell2), ANY2);
  }
  /** Assigns a global; the rest of the activation is left if code that is running relied on it. */
  setGlobal(at, define3) {
    const cell2 = this.unit.constant(this.code.constants[operandOf(at, "cell")]);
    const k = this.stack.length - 1;
    this.#settle(k, true);
    this.stack.pop();
    const value = this.home(k);
    const leave = `${this.helper("assign")}(${cell2}, ${value}, ${define3})`;
    this.out.push(`if (${cell2}.watchers === null) ${cell2}.value = ${value}; else if (${leave}) return ${this.saved(at.next)};`);
    if (define3) this.stack.push(constantOperand(null));
    else this.stack.push(this.place(k, ANY2));
  }
  // --- The operand stack -----------------------------------------------------------------------------------------------
  /** What is known of an operand. */
  typeOf(operand3) {
    return operand3.slot >= 0 ? this.types[operand3.slot] & ANY2 : operand3.type;
  }
  /** What else is known of an operand. */
  knownOf(operand3) {
    if (operand3.constant !== void 0) return this.constant(operand3.constant);
    return operand3.slot >= 0 ? this.known[operand3.slot] ?? null : operand3.known ?? null;
  }
  /** Whether the variable may still be read from `pc` on. */
  isLive(pc, slot2) {
    return slot2 >= this.slotNames.length || this.#live.get(pc)?.[slot2] === 1;
  }
  /** The value as something known. */
  constant(value) {
    const { constants: constants2 } = this.shared;
    let known3 = constants2.get(value);
    if (known3 === void 0) constants2.set(value, known3 = new Constant(value));
    return known3;
  }
  /** Learns the type of an operand that has been checked. */
  refine(operand3, type) {
    if (operand3.slot >= 0) this.types[operand3.slot] = type;
    else operand3.type = type;
  }
  pop() {
    const operand3 = this.stack.pop();
    if (operand3 === void 0) throw new Error("operand stack is empty");
    return operand3;
  }
  /** The topmost operands, in order. */
  popMany(count2) {
    return this.stack.splice(this.stack.length - count2);
  }
  /** The operand as a Sema value. */
  boxed(operand3) {
    const { slot: slot2, constant: constant3 } = operand3;
    if (constant3 !== void 0) return this.constantText(constant3);
    const known3 = this.knownOf(operand3);
    if (isVirtual(known3)) need(this.shared, known3);
    if (!isRaw(this.typeOf(operand3))) return operand3.text;
    if (slot2 >= 0 && (this.types[slot2] & STALE) === 0) return this.names[slot2];
    const { text: text2 } = operand3;
    return `(Math.floor(${text2}) === ${text2} ? ${this.helper("float")}(${text2}) : ${text2})`;
  }
  /** The operand as a Sema value for a frame that is left. */
  #leaving(operand3) {
    const known3 = this.knownOf(operand3);
    if (isVirtual(known3)) return madeOnLeaving(this, known3);
    if (operand3.constant === void 0 && isRaw(this.typeOf(operand3)) && operand3.slot < 0) {
      return `${this.helper("float")}(${operand3.text})`;
    }
    return operand3.slot >= 0 && known3 === null ? this.boxedSlot(operand3.slot) : this.boxed(operand3);
  }
  /** A constant as a Sema value. */
  constantText(value) {
    return literal3(value) ?? this.unit.constant(value);
  }
  /** An operand as the condition of an `if`. */
  test(operand3) {
    const type = this.typeOf(operand3);
    if (operand3.constant !== void 0) return String(operand3.constant !== null && operand3.constant !== false);
    if (this.#isVirtual(operand3)) return "true";
    if (isAlwaysTrue(type)) return "true";
    return type === BOOLEAN ? operand3.text : `${operand3.text} !== false && ${operand3.text} !== null`;
  }
  /** The opposite of {@link test}. */
  testNot(operand3) {
    const type = this.typeOf(operand3);
    if (operand3.constant !== void 0) return String(operand3.constant === null || operand3.constant === false);
    if (this.#isVirtual(operand3)) return "false";
    if (isAlwaysTrue(type)) return "false";
    return type === BOOLEAN ? `!(${operand3.text})` : `(${operand3.text} === false || ${operand3.text} === null)`;
  }
  /** Pushes the value of an expression, evaluated here. */
  pushHome(text2, type) {
    const place2 = this.place(this.stack.length, type);
    if (text2 !== place2.text) this.out.push(`${place2.text} = ${text2};`);
    this.stack.push(place2);
  }
  /** Pushes a test: usable as a condition where it is consumed at once, a value anywhere else. */
  pushTest(text2, next) {
    const atOnce = next !== void 0 && (next.row.flow === "branch" || next.row.name === "NOT");
    if (!atOnce) return this.pushHome(text2, BOOLEAN);
    this.stack.push({
      text: text2,
      type: BOOLEAN,
      slot: -1,
      constant: void 0
    });
  }
  push(operand3) {
    this.stack.push(operand3);
  }
  /** Moves an operand to the variable of its place. `box`: as a Sema value. */
  #settle(k, box = false) {
    const operand3 = this.stack[k];
    const type = this.typeOf(operand3);
    const known3 = this.knownOf(operand3);
    if (isVirtual(known3) && !box) {
      this.stack[k] = this.place(k, type, known3);
      return;
    }
    const raw = isRaw(type) && this.raw && !box;
    const text2 = raw ? operand3.constant === void 0 ? operand3.text : rawLiteral(numberOf(operand3.constant)) : this.boxed(operand3);
    const place2 = this.place(k, isRaw(type) && !raw ? ANY2 : type, known3);
    if (text2 !== place2.text) this.out.push(`${place2.text} = ${text2};`);
    this.stack[k] = place2;
  }
  /** From here on nothing is known of variables and operands that depend on what `changes`: they have to be made before. */
  forget(changes) {
    const depends = (known3) => {
      if (known3 === null || known3 instanceof Constant) return false;
      if (known3 !== changes && (changes instanceof Caught || known3 instanceof Caught || !known3.needs(changes))) {
        return false;
      }
      if (known3.virtual) need(this.shared, known3);
      return true;
    };
    this.known.forEach((known3, slot2) => depends(known3) && (this.known[slot2] = null));
    this.stack.forEach((operand3, k) => {
      if (operand3.slot < 0 && depends(operand3.known ?? null)) {
        const { text: text2, type } = operand3;
        this.stack[k] = {
          text: text2,
          type,
          slot: -1,
          constant: void 0
        };
      }
    });
  }
  #flush() {
    for (let k = 0; k < this.stack.length; k++) this.#settle(k);
  }
  // --- Variables -------------------------------------------------------------------------------------------------------
  getLocal(slot2) {
    const variable = this.sharedSlots[slot2];
    if (variable) readVariable(this, variable);
    else this.stack.push(new Variable(this, slot2));
  }
  setLocal(slot2) {
    const operand3 = this.pop();
    const variable = this.sharedSlots[slot2];
    if (variable) return assignVariable(this, variable, operand3);
    if (operand3.slot === slot2) return;
    this.stack.forEach((other, k) => other.slot === slot2 && this.#settle(k));
    this.#assign(slot2, operand3);
  }
  #assign(slot2, operand3) {
    const type = this.typeOf(operand3);
    const known3 = this.knownOf(operand3);
    this.known[slot2] = known3;
    if (isVirtual(known3)) {
      this.types[slot2] = type;
      return;
    }
    const raw = isRaw(type) && this.raw;
    const text2 = raw ? this.rawText(operand3) : this.boxed(operand3);
    this.out.push(`${raw ? this.rawName(slot2) : this.slotNames[slot2]} = ${text2};`);
    this.types[slot2] = raw ? FLOAT2 | STALE : isRaw(type) ? ANY2 : type;
  }
  /** An operand that is a raw double. */
  rawText({ constant: constant3, text: text2 }) {
    return constant3 === void 0 ? text2 : rawLiteral(numberOf(constant3));
  }
  /** The slot has been found to be a float: its raw variable holds that, too. */
  unboxed(slot2) {
    this.types[slot2] = FLOAT2;
  }
  /** The variable of a slot, which no closure shares, as a Sema value. */
  boxedSlot(slot2) {
    const stale = this.types[slot2] === (FLOAT2 | STALE);
    return stale ? `${this.helper("float")}(${this.rawName(slot2)})` : this.names[slot2];
  }
  // --- Leaving ---------------------------------------------------------------------------------------------------------
  /** A statement that moves the activation to the interpreter, at the instruction `at`. */
  exit(at, exit, seen = 0) {
    const site = seen === 0 ? null : {
      site: operandOf(at, "feedback"),
      seen
    };
    return this.exitTo(at.pc, exit, site);
  }
  /** A statement that moves the activation to the interpreter at `pc`, and with it those that this is inlined in. */
  exitTo(pc, exit, feedback) {
    const frames = [
      this.#frame(pc, exit, feedback)
    ];
    for (let { site } = this; site !== null && site.result !== null; site = site.caller.site) {
      frames.push(site.caller.#frame(site.at.next, null, null));
    }
    if (this.#handlerLabel !== null) return `{ ${this.auxiliary("$v")} = [${frames.join(", ")}]; break $leave; }`;
    return `{ $s = -1; return ${this.helper("leave")}($F, $d, [${frames.join(", ")}]); }`;
  }
  /** What leaving needs of one activation: the number of the point, the closure and the values. */
  #frame(pc, exit, feedback) {
    const [number, values] = this.#point(pc, exit, feedback);
    return `${number}, ${this.#closure()}, [${values}]`;
  }
  /** A statement that leaves if a call that returns to `pc` has not returned with a value but with `UNWIND`. */
  unwound(result2, pc) {
    const label = this.#handlerLabel;
    if (label === null) return `if (${result2} === $U) return ${this.saved(pc)};`;
    const error = this.auxiliary("$t");
    return `if (${result2} === $U) { ${error} = ${this.helper("failure")}(); if (${error} === null) return ${this.saved(pc)}; break ${label}; }`;
  }
  /** Raises a value: a handler in the text receives it by a jump. */
  raise(at, value) {
    const label = this.#handlerLabel;
    if (label === null) this.out.push(`return ${this.helper("throw")}($F, ${value}, ${this.siteNumber(at)});`);
    else {
      this.noteSite(at);
      this.out.push(`${this.auxiliary("$t")} = ${this.helper("raise")}(${value});`, `break ${label};`);
    }
  }
  /** The label of the innermost TRY around what is being written, of this function or of one that it is inlined in. */
  get #handlerLabel() {
    if (this.tryDepth > 0) return this.label("T", this.tryDepth);
    return this.site === null ? null : this.site.parent.#handlerLabel;
  }
  /** The expression that saves the frame for a pending call that returns to `pc`, and those it is inlined in. */
  saved(pc) {
    const [number, values] = this.#point(pc, null, null);
    const own = `${this.helper("save")}($F, ${number}, ${this.#closure()}, [${values}])`;
    const { site } = this;
    return site === null || site.result === null ? own : `(${own}, ${site.caller.saved(site.at.next)})`;
  }
  /** The running closure, on leaving. */
  #closure() {
    const callee = this.site?.callee;
    if (callee === void 0) return "$c";
    return callee instanceof Made ? madeOnLeaving(this, callee) : this.unit.constant(callee);
  }
  #point(pc, exit, feedback) {
    const live = this.#live.get(pc);
    const slots = [];
    const values = [];
    this.types.forEach((type, slot2) => {
      if (live?.[slot2] !== 1 || type === NONE) return;
      slots.push(slot2);
      values.push(this.#slotOnLeaving(slot2));
    });
    this.stack.forEach((operand3, k) => {
      slots.push(this.code.slots + k);
      values.push(this.#leaving(operand3));
    });
    const height = this.code.slots + this.stack.length;
    return [
      this.unit.point({
        code: this.code,
        pc,
        slots,
        height,
        exit,
        feedback
      }),
      values.join(", ")
    ];
  }
  #slotOnLeaving(slot2) {
    const variable = this.sharedSlots[slot2];
    if (variable) return variableOnLeaving(this, variable);
    const known3 = this.known[slot2];
    return isVirtual(known3) ? madeOnLeaving(this, known3) : this.boxedSlot(slot2);
  }
  /** The error that the handler at `target` is given, if it does not look at the trace. */
  caughtAt(target2) {
    const known3 = this.#caught.get(target2);
    if (known3 !== void 0) return known3;
    const handler = this.code.handlers.find((h) => h.target === target2);
    const name = this.shared.names.take("e").slice(1);
    const caught2 = handler === void 0 || handler.trace ? null : new Caught(`$e${name}_`, `$e${name}_m`);
    this.#caught.set(target2, caught2);
    return caught2;
  }
  /** The clause that receives an error inside a TRY, up to where its handler goes on. */
  caught(target2, entry) {
    const handler = this.code.handlers.find((h) => h.target === target2);
    if (handler === void 0) throw new Error("a TRY without handler");
    this.types = [
      ...entry.slots
    ];
    this.known = [
      ...entry.known
    ];
    this.stack = entry.stack.slice(0, -1).map((type, k2) => this.place(k2, type));
    const k = this.stack.length;
    const caught2 = this.caughtAt(target2);
    if (caught2 !== null) {
      const error = `${this.auxiliary(caught2.error)} = ${this.helper("caught")}($F, $t, $s);`;
      if (caught2.virtual) return [
        error,
        `${this.auxiliary(caught2.map)} = undefined;`
      ];
      return [
        error,
        `${this.home(k)} = ${this.helper("errorMap")}(${caught2.error});`
      ];
    }
    const [number, values] = this.#point(target2, null, null);
    return [
      `return ${this.helper("caughtWithTrace")}($F, ${number}, $c, $t, $s, [${values}]);`
    ];
  }
  /** Notes which instruction runs, for the trace of an error. */
  noteSite(at) {
    this.out.push(`$s = ${this.siteNumber(at)};`);
  }
  /** A number for an instruction: its pc, or where it is inlined one of the unit's. */
  siteNumber(at) {
    if (this.site === null) return at.pc;
    const { caller, at: call3, result: result2 } = this.site;
    return this.unit.site({
      code: this.code,
      pc: at.pc,
      caller: result2 === null ? -1 : caller.siteNumber(call3)
    });
  }
  /** This function is left for good: an error from now on is not in it, but may be in one that it is inlined in. */
  noSite() {
    const { site } = this;
    this.out.push(`$s = ${site === null || site.result === null ? -1 : site.caller.siteNumber(site.at)};`);
  }
  /** A general operation that may fail. */
  failing(at, text2, type) {
    this.noteSite(at);
    this.pushHome(text2, type);
  }
  helper(name) {
    this.shared.helpers.add(name);
    return name === "Closure" || name === "Flonum" || name === "List" ? name : `$${name}`;
  }
  auxiliary(name) {
    this.shared.variables.add(name);
    return name;
  }
};
var Variable = class {
  #t;
  slot;
  constant = void 0;
  type = NONE;
  constructor(t, slot2) {
    this.#t = t;
    this.slot = slot2;
  }
  get text() {
    const { slot: slot2 } = this;
    return isRaw(this.#t.typeOf(this)) ? this.#t.rawName(slot2) : this.#t.names[slot2];
  }
};
function isPlain(value) {
  return value === null || typeof value === "number" || typeof value === "boolean" || typeof value === "string" || value instanceof Flonum || value instanceof Sym || value instanceof Keyword;
}

// src/jit/inline.ts
var MOST_WORDS = 64;
var MOST_WORDS_WITH_FUNCTION = 160;
var MOST_WORDS_AT_ALL = 400;
var MOST_WORDS_IN_ALL = 800;
var DEEPEST = 6;
var SELF_INLINED = 1;
function inlineCall(caller, at, callee, operands) {
  const decided = caller.inlined.get(at.pc);
  if (decided === null || decided !== void 0 && decided.callee !== callee) return false;
  const inlined = decided ?? begin(caller, at, callee, operands);
  if (inlined === null) return false;
  const args = packed(caller, inlined.t.code, operands);
  if (caller.analysing && !reanalyse(caller, inlined, args)) {
    caller.inlined.set(at.pc, null);
    return false;
  }
  if (!caller.analysing) write2(caller, inlined, args);
  const { result: result2 } = inlined.t.site;
  if (at.row.flow !== "return" && result2 !== null) {
    caller.stack.push(caller.place(result2.k, result2.type));
  }
  return true;
}
function packed(caller, { rest: rest2, parameters: parameters2 }, operands) {
  const args = operands.slice(0, parameters2);
  if (!rest2) return args;
  const more = operands.slice(parameters2);
  if (more.length === 0) return [
    ...args,
    constantOperand(EMPTY)
  ];
  const link = caller.helper("link");
  const text2 = more.reduceRight((list3, item) => `${link}(${caller.boxed(item)}, ${list3})`, caller.helper("EMPTY"));
  return [
    ...args,
    {
      text: text2,
      type: LIST,
      slot: -1,
      constant: void 0
    }
  ];
}
function begin(caller, at, callee, operands) {
  const { code } = callee;
  const { unit, shared } = caller;
  if (!caller.analysing || !isInlinable(caller, code, mostWords(caller, callee, operands))) {
    if (caller.analysing) caller.inlined.set(at.pc, null);
    return null;
  }
  if (callee instanceof Made) keep(shared, callee);
  unit.codes.add(code);
  const site = {
    id: ++unit.inlined,
    parent: caller,
    callee,
    ...continuation(caller, at)
  };
  const blocks = buildGraph(code, 0, selfCalls(code, unit));
  const t = new Translator(shared, code, liveness(code, blocks), site);
  const inlined = {
    callee,
    t,
    blocks,
    entry: null,
    states: [],
    epoch: -1,
    words: 0
  };
  caller.inlined.set(at.pc, inlined);
  return inlined;
}
function continuation(caller, at) {
  const { site } = caller;
  if (at.row.flow !== "return") return {
    caller,
    at,
    result: {
      k: caller.stack.length,
      type: NONE
    }
  };
  return site === null ? {
    caller,
    at,
    result: null
  } : {
    caller: site.caller,
    at: site.at,
    result: site.result
  };
}
function mostWords(caller, callee, operands) {
  const isFunction2 = (operand3) => caller.knownOf(operand3) instanceof Made || operand3.constant instanceof Procedure;
  return callee instanceof Made || operands.some(isFunction2) ? MOST_WORDS_WITH_FUNCTION : MOST_WORDS;
}
function isInlinable(caller, code, most) {
  if (code.words.length > (most === MOST_WORDS ? MOST_WORDS : MOST_WORDS_AT_ALL)) return false;
  if (code.handlers.length > 0) return false;
  let depth = 0;
  let self2 = 0;
  for (let t = caller; t !== null; t = t.site?.parent ?? null) {
    if (t.code === code && ++self2 > SELF_INLINED || ++depth > DEEPEST) return false;
  }
  return true;
}
function reanalyse(caller, inlined, args) {
  const { t, blocks } = inlined;
  const { unit, shared } = caller;
  const joined3 = join3(t, 0, inlined.entry, entryOf(caller, t, args));
  if (joined3 === null && inlined.epoch === shared.epoch) return true;
  const entry = joined3 ?? inlined.entry;
  inlined.entry = entry;
  do {
    inlined.epoch = shared.epoch;
    inlined.states = analyse2(t, blocks, entry);
  } while (inlined.epoch !== shared.epoch);
  const reached = blocks.filter((_, i) => inlined.states[i] !== null).flatMap((block) => block.instructions);
  const words3 = reached.reduce((sum3, at) => sum3 + at.row.width, 0);
  unit.inlinedWords += words3 - inlined.words;
  inlined.words = words3;
  const most = inlined.callee instanceof Made || t.code.words.length > MOST_WORDS ? MOST_WORDS_WITH_FUNCTION : MOST_WORDS;
  if (words3 <= most && unit.inlinedWords <= MOST_WORDS_IN_ALL) return true;
  unit.inlinedWords -= words3;
  return false;
}
function entryOf(caller, t, args) {
  t.begin();
  args.forEach((operand3, slot2) => t.bindParameter(slot2, caller.handedOver(operand3)));
  return t.endState();
}
function write2(caller, { t, blocks, states }, args) {
  const { id, result: result2 } = t.site;
  if (result2 !== null) caller.out.push(`$I${id}: {`);
  t.analysing = false;
  t.out = caller.out;
  const from = entryOf(caller, t, args);
  caller.out.push(...t.loadCaptures(), ...t.edge(from, states[0], 0));
  t.out = caller.out;
  caller.out.push(...new Structurer(t, blocks, states).run());
  if (result2 !== null) caller.out.push("}");
  for (const name of t.variableNames()) caller.shared.variables.add(name);
}

// src/jit/names.ts
var RESERVED = new Set("arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity Number Closure Flonum List".split(" "));
var SPELLED = {
  "-": "_",
  "?": "P",
  "!": "X",
  "*": "Star",
  "+": "Plus",
  "/": "_",
  "<": "Less",
  ">": "More",
  "=": "Equal",
  "%": "Percent",
  "&": "And",
  "^": "Caret",
  "~": "Tilde",
  ".": "Dot",
  "#": "Hash"
};
var Names = class {
  #taken = new Set(RESERVED);
  /** A name that reads like `name`. */
  take(name) {
    let text2 = [
      ...name
    ].map((c) => SPELLED[c] ?? (/[\p{L}\p{N}_]/u.test(c) ? c : "_")).join("");
    if (!/^[\p{L}_]/u.test(text2)) text2 = `_${text2}`;
    let result2 = text2;
    for (let i = 1; this.#taken.has(result2); i++) result2 = `${text2}_${i}`;
    this.#taken.add(result2);
    return result2;
  }
};

// src/jit/arithmetic.ts
function mode2(t, at, a, b) {
  const seen = t.code.feedback[operandOf(at, "feedback")];
  const [x, y] = [
    t.typeOf(a),
    t.typeOf(b)
  ];
  if ((x & (INTEGER2 | FLOAT2)) === 0 || (y & (INTEGER2 | FLOAT2)) === 0 || (seen & SEEN.other) !== 0) return "general";
  if (x === FLOAT2 || y === FLOAT2) return "float";
  const wide = (seen & SEEN.wide) !== 0;
  if (within(x, INTEGER2) && within(y, INTEGER2)) {
    return x === INT32 && y === INT32 && !wide ? "int32" : "integer";
  }
  if (seen === 0) return within(x, INT32 | ~INTEGER2) || x === ANY2 || x === INT32 ? "int32" : "integer";
  if (seen === SEEN.wide) return "integer";
  return seen === SEEN.float ? "float" : "general";
}
function arithmetic2(t, at, operator, helper) {
  const [a, b] = t.stack.slice(-2);
  let how = mode2(t, at, a, b);
  if (operator === "/" && how !== "float") how = "general";
  switch (how) {
    case "int32":
      guard(t, at, a, "int32");
      guard(t, at, b, "int32");
      return integerResult(t, at, operator, (r) => `(${r} | 0) !== ${r}`, "overflow", INT32);
    case "integer":
      guard(t, at, a, "integer");
      guard(t, at, b, "integer");
      return integerResult(t, at, operator, (r) => `!Number.isSafeInteger(${r})`, "unsafe", INTEGER2);
    case "float": {
      const x = double2(t, at, a, "$x1");
      const y = double2(t, at, b, "$x2");
      notBothIntegers(t, at, [
        a,
        x
      ], [
        b,
        y
      ]);
      learnFloat(t, a, b, x);
      learnFloat(t, b, a, y);
      drop2(t);
      return t.pushHome(`${x} ${operator} ${y}`, FLOAT2);
    }
    case "general": {
      const right2 = t.boxed(t.pop());
      const left = t.boxed(t.pop());
      return t.failing(at, `${t.helper(helper)}(${left}, ${right2})`, ANY2);
    }
    default:
      return how;
  }
}
function isName({ constant: constant3 }) {
  return constant3 instanceof Sym || constant3 instanceof Keyword || constant3 === null || typeof constant3 === "boolean" || typeof constant3 === "string";
}
function comparison2(t, at, operator, helper) {
  const [a, b] = t.stack.slice(-2);
  if (operator === "===" && (isName(a) || isName(b))) {
    drop2(t);
    return t.pushTest(`${t.boxed(a)} === ${t.boxed(b)}`, t.following(at));
  }
  let how = mode2(t, at, a, b);
  const seen = t.code.feedback[operandOf(at, "feedback")];
  if (how === "general" && seen !== 0 && (seen & SEEN.other) === 0) how = "float";
  switch (how) {
    case "int32":
    case "integer":
      guard(t, at, a, how);
      guard(t, at, b, how);
      drop2(t);
      return t.pushTest(`${a.text} ${operator} ${b.text}`, t.following(at));
    case "float": {
      const x = double2(t, at, a, "$x1");
      const y = double2(t, at, b, "$x2");
      drop2(t);
      return t.pushTest(`${x} ${operator} ${y}`, t.following(at));
    }
    case "general": {
      const right2 = t.boxed(t.pop());
      const left = t.boxed(t.pop());
      return t.failing(at, `${t.helper(helper)}(${left}, ${right2})`, BOOLEAN);
    }
    default:
      return how;
  }
}
function remainder3(t, at, helper) {
  const [a, b] = t.stack.slice(-2);
  if (mode2(t, at, a, b) !== "int32") {
    const right2 = t.boxed(t.pop());
    const left = t.boxed(t.pop());
    return t.failing(at, `${t.helper(helper)}(${left}, ${right2})`, ANY2);
  }
  guard(t, at, a, "int32");
  guard(t, at, b, "int32");
  drop2(t);
  const positive = typeof b.constant === "number" && b.constant > 0 ? "" : ` && ${b.text} > 0`;
  const general3 = `${t.helper(helper)}(${a.text}, ${b.text})`;
  t.failing(at, `${a.text} >= 0${positive} ? ${a.text} % ${b.text} : ${general3}`, INT32);
}
function guard(t, at, operand3, kind) {
  const type = t.typeOf(operand3);
  if (kind === "int32" ? type === INT32 : within(type, INTEGER2)) return;
  const { text: text2 } = operand3;
  t.noteGuard(operand3, kind === "integer" ? INTEGER2 : INT32);
  const test2 = kind === "integer" ? `!Number.isSafeInteger(${text2})` : within(type, INTEGER2) ? `(${text2} | 0) !== ${text2}` : `typeof ${text2} !== "number" || (${text2} | 0) !== ${text2}`;
  t.out.push(`if (${test2}) ${t.exit(at, kind)}`);
  t.refine(operand3, kind === "int32" ? INT32 : INTEGER2);
}
function integerResult(t, at, operator, fails, exit, type) {
  const [a, b] = t.stack.slice(-2);
  const text2 = `${a.text} ${operator} ${b.text}${operator === "*" ? " + 0" : ""}`;
  const place2 = t.home(t.stack.length - 2);
  const result2 = a.text === place2 || b.text === place2 ? t.auxiliary("$r") : place2;
  t.out.push(`${result2} = ${text2};`, `if (${fails(result2)}) ${t.exit(at, exit)}`);
  drop2(t);
  t.pushHome(result2, type);
}
function double2(t, at, operand3, auxiliary) {
  const { constant: constant3 } = operand3;
  if (constant3 instanceof Flonum) return rawLiteral(constant3.value);
  const type = t.typeOf(operand3);
  if (typeof constant3 === "number" || type === FLOAT2 || within(type, INTEGER2)) return operand3.text;
  if (t.hasCopy(operand3)) return t.rawName(operand3.slot);
  t.noteGuard(operand3, NUMBER);
  const name = t.auxiliary(auxiliary);
  const { text: text2 } = operand3;
  t.out.push(`if (typeof ${text2} === "number") ${name} = +${text2}; else if (${text2} instanceof ${t.helper("Flonum")}) ${name} = ${text2}.value; else ${t.exit(at, "number")}`);
  return name;
}
function notBothIntegers(t, at, ...operands) {
  if (operands.some(([operand3]) => t.typeOf(operand3) === FLOAT2)) return;
  const unknown = operands.filter(([operand3]) => !within(t.typeOf(operand3), INTEGER2));
  const tests = [
    ...unknown.map(([, raw]) => `Math.floor(${raw}) === ${raw}`),
    ...unknown.map(([operand3]) => `Number.isInteger(${operand3.text})`)
  ];
  t.out.push(`if (${tests.join(" && ") || "true"}) ${t.exit(at, "float", SEEN.integer)}`);
}
function learnFloat(t, operand3, other, text2) {
  if (!t.raw || operand3.slot < 0 || t.typeOf(operand3) === FLOAT2 || within(t.typeOf(operand3), INTEGER2)) return;
  if (!within(t.typeOf(other), INTEGER2)) return;
  t.out.push(`${t.rawName(operand3.slot)} = ${text2};`);
  t.unboxed(operand3.slot);
}
function drop2(t) {
  t.pop();
  t.pop();
}

// src/jit/expansions.ts
function isInt32(t, operand3) {
  if (t.typeOf(operand3) === INT32) return null;
  const { text: text2 } = operand3;
  return `typeof ${text2} === "number" && (${text2} | 0) === ${text2}`;
}
function simple(t, args) {
  return args.every((operand3) => t.typeOf(operand3) !== FLOAT2 && /^[\w$\p{L}-]+$/u.test(operand3.text));
}
function onIntegers(fast, type, also) {
  return (t, at, args, general3) => {
    if (!simple(t, args)) return false;
    const texts2 = args.map((operand3) => operand3.text);
    const tests = [
      ...args.map((operand3) => isInt32(t, operand3)),
      also?.(...texts2) ?? null
    ].filter((x) => x !== null);
    if (tests.length === 0) t.pushHome(fast(...texts2), type);
    else t.failing(at, `${tests.join(" && ")} ? ${fast(...texts2)} : ${general3()}`, type === BOOLEAN ? BOOLEAN : ANY2);
    return true;
  };
}
function integers2(operator) {
  return (t, at, args, general3) => {
    if (args.length < 2 || args.length > 6 || !simple(t, args)) return false;
    const result2 = t.auxiliary("$r");
    const tests = args.flatMap((operand3) => isInt32(t, operand3) ?? []);
    const text2 = args.map((operand3) => operand3.text).join(` ${operator} `) + (operator === "*" ? " + 0" : "");
    tests.push(`(${result2} = ${text2}, (${result2} | 0) === ${result2})`);
    t.failing(at, `${tests.join(" && ")} ? ${result2} : ${general3()}`, ANY2);
    return true;
  };
}
var compares = (operator) => (t, at, args, general3) => args.length === 2 && onIntegers((a, b) => `${a} ${operator} ${b}`, BOOLEAN)(t, at, args, general3);
function listPath(path) {
  return (t, at, [list3], general3) => {
    if (list3 === void 0 || !simple(t, [
      list3
    ])) return false;
    t.failing(at, `${list3.text} instanceof ${t.helper("List")} ? ${list3.text}${path} : ${general3()}`, ANY2);
    return true;
  };
}
function isName2(value) {
  return typeof value === "string" || value instanceof Keyword || value instanceof Sym;
}
function comparesByIdentity(value) {
  if (value === void 0) return false;
  if (typeof value === "number") return Number.isInteger(value);
  return value === null || typeof value === "boolean" || typeof value === "string" || value instanceof Sym || value instanceof Keyword;
}
var equality = (t, at, [a, b]) => {
  if (a === void 0 || b === void 0) return false;
  if (!comparesByIdentity(a.constant) && !comparesByIdentity(b.constant)) return false;
  t.pushTest(`${t.boxed(a)} === ${t.boxed(b)}`, t.following(at));
  return true;
};
var extreme3 = (operator) => (t, at, args, general3) => args.length === 2 && onIntegers((a, b) => `(${a} ${operator} ${b} ? ${a} : ${b})`, INT32)(t, at, args, general3);
var TABLE = {
  "eq?": equality,
  "equal?": equality,
  "nil?": (t, at, [value]) => {
    if (value === void 0) return false;
    t.pushTest(`${t.boxed(value)} === null`, t.following(at));
    return true;
  },
  "__vm-sequence": (t, at, [sequence3], general3) => {
    if (sequence3 === void 0 || !simple(t, [
      sequence3
    ])) return false;
    t.failing(at, `${sequence3.text} instanceof ${t.helper("List")} ? ${sequence3.text} : ${general3()}`, LIST);
    return true;
  },
  "__vm-callable": (t, at, [callback], general3) => {
    if (callback === void 0) return false;
    const known3 = t.knownOf(callback);
    const callable3 = known3 instanceof Constant ? known3.value instanceof Procedure : known3 instanceof Made;
    if (callable3) t.push(constantOperand(null));
    else if (!simple(t, [
      callback
    ])) return false;
    else t.failing(at, `${callback.text} instanceof ${t.helper("Closure")} ? null : ${general3()}`, ANY2);
    return true;
  },
  "+": integers2("+"),
  "-": integers2("-"),
  "*": integers2("*"),
  "=": compares("==="),
  "<": compares("<"),
  ">": compares(">"),
  "<=": compares("<="),
  ">=": compares(">="),
  "mod": onIntegers((a, b) => `${a} % ${b}`, INT32, (a, b) => `${a} >= 0 && ${b} > 0`),
  "car": listPath(".first"),
  "cdr": listPath(".rest"),
  "first": listPath(".first"),
  "rest": listPath(".rest"),
  "get": (t, at, [map3, key, otherwise], general3) => {
    if (map3 === void 0 || key === void 0 || !simple(t, [
      map3
    ])) return false;
    const found2 = t.auxiliary("$a");
    const isMap2 = `${map3.text} instanceof ${t.helper("SortedMap")}`;
    const absent = otherwise === void 0 ? "null" : t.boxed(otherwise);
    const value = `(${found2} = ${map3.text}.get(${t.boxed(key)})) === undefined ? ${absent} : ${found2}`;
    t.failing(at, `${isMap2} ? ${value} : ${general3()}`, ANY2);
    return true;
  },
  "assoc": (t, at, args, general3) => {
    const [map3, key, value] = args;
    if (args.length !== 3 || map3 === void 0 || key === void 0 || value === void 0) return false;
    if (!simple(t, [
      map3
    ]) || !isName2(key.constant) && !simple(t, [
      key
    ])) return false;
    const tests = [
      `${map3.text} instanceof ${t.helper("SortedMap")}`
    ];
    if (!isName2(key.constant)) tests.push(`typeof ${key.text} === "string"`);
    const made = `${map3.text}.with(${t.boxed(key)}, ${t.boxed(value)})`;
    t.failing(at, `${tests.join(" && ")} ? ${made} : ${general3()}`, ANY2);
    return true;
  },
  "string-append": (t, at, args, general3) => {
    const varying = args.filter(({ constant: constant3 }) => typeof constant3 !== "string");
    if (args.length < 2 || args.length > 6 || varying.length === 0 || !simple(t, varying)) return false;
    const tests = varying.map(({ text: text2 }) => `typeof ${text2} === "string"`);
    t.failing(at, `${tests.join(" && ")} ? ${args.map((arg) => t.boxed(arg)).join(" + ")} : ${general3()}`, OTHER);
    return true;
  },
  "zero?": onIntegers((a) => `${a} === 0`, BOOLEAN),
  "even?": onIntegers((a) => `(${a} & 1) === 0`, BOOLEAN),
  "odd?": onIntegers((a) => `(${a} & 1) !== 0`, BOOLEAN),
  "vector": (t, _at, args) => {
    t.pushHome(`new ${t.helper("Vector")}([${args.map((item) => t.boxed(item)).join(", ")}], null)`, VECTOR);
    return true;
  },
  "quotient": onIntegers((a, b) => `(${a} / ${b}) | 0`, INT32, (_, b) => `${b} > 0`),
  "remainder": onIntegers((a, b) => `(${a} % ${b}) | 0`, INT32, (_, b) => `${b} > 0`),
  "max": extreme3(">"),
  "min": extreme3("<"),
  "cadr": listPath(".rest.first"),
  "cddr": listPath(".rest.rest"),
  "caddr": listPath(".rest.rest.first"),
  "list": (t, _at, args) => {
    if (args.length > 6) return false;
    const link = t.helper("link");
    const text2 = args.reduceRight((rest2, item) => `${link}(${t.boxed(item)}, ${rest2})`, t.helper("EMPTY"));
    t.pushHome(text2, LIST);
    return true;
  },
  "sqrt": (t, at, [value], general3) => {
    if (value === void 0) return false;
    const { text: text2 } = value;
    const root = `${t.helper("float")}(Math.sqrt(${text2}))`;
    if (t.typeOf(value) === FLOAT2) t.failing(at, `${text2} >= 0 ? ${root} : ${general3()}`, ANY2);
    else if (!simple(t, [
      value
    ])) return false;
    else {
      const test2 = `typeof ${text2} === "number" && ${text2} >= 0 && !Number.isInteger(${text2})`;
      t.failing(at, `${test2} ? ${root} : ${general3()}`, ANY2);
    }
    return true;
  },
  "mutable-array/set!": (t, at, args, general3) => {
    const [array2, index, value] = args;
    if (array2 === void 0 || index === void 0 || value === void 0) return false;
    if (!at.row.operands.includes("cell")) return false;
    args.forEach((operand3) => t.push(operand3));
    const known3 = t.mayBe(at, array2, ARRAY) && t.ofClass(at, index, INT32);
    if (known3) {
      const isFloat3 = t.typeOf(value) === FLOAT2;
      const leave = t.exit(at, "class");
      const items2 = t.field(array2, ARRAY, isFloat3 ? "doubles" : "slots", leave);
      t.out.push(`if (${items2}[${index.text}] === undefined) ${leave}`);
      t.out.push(`${items2}[${index.text}] = ${isFloat3 ? t.rawText(value) : t.boxed(value)};`);
    }
    t.popMany(args.length);
    if (!known3) {
      t.noteSite(at);
      t.out.push(`${general3()};`);
    }
    t.push(array2);
    return true;
  },
  "mutable-array/length": (t, at, [array2], general3) => {
    if (array2 === void 0 || !simple(t, [
      array2
    ])) return false;
    const test2 = `${array2.text} instanceof ${t.helper("MutableArray")}`;
    t.failing(at, `${test2} ? ${array2.text}.length : ${general3()}`, ANY2);
    return true;
  }
};
var expansions = new Map(declarations.flatMap((row) => {
  const expansion = TABLE[row.name];
  return row.kind === "native" && expansion !== void 0 ? [
    [
      row,
      expansion
    ]
  ] : [];
}));
function expand(t, at, builtin, args, general3) {
  const expansion = expansions.get(builtin.declaration);
  if (expansion === void 0 || args.length < builtin.min || args.length > builtin.max) return false;
  return expansion(t, at, args, general3);
}

// src/jit/calls.ts
function returnCall(t, at) {
  if (at.row.name === "RETURN") return result(t, t.pop());
  if (at.row.name === "TAIL_APPLY") {
    const list3 = t.boxed(t.pop());
    const callee2 = t.boxed(t.pop());
    t.noSite();
    return resultOfTailCall(t, `${t.helper("tailApply")}($F, ${t.siteNumber(at)}, ${callee2}, $d + $w, ${list3})`);
  }
  const count2 = operandOf(at, "count");
  const before3 = [
    ...t.stack
  ];
  const operands = t.popMany(count2);
  const known3 = knownCallee(t, at);
  if (known3 instanceof Builtin) {
    if (builtinInPlace(t, at, known3, operands)) return result(t, t.pop());
  } else if (known3 !== null) {
    if (startAgain(t, at, known3, operands, before3)) return;
    if (takes(known3, count2) && t.shared.inline(t, at, known3, operands)) {
      if (t.site !== null && t.site.result !== null) t.out.push(`break $I${t.site.id};`);
      return;
    }
    if (known3.code.exact === count2) {
      const text2 = directCall(t, known3, operands.map((operand3) => t.boxed(operand3)));
      t.noSite();
      return resultOfTailCall(t, text2);
    }
  }
  const args = operands.map((operand3) => t.boxed(operand3));
  const callee = callable2(t, at, known3);
  t.noSite();
  const general3 = `${t.helper("tailCall")}($F, ${t.siteNumber(at)}, ${callee}, $d + $w, [${args.join(", ")}])`;
  if (t.site === null) {
    t.out.push(`if (${isPlain2(t, callee, count2)}) return ${plainCall(callee, args)};`);
    return resultOfTailCall(t, general3);
  }
  resultOfTailCall(t, `${isPlain2(t, callee, count2)} ? ${plainCall(callee, args)} : ${general3}`);
}
function result(t, operand3) {
  if (t.site === null || t.site.result === null) {
    t.out.push(`return ${t.boxed(operand3)};`);
    return;
  }
  const { result: result2, id, caller } = t.site;
  result2.type |= t.typeOf(operand3);
  const raw = isRaw(result2.type);
  const place2 = raw ? caller.rawHome(result2.k) : caller.home(result2.k);
  t.out.push(`${place2} = ${raw ? t.rawText(operand3) : t.boxed(operand3)};`, `break $I${id};`);
}
function resultOfTailCall(t, text2) {
  const { site } = t;
  if (site === null || site.result === null) {
    t.out.push(`return ${text2};`);
    return;
  }
  const name = site.caller.home(site.result.k);
  site.result.type = ANY2;
  t.out.push(`${name} = ${text2};`, site.caller.unwound(name, site.at.next));
  t.out.push(`break $I${site.id};`);
}
function startAgain(t, at, callee, operands, stack) {
  for (let inner = t; inner.site !== null && inner.site.at.row.flow === "return"; inner = inner.site.parent) {
    const outer = inner.site.parent;
    const isCallee = outer.site === null ? callee instanceof Closure && outer.isWhole : outer.site.callee === callee;
    if (!isCallee || outer.code !== callee.code || outer.code.exact !== operands.length) continue;
    if (outer.site === null && callee.code.captures.length > 0) continue;
    const popped = t.stack;
    t.stack = stack;
    t.tick(at);
    t.stack = popped;
    outer.startAgain(operands.map((operand3) => t.handedOver(operand3)), t.out);
    return true;
  }
  return false;
}
function redefinedIntrinsic(t, at, cell2) {
  const args = t.popMany(at.row.pops).map((operand3) => t.boxed(operand3));
  const callee = t.auxiliary("$f");
  t.out.push(`${callee} = ${t.unit.constant(cell2)}.value;`);
  dynamicCall(t, at, callee, args);
}
function call2(t, at) {
  const count2 = operandOf(at, "count");
  const operands = t.popMany(count2);
  const known3 = knownCallee(t, at);
  if (known3 instanceof Builtin) {
    if (builtinInPlace(t, at, known3, operands)) return;
  } else if (known3 !== null) {
    if (takes(known3, count2) && t.shared.inline(t, at, known3, operands)) return;
    if (known3.code.exact === count2) {
      return t.called(at, directCall(t, known3, operands.map((operand3) => t.boxed(operand3))));
    }
  }
  if (known3 === null && count2 === 1 && lookedUp(t, at, operands[0])) return;
  const args = operands.map((operand3) => t.boxed(operand3));
  if (at.row.name === "CALL_SELF" && t.site === null && t.code.exact === count2) {
    return t.called(at, `${target(t, t.code)}(${[
      "$c",
      "$d + $w",
      ...args
    ].join(", ")})`);
  }
  dynamicCall(t, at, callable2(t, at, known3), args);
}
function lookedUp(t, at, map3) {
  const key = at.row.name === "CALL" ? t.stack.at(-1).constant : void 0;
  if (!(key instanceof Keyword)) return false;
  t.pop();
  const name = t.unit.constant(key);
  const known3 = t.knownOf(map3);
  if (known3 instanceof Caught && known3.virtual && (key.name === "value" || key.name === "type")) {
    t.pushHome(`${t.helper("entryOfError")}(${known3.error}, ${name})`, ANY2);
    return true;
  }
  const text2 = t.variable(map3);
  const found2 = t.auxiliary("$a");
  const value = `(${found2} = ${text2}.get(${name})) === undefined ? null : ${found2}`;
  t.failing(at, `${text2} instanceof ${t.helper("SortedMap")} ? ${value} : ${t.helper("lookUp")}(${name}, [${text2}])`, ANY2);
  return true;
}
function takes({ code }, count2) {
  return code.exact === count2 || code.rest && count2 >= code.min && count2 <= code.max;
}
function builtinInPlace(t, at, builtin, operands) {
  const args = () => operands.map((operand3) => t.boxed(operand3));
  if (expand(t, at, builtin, operands, () => builtinText(t, builtin, args()) ?? "")) return true;
  const text2 = builtinText(t, builtin, args());
  if (text2 === null) return false;
  t.noteSite(at);
  t.pushHome(text2, ANY2);
  return true;
}
function dynamicCall(t, at, callee, args) {
  const general3 = `${t.helper("call")}(${callee}, $d + $w, [${args.join(", ")}])`;
  t.called(at, `${isPlain2(t, callee, args.length)} ? ${plainCall(callee, args)} : ${general3}`);
}
function knownCallee(t, at) {
  switch (at.row.name) {
    case "CALL":
    case "TAIL_CALL": {
      const known3 = t.knownOf(t.stack.at(-1));
      const callee = known3 instanceof Constant ? known3.value : known3;
      if (!(callee instanceof Closure || callee instanceof Builtin || callee instanceof Made)) return null;
      t.pop();
      return callee;
    }
    case "CALL_SELF":
    case "TAIL_CALL_SELF":
      return t.site?.callee ?? null;
    default: {
      const { value } = t.builtIn(t.code.constants[operandOf(at, "cell")]) ?? {};
      return value instanceof Closure || value instanceof Builtin ? value : null;
    }
  }
}
function callable2(t, at, known3) {
  if (known3 !== null) return t.named(known3 instanceof Made ? realMade(t, known3) : t.unit.constant(known3));
  switch (at.row.name) {
    case "CALL":
    case "TAIL_CALL":
      return t.variable(t.pop());
    case "CALL_SELF":
    case "TAIL_CALL_SELF":
      return "$c";
    default: {
      t.noteSite(at);
      return t.named(t.global(t.code.constants[operandOf(at, "cell")]));
    }
  }
}
function directCall(t, callee, args) {
  const closure = callee instanceof Made ? realMade(t, callee) : t.unit.constant(callee);
  return `${target(t, callee.code)}(${[
    closure,
    "$d + $w",
    ...args
  ].join(", ")})`;
}
function target(t, code) {
  return code === t.unit.code && t.unit.entry === 0 ? t.unit.functionName : `${t.unit.constant(code)}.entry`;
}
function realMade(t, made) {
  need(t.shared, made);
  return keep(t.shared, made);
}
function builtinText(t, builtin, args) {
  const context = t.helper("context");
  const fixed = [
    builtin.f0,
    builtin.f1,
    builtin.f2,
    builtin.f3
  ][args.length] ?? null;
  if (fixed !== null) return `${t.unit.constant(fixed)}(${[
    ...args,
    context
  ].join(", ")})`;
  if (builtin.fn === null || args.length < builtin.min || args.length > builtin.max) return null;
  return `${t.unit.constant(builtin.fn)}([${args.join(", ")}], ${context})`;
}
function isPlain2(t, callee, count2) {
  return `${callee} instanceof ${t.helper("Closure")} && ${callee}.code.exact === ${count2}`;
}
function plainCall(callee, args) {
  return `${callee}.code.entry(${[
    callee,
    "$d + $w",
    ...args
  ].join(", ")})`;
}
function builtinCall(t, at, builtin, count2) {
  const args = t.popMany(count2).map((operand3) => t.boxed(operand3));
  if (builtin === primitives.vector) {
    return t.pushHome(`new ${t.helper("Vector")}([${args.join(", ")}])`, OTHER);
  }
  const general3 = `${t.unit.constant(builtin)}.apply([${args.join(", ")}], ${t.helper("context")})`;
  t.failing(at, builtinText(t, builtin, args) ?? general3, ANY2);
}
function applyList(t, at) {
  const list3 = t.boxed(t.pop());
  const callee = t.boxed(t.pop());
  t.called(at, `${t.helper("apply")}(${callee}, $d + $w, ${list3})`);
}

// src/jit/table.ts
function translateInstruction(t, at) {
  if (at.redefined !== null) return redefinedIntrinsic(t, at, at.redefined);
  const translate2 = INSTRUCTION[at.row.name] ?? INTRINSIC[at.row.name];
  if (translate2 === void 0) throw new Error(`no translation of ${at.row.name}`);
  translate2(t, at);
}
var INSTRUCTION = {
  CONSTANT: (t, at) => t.push(constantOperand(t.code.constants[operandOf(at, "constant")])),
  INTEGER: (t, at) => t.push(constantOperand(operandOf(at, "integer"))),
  NIL: (t) => t.push(constantOperand(null)),
  TRUE: (t) => t.push(constantOperand(true)),
  FALSE: (t) => t.push(constantOperand(false)),
  POP: (t) => void t.pop(),
  DUP: (t) => {
    const top = t.stack.at(-1);
    if (top.slot >= 0 || t.knownOf(top) !== null) t.push(top);
    else t.pushHome(top.text, top.type);
  },
  GET_LOCAL: (t, at) => t.getLocal(operandOf(at, "slot")),
  SET_LOCAL: (t, at) => t.setLocal(operandOf(at, "slot")),
  FRESH: (t, at) => fresh(t, operandOf(at, "slot")),
  GET_CAPTURE: (t, at) => getCapture(t, operandOf(at, "capture")),
  GET_SHARED: (t, at) => getShared(t, operandOf(at, "capture")),
  SET_SHARED: (t, at) => setShared(t, operandOf(at, "capture")),
  SELF: self,
  GET_GLOBAL: (t, at) => t.getGlobal(at),
  SET_GLOBAL: (t, at) => t.setGlobal(at, false),
  DEFINE_GLOBAL: (t, at) => t.setGlobal(at, true),
  CLOSURE: makeClosure,
  RECAPTURE: recapture,
  CALL: (t, at) => call2(t, at),
  CALL_GLOBAL: (t, at) => call2(t, at),
  CALL_SELF: (t, at) => call2(t, at),
  APPLY: (t, at) => applyList(t, at),
  BUILTIN: (t, at) => {
    builtinCall(t, at, t.code.constants[operandOf(at, "builtin")], operandOf(at, "count"));
  },
  RETURN: returnCall,
  TAIL_CALL: returnCall,
  TAIL_CALL_GLOBAL: returnCall,
  TAIL_CALL_SELF: returnCall,
  TAIL_APPLY: returnCall,
  THROW: (t, at) => {
    t.raise(at, t.boxed(t.pop()));
  },
  AWAIT: (t, at) => t.called(at, `${t.helper("await")}(${t.boxed(t.pop())})`)
};
function general2(helper, type, count2) {
  return (t, at) => {
    const b = count2 === 2 ? [
      t.boxed(t.pop())
    ] : [];
    const a = t.boxed(t.pop());
    t.failing(at, `${t.helper(helper)}(${[
      a,
      ...b
    ].join(", ")})`, type);
  };
}
function predicate(test2) {
  return (t, at) => t.pushTest(test2(t, t.variable(t.pop())), t.following(at));
}
function onList(helper, field2) {
  return (t, at) => {
    const operand3 = t.stack.at(-1);
    const list3 = t.variable(operand3);
    if (t.mayBe(at, operand3, LIST)) {
      let value = `${list3}.${field2}`;
      if (!within(t.typeOf(operand3), LIST)) {
        t.noteGuard(operand3, LIST);
        t.out.push(`if (${list3} === null || (${t.auxiliary("$a")} = ${value}) === undefined) ${t.exit(at, "class")}`);
        t.refine(operand3, LIST);
        value = "$a";
      }
      t.pop();
      return t.pushHome(value, field2 === "rest" ? LIST : ANY2);
    }
    t.pop();
    t.failing(at, `${list3} instanceof ${t.helper("List")} ? ${list3}.${field2} : ${t.helper(helper)}(${list3})`, ANY2);
  };
}
var STORAGE = {
  [VECTOR]: [
    "boxed",
    "floats"
  ],
  [ARRAY]: [
    "slots",
    "doubles"
  ]
};
function element3(type, helper) {
  return (t, at) => {
    const [sequence3, index] = t.stack.slice(-2);
    const seen = t.code.feedback[operandOf(at, "feedback")];
    const isOneKind = seen === SEEN.float || seen === 0;
    const isSequence = isOneKind ? t.mayBe(at, sequence3, type) : t.ofClass(at, sequence3, type);
    if (!isSequence || !t.ofClass(at, index, INT32)) {
      const i = t.boxed(t.pop());
      return t.failing(at, `${t.helper(helper)}(${t.boxed(t.pop())}, ${i})`, ANY2);
    }
    const isFloat3 = seen === SEEN.float;
    const item = t.auxiliary(isFloat3 ? "$er" : "$e");
    if (isOneKind) {
      const [boxed, floats2] = STORAGE[type];
      const leave = t.exit(at, "storage", isFloat3 ? SEEN.integer : SEEN.float);
      const items2 = t.field(sequence3, type, isFloat3 ? floats2 : boxed, leave);
      t.out.push(`${item} = ${items2}[${index.text}];`);
    } else t.out.push(`${item} = ${t.variable(sequence3)}.at(${index.text});`);
    t.out.push(`if (${item} === undefined) ${t.exit(at, "class")}`);
    t.popMany(2);
    t.pushHome(item, isFloat3 ? FLOAT2 : ANY2);
  };
}
var INTRINSIC = {
  ADD: (t, at) => arithmetic2(t, at, "+", "add"),
  SUBTRACT: (t, at) => arithmetic2(t, at, "-", "subtract"),
  MULTIPLY: (t, at) => arithmetic2(t, at, "*", "multiply"),
  DIVIDE: (t, at) => arithmetic2(t, at, "/", "divide"),
  EQUAL: (t, at) => comparison2(t, at, "===", "equal"),
  LESS: (t, at) => comparison2(t, at, "<", "less"),
  GREATER: (t, at) => comparison2(t, at, ">", "greater"),
  LESS_OR_EQUAL: (t, at) => comparison2(t, at, "<=", "lessOrEqual"),
  GREATER_OR_EQUAL: (t, at) => comparison2(t, at, ">=", "greaterOrEqual"),
  MOD: (t, at) => remainder3(t, at, "mod"),
  MODULO: (t, at) => remainder3(t, at, "modulo"),
  NEGATE: (t, at) => {
    const operand3 = t.pop();
    if (t.typeOf(operand3) === FLOAT2 && operand3.constant === void 0) t.pushHome(`-${operand3.text}`, FLOAT2);
    else t.failing(at, `${t.helper("negate")}(${t.boxed(operand3)})`, ANY2);
  },
  NOT: (t, at) => t.pushTest(t.testNot(t.pop()), t.following(at)),
  CONS: general2("cons", LIST, 2),
  CAR: onList("car", "first"),
  CDR: onList("cdr", "rest"),
  FIRST: onList("first", "first"),
  REST: onList("rest", "rest"),
  IS_NULL: (t, at) => {
    const operand3 = t.pop();
    const known3 = t.knownOf(operand3);
    if (known3 instanceof Constant) return t.push(constantOperand(known3.value === EMPTY || known3.value === null));
    const list3 = t.variable(operand3);
    const empty = `${list3} === ${t.helper("EMPTY")}`;
    t.pushTest(within(t.typeOf(operand3), LIST) ? empty : `(${empty} || ${list3} === null)`, t.following(at));
  },
  IS_PAIR: predicate((t, x) => `(${x} instanceof ${t.helper("List")} && ${x} !== ${t.helper("EMPTY")})`),
  IS_LIST: predicate((t, x) => `${x} instanceof ${t.helper("List")}`),
  IS_NUMBER: predicate((t, x) => `(typeof ${x} === "number" || ${t.helper("isNumber")}(${x}))`),
  IS_STRING: predicate((_, x) => `typeof ${x} === "string"`),
  IS_SYMBOL: predicate((t, x) => `${t.helper("isSymbol")}(${x})`),
  LENGTH: general2("length", INT32, 1),
  STRING_LENGTH: general2("stringLength", INT32, 1),
  APPEND: general2("append", ANY2, 2),
  GET: general2("get", ANY2, 2),
  CONTAINS: general2("contains", BOOLEAN, 2),
  NTH: element3(VECTOR, "nth"),
  ARRAY_GET: element3(ARRAY, "arrayGet"),
  STRING_REF: general2("stringRef", OTHER, 2),
  STRING_APPEND: general2("stringAppend", OTHER, 2)
};

// src/jit/compiler.ts
function translate(code, loop, metered, misses, annotate2 = null) {
  const unit = new Unit(code, loop?.pc ?? 0);
  const names = new Names();
  unit.functionName = names.take(code.name ?? "lambda");
  const shared = {
    unit,
    names,
    metered,
    annotate: annotate2,
    helpers: /* @__PURE__ */ new Set(),
    variables: /* @__PURE__ */ new Set(),
    misses,
    translate: translateInstruction,
    inline: inlineCall,
    epoch: 0,
    settled: false,
    constants: /* @__PURE__ */ new Map()
  };
  const blocks = buildGraph(code, unit.entry, selfCalls(code, unit));
  const live = liveness(code, blocks);
  const t = new Translator(shared, code, live, null);
  const entry = loop === null ? functionEntry(t) : loopEntry(t, loop, live.get(loop.pc) ?? new Uint8Array());
  t.sharedSlots.forEach((variable, slot2) => {
    if (variable && loop?.frame[slot2] instanceof Cell) variable.real = true;
    else if (variable && slot2 < parameterCount(code)) variable.type = ANY2;
  });
  const states = analyseAll(t, blocks, entry);
  t.analysing = false;
  shared.settled = true;
  unit.points.length = 0;
  unit.sites.length = 0;
  const first3 = states[0];
  const prologue = loop === null ? functionPrologue(t, metered) : loopPrologue(t, entry, first3);
  prologue.push(...t.edge(entry, first3, unit.entry));
  const body2 = new Structurer(t, blocks, states).run();
  unit.source = render2(t, loop !== null, prologue, body2);
  return unit;
}
function instantiate(unit, support) {
  const factory = new Function("$", "$F", "$K", unit.source);
  return factory(support, unit, unit.constants);
}
function functionEntry(t) {
  const { code } = t;
  const parameters2 = parameterCount(code);
  return t.stateOf(code.slotNames.map((_, slot2) => slot2 < parameters2 || code.slotShared[slot2] ? ANY2 : NONE));
}
function loopEntry(t, { pc, frame }, live) {
  const { code } = t;
  const type = (value) => {
    if (t.misses.has(pc) || value === void 0 || value instanceof Cell) return ANY2;
    const guess = typeOfValue(value);
    return isTested(guess) || guess === FLOAT2 && t.raw ? guess : ANY2;
  };
  return t.stateOf(code.slotNames.map((_, slot2) => code.slotShared[slot2] ? ANY2 : live[slot2] === 1 ? type(frame[slot2]) : NONE), frame.slice(code.slots).map(() => ANY2));
}
function functionPrologue(t, metered) {
  const lines3 = [];
  const parameters2 = parameterNames(t);
  const tests = [
    `$d > ${t.helper("depthLimit")}`
  ];
  if (metered) tests.push(`--${t.helper("meter")}.left < 0 && ${t.helper("tick")}()`);
  lines3.push(`if (${tests.join(" || ")}) return ${t.helper("postpone")}($c, [${parameters2.join(", ")}]);`);
  parameters2.forEach((name, slot2) => {
    if (t.sharedSlots[slot2]?.real === true) lines3.push(`${name} = ${t.helper("cell")}(${name});`);
  });
  return lines3;
}
function loopPrologue(t, entry, header) {
  const { code } = t;
  const lines3 = [];
  t.slotNames.forEach((name, slot2) => {
    if (entry.slots[slot2] !== NONE) lines3.push(`${name} = $frame[${slot2}];`);
  });
  entry.stack.forEach((_, k) => lines3.push(`${t.home(k)} = $frame[${code.slots + k}];`));
  t.types = entry.slots.map((type) => type === NONE ? NONE : ANY2);
  t.stack = entry.stack.map((type, k) => t.place(k, type));
  const raws = [];
  t.slotNames.forEach((name, slot2) => {
    const type = entry.slots[slot2];
    const leave = t.exitTo(t.unit.entry, "loopTypes", null);
    if (isTested(type)) lines3.push(`if (!(${t.typeTest(name, type)})) ${leave}`);
    else if (type === FLOAT2) {
      const flonum = t.helper("Flonum");
      const test2 = `${name} instanceof ${flonum} || typeof ${name} === "number" && !Number.isInteger(${name})`;
      lines3.push(`if (!(${test2})) ${leave}`);
      if (isRaw(header.slots[slot2])) {
        raws.push(`${t.rawName(slot2)} = ${name} instanceof ${flonum} ? ${name}.value : +${name};`);
      }
    }
  });
  return [
    ...lines3,
    ...raws
  ];
}
function parameterCount(code) {
  return code.rest ? code.parameters + 1 : code.parameters;
}
function parameterNames(t) {
  return t.slotNames.slice(0, parameterCount(t.code));
}
function render2(t, isLoop, prologue, body2) {
  const { code, unit } = t;
  const { helpers, variables } = t.shared;
  const parameters2 = isLoop ? [
    "$frame"
  ] : parameterNames(t);
  const text2 = [
    ...prologue,
    ...body2
  ].filter((line) => !line.startsWith("//")).join("\n");
  const words3 = new Set(text2.match(/[\p{L}\p{N}_$]+/gu));
  const uses = (name) => words3.has(name);
  const captures = t.captureNames.map((name, i) => [
    name,
    `const ${name} = $c.captures[${i}];`
  ]);
  const locals = [
    ...t.variableNames().filter((name) => !t.captureNames.includes(name) && (isLoop || !parameters2.includes(name))),
    ...[
      ...variables
    ].filter((name) => name !== "$n")
  ].filter(uses);
  const counters = variables.has("$n") ? [
    `$n = ${ROUNDS}`
  ] : [];
  const leave = variables.has("$v");
  const lines3 = [
    `"use strict";`,
    `const $U = $.U;`,
    ...[
      ...helpers
    ].filter((name) => uses(t.helper(name))).sort().map((name) => `const ${t.helper(name)} = $.${name};`),
    ...unit.constants.map((_, i) => `const $k${i} = $K[${i}];`),
    `const $w = ${frameWeight(parameters2.length + locals.length)};`,
    `return function ${unit.functionName}(${[
      "$c",
      "$d",
      ...parameters2
    ].join(", ")}) {`,
    `let ${[
      "$s = -1",
      ...counters,
      ...locals
    ].join(", ")};`,
    "try {",
    ...captures.filter(([name]) => uses(name)).map(([, line]) => line),
    ...prologue,
    ...leave ? [
      "$leave: {",
      ...body2,
      "}",
      "$s = -1;",
      `return ${t.helper("leave")}($F, $d, $v);`
    ] : body2,
    "} catch ($e) {",
    `return $.failed($F, $e, $s);`,
    "}",
    "};"
  ];
  return `${indent(lines3.join("\n"))}
//# sourceURL=${address(code)}`;
}
function address({ name, position }) {
  const encoded = (text2) => encodeURIComponent(text2.toWellFormed());
  const ending2 = encoded(name ?? "lambda");
  if (position === null) return `sema:${ending2}`;
  return `sema:${(position.file ?? "input").split("/").map(encoded).join("/")}:${position.line}:${ending2}`;
}
function indent(text2) {
  let depth = 0;
  return text2.split("\n").map((line) => {
    if (line === "") return line;
    if (line.startsWith("//")) return "  ".repeat(Math.max(0, depth)) + line;
    if (line.startsWith("}")) depth--;
    const result2 = "  ".repeat(Math.max(0, depth)) + line;
    if (line.endsWith("{")) depth++;
    return result2;
  }).join("\n");
}

// src/jit/events.ts
function tierEvent(kind, code, entry, details = {}) {
  const { name, position } = code;
  const common2 = {
    kind,
    name: name ?? "<lambda>",
    file: position?.file ?? null,
    line: position?.line ?? 0
  };
  return {
    ...common2,
    loop: entry > 0,
    reason: null,
    milliseconds: null,
    ...details
  };
}

// src/jit/reasons.ts
var REFUSALS = {
  codeGeneration: "the host forbids code generation",
  tooLarge: "more than 4000 operations",
  tooManyExits: "recompiled too often",
  loopInTry: "a loop inside a try, entered in its middle"
};
var EXITS = {
  int32: "an operand was no 32-bit integer",
  integer: "an operand was no integer",
  float: "two integers where a float was expected",
  number: "an operand was no number",
  overflow: "a result needs more than 32 bits",
  unsafe: "a result needs more than 53 bits",
  pause: "the time slice of the task was over",
  class: "an operand was of another class than expected, or an index out of bounds",
  storage: "a sequence of floats where there had been none, or the other way round",
  loopTypes: "a variable of the loop has another type than when it was compiled"
};

// src/runtime/calls.ts
function callArityError(code, count2) {
  return arityError(code.name ?? "<lambda>", arityText(code.min, code.max), count2);
}
function notCallable(value) {
  return evalError(`not callable: ${repr(value)} (${typeName(value)})`, "expected a function, lambda, or keyword");
}
function lookUp(key, args) {
  if (args.length !== 1) throw arityError(key.name, arityText(1, 1), args.length);
  const map3 = args[0];
  if (map3 instanceof SortedMap || map3 instanceof HashMap) return map3.get(key) ?? null;
  throw typeError("map or hashmap", typeName(map3));
}

// src/runtime/errors.ts
var OVERFLOW_HINT = "this usually means unbounded recursion; ensure recursive calls are in tail position for TCO, or use 'do' for iteration";
function stackOverflow() {
  return new Condition("eval", "stack overflow: maximum call depth exceeded", {
    hint: OVERFLOW_HINT
  });
}
var HOST_LIMITS = [
  [
    /BigInt/,
    "integer too large"
  ],
  [
    /string length/i,
    "string too long"
  ],
  [
    /array (?:length|buffer)|typed array/i,
    "collection too large"
  ],
  [
    /out of memory/i,
    "value too large"
  ]
];
function toCondition(thrown2) {
  if (thrown2 instanceof Condition) return thrown2;
  const message = thrown2 instanceof Error ? thrown2.message : String(thrown2);
  if (thrown2 instanceof RangeError || thrown2 instanceof Error && thrown2.name === "InternalError") {
    if (message.includes("call stack") || message.includes("recursion")) return stackOverflow();
    const exceeded = HOST_LIMITS.find(([pattern]) => pattern.test(message));
    return new Condition("eval", exceeded?.[1] ?? `out of range: ${message}`);
  }
  return new Condition("internal", message);
}
function addTrace(trace, code, pc) {
  if (code.loops.length === 0) {
    trace.add(new FrameLine(code, pc));
    return;
  }
  let place2 = code.positionBefore(pc);
  for (const { start, end, name, position, tail: tail2 } of code.loops) {
    if (pc <= start || pc > end) continue;
    trace.add(traceLine(code, name, place2));
    if (tail2) return;
    place2 = position;
  }
  trace.add(traceLine(code, code.name ?? "<lambda>", place2));
}
var FrameLine = class {
  #code;
  #pc;
  constructor(code, pc) {
    this.#code = code;
    this.#pc = pc;
  }
  get name() {
    return this.#code.name ?? "<lambda>";
  }
  get file() {
    return this.#position?.file ?? null;
  }
  get line() {
    return this.#position?.line ?? 0;
  }
  get column() {
    return this.#position?.column ?? 0;
  }
  get library() {
    return this.#code.library;
  }
  get variables() {
    return visibleNames(this.#code.names);
  }
  get #position() {
    return this.#code.positionBefore(this.#pc);
  }
};
function traceLine(code, name, position) {
  return {
    name,
    file: position?.file ?? null,
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    library: code.library,
    variables: visibleNames(code.names)
  };
}
function traceOperation(code, pc) {
  if (!code.failsAt(pc) || code.redefined?.has(pc) === true) return null;
  const row = INSTRUCTIONS[code.words[pc] ?? -1];
  if (row === void 0) return null;
  const name = row.intrinsic !== null ? INTRINSICS[row.intrinsic][0] : row.name === "THROW" ? "throw" : null;
  if (name === null || code.library) return null;
  return traceLine(code, name, code.positionAt(pc));
}
function shownTrace(trace) {
  const lines3 = trace.lines();
  const first3 = lines3.findIndex((frame) => !frame.library);
  if (first3 < 0) return [];
  const end = lines3.findIndex((frame, i) => i > first3 && frame.library);
  return lines3.slice(first3, end < 0 ? void 0 : end);
}
function reportedTrace(trace) {
  return trace.lines().filter((frame) => !frame.library);
}
var TYPE2 = keyword("type");
var MESSAGE2 = keyword("message");
var VALUE = keyword("value");
var STACK_TRACE = keyword("stack-trace");
var sharedMaps = /* @__PURE__ */ new WeakMap();
function sharedMap(original) {
  let map3 = sharedMaps.get(original);
  if (map3 === void 0) sharedMaps.set(original, map3 = errorMap(original, () => {
  }));
  return map3;
}
var UNTRACED = /* @__PURE__ */ new Set([
  "timeout",
  "cancelled"
]);
function errorMap(condition, below2) {
  if (condition.original !== null) return sharedMap(condition.original);
  if (condition.reraised && condition.value !== void 0) {
    if (condition.value instanceof SortedMap) noteOrigin(condition.value, condition);
    return condition.value;
  }
  let map3 = SortedMap.EMPTY.with(TYPE2, keyword(condition.type)).with(MESSAGE2, placedMessage(condition));
  for (const [name, value] of Object.entries(condition.extra ?? {})) map3 = map3.with(keyword(name), value);
  if (condition.value !== void 0) map3 = map3.with(VALUE, condition.value);
  if (below2 === null || UNTRACED.has(condition.type)) return map3;
  const trace = condition.trace.copy();
  below2(trace);
  const lines3 = shownTrace(trace).filter(({ name }) => name !== "");
  map3 = map3.with(STACK_TRACE, listFrom(lines3.map(frameMap)));
  noteOrigin(map3, condition);
  return map3;
}
function placedMessage(condition) {
  const place2 = condition.trace.first;
  return place2 === void 0 || place2.name !== "" || condition.type !== "reader" ? condition.message : `${condition.message} at ${place2.line}:${place2.column}`;
}
function frameMap(frame) {
  let map3 = SortedMap.EMPTY.with(keyword("name"), frame.name);
  if (frame.line > 0) map3 = map3.with(keyword("line"), frame.line).with(keyword("col"), frame.column);
  if (frame.line > 0 && frame.file !== null) map3 = map3.with(keyword("file"), frame.file);
  return map3;
}

// src/runtime/host_function.ts
var HostFunction = class extends Procedure {
  typeName = "native-fn";
  name;
  /** Throws only conditions. The array belongs to it. */
  run;
  constructor(name, run2) {
    super();
    this.name = name;
    this.run = run2;
  }
  printed() {
    return `<native-fn ${this.name}>`;
  }
};

// src/runtime/unwinding.ts
var HeapFrame = class {
  closure;
  pc;
  slots;
  /** The frame that waits for this one's result. Set once, when the stack is put on the heap. */
  below = null;
  /** A continuation holds it: variables that its function assigns are in cells. */
  continued = false;
  constructor(closure, pc, slots) {
    this.closure = closure;
    this.pc = pc;
    this.slots = slots;
  }
};
var Unwinding = class {
  #frames = [];
  #action = null;
  /** What failed, while it passes compiled frames: they return `UNWIND` for it, too, but are not saved. */
  failure = null;
  /** How often each action unwound the stack. */
  counts = {
    call: 0,
    resume: 0,
    catch: 0,
    await: 0,
    control: 0,
    pause: 0
  };
  /** Starts unwinding. Returns what the caller has to return. */
  start(action) {
    this.#action = action;
    this.counts[action.kind]++;
    return UNWIND;
  }
  /** Saves one frame. Returns what the caller has to return. */
  save(frame) {
    this.#frames.push(frame);
    return UNWIND;
  }
  /** An error leaves a compiled frame. Returns what the frame has to return. */
  fail(condition) {
    this.failure = condition;
    return UNWIND;
  }
  /** The error that `UNWIND` was returned for, if there is one: from here on it is somebody else's business. */
  takeFailure() {
    const { failure: failure3 } = this;
    this.failure = null;
    return failure3;
  }
  /** At the base: takes action and frames (innermost first) and is ready for the next time. */
  take() {
    const action = this.#action;
    if (action === null) throw new Error("unwound without a reason");
    const frames = this.#frames;
    this.#frames = [];
    this.#action = null;
    return {
      action,
      frames
    };
  }
};

// src/jit/support.ts
function makeSupport(host) {
  const { machine } = host;
  const context = machine.host.context;
  function frame(point, closure, values) {
    const slots = new Array(point.height).fill(void 0);
    point.slots.forEach((slot2, i) => slots[slot2] = values[i]);
    return new HeapFrame(closure, point.pc, slots);
  }
  function addSite({ trace }, unit, site) {
    const inlined = unit.sites[site - FIRST_INLINED_SITE];
    const { code, pc, caller } = inlined ?? {
      code: unit.code,
      pc: site,
      caller: -1
    };
    const operation = trace.isEmpty ? traceOperation(code, pc) : null;
    if (operation !== null) trace.add(operation);
    addTrace(trace, code, pc + 1);
    return caller;
  }
  function failed(unit, thrown2, site) {
    const condition = toCondition(thrown2);
    for (let number = site; number >= 0; ) number = addSite(condition, unit, number);
    return condition;
  }
  function caught2(unit, thrown2, site) {
    const condition = toCondition(thrown2);
    if (!condition.catchable) throw condition;
    return failed(unit, condition, site);
  }
  let answer = null;
  function enter2(callee, args) {
    if (callee instanceof Closure) {
      const { code } = callee;
      if (code.exact === args.length) return callee;
      if (args.length < code.min || args.length > code.max) throw callArityError(code, args.length);
      if (code.rest) args.push(listFrom(args.splice(code.parameters)));
      return callee;
    }
    if (callee instanceof Builtin) {
      answer = callee.apply(args, context);
      return null;
    }
    if (callee instanceof HostFunction) {
      answer = machine.host.callHost(callee, args);
      return null;
    }
    if (callee instanceof Keyword) {
      answer = lookUp(callee, args);
      return null;
    }
    const caller = callee instanceof Procedure ? machine.host.caller(callee) : null;
    if (caller === null) throw notCallable(callee);
    args.push(listFrom(args.splice(0)));
    args.unshift(callee);
    return caller;
  }
  function takeAnswer() {
    const taken2 = answer;
    answer = null;
    return taken2;
  }
  function call3(callee, depth, args) {
    const closure = enter2(callee, args);
    return closure === null ? takeAnswer() : closure.code.entry(closure, depth + CALL_WEIGHT, ...args);
  }
  function tailCall(unit, site, callee, depth, args) {
    let closure;
    try {
      closure = enter2(callee, args);
    } catch (thrown2) {
      const condition = toCondition(thrown2);
      addSite(condition, unit, site);
      throw condition;
    }
    return closure === null ? takeAnswer() : closure.code.entry(closure, depth + CALL_WEIGHT, ...args);
  }
  return {
    ...intrinsics,
    U: UNWIND,
    depthLimit: machine.host.depthLimit,
    UNBOUND,
    EMPTY,
    Closure,
    Flonum,
    List,
    MutableArray,
    SortedMap,
    Vector,
    context,
    lookUp,
    float,
    call: call3,
    tailCall,
    tailApply: (unit, site, callee, depth, list3) => tailCall(unit, site, callee, depth, toArray(list3)),
    meter: host.meter,
    tick: () => host.tick(),
    raise: (value) => machine.host.raise(value),
    /** THROW where no handler of the activation receives it. */
    throw: (unit, value, site) => machine.unwinding.fail(failed(unit, machine.host.raise(value), site)),
    /** An error that something called from the activation has thrown leaves it. */
    failed: (unit, thrown2, site) => machine.unwinding.fail(failed(unit, thrown2, site)),
    /** The error that a call has returned with, if a handler may have it. */
    failure: () => machine.unwinding.failure?.catchable === true ? machine.unwinding.takeFailure() : null,
    unbound(cell2) {
      throw machine.host.unbound(cell2);
    },
    await: (promise2) => machine.host.await(promise2),
    apply: (callee, depth, list3) => call3(callee, depth, toArray(list3)),
    link: cons,
    cell(value) {
      machine.cellsMade++;
      return new Cell(value, -1, null);
    },
    readCell: (cell2) => machine.take(cell2.slot),
    writeCell: (cell2, value) => machine.put(cell2.slot, value),
    /** True: the activation must be left, because code that is running relied on the old value. */
    assign(cell2, value, define3) {
      if (!cell2.assignWatched(value)) return false;
      machine.unwinding.start({
        kind: "resume",
        value: define3 ? null : value
      });
      return true;
    },
    postpone: (closure, args) => machine.unwinding.start({
      kind: "call",
      closure,
      args
    }),
    /** Saves the activation for a pending call, or adds its lines to the trace of the error that the call failed with. */
    save(unit, number, closure, values) {
      const point = unit.points[number];
      const { failure: failure3 } = machine.unwinding;
      if (failure3 === null) return machine.unwinding.save(frame(point, closure, values));
      addTrace(failure3.trace, point.code, point.pc);
      return UNWIND;
    },
    /** A side exit: the interpreter runs the rest of the activation, and of those that it is inlined in. */
    leave(unit, depth, frames) {
      const saved = [];
      for (let i = 0; i < frames.length; i += 3) {
        const point = unit.points[frames[i]];
        saved.push(frame(point, frames[i + 1], frames[i + 2]));
      }
      host.exited(unit, unit.points[frames[0]]);
      return machine.leaveAll(saved, depth);
    },
    /** The error for a handler that does not look at the trace. */
    caught: caught2,
    /** The map that stands for it. */
    errorMap: (condition) => errorMap(condition, null),
    /** What `(:value e)` or `(:type e)` finds in that map. */
    entryOfError(condition, key) {
      const { reraised, value, type } = condition;
      if (reraised && value instanceof SortedMap) return value.get(key) ?? null;
      return key.name === "value" ? value ?? null : keyword(type);
    },
    /** Unwinds, so that the handler gets an error map with the whole trace. */
    caughtWithTrace(unit, number, closure, thrown2, site, values) {
      machine.unwinding.start({
        kind: "catch",
        condition: caught2(unit, thrown2, site)
      });
      return machine.unwinding.save(frame(unit.points[number], closure, values));
    }
  };
}

// src/jit/mod.ts
var MOST_WORDS2 = 1e4;
var MOST_EXITS = 10;
var MOST_RECOMPILATIONS = 12;
var MANY_UNITS = 100;
var NO_MISSES = /* @__PURE__ */ new Set();
var CodeState = class {
  active = false;
  loops = /* @__PURE__ */ new Map();
  /** How calls enter the interpreter. */
  interpreted;
  /** The latest, in use or not. */
  unit = null;
  /** The latest of each loop, in use or not. */
  loopUnits = /* @__PURE__ */ new Map();
  /** Where guesses were wrong: instructions by the class of an operand, headers of loops by the types of variables. */
  misses = /* @__PURE__ */ new Set();
  recompilations = 0;
  refusal = null;
  constructor(interpreted) {
    this.interpreted = interpreted;
  }
};
var Jit = class {
  #machine;
  #support;
  #enabled;
  #account;
  #states = /* @__PURE__ */ new WeakMap();
  /** The units that contain a code's translation. */
  #units = /* @__PURE__ */ new WeakMap();
  #codeGeneration = true;
  #compiled = 0;
  #compiledLoops = 0;
  #recompiled = 0;
  #invalidated = 0;
  #refusals = {};
  #exits = {};
  /** Units that count nothing. */
  #uncounted = [];
  /** Entries of `#uncounted` at which those out of use are dropped. */
  #uncountedToClean = MANY_UNITS;
  #misses = (code) => this.#states.get(code)?.misses ?? NO_MISSES;
  #watch;
  #compileTime = 0;
  /** `watch` hears of every step. */
  constructor(machine, enabled, account, watch = null) {
    this.#watch = watch;
    this.#machine = machine;
    this.#enabled = enabled;
    this.#account = account;
    this.#support = makeSupport({
      machine,
      exited: (unit, point) => this.#exited(unit, point),
      meter: account,
      tick: () => account.charge()
    });
  }
  /** The account has become active: code that counts nothing is compiled again. */
  count() {
    for (const unit of this.#uncounted) {
      const known3 = unit.deref();
      if (known3?.current === true) this.#retire(known3);
    }
    this.#uncounted = [];
  }
  /** A function is hot: compiles it unless that was refused. Afterwards its `second.active` tells. */
  consider(code) {
    if (!this.#enabled || !this.#codeGeneration) return;
    const state = this.#state(code);
    if (state.active || state.refusal !== null || this.#refused(state, code)) return;
    const [unit, entry] = this.#compile(code, null, state.unit !== null);
    if (entry === null) return;
    this.#compiled++;
    if (state.unit !== null) this.#again(state);
    state.unit = unit;
    state.active = true;
    code.entry = entry;
  }
  /** A compiled entry for the loop at `pc`, made if need be; `frame` are the values that it is entered with. */
  loop(closure, pc, frame) {
    const { code } = closure;
    if (!this.#enabled || !this.#codeGeneration) return null;
    const state = this.#state(code);
    const known3 = state.loops.get(pc);
    if (known3 !== void 0) return known3;
    if (this.#refused(state, code)) return null;
    if (code.handlers.some((handler) => handler.start <= pc && pc < handler.end)) {
      return this.#refuse(code, "loopInTry");
    }
    const facts = {
      pc,
      frame
    };
    const [unit, entry] = this.#compile(code, facts, state.loopUnits.has(pc));
    if (entry === null) return null;
    this.#compiledLoops++;
    if (state.loopUnits.has(pc)) this.#again(state);
    state.loops.set(pc, entry);
    state.loopUnits.set(pc, unit);
    return entry;
  }
  /** Code that performs an intrinsic whose global has been redefined. True: some of it may be running. */
  invalidate(codes) {
    let running = false;
    for (const code of codes) {
      for (const unit of this.#units.get(code) ?? []) running = this.#invalidate(unit) || running;
      this.#units.delete(code);
    }
    return running;
  }
  /** How often code was taken out of use because a global that it relies on was redefined. */
  get invalidations() {
    return this.#invalidated;
  }
  /**
   * The JavaScript of a function, as it is or as it would be; with comments if the lines of the program are given. Throws
   * a condition when it would not be compiled.
   */
  source(code, sourceLine = null) {
    const state = this.#states.get(code);
    if (sourceLine === null && state?.active === true && state.unit !== null) return state.unit.source;
    if (code.words.length > MOST_WORDS2) throw evalError(`not compiled: ${REFUSALS.tooLarge}`);
    const annotate2 = sourceLine === null ? null : annotation(sourceLine);
    return translate(code, null, this.#account.active, this.#misses, annotate2).source;
  }
  /** Counters. */
  stats() {
    return {
      codeGeneration: this.#codeGeneration,
      compiled: this.#compiled,
      compiledLoops: this.#compiledLoops,
      recompiled: this.#recompiled,
      compileTime: this.#compileTime,
      invalidated: this.#invalidated,
      refusals: {
        ...this.#refusals
      },
      exits: {
        ...this.#exits
      }
    };
  }
  #state(code) {
    let state = this.#states.get(code);
    if (state === void 0) {
      this.#states.set(code, state = new CodeState(code.entry));
      code.second = state;
    }
    return state;
  }
  #again(state) {
    state.recompilations++;
    this.#recompiled++;
  }
  #refused(state, code) {
    if (code.words.length > MOST_WORDS2) state.refusal = "tooLarge";
    else if (state.recompilations >= MOST_RECOMPILATIONS) state.refusal = "tooManyExits";
    if (state.refusal === null) return false;
    this.#refuse(code, state.refusal);
    return true;
  }
  #refuse(code, refusal) {
    const reason = REFUSALS[refusal];
    this.#watch?.(tierEvent("refused", code, 0, {
      reason
    }));
    this.#refusals[reason] = (this.#refusals[reason] ?? 0) + 1;
    return null;
  }
  #compile(code, loop, again) {
    const start = performance.now();
    const unit = translate(code, loop, this.#account.active, this.#misses);
    const entry = this.#instantiate(unit);
    const milliseconds = performance.now() - start;
    this.#compileTime += milliseconds;
    if (entry !== null) {
      this.#watch?.(tierEvent(again ? "recompiled" : "compiled", code, unit.entry, {
        milliseconds
      }));
    }
    return [
      unit,
      entry
    ];
  }
  /** The compiled function, or null where the host forbids it: then nothing is compiled any more. */
  #instantiate(unit) {
    let entry;
    try {
      entry = instantiate(unit, this.#support);
    } catch (error) {
      if (!(error instanceof EvalError)) throw error;
      this.#codeGeneration = false;
      return this.#refuse(unit.code, "codeGeneration");
    }
    for (const constant3 of unit.constants) if (constant3 instanceof Code) this.#machine.link(constant3);
    for (const code of unit.codes) {
      const units = this.#units.get(code);
      if (units === void 0) this.#units.set(code, /* @__PURE__ */ new Set([
        unit
      ]));
      else units.add(unit);
    }
    const reference2 = new WeakRef(unit);
    if (!this.#account.active) this.#noteUncounted(reference2);
    const watcher = this.#watcher(reference2);
    for (const cell2 of unit.cells) cell2.watch(watcher);
    return entry;
  }
  #noteUncounted(unit) {
    if (this.#uncounted.length >= this.#uncountedToClean) {
      this.#uncounted = this.#uncounted.filter((known3) => known3.deref()?.current === true);
      this.#uncountedToClean = Math.max(MANY_UNITS, 2 * this.#uncounted.length);
    }
    this.#uncounted.push(unit);
  }
  /** Tells a unit of changed globals without keeping it alive. */
  #watcher(unit) {
    return {
      changed: () => {
        const watching = unit.deref();
        return watching !== void 0 && this.#invalidate(watching);
      },
      spent: () => unit.deref()?.current !== true
    };
  }
  /** Takes a unit out of use because something it relies on has changed. True: it may be running. */
  #invalidate(unit) {
    if (!unit.current) return false;
    this.#retire(unit);
    this.#invalidated++;
    this.#watch?.(tierEvent("invalidated", unit.code, unit.entry, {
      reason: "a global it relies on was redefined"
    }));
    return true;
  }
  #exited(unit, point) {
    const exit = point.exit ?? "number";
    const reason = EXITS[exit];
    this.#exits[reason] = (this.#exits[reason] ?? 0) + 1;
    if (this.#watch !== null) {
      const line = point.code.positionAt(point.pc)?.line ?? 0;
      this.#watch(tierEvent("exited", point.code, unit.entry, {
        reason,
        line
      }));
    }
    if (exit === "pause") return;
    unit.exits++;
    const { feedback } = point.code;
    if (point.feedback !== null) {
      const { site, seen } = point.feedback;
      feedback[site] = feedback[site] | seen;
    }
    if (exit === "loopTypes" || exit === "class") this.#state(point.code).misses.add(point.pc);
    if (!unit.current || unit.exits < MOST_EXITS && exit !== "loopTypes") return;
    this.#retire(unit);
    this.#watch?.(tierEvent("retired", unit.code, unit.entry, {
      reason: `${unit.exits} exits`
    }));
  }
  /** No call goes to the unit from now on. */
  #retire(unit) {
    unit.current = false;
    for (const code2 of unit.codes) this.#units.get(code2)?.delete(unit);
    const { code } = unit;
    const state = this.#states.get(code);
    if (state === void 0) return;
    if (state.unit === unit) {
      state.active = false;
      code.entry = state.interpreted;
      code.heat = 0;
    } else if (state.loopUnits.get(unit.entry) === unit) {
      state.loops.delete(unit.entry);
    }
  }
};

// src/runtime/evaluation.ts
var Evaluation = class {
  /** Tasks that are ready to run. */
  ready = 0;
  /** What timers and the host have yet to settle for its tasks. */
  pending = /* @__PURE__ */ new Set();
  /** Tasks that wait until all others have ended or wait for each other. */
  barriers = new Queue();
  /** The main task. */
  main = null;
  /** Why nothing of it may run any more: a limit, an interruption. */
  failure = null;
  /** Nothing of it runs any more. */
  over = false;
  /** Whether the main task has ended and nothing that it started is ready, or all has been stopped. */
  get finished() {
    return this.failure !== null || this.main?.promise.settled === true && this.ready === 0;
  }
  /** Stops everything. The first reason counts. */
  stop(failure3) {
    this.failure ??= failure3;
    this.end();
  }
  /** Lets go of timers and of the host. */
  end() {
    this.over = true;
    for (const wait of [
      ...this.pending
    ]) wait.abandon();
  }
  /** The value of the main task. Throws what it failed with, or why it cannot end. */
  result() {
    if (this.failure !== null) throw this.failure;
    const { promise: promise2, wait } = this.main ?? {
      promise: null,
      wait: null
    };
    if (promise2 === null || !promise2.settled) throw endless(wait);
    if (promise2.condition !== null) throw promise2.condition;
    return promise2.value;
  }
};
function endless(wait) {
  const message = wait?.blocked ?? BLOCKED;
  return new Condition("eval", message, {
    hint: "every task waits for another one: nothing that still runs can let this one go on",
    catchable: false
  });
}
function hostNeeded() {
  return new Condition("eval", "the program waits for a timer or for the host, which this call cannot do", {
    hint: "use evalAsync, which lets the host go on meanwhile",
    catchable: false
  });
}

// src/runtime/execution.ts
var MOST_TOGETHER = 64;
function run(stepper, task, first3, maxFrames, pace) {
  if (stepper.depth > stepper.depthLimit) throw stackOverflow();
  let step2 = first3;
  let together = 1;
  for (; ; ) {
    if (step2.kind === "raise") {
      step2 = caught(task, step2.condition);
      continue;
    }
    let value;
    try {
      value = perform(stepper, task, step2, together);
    } catch (thrown2) {
      step2 = {
        kind: "raise",
        condition: toCondition(thrown2)
      };
      together = 1;
      continue;
    }
    if (value !== UNWIND) {
      if (task.isEmpty()) return {
        kind: "done",
        value
      };
      step2 = {
        kind: "resume",
        value
      };
      together = Math.min(MOST_TOGETHER, 2 * together);
      continue;
    }
    together = 1;
    const failure3 = stepper.unwinding.takeFailure();
    if (failure3 !== null) {
      step2 = caught(task, failure3);
      continue;
    }
    const { action, frames } = stepper.unwinding.take();
    for (let i = frames.length - 1; i >= 0; i--) task.push(frames[i]);
    if (task.height > maxFrames) step2 = {
      kind: "raise",
      condition: stackOverflow()
    };
    else if (action.kind === "await") return {
      kind: "waits",
      wait: action.wait
    };
    else step2 = afterUnwinding(task, action);
    if (pace.pausing) return {
      kind: "paused",
      step: step2
    };
  }
}
function perform(stepper, task, step2, together) {
  switch (step2.kind) {
    case "call":
      return step2.closure.code.entry(step2.closure, stepper.depth, ...step2.args);
    case "resume":
      return stepper.resume(task.popMany(together), step2.value, stepper.depth);
    case "continue":
      return stepper.leave(task.pop(), stepper.depth);
    case "run":
      return step2.run();
    default:
      return step2;
  }
}
function afterUnwinding(task, action) {
  switch (action.kind) {
    case "call":
    case "resume":
      return action;
    case "catch":
      return {
        kind: "resume",
        value: errorMap(action.condition, (trace) => task.addTrace(trace, task.code, 1))
      };
    case "control":
      try {
        return task.change(action.request);
      } catch (thrown2) {
        return {
          kind: "raise",
          condition: toCondition(thrown2)
        };
      }
    case "pause":
      return {
        kind: "continue"
      };
    default:
      return action;
  }
}
function caught(task, condition) {
  for (let frame = task.pop(); frame !== void 0; frame = task.pop()) {
    const code = frame.closure.code;
    addTrace(condition.trace, code, frame.pc);
    const { pc } = frame;
    const found2 = condition.catchable ? code.handlers.find((h) => h.start < pc && pc <= h.end) : void 0;
    if (found2 !== void 0) {
      const map3 = errorMap(condition, found2.trace ? (trace) => task.addTrace(trace, code) : null);
      task.push(new HeapFrame(frame.closure, found2.target, frame.slots.slice(0, code.slots + found2.height)));
      return {
        kind: "resume",
        value: map3
      };
    }
  }
  throw condition;
}

// src/runtime/task.ts
var GROUND = {};
var Task = class {
  /** The innermost frame of the running coroutine, or of the task itself. */
  #top = null;
  #height = 0;
  #resumer = null;
  /** What `dynamic-wind` has entered and not left, innermost first. */
  winders = EMPTY;
  /** Continuations lead from one task to another only if both stand on the same. */
  base;
  /** `calledBack`: a function of the host waits for it, which can be neither left nor entered again. */
  constructor(calledBack = false) {
    this.base = calledBack ? this : GROUND;
  }
  /** Frames that wait, in all coroutines that are running; a large one counts as several. */
  get height() {
    return this.#height;
  }
  /** Puts a frame on top. */
  push(frame) {
    frame.below = this.#top;
    this.#top = frame;
    this.#height += weight2(frame);
  }
  /** Takes the innermost frame off; coroutines without any have finished. Undefined: that was all. */
  pop() {
    if (this.isEmpty()) return void 0;
    const top = this.#top;
    if (top === null) return void 0;
    this.#top = top.below;
    this.#height -= weight2(top);
    return top;
  }
  /** Takes up to `count` of the innermost frames off, one of the outermost first; they belong to one coroutine. */
  popMany(count2) {
    const frames = [];
    for (let frame = this.pop(); frame !== void 0; frame = this.pop()) {
      frames.push(frame);
      if (frames.length === count2 || this.#top === null) break;
    }
    return frames.reverse();
  }
  /** The code of the innermost frame. */
  get code() {
    return this.#top?.closure.code ?? null;
  }
  /** Whether nothing is left to do. Coroutines on top that have no frames have finished. */
  isEmpty() {
    while (this.#top === null && this.#resumer !== null) {
      const { coroutine: coroutine2, top, winders, below: below2 } = this.#resumer;
      coroutine2.state = "finished";
      this.#top = top;
      this.winders = winders;
      this.#resumer = below2;
    }
    return this.#top === null;
  }
  /** Adds the lines of the waiting frames to a trace that belongs to a handler of `code`; of all but `skipped` of them. */
  addTrace(trace, code, skipped = 0) {
    if (code?.library === true) return;
    let left = skipped;
    let below2 = this.#resumer;
    for (let frame = this.#top; ; frame = frame.below) {
      while (frame === null) {
        if (below2 === null) return;
        frame = below2.top;
        below2 = below2.below;
      }
      if (left-- <= 0) addTrace(trace, frame.closure.code, frame.pc);
    }
  }
  /** Changes the stack. Throws the error that a program gets for what it cannot have. */
  change(request) {
    switch (request.kind) {
      case "capture":
        return {
          kind: "resume",
          value: this.#capture()
        };
      case "reinstate":
        this.#reinstate(request.stack);
        return {
          kind: "resume",
          value: request.value
        };
      case "resume":
        return this.#resume(request.coroutine, request.value);
      case "yield":
        this.#yield(request.coroutine);
        return {
          kind: "resume",
          value: request.value
        };
      default:
        return request;
    }
  }
  // --- Continuations -------------------------------------------------------------------------------------------------
  #capture() {
    shareVariables(this.#top);
    for (let each = this.#resumer; each !== null; each = each.below) shareVariables(each.top);
    return new WholeStack(this.#top, this.#height, this.winders, this.#resumer, this.base);
  }
  #reinstate(stack) {
    if (!(stack instanceof WholeStack)) throw new TypeError("not the stack of a continuation");
    if (stack.base !== this.base) {
      throw evalError("continuation: cannot leave or enter a function of the host that calls back", "inside the callback use 'throw', or a continuation made there");
    }
    for (let each = this.#resumer; each !== null; each = each.below) each.coroutine.state = "finished";
    for (let each = stack.resumer; each !== null; each = each.below) {
      each.coroutine.state = "running";
      each.coroutine.stack = null;
    }
    this.#top = stack.top;
    this.#height = stack.height;
    this.winders = stack.winders;
    this.#resumer = stack.resumer;
  }
  // --- Coroutines ----------------------------------------------------------------------------------------------------
  #resume(coroutine2, value) {
    const { body: body2, stack } = coroutine2;
    const height = this.#height;
    const { winders } = this;
    const resumer = {
      coroutine: coroutine2,
      top: this.#top,
      height,
      winders,
      below: this.#resumer
    };
    this.#resumer = resumer;
    this.#top = null;
    coroutine2.state = "running";
    coroutine2.body = null;
    coroutine2.stack = null;
    if (body2 instanceof Closure) return {
      kind: "call",
      closure: body2,
      args: [
        coroutine2,
        value
      ]
    };
    if (!(stack instanceof PartOfStack)) throw new TypeError("a coroutine without a stack");
    const rebased = (list3) => rebase(list3, stack.base, winders);
    for (const each of stack.resumers.toReversed()) {
      this.#resumer = {
        coroutine: each.coroutine,
        top: each.top,
        height: each.height - stack.below + height,
        winders: rebased(each.winders),
        below: this.#resumer
      };
    }
    this.#top = stack.top;
    this.#height = stack.height - stack.below + height;
    this.winders = rebased(stack.winders);
    return {
      kind: "resume",
      value
    };
  }
  #yield(coroutine2) {
    const above = [];
    let resumer = this.#resumer;
    while (resumer !== null && resumer.coroutine !== coroutine2) {
      above.push(resumer);
      resumer = resumer.below;
    }
    if (resumer === null) {
      throw evalError("yield: the coroutine is not running here", "it can be left by yield only from inside, and not through a function of the host that calls back");
    }
    coroutine2.state = "suspended";
    coroutine2.stack = new PartOfStack(this.#top, this.#height, this.winders, above, resumer.height, resumer.winders);
    this.#top = resumer.top;
    this.#height = resumer.height;
    this.winders = resumer.winders;
    this.#resumer = resumer.below;
  }
};
var WholeStack = class extends SavedStack {
  top;
  height;
  winders;
  resumer;
  base;
  constructor(top, height, winders, resumer, base) {
    super();
    this.top = top;
    this.height = height;
    this.winders = winders;
    this.resumer = resumer;
    this.base = base;
  }
};
var PartOfStack = class extends SavedStack {
  top;
  height;
  winders;
  /** Resumers within it, innermost first. */
  resumers;
  below;
  base;
  constructor(top, height, winders, resumers, below2, base) {
    super();
    this.top = top;
    this.height = height;
    this.winders = winders;
    this.resumers = resumers;
    this.below = below2;
    this.base = base;
  }
};
function rebase(winders, from, to) {
  if (from === to) return winders;
  const own = toArray(winders).slice(0, winders.length - from.length);
  return own.reduceRight((list3, winder) => cons(winder, list3), to);
}
var USUAL_SLOTS = 10;
function weight2({ slots }) {
  return Math.max(1, slots.length / USUAL_SLOTS);
}
function shareVariables(top) {
  for (let frame = top; frame !== null && !frame.continued; frame = frame.below) {
    frame.continued = true;
    const { slotAssigned } = frame.closure.code;
    frame.slots.forEach((value, slot2, slots) => {
      if (slotAssigned[slot2] !== true || value instanceof Cell || value === void 0) return;
      slots[slot2] = new Cell(value, -1, null);
    });
  }
}

// src/runtime/scheduler.ts
var MOST_ATTEMPTS = 100;
var ScheduledTask = class extends Task {
  promise = new AsyncPromise();
  evaluation;
  context;
  /** What its work is charged to. */
  account;
  /** Tasks that it has spawned and that have not ended; null while there are none. */
  children = null;
  parent;
  /** What it does next; null when it waits. */
  step;
  wait = null;
  /** Its place among the tasks that are ready. */
  entry = null;
  cancelled = false;
  /** It is on the host's stack; below another one, where a function of the host lies between them. */
  running = false;
  /** Suspension points that it has met since it was cancelled. */
  attempts = 0;
  #cancel;
  constructor(step2, from, parent2, cancel, calledBack = false) {
    super(calledBack);
    this.step = step2;
    this.evaluation = from.evaluation;
    this.context = from.context;
    this.account = from.account;
    this.parent = parent2;
    this.#cancel = cancel;
  }
  /** Requests its cancellation. False when that has been done before. */
  cancel() {
    if (this.cancelled) return false;
    this.#cancel(this);
    return true;
  }
};
var Scheduler = class {
  timers;
  #host;
  #ready = new Queue();
  #evaluations = /* @__PURE__ */ new Set();
  /** The context of main tasks: it outlives evaluations. */
  #mainContext = new TaskContext();
  /** Promises that the host has yet to settle, whoever waits for them. */
  #outside = 0;
  #settlements = 0;
  /** Tasks that have to clean up after a cancellation, on their way to the queue. */
  #interrupted = [];
  #running = 0;
  /** The task that is running; while {@link idle} it stands for none. */
  current;
  constructor(host) {
    this.#host = host;
    this.timers = new Timers(host.clock);
    const nobody = {
      evaluation: new Evaluation(),
      context: new TaskContext(),
      account: null
    };
    this.current = new ScheduledTask({
      kind: "continue"
    }, nobody, null, () => {
    });
  }
  // --- Running -----------------------------------------------------------------------------------------------------------
  /** Begins an evaluation. */
  open() {
    const evaluation = new Evaluation();
    if (this.#evaluations.size === 0) this.#mainContext.close(1);
    this.#evaluations.add(evaluation);
    return evaluation;
  }
  /** Ends an evaluation. */
  close(evaluation) {
    evaluation.end();
    this.#evaluations.delete(evaluation);
  }
  /** Runs a main task until it ends or waits; it goes before all others. */
  start(step2, evaluation, account) {
    const task = new ScheduledTask(step2, {
      evaluation,
      context: this.#mainContext,
      account
    }, null, () => {
    });
    evaluation.main = task;
    this.#run(task);
    return task.promise;
  }
  /** Runs a step as a task of the evaluation that is running, before all others, until it ends or waits. */
  startInside(step2) {
    const evaluation = this.idle ? new Evaluation() : this.current.evaluation;
    const { context } = this.current;
    const { account } = this.#host.pace;
    const task = new ScheduledTask(step2, {
      evaluation,
      context,
      account
    }, null, () => {
    }, !this.idle);
    this.#run(task);
    return task.promise;
  }
  /** Runs tasks until `done` says so, none is ready, or the host's time is up. */
  drive(done, deadline = Infinity) {
    for (; ; ) {
      if (done()) return "done";
      const task = this.#next();
      if (task === void 0) return "idle";
      this.#run(task);
      if (deadline !== Infinity && this.#host.clock.now() >= deadline) {
        this.timers.fireDue();
        return done() ? "done" : "slice";
      }
    }
  }
  /** Whether a timer or the host may make a task ready. */
  get expecting() {
    return this.#outside > 0 || this.timers.next !== Infinity;
  }
  /** Whether no task is running. */
  get idle() {
    return this.#running === 0;
  }
  /** Whether a task is ready. */
  get busy() {
    return this.#ready.size > 0;
  }
  #next() {
    let task = this.#ready.shift();
    if (task === void 0) {
      this.timers.fireDue();
      if (this.#ready.size === 0) {
        for (const evaluation of this.#evaluations) this.#releaseBarriers(evaluation);
      }
      task = this.#ready.shift();
    }
    if (task === void 0) return void 0;
    task.entry = null;
    task.evaluation.ready--;
    return task;
  }
  #releaseBarriers({ barriers, ready, pending }) {
    if (barriers.size === 0 || ready > 0 || pending.size > 0) return;
    for (let wait = barriers.shift(); wait !== void 0; wait = barriers.shift()) wait.settle(null);
  }
  #run(task) {
    const { evaluation } = task;
    if (evaluation.over) return;
    const { pace } = this.#host;
    const outer = this.current;
    const step2 = nextStep(task);
    const payer = pace.account;
    this.current = task;
    this.#running++;
    task.running = true;
    pace.account = task.account;
    pace.begin();
    try {
      const outcome = run(this.#host.stepper(), task, step2, this.#host.maxFrames(), pace);
      task.running = false;
      switch (outcome.kind) {
        case "done":
          this.#end(task, "resolved", outcome.value, null);
          break;
        case "waits":
          this.#park(task, outcome.wait);
          break;
        case "paused":
          task.step = outcome.step;
          this.#enqueue(task);
          break;
        default:
          outcome;
      }
    } catch (thrown2) {
      this.#failed(task, toCondition(thrown2));
    } finally {
      this.current = outer;
      this.#running--;
      task.running = false;
      pace.account = payer;
    }
    this.#releaseBarriers(evaluation);
  }
  #failed(task, condition) {
    this.#end(task, "rejected", null, condition);
    if (!condition.catchable && condition.type !== "cancelled") task.evaluation.stop(condition);
  }
  #end(task, state, value, condition) {
    task.parent?.children?.delete(task);
    task.children = null;
    if (task.cancelled) this.#settle(task.promise, "cancelled", null, cancellation());
    else this.#settle(task.promise, state, value, condition);
  }
  #settle(promise2, state, value, condition) {
    promise2.settle(state, value, condition, ++this.#settlements);
  }
  #park(task, wait) {
    task.wait = wait;
    if (wait.settled) {
      this.#enqueue(task);
      wait.wake?.();
    } else wait.wake = () => this.#enqueue(task);
  }
  #enqueue(task) {
    if (task.evaluation.over || task.entry !== null) return;
    task.entry = this.#ready.push(task);
    task.evaluation.ready++;
    if (this.#running === 0) this.#host.wake();
  }
  /** The value of `(await value)`; starts unwinding when it is not there yet; throws what the wait failed with. */
  await(value) {
    const wait = this.#wait(value);
    if (wait === null) return value;
    const task = this.current;
    if (wait.settled && !wait.turn) {
      if (wait.condition !== null) throw wait.condition;
      return wait.value;
    }
    if (task.cancelled) {
      wait.abandon();
      if (wait.settled) wait.wake?.();
      throw cancellation(++task.attempts < MOST_ATTEMPTS);
    }
    if (!wait.settled || this.busy) return this.#host.stepper().unwinding.start({
      kind: "await",
      wait
    });
    wait.wake?.();
    if (wait.condition !== null) throw wait.condition;
    return wait.value;
  }
  /** The same where nothing can be unwound: others run inside of this call. */
  awaitHere(value) {
    const wait = this.#wait(value);
    if (wait === null) return value;
    if (wait.settled) wait.wake?.();
    this.drive(() => wait.settled);
    if (!wait.settled) {
      wait.abandon();
      throw new Condition("eval", wait.blocked, {
        catchable: false
      });
    }
    if (wait.condition !== null) throw wait.condition;
    return wait.value;
  }
  #wait(value) {
    if (value instanceof Wait) return value;
    if (!(value instanceof AsyncPromise)) return null;
    if (value.settled) return this.#turn(value.value, value.failure());
    const wait = new Wait();
    const entry = value.watch(() => wait.settle(value.value, value.failure()));
    wait.release = () => value.unwatch(entry);
    return wait;
  }
  // --- What the library asks for -----------------------------------------------------------------------------------------
  get context() {
    return this.current.context;
  }
  #turn(value, condition = null, then = null) {
    const wait = Wait.over(value, condition);
    wait.turn = true;
    wait.wake = then;
    return wait;
  }
  turn(value) {
    return this.#turn(value);
  }
  spawn(thunk2) {
    const parent2 = this.current;
    if (parent2.cancelled) throw cancellation(++parent2.attempts < MOST_ATTEMPTS);
    this.#host.spawned();
    const { evaluation, account } = parent2;
    const owner = parent2.promise.owner === null ? null : parent2;
    const from = {
      evaluation,
      account,
      context: parent2.context.snapshot()
    };
    const task = new ScheduledTask(this.#host.call(thunk2), from, owner, (cancelled) => this.#cancel(cancelled));
    task.promise.owner = task;
    if (owner !== null) (owner.children ??= /* @__PURE__ */ new Set()).add(task);
    return this.#turn(task.promise, null, () => this.#enqueue(task));
  }
  settled(value, condition) {
    const promise2 = new AsyncPromise();
    this.#settle(promise2, condition === null ? "resolved" : "rejected", value, condition);
    return promise2;
  }
  cancel(promise2) {
    const { owner } = promise2;
    if (owner === null) return this.#turn(false);
    const first3 = owner.cancel();
    const later = this.#interrupted.splice(0);
    return this.#turn(first3, null, () => {
      for (const task of later) this.#enqueue(task);
    });
  }
  /** Cancels a task and, since they are its own, the tasks that it has spawned. */
  #cancel(task) {
    const all = [
      task
    ];
    for (let i = 0; i < all.length; i++) {
      const next = all[i];
      if (next.cancelled) continue;
      next.cancelled = true;
      for (const child of next.children ?? []) all.push(child);
      if (!next.running) this.#interrupt(next);
    }
  }
  #interrupt(task) {
    if (task.entry !== null) {
      this.#ready.remove(task.entry);
      task.entry = null;
      task.evaluation.ready--;
    }
    if (task.isEmpty()) return this.#end(task, "rejected", null, null);
    if (task.wait !== null) {
      task.wait.wake = null;
      task.wait.abandon();
      task.wait = null;
    }
    task.attempts++;
    task.step = {
      kind: "raise",
      condition: cancellation()
    };
    this.#interrupted.push(task);
  }
  all(promises3) {
    const failed = earliest(promises3.filter(({ condition }) => condition !== null));
    if (failed !== null) return this.#turn(null, failed.failure());
    const values = () => listFrom(promises3.map(({ value }) => value));
    const open2 = [
      ...new Set(promises3.filter(({ settled }) => !settled))
    ];
    if (open2.length === 0) return this.#turn(values());
    let left = open2.length;
    return this.#watching(open2, (wait, promise2) => {
      if (promise2.condition !== null) wait.settle(null, promise2.failure());
      else if (--left === 0) wait.settle(values());
    });
  }
  race(promises3) {
    const first3 = earliest(promises3.filter(({ settled }) => settled));
    if (first3 !== null) return this.#turn(first3.value, first3.failure());
    return this.#watching(promises3, (wait, promise2) => wait.settle(promise2.value, promise2.failure()));
  }
  timeout(milliseconds, promise2, late) {
    if (promise2.settled) return this.#turn(promise2.value, promise2.failure());
    const wait = this.#watching([
      promise2
    ], (wait2) => wait2.settle(promise2.value, promise2.failure()));
    return this.#timed(wait, milliseconds, () => wait.settle(null, late));
  }
  sleep(milliseconds) {
    const wait = new Wait();
    return this.#timed(wait, milliseconds, () => wait.settle(null));
  }
  barrier() {
    const { evaluation } = this.current;
    const wait = new Wait();
    const entry = evaluation.barriers.push(wait);
    wait.release = () => evaluation.barriers.remove(entry);
    return wait;
  }
  outside(start) {
    const controller = new AbortController();
    const wait = new Wait();
    const promise2 = this.#adopt(start(controller.signal));
    const entry = promise2.watch(() => wait.settle(promise2.value, promise2.failure()));
    wait.release = () => {
      promise2.unwatch(entry);
      if (!promise2.settled) controller.abort();
    };
    return this.#pending(wait);
  }
  /** A promise that the host settles. */
  adopt(outside) {
    const promise2 = this.#adopt(outside);
    if (this.#running === 0) return promise2;
    const wait = new Wait();
    const entry = promise2.watch(() => wait.settle(null));
    wait.release = () => promise2.unwatch(entry);
    this.#pending(wait);
    return promise2;
  }
  #adopt(outside) {
    const promise2 = new AsyncPromise();
    this.#outside++;
    const settle2 = (value, condition) => {
      this.#outside--;
      this.#settle(promise2, condition === null ? "resolved" : "rejected", value, condition);
      if (this.#running === 0) this.#host.wake();
    };
    outside.then((value) => settle2(value, null), (reason) => settle2(null, this.#host.failure(reason)));
    return promise2;
  }
  /** A wait that each of some promises tells when it is settled. */
  #watching(promises3, settled) {
    const wait = new Wait();
    const entries = promises3.map((promise2) => promise2.watch(() => settled(wait, promise2)));
    wait.release = () => promises3.forEach((promise2, i) => promise2.unwatch(entries[i]));
    return wait;
  }
  #timed(wait, milliseconds, late) {
    const timer = this.timers.start(milliseconds, late);
    const { release } = wait;
    wait.release = () => {
      this.timers.stop(timer);
      release?.();
    };
    return this.#pending(wait);
  }
  /** Notes that a timer or the host will settle a wait of the task that is running. */
  #pending(wait) {
    const { pending } = this.current.evaluation;
    const { release } = wait;
    pending.add(wait);
    wait.release = () => {
      pending.delete(wait);
      release?.();
    };
    return wait;
  }
};
function nextStep(task) {
  const { step: step2, wait } = task;
  task.step = task.wait = null;
  if (step2 !== null) return step2;
  if (wait === null) throw new Error("a task runs that nothing has made ready");
  return wait.condition === null ? {
    kind: "resume",
    value: wait.value
  } : {
    kind: "raise",
    condition: wait.condition
  };
}
function earliest(promises3) {
  return promises3.reduce((first3, promise2) => first3 === null || promise2.order < first3.order ? promise2 : first3, null);
}
function cancellation(catchable = true) {
  const extra = {
    reason: keyword("explicit")
  };
  return new Condition("cancelled", "async/await: awaited task was cancelled", {
    extra,
    catchable
  });
}

// src/vm/word.ts
var TAG_INTEGER = -458752;
var TAG_SPECIAL = -393216;
var TAG_CHAR = -327680;
var TAG_NAME = -262144;
var TAG_REFERENCE = -196608;
var NIL2 = 0;
var FALSE = 1;
var TRUE = 2;
var FIRST_TAG_UNSIGNED = 4294508544;
var NAN_HIGH = 2146959360;
if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1) throw new Error("a little-endian host is required");

// src/vm/stack.ts
var INITIAL_SLOTS = 2048;
var INITIAL_FRAMES = 256;
var META = 3;
var Stack = class {
  /** Two halves per slot. */
  words = new Int32Array(2 * INITIAL_SLOTS);
  /** The same memory as doubles. */
  doubles = new Float64Array(this.words.buffer);
  /** Objects of reference and name slots; elsewhere stale. Cleared above the top when a run ends. */
  refs = filled(INITIAL_SLOTS);
  /** Per frame: where its caller goes on. */
  meta;
  /** Slots that may be used without asking: all that `reserve` has given since the machine was last at rest. */
  capacity = INITIAL_SLOTS;
  /** First slot above the used ones. */
  sp = 0;
  /** Cells open on the stack, highest slot first. */
  openCells = null;
  /** Slot of the first open cell; -1 when there is none. */
  openTop = -1;
  /** Cells made so far. */
  cellsMade = 0;
  /** `maxFrames`: the highest number that a frame may have. */
  constructor(maxFrames) {
    this.meta = new Int32Array(META * Math.min(INITIAL_FRAMES, maxFrames + 1));
  }
  /** Makes room for `slots` slots. */
  reserve(slots) {
    if (slots <= this.capacity) return;
    this.capacity = Math.max(slots, 2 * this.capacity);
    if (this.capacity <= this.refs.length) return;
    const words3 = new Int32Array(2 * this.capacity);
    words3.set(this.words);
    this.words = words3;
    this.doubles = new Float64Array(words3.buffer);
    while (this.refs.length < this.capacity) this.refs.push(null);
  }
  /** Makes room for frame number `frame`, but none beyond number `most`, so that one more has to ask. */
  reserveFrame(frame, most) {
    if (META * (frame + 1) <= this.meta.length) return;
    const meta = new Int32Array(Math.min(2 * this.meta.length, META * (most + 1)));
    meta.set(this.meta);
    this.meta = meta;
  }
  /** Takes back room for frames beyond number `most`. */
  trimFrames(most) {
    if (this.meta.length > META * (most + 1)) this.meta = this.meta.slice(0, META * (most + 1));
  }
  /** Forgets objects that dead slots still refer to; beyond the capacity given out there are none. */
  clearAbove(slot2) {
    this.refs.fill(null, slot2, this.capacity);
    if (slot2 === 0) this.capacity = INITIAL_SLOTS;
  }
  /** Writes a value into a slot. */
  put(slot2, value) {
    const words3 = this.words;
    const at = slot2 << 1;
    if (typeof value === "number") {
      if ((value | 0) === value) {
        words3[at] = value;
        words3[at + 1] = TAG_INTEGER;
      } else if (Number.isInteger(value)) {
        words3[at + 1] = TAG_REFERENCE;
        this.refs[slot2] = value;
      } else if (value === value) {
        this.doubles[slot2] = value;
      } else {
        words3[at] = 0;
        words3[at + 1] = NAN_HIGH;
      }
    } else if (value === null) {
      words3[at] = NIL2;
      words3[at + 1] = TAG_SPECIAL;
    } else if (typeof value === "boolean") {
      words3[at] = value ? TRUE : FALSE;
      words3[at + 1] = TAG_SPECIAL;
    } else if (value instanceof Flonum) {
      this.doubles[slot2] = value.value;
    } else if (value instanceof Char) {
      words3[at] = value.code;
      words3[at + 1] = TAG_CHAR;
    } else if (value instanceof Sym || value instanceof Keyword) {
      words3[at] = value.id;
      words3[at + 1] = TAG_NAME;
      this.refs[slot2] = value;
    } else {
      words3[at + 1] = TAG_REFERENCE;
      this.refs[slot2] = value;
    }
  }
  /** Reads the value of a slot. */
  take(slot2) {
    const at = slot2 << 1;
    switch (this.words[at + 1]) {
      case TAG_INTEGER:
        return this.words[at];
      case TAG_REFERENCE:
      case TAG_NAME:
        return this.refs[slot2];
      case TAG_SPECIAL:
        return this.words[at] === NIL2 ? null : this.words[at] === TRUE;
      case TAG_CHAR:
        return new Char(this.words[at]);
      default: {
        const double3 = this.doubles[slot2];
        return Number.isInteger(double3) ? new Flonum(double3) : double3;
      }
    }
  }
  /** Reads `count` slots from `slot` on. */
  takeMany(slot2, count2) {
    const values = [];
    for (let i = 0; i < count2; i++) values.push(this.take(slot2 + i));
    return values;
  }
  /** Whether a slot holds nil or #f. */
  isFalse(slot2) {
    return this.words[2 * slot2 + 1] === TAG_SPECIAL && this.words[2 * slot2] !== TRUE;
  }
  /** Whether a slot holds a double. */
  isDouble(slot2) {
    return this.words[2 * slot2 + 1] >>> 0 < FIRST_TAG_UNSIGNED;
  }
  /** Copies one slot to another. */
  copy(from, to) {
    const high = this.words[2 * from + 1];
    this.words[2 * to] = this.words[2 * from];
    this.words[2 * to + 1] = high;
    if (high === TAG_REFERENCE || high === TAG_NAME) this.refs[to] = this.refs[from];
  }
  /** The cell of the variable in `slot`: the open one, or a new one. */
  openCell(slot2) {
    let above = null;
    let cell2 = this.openCells;
    while (cell2 !== null && cell2.slot > slot2) {
      above = cell2;
      cell2 = cell2.next;
    }
    if (cell2 !== null && cell2.slot === slot2) return cell2;
    const made = new Cell(null, slot2, cell2);
    this.cellsMade++;
    this.#link(above, made);
    return made;
  }
  /** Opens a closed cell on `slot`, which must lie above all open ones, and moves its value there. */
  reopen(cell2, slot2) {
    this.put(slot2, cell2.value);
    cell2.slot = slot2;
    cell2.next = this.openCells;
    this.#link(null, cell2);
  }
  /** Closes all cells at or above `slot`: they keep the values that their variables have now. */
  closeCells(slot2) {
    let cell2 = this.openCells;
    while (cell2 !== null && cell2.slot >= slot2) {
      cell2.value = this.take(cell2.slot);
      cell2.slot = -1;
      const next = cell2.next;
      cell2.next = null;
      cell2 = next;
    }
    this.#link(null, cell2);
  }
  /** Closes the cell of one variable, if there is one: the slot becomes a new variable. */
  fresh(slot2) {
    let above = null;
    let cell2 = this.openCells;
    while (cell2 !== null && cell2.slot > slot2) {
      above = cell2;
      cell2 = cell2.next;
    }
    if (cell2 === null || cell2.slot !== slot2) return;
    this.#link(above, cell2.next);
    cell2.value = this.take(slot2);
    cell2.slot = -1;
    cell2.next = null;
  }
  #link(above, cell2) {
    if (above !== null) {
      above.next = cell2;
      return;
    }
    this.openCells = cell2;
    this.openTop = cell2 === null ? -1 : cell2.slot;
  }
};
function filled(length2) {
  const items2 = [];
  for (let i = 0; i < length2; i++) items2.push(null);
  return items2;
}

// src/vm/arithmetic.ts
var Arithmetic = class extends Stack {
  /** a + b */
  add(a, b) {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) + this.#double(b);
    else this.#general(a, intrinsics.add(this.take(a), this.take(b)));
  }
  /** a - b */
  subtract(a, b) {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) - this.#double(b);
    else this.#general(a, intrinsics.subtract(this.take(a), this.take(b)));
  }
  /** a × b */
  multiply(a, b) {
    if (this.#mixed(a, b)) this.doubles[a] = this.#double(a) * this.#double(b);
    else this.#general(a, intrinsics.multiply(this.take(a), this.take(b)));
  }
  /** a ÷ b */
  divide(a, b) {
    this.#general(a, intrinsics.divide(this.take(a), this.take(b)));
  }
  /** a = b */
  equal(a, b) {
    this.#compared(a, b, intrinsics.equal(this.take(a), this.take(b)));
  }
  /** a < b */
  less(a, b) {
    this.#compared(a, b, intrinsics.less(this.take(a), this.take(b)));
  }
  /** a > b */
  greater(a, b) {
    this.#compared(a, b, intrinsics.greater(this.take(a), this.take(b)));
  }
  /** a ≤ b */
  lessOrEqual(a, b) {
    this.#compared(a, b, intrinsics.lessOrEqual(this.take(a), this.take(b)));
  }
  /** a ≥ b */
  greaterOrEqual(a, b) {
    this.#compared(a, b, intrinsics.greaterOrEqual(this.take(a), this.take(b)));
  }
  /** The element `b` of `a`, if that is a sequence kept as doubles; noted in the site's feedback. False: it is not. */
  floatElement(a, b) {
    const { words: words3 } = this;
    if (words3[2 * a + 1] !== TAG_REFERENCE || words3[2 * b + 1] !== TAG_INTEGER) return false;
    const sequence3 = this.refs[a];
    const doubles = sequence3 instanceof Vector ? sequence3.floats : sequence3 instanceof MutableArray ? sequence3.doubles : null;
    const double3 = doubles?.[words3[2 * b]];
    if (double3 === void 0) return false;
    this.#see(SEEN.float);
    if (double3 === double3) this.doubles[a] = double3;
    else {
      words3[2 * a] = 0;
      words3[2 * a + 1] = NAN_HIGH;
    }
    return true;
  }
  /** The site of the current instruction has seen something that is no small integer. */
  sawOther() {
    this.#see(SEEN.other);
  }
  /** Whether one slot is a double and the other a small integer: the loop has dealt with two doubles. */
  #mixed(a, b) {
    const integer2 = this.words[2 * a + 1] === TAG_INTEGER ? b : this.words[2 * b + 1] === TAG_INTEGER ? a : -1;
    if (integer2 < 0 || !this.isDouble(integer2)) return false;
    this.#see(SEEN.float);
    return true;
  }
  #double(slot2) {
    return this.words[2 * slot2 + 1] === TAG_INTEGER ? this.words[2 * slot2] : this.doubles[slot2];
  }
  #general(a, result2) {
    const sort = this.#sort(result2);
    this.#see(sort === 0 ? SEEN.wide : sort);
    this.put(a, result2);
  }
  #compared(a, b, result2) {
    this.#see(this.#sort(this.take(a)) | this.#sort(this.take(b)));
    this.words[2 * a] = result2 ? TRUE : FALSE;
    this.words[2 * a + 1] = TAG_SPECIAL;
  }
  /** What a value means for the feedback; nothing for a small integer. */
  #sort(value) {
    if (value instanceof Flonum) return SEEN.float;
    if (typeof value !== "number") return SEEN.other;
    return (value | 0) === value ? 0 : Number.isInteger(value) ? SEEN.wide : SEEN.float;
  }
  #see(what) {
    const { feedback, words: words3 } = this.closure.code;
    const site = words3[this.pc + 1];
    feedback[site] = feedback[site] | what;
  }
};

// src/vm/dispatch.generated.ts
function dispatch(m, stop) {
  let { words: words3, doubles, refs, meta, capacity, pc, sp, fp, base, closure } = m;
  let code = closure.code, text2 = code.variantWords, constants2 = code.constants;
  const closures = m.closures;
  for (; ; ) {
    switch (text2[pc]) {
      case 0: {
        const k = text2[pc + 1], constantWords = code.constantWords, h = constantWords[2 * k + 1];
        words3[2 * sp] = constantWords[2 * k];
        words3[2 * sp + 1] = h;
        if (h === -196608 || h === -262144) refs[sp] = constants2[k];
        sp++;
        pc += 2;
        continue;
      }
      case 1:
        words3[2 * sp] = text2[pc + 1];
        words3[2 * sp + 1] = -458752;
        sp++;
        pc += 2;
        continue;
      case 2:
        words3[2 * sp] = 0;
        words3[2 * sp + 1] = -393216;
        sp++;
        pc++;
        continue;
      case 3:
        words3[2 * sp] = 2;
        words3[2 * sp + 1] = -393216;
        sp++;
        pc++;
        continue;
      case 4:
        words3[2 * sp] = 1;
        words3[2 * sp + 1] = -393216;
        sp++;
        pc++;
        continue;
      case 5:
        sp--;
        pc++;
        continue;
      case 6:
        {
          const top = sp - 1;
          {
            const h = words3[2 * top + 1];
            words3[2 * sp] = words3[2 * top];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[top];
          }
        }
        sp++;
        pc++;
        continue;
      case 7:
        {
          const from = base + text2[pc + 1];
          {
            const h = words3[2 * from + 1];
            words3[2 * sp] = words3[2 * from];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[from];
          }
        }
        sp++;
        pc += 2;
        continue;
      case 8:
        {
          const to = base + text2[pc + 1];
          sp--;
          {
            const h = words3[2 * sp + 1];
            words3[2 * to] = words3[2 * sp];
            words3[2 * to + 1] = h;
            if (h === -196608 || h === -262144) refs[to] = refs[sp];
          }
        }
        pc += 2;
        continue;
      case 9:
        if (m.openTop >= base + text2[pc + 1]) m.fresh(base + text2[pc + 1]);
        pc += 2;
        continue;
      case 10:
        m.put(sp, closure.captures[text2[pc + 1]]);
        sp++;
        pc += 2;
        continue;
      case 11: {
        const cell2 = closure.captures[text2[pc + 1]], slot2 = cell2.slot;
        if (slot2 >= 0) {
          const h = words3[2 * slot2 + 1];
          words3[2 * sp] = words3[2 * slot2];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[slot2];
        } else m.put(sp, cell2.value);
        sp++;
        pc += 2;
        continue;
      }
      case 12: {
        const cell2 = closure.captures[text2[pc + 1]], slot2 = cell2.slot;
        sp--;
        if (slot2 >= 0) {
          const h = words3[2 * sp + 1];
          words3[2 * slot2] = words3[2 * sp];
          words3[2 * slot2 + 1] = h;
          if (h === -196608 || h === -262144) refs[slot2] = refs[sp];
        } else cell2.value = m.take(sp);
        pc += 2;
        continue;
      }
      case 13:
        refs[sp] = closure;
        words3[2 * sp + 1] = -196608;
        sp++;
        pc++;
        continue;
      case 14: {
        const value = constants2[text2[pc + 1]].value;
        if (value === UNBOUND) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          throw m.unbound(constants2[text2[pc + 1]]);
        }
        m.put(sp, value);
        sp++;
        pc += 2;
        continue;
      }
      case 15: {
        const cell2 = constants2[text2[pc + 1]];
        if (cell2.watchers === null) {
          cell2.value = m.take(sp - 1);
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (m.assign(cell2, m.take(sp - 1), false, stop)) return UNWIND;
        pc += 2;
        continue;
      }
      case 16: {
        const cell2 = constants2[text2[pc + 1]];
        if (cell2.watchers === null) {
          cell2.value = m.take(sp - 1);
          words3[2 * (sp - 1)] = 0;
          words3[2 * (sp - 1) + 1] = -393216;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (m.assign(cell2, m.take(sp - 1), true, stop)) return UNWIND;
        words3[2 * (sp - 1)] = 0;
        words3[2 * (sp - 1) + 1] = -393216;
        pc += 2;
        continue;
      }
      case 17:
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        refs[sp] = m.close(constants2[text2[pc + 1]]);
        if (m.words !== words3) {
          words3 = m.words;
          doubles = m.doubles;
          refs = m.refs;
          meta = m.meta;
          capacity = m.capacity;
        }
        words3[2 * sp + 1] = -196608;
        sp++;
        pc += 2;
        continue;
      case 18:
        m.base = base;
        m.closure = closure;
        m.recapture(refs[base + text2[pc + 1]]);
        pc += 3;
        continue;
      case 19:
        pc = text2[pc + 1];
        continue;
      case 20:
        sp--;
        pc = words3[2 * sp + 1] === -393216 && words3[2 * sp] !== 2 ? text2[pc + 1] : pc + 2;
        continue;
      case 21:
        sp--;
        pc = words3[2 * sp + 1] === -393216 && words3[2 * sp] !== 2 ? pc + 2 : text2[pc + 1];
        continue;
      case 22:
        if (--code.heat >= 0) {
          pc = text2[pc + 1];
          continue;
        }
        {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          const left = m.loopIsHot(text2[pc + 1], stop);
          if (left !== void 0) return left;
          words3 = m.words;
          doubles = m.doubles;
          refs = m.refs;
          meta = m.meta;
          capacity = m.capacity;
          pc = m.pc;
          sp = m.sp;
          fp = m.fp;
          base = m.base;
          closure = m.closure;
          code = closure.code;
          text2 = code.variantWords;
          constants2 = code.constants;
          continue;
        }
      case 23: {
        const target2 = m.callable(sp - text2[pc + 1] - 1), first3 = sp - text2[pc + 1];
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 1] && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3 - 1, pc + 2, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 2;
              meta[at + 1] = base;
              meta[at + 2] = first3 - 1;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, text2[pc + 1], first3 - 1);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 - 1 + 1;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, text2[pc + 1], first3 - 1, pc + 2, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 24: {
        const target2 = constants2[text2[pc + 1]].value, first3 = sp - text2[pc + 2];
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 2] && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3, pc + 3, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 3;
              meta[at + 1] = base;
              meta[at + 2] = first3;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, text2[pc + 2], first3);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 + 1;
          pc += 3;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, text2[pc + 2], first3, pc + 3, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 25: {
        const target2 = closure, first3 = sp - text2[pc + 1];
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 1] && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3, pc + 2, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 2;
              meta[at + 1] = base;
              meta[at + 2] = first3;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, text2[pc + 1], first3);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 + 1;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, text2[pc + 1], first3, pc + 2, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 26: {
        const target2 = m.callable(sp - text2[pc + 1] - 1);
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 1] && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - text2[pc + 1];
              for (let i = 0; i < text2[pc + 1]; i++) {
                const h = words3[2 * (first3 + i) + 1];
                words3[2 * (base + i)] = words3[2 * (first3 + i)];
                words3[2 * (base + i) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + i] = refs[first3 + i];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - text2[pc + 1], text2[pc + 1], stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 27: {
        const target2 = constants2[text2[pc + 1]].value;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 2] && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - text2[pc + 2];
              for (let i = 0; i < text2[pc + 2]; i++) {
                const h = words3[2 * (first3 + i) + 1];
                words3[2 * (base + i)] = words3[2 * (first3 + i)];
                words3[2 * (base + i) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + i] = refs[first3 + i];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - text2[pc + 2], text2[pc + 2], stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 28: {
        const target2 = closure;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === text2[pc + 1] && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - text2[pc + 1];
              for (let i = 0; i < text2[pc + 1]; i++) {
                const h = words3[2 * (first3 + i) + 1];
                words3[2 * (base + i)] = words3[2 * (first3 + i)];
                words3[2 * (base + i) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + i] = refs[first3 + i];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - text2[pc + 1], text2[pc + 1], stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 29: {
        const target2 = m.take(sp - 2);
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const count2 = m.spread();
        if (!m.call(target2, m.sp - count2, count2, m.sp - count2 - 1, pc + 1, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 30: {
        const target2 = m.take(sp - 2);
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const count2 = m.spread();
        const left = m.tailCall(target2, m.sp - count2, count2, stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 31:
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.callBuiltin(constants2[text2[pc + 1]], sp - text2[pc + 2], text2[pc + 2], sp - text2[pc + 2]);
        if (m.words !== words3) {
          words3 = m.words;
          doubles = m.doubles;
          refs = m.refs;
          meta = m.meta;
          capacity = m.capacity;
        }
        sp -= text2[pc + 2] - 1;
        pc += 3;
        continue;
      case 32: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const value = m.host.await(m.take(sp - 1));
        if (value === UNWIND) return m.saveFrames(sp - 1, pc + 1, stop);
        m.put(sp - 1, value);
        pc++;
        continue;
      }
      case 33: {
        if (m.openTop >= base) m.closeCells(base);
        const at = 3 * fp, result2 = meta[at + 2];
        {
          const h = words3[2 * (sp - 1) + 1];
          words3[2 * result2] = words3[2 * (sp - 1)];
          words3[2 * result2 + 1] = h;
          if (h === -196608 || h === -262144) refs[result2] = refs[sp - 1];
        }
        pc = meta[at];
        base = meta[at + 1];
        sp = result2 + 1;
        closure = closures[fp];
        fp--;
        if (fp === stop) {
          m.pc = pc;
          m.sp = result2;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          return m.take(result2);
        }
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 34:
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        throw m.host.raise(m.take(sp - 1));
      case 35:
        pc += 3;
        continue;
      case 36:
        pc = text2[pc + 1];
        continue;
      case 37: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const count2 = m.openGap();
        if (!m.call(m.redefinition(), m.sp - count2, count2, m.sp - count2 - 1, pc + 2, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 38: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          const r = words3[2 * a] + words3[2 * b];
          if ((r | 0) === r) {
            words3[2 * a] = r;
            sp--;
            pc += 2;
            continue;
          }
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          doubles[a] = doubles[a] + doubles[b];
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.add(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 39: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          const r = words3[2 * a] - words3[2 * b];
          if ((r | 0) === r) {
            words3[2 * a] = r;
            sp--;
            pc += 2;
            continue;
          }
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          doubles[a] = doubles[a] - doubles[b];
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.subtract(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 40: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          const r = words3[2 * a] * words3[2 * b];
          if ((r | 0) === r && (r !== 0 || 1 / r > 0)) {
            words3[2 * a] = r;
            sp--;
            pc += 2;
            continue;
          }
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          doubles[a] = doubles[a] * doubles[b];
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.multiply(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 41: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          doubles[a] = doubles[a] / doubles[b];
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.divide(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 42: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          words3[2 * a] = words3[2 * a] === words3[2 * b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          words3[2 * a] = doubles[a] === doubles[b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.equal(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 43: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          words3[2 * a] = words3[2 * a] < words3[2 * b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          words3[2 * a] = doubles[a] < doubles[b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.less(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 44: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          words3[2 * a] = words3[2 * a] > words3[2 * b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          words3[2 * a] = doubles[a] > doubles[b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.greater(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 45: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          words3[2 * a] = words3[2 * a] <= words3[2 * b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          words3[2 * a] = doubles[a] <= doubles[b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.lessOrEqual(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 46: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
          words3[2 * a] = words3[2 * a] >= words3[2 * b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
          const site = text2[pc + 1];
          code.feedback[site] = code.feedback[site] | 1;
          words3[2 * a] = doubles[a] >= doubles[b] ? 2 : 1;
          words3[2 * a + 1] = -393216;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.greaterOrEqual(a, b);
        sp--;
        pc += 2;
        continue;
      }
      case 47: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.negate(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 48:
        words3[2 * (sp - 1)] = words3[2 * (sp - 1) + 1] === -393216 && words3[2 * (sp - 1)] !== 2 ? 2 : 1;
        words3[2 * (sp - 1) + 1] = -393216;
        pc += 2;
        continue;
      case 49: {
        const a = sp - 2, b = sp - 1, list3 = refs[b];
        if (words3[2 * b + 1] === -196608 && list3 instanceof List) {
          refs[a] = cons(m.take(a), list3);
          words3[2 * a + 1] = -196608;
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(a, intrinsics.cons(m.take(a), m.take(b)));
        sp--;
        pc += 2;
        continue;
      }
      case 50: {
        const at = sp - 1, list3 = refs[at];
        if (words3[2 * at + 1] === -196608 && list3 instanceof List) {
          m.put(at, list3.first);
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(at, intrinsics.car(m.take(at)));
        pc += 2;
        continue;
      }
      case 51: {
        const at = sp - 1, list3 = refs[at];
        if (words3[2 * at + 1] === -196608 && list3 instanceof List) {
          refs[at] = list3.rest;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(at, intrinsics.cdr(m.take(at)));
        pc += 2;
        continue;
      }
      case 52: {
        const at = sp - 1, list3 = refs[at];
        if (words3[2 * at + 1] === -196608 && list3 instanceof List) {
          m.put(at, list3.first);
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(at, intrinsics.first(m.take(at)));
        pc += 2;
        continue;
      }
      case 53: {
        const at = sp - 1, list3 = refs[at];
        if (words3[2 * at + 1] === -196608 && list3 instanceof List) {
          refs[at] = list3.rest;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(at, intrinsics.rest(m.take(at)));
        pc += 2;
        continue;
      }
      case 54: {
        const at = sp - 1, list3 = refs[at];
        if (words3[2 * at + 1] === -196608 && list3 instanceof List) {
          words3[2 * at] = list3.length === 0 ? 2 : 1;
          words3[2 * at + 1] = -393216;
        } else {
          words3[2 * at] = words3[2 * at + 1] === -393216 && words3[2 * at] === 0 ? 2 : 1;
          words3[2 * at + 1] = -393216;
        }
        pc += 2;
        continue;
      }
      case 55: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.isPair(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 56: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.isList(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 57: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.isNumber(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 58: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.isString(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 59: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.isSymbol(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 60: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.length(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 61: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 1, intrinsics.stringLength(m.take(sp - 1)));
        pc += 2;
        continue;
      }
      case 62: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 2, intrinsics.append(m.take(sp - 2), m.take(sp - 1)));
        sp--;
        pc += 2;
        continue;
      }
      case 63: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 2, intrinsics.get(m.take(sp - 2), m.take(sp - 1)));
        sp--;
        pc += 2;
        continue;
      }
      case 64: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 2, intrinsics.contains(m.take(sp - 2), m.take(sp - 1)));
        sp--;
        pc += 2;
        continue;
      }
      case 65: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752 && words3[2 * a] >= 0 && words3[2 * b] > 0) {
          words3[2 * a] = words3[2 * a] % words3[2 * b];
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!(words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752)) m.sawOther();
        m.put(a, intrinsics.mod(m.take(a), m.take(b)));
        sp--;
        pc += 2;
        continue;
      }
      case 66: {
        const a = sp - 2, b = sp - 1;
        if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752 && words3[2 * a] >= 0 && words3[2 * b] > 0) {
          words3[2 * a] = words3[2 * a] % words3[2 * b];
          sp--;
          pc += 2;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!(words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752)) m.sawOther();
        m.put(a, intrinsics.modulo(m.take(a), m.take(b)));
        sp--;
        pc += 2;
        continue;
      }
      case 67: {
        const a = sp - 2, b = sp - 1, vector = refs[a];
        if (words3[2 * b + 1] === -458752 && words3[2 * a + 1] === -196608 && vector instanceof Vector) {
          const value = vector.boxed === null ? void 0 : vector.boxed[words3[2 * b]];
          if (value !== void 0) {
            m.put(a, value);
            sp--;
            pc += 2;
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.floatElement(a, b)) m.put(a, intrinsics.nth(m.take(a), m.take(b)));
        sp--;
        pc += 2;
        continue;
      }
      case 68: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 2, intrinsics.stringRef(m.take(sp - 2), m.take(sp - 1)));
        sp--;
        pc += 2;
        continue;
      }
      case 69: {
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        m.put(sp - 2, intrinsics.stringAppend(m.take(sp - 2), m.take(sp - 1)));
        sp--;
        pc += 2;
        continue;
      }
      case 70: {
        const a = sp - 2, b = sp - 1, array2 = refs[a];
        if (words3[2 * b + 1] === -458752 && words3[2 * a + 1] === -196608 && array2 instanceof MutableArray) {
          const value = array2.slots === null ? void 0 : array2.slots[words3[2 * b]];
          if (value !== void 0) {
            m.put(a, value);
            sp--;
            pc += 2;
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.floatElement(a, b)) m.put(a, intrinsics.arrayGet(m.take(a), m.take(b)));
        sp--;
        pc += 2;
        continue;
      }
      case 71: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] === words3[2 * y] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 72: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] === text2[pc + 3] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 73: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] < words3[2 * y] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 74: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] < text2[pc + 3] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 75: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] > words3[2 * y] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 76: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] > text2[pc + 3] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 77: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] <= words3[2 * y] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 78: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] <= text2[pc + 3] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 79: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] >= words3[2 * y] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 80: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] >= text2[pc + 3] ? text2[pc + 9] : pc + 10;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 81: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] === words3[2 * y] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 82: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] === text2[pc + 3] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 83: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] === words3[2 * y] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 84: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] === text2[pc + 3] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 85: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] < words3[2 * y] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 86: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] < text2[pc + 3] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 87: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] < words3[2 * y] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 88: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] < text2[pc + 3] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 89: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] > words3[2 * y] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 90: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] > text2[pc + 3] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 91: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] > words3[2 * y] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 92: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] > text2[pc + 3] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 93: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] <= words3[2 * y] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 94: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] <= text2[pc + 3] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 95: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] <= words3[2 * y] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 96: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] <= text2[pc + 3] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 97: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] >= words3[2 * y] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 98: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] >= text2[pc + 3] ? pc + 8 : text2[pc + 7];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 99: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          pc = words3[2 * x] >= words3[2 * y] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 100: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          pc = words3[2 * x] >= text2[pc + 3] ? text2[pc + 7] : pc + 8;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 101: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          const r = words3[2 * x] + text2[pc + 3];
          if ((r | 0) === r) {
            const y = base + text2[pc + 7];
            words3[2 * y] = r;
            words3[2 * y + 1] = -458752;
            pc += 8;
            continue;
          }
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 102: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          const r = words3[2 * x] - text2[pc + 3];
          if ((r | 0) === r) {
            const y = base + text2[pc + 7];
            words3[2 * y] = r;
            words3[2 * y + 1] = -458752;
            pc += 8;
            continue;
          }
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 103:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] === words3[2 * b] ? text2[pc + 5] : pc + 6;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] === words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] === doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.equal(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 104:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] < words3[2 * b] ? text2[pc + 5] : pc + 6;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] < words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] < doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.less(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 105:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] > words3[2 * b] ? text2[pc + 5] : pc + 6;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] > words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] > doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greater(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 106:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] <= words3[2 * b] ? text2[pc + 5] : pc + 6;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] <= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] <= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.lessOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 107:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] >= words3[2 * b] ? text2[pc + 5] : pc + 6;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] >= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] >= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greaterOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 108: {
        const x = base + text2[pc + 1], list3 = refs[x];
        if (words3[2 * x + 1] === -196608 && list3 instanceof List) {
          pc = list3.length === 0 ? pc + 6 : text2[pc + 5];
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 109: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          const r = words3[2 * x] + text2[pc + 3];
          if ((r | 0) === r) {
            words3[2 * sp] = r;
            words3[2 * sp + 1] = -458752;
            sp++;
            pc += 6;
            continue;
          }
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 110: {
        const x = base + text2[pc + 1];
        if (words3[2 * x + 1] === -458752) {
          const r = words3[2 * x] - text2[pc + 3];
          if ((r | 0) === r) {
            words3[2 * sp] = r;
            words3[2 * sp + 1] = -458752;
            sp++;
            pc += 6;
            continue;
          }
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 111: {
        const x = base + text2[pc + 1], y = base + text2[pc + 3];
        if (words3[2 * x + 1] === -458752 && words3[2 * y + 1] === -458752) {
          const r = words3[2 * x] + words3[2 * y];
          if ((r | 0) === r) {
            words3[2 * sp] = r;
            words3[2 * sp + 1] = -458752;
            sp++;
            pc += 6;
            continue;
          }
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 112:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] === words3[2 * b] ? pc + 4 : text2[pc + 3];
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] === words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] === doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.equal(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 113:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] === words3[2 * b] ? text2[pc + 3] : pc + 4;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] === words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] === doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.equal(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 114:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] < words3[2 * b] ? pc + 4 : text2[pc + 3];
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] < words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] < doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.less(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 115:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] < words3[2 * b] ? text2[pc + 3] : pc + 4;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] < words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] < doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.less(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 116:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] > words3[2 * b] ? pc + 4 : text2[pc + 3];
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] > words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] > doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greater(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 117:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] > words3[2 * b] ? text2[pc + 3] : pc + 4;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] > words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] > doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greater(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 118:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] <= words3[2 * b] ? pc + 4 : text2[pc + 3];
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] <= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] <= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.lessOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 119:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] <= words3[2 * b] ? text2[pc + 3] : pc + 4;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] <= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] <= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.lessOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 120:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] >= words3[2 * b] ? pc + 4 : text2[pc + 3];
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] >= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] >= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greaterOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 121:
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            sp -= 2;
            pc = words3[2 * a] >= words3[2 * b] ? text2[pc + 3] : pc + 4;
            continue;
          }
        }
        {
          const a = sp - 2, b = sp - 1;
          if (words3[2 * a + 1] === -458752 && words3[2 * b + 1] === -458752) {
            words3[2 * a] = words3[2 * a] >= words3[2 * b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          } else if (words3[2 * a + 1] >>> 0 < 4294508544 && words3[2 * b + 1] >>> 0 < 4294508544) {
            const site = text2[pc + 1];
            code.feedback[site] = code.feedback[site] | 1;
            words3[2 * a] = doubles[a] >= doubles[b] ? 2 : 1;
            words3[2 * a + 1] = -393216;
            sp--;
            pc += 2;
            continue;
          }
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.greaterOrEqual(a, b);
          sp--;
          pc += 2;
          continue;
        }
      case 122:
        sp--;
        pc = words3[2 * sp + 1] === -393216 && words3[2 * sp] !== 2 ? pc + 4 : text2[pc + 3];
        continue;
      case 123: {
        const x = base + text2[pc + 1], list3 = refs[x];
        if (words3[2 * x + 1] === -196608 && list3 instanceof List) {
          m.put(sp, list3.first);
          sp++;
          pc += 4;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 124: {
        const x = base + text2[pc + 1], list3 = refs[x];
        if (words3[2 * x + 1] === -196608 && list3 instanceof List) {
          refs[sp] = list3.rest;
          words3[2 * sp + 1] = -196608;
          sp++;
          pc += 4;
          continue;
        }
        {
          const h = words3[2 * x + 1];
          words3[2 * sp] = words3[2 * x];
          words3[2 * sp + 1] = h;
          if (h === -196608 || h === -262144) refs[sp] = refs[x];
        }
        sp++;
        pc += 2;
        continue;
      }
      case 125: {
        if (m.openTop >= base) m.closeCells(base);
        const at = 3 * fp, result2 = meta[at + 2];
        {
          const h = words3[2 * (base + text2[pc + 1]) + 1];
          words3[2 * result2] = words3[2 * (base + text2[pc + 1])];
          words3[2 * result2 + 1] = h;
          if (h === -196608 || h === -262144) refs[result2] = refs[base + text2[pc + 1]];
        }
        pc = meta[at];
        base = meta[at + 1];
        sp = result2 + 1;
        closure = closures[fp];
        fp--;
        if (fp === stop) {
          m.pc = pc;
          m.sp = result2;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          return m.take(result2);
        }
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 126:
        {
          const from = base;
          {
            const h = words3[2 * from + 1];
            words3[2 * sp] = words3[2 * from];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[from];
          }
        }
        sp++;
        pc += 2;
        continue;
      case 127:
        {
          const from = base + 1;
          {
            const h = words3[2 * from + 1];
            words3[2 * sp] = words3[2 * from];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[from];
          }
        }
        sp++;
        pc += 2;
        continue;
      case 128:
        {
          const from = base + 2;
          {
            const h = words3[2 * from + 1];
            words3[2 * sp] = words3[2 * from];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[from];
          }
        }
        sp++;
        pc += 2;
        continue;
      case 129:
        {
          const from = base + 3;
          {
            const h = words3[2 * from + 1];
            words3[2 * sp] = words3[2 * from];
            words3[2 * sp + 1] = h;
            if (h === -196608 || h === -262144) refs[sp] = refs[from];
          }
        }
        sp++;
        pc += 2;
        continue;
      case 130: {
        const target2 = constants2[text2[pc + 1]].value, first3 = sp - 1;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 1 && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3, pc + 3, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 3;
              meta[at + 1] = base;
              meta[at + 2] = first3;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, 1, first3);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 + 1;
          pc += 3;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, 1, first3, pc + 3, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 131: {
        const target2 = constants2[text2[pc + 1]].value, first3 = sp - 2;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 2 && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3, pc + 3, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 3;
              meta[at + 1] = base;
              meta[at + 2] = first3;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, 2, first3);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 + 1;
          pc += 3;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, 2, first3, pc + 3, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 132: {
        const target2 = constants2[text2[pc + 1]].value, first3 = sp - 3;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 3 && --callee.heat >= 0) {
            {
              if (3 * fp + 6 > meta.length || first3 + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                if (m.isFull(first3 + callee.room)) return m.callOnHeap(f, first3, first3, pc + 3, stop);
                m.grow(fp + 1, first3 + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              const at = 3 * ++fp;
              meta[at] = pc + 3;
              meta[at + 1] = base;
              meta[at + 2] = first3;
              closures[fp] = closure;
              closure = f;
              base = first3;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        if (target2 instanceof Builtin) {
          m.pc = pc;
          m.sp = sp;
          m.fp = fp;
          m.base = base;
          m.closure = closure;
          m.callBuiltin(target2, first3, 3, first3);
          if (m.words !== words3) {
            words3 = m.words;
            doubles = m.doubles;
            refs = m.refs;
            meta = m.meta;
            capacity = m.capacity;
          }
          sp = first3 + 1;
          pc += 3;
          continue;
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        if (!m.call(target2, first3, 3, first3, pc + 3, stop)) return UNWIND;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 133: {
        const target2 = constants2[text2[pc + 1]].value;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 1 && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - 1;
              {
                const h = words3[2 * (first3 + 0) + 1];
                words3[2 * (base + 0)] = words3[2 * (first3 + 0)];
                words3[2 * (base + 0) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 0] = refs[first3 + 0];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - 1, 1, stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 134: {
        const target2 = constants2[text2[pc + 1]].value;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 2 && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - 2;
              {
                const h = words3[2 * (first3 + 0) + 1];
                words3[2 * (base + 0)] = words3[2 * (first3 + 0)];
                words3[2 * (base + 0) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 0] = refs[first3 + 0];
              }
              {
                const h = words3[2 * (first3 + 1) + 1];
                words3[2 * (base + 1)] = words3[2 * (first3 + 1)];
                words3[2 * (base + 1) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 1] = refs[first3 + 1];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - 2, 2, stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      case 135: {
        const target2 = constants2[text2[pc + 1]].value;
        if (target2 instanceof Closure) {
          const f = target2, callee = f.code;
          if (callee.exact === 3 && --callee.heat >= 0) {
            {
              if (m.openTop >= base) m.closeCells(base);
              const first3 = sp - 3;
              {
                const h = words3[2 * (first3 + 0) + 1];
                words3[2 * (base + 0)] = words3[2 * (first3 + 0)];
                words3[2 * (base + 0) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 0] = refs[first3 + 0];
              }
              {
                const h = words3[2 * (first3 + 1) + 1];
                words3[2 * (base + 1)] = words3[2 * (first3 + 1)];
                words3[2 * (base + 1) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 1] = refs[first3 + 1];
              }
              {
                const h = words3[2 * (first3 + 2) + 1];
                words3[2 * (base + 2)] = words3[2 * (first3 + 2)];
                words3[2 * (base + 2) + 1] = h;
                if (h === -196608 || h === -262144) refs[base + 2] = refs[first3 + 2];
              }
              if (base + callee.room > capacity) {
                m.pc = pc;
                m.sp = sp;
                m.fp = fp;
                m.base = base;
                m.closure = closure;
                m.grow(fp, base + callee.room);
                words3 = m.words;
                doubles = m.doubles;
                refs = m.refs;
                meta = m.meta;
                capacity = m.capacity;
              }
              closure = f;
              sp = base + callee.slots;
              pc = 0;
              code = callee;
              text2 = callee.variantWords;
              constants2 = callee.constants;
            }
            continue;
          }
        }
        m.pc = pc;
        m.sp = sp;
        m.fp = fp;
        m.base = base;
        m.closure = closure;
        const left = m.tailCall(target2, sp - 3, 3, stop);
        if (left !== void 0) return left;
        words3 = m.words;
        doubles = m.doubles;
        refs = m.refs;
        meta = m.meta;
        capacity = m.capacity;
        pc = m.pc;
        sp = m.sp;
        fp = m.fp;
        base = m.base;
        closure = m.closure;
        code = closure.code;
        text2 = code.variantWords;
        constants2 = code.constants;
        continue;
      }
      default:
        throw new Error("no such instruction");
    }
  }
}

// src/vm/machine.ts
var Machine = class extends Arithmetic {
  host;
  unwinding = new Unwinding();
  #dispatch;
  /** Callers of the frames, by frame. */
  closures = [];
  pc = 0;
  fp = 0;
  base = 0;
  closure;
  /** Frames that may be active at once before a stack overflow is reported; see {@link limitFrames}. */
  maxFrames;
  /** Height of the host's stack where the loop runs. */
  depth = 0;
  /** Loops running on the host's stack since the base: above one, compiled frames lie between them. */
  level = 0;
  /** The slot above which frames move to the heap. */
  #ceiling = 0;
  #idle;
  #callee;
  #value = null;
  /** `idle`: a closure that stands for no function at all. */
  constructor(host, idle, maxFrames, loop = dispatch) {
    super(maxFrames);
    this.maxFrames = maxFrames;
    this.host = host;
    this.closure = idle;
    this.#idle = this.#callee = idle;
    this.#dispatch = loop;
    this.closures.push(idle);
  }
  // --- Ways in -------------------------------------------------------------------------------------------------------
  /** The height of the host's stack at which nothing may begin any more. */
  get depthLimit() {
    return this.host.depthLimit;
  }
  /** Calls an interpreted closure with exactly its parameters (a rest parameter gets its list). */
  interpret(closure, depth, args) {
    const code = closure.code;
    if (depth > this.host.depthLimit) return this.unwinding.start({
      kind: "call",
      closure,
      args
    });
    if (--code.heat < 0) {
      this.host.hot(code);
      if (this.host.pace.pausing) return this.unwinding.start({
        kind: "call",
        closure,
        args
      });
      if (code.second !== null && code.second.active) return code.entry(closure, depth, ...args);
    }
    const stop = this.fp;
    const first3 = this.sp;
    this.#push(closure, first3, first3, this.pc);
    for (let i = 0; i < args.length; i++) this.put(first3 + i, args[i]);
    return this.#run(depth, stop);
  }
  /** Goes on with frames that are not on the stack, outermost first: the pending call of the last has returned `value`. */
  resume(frames, value, depth) {
    const stop = this.fp;
    for (const frame of frames) this.#restore(frame);
    this.put(this.sp++, value);
    return this.#run(depth, stop);
  }
  /** Runs the rest of an activation from the instruction at its pc on. */
  leave(frame, depth) {
    return this.leaveAll([
      frame
    ], depth);
  }
  /** Runs the rest of activations of compiled code, each but the first waiting for the one before, from their pcs on. */
  leaveAll(frames, depth) {
    const stop = this.fp;
    for (let i = frames.length - 1; i >= 0; i--) this.#restore(frames[i]);
    return this.#run(depth, stop);
  }
  #restore(frame) {
    const first3 = this.sp;
    this.#push(frame.closure, first3, first3, this.pc);
    frame.slots.forEach((value, i) => {
      if (value instanceof Cell) this.reopen(value, first3 + i);
      else this.put(first3 + i, value ?? null);
    });
    this.sp = first3 + frame.slots.length;
    this.pc = frame.pc;
  }
  #run(depth, stop) {
    const outer = this.depth;
    const ceiling2 = this.#ceiling;
    this.depth = depth + INTERPRETER_WEIGHT;
    const { level: level2 } = this;
    if (level2 === 0) this.#ceiling = this.sp + this.host.stackSlots;
    this.level = level2 + (depth > outer ? 2 : 1);
    try {
      for (; ; ) {
        try {
          return this.#dispatch(this, stop);
        } catch (thrown2) {
          const left = this.#recover(toCondition(thrown2), stop);
          if (left !== void 0) return left;
        }
      }
    } finally {
      this.depth = outer;
      this.#ceiling = ceiling2;
      this.level = level2;
    }
  }
  /** A run has ended: forgets what only dead slots, frames and registers refer to. */
  rest() {
    this.clearAbove(this.sp);
    if (this.closures.length > this.fp + 1) this.closures.length = this.fp + 1;
    this.#callee = this.#idle;
    this.#value = null;
  }
  /** Sets how many frames may be active at once, beside those that are. */
  limitFrames(most) {
    this.maxFrames = most;
    this.trimFrames(Math.max(most, this.fp + 1));
  }
  // --- Frames --------------------------------------------------------------------------------------------------------
  /** Makes room for frame `fp` and for `slots` slots. Throws the stack overflow of the language. */
  grow(fp, slots) {
    if (fp > this.maxFrames) throw stackOverflow();
    this.reserveFrame(fp, this.maxFrames);
    this.reserve(slots);
  }
  /** Whether frames have to move to the heap before the stack is used so far. */
  isFull(slots) {
    return slots > this.#ceiling;
  }
  /** Postpones a call to when all frames above `stop` are on the heap; its arguments start at `first`. */
  callOnHeap(closure, first3, result2, next, stop) {
    this.unwinding.start({
      kind: "call",
      closure,
      args: this.takeMany(first3, parametersOf(closure.code))
    });
    return this.saveFrames(result2, next, stop);
  }
  /** Enters a closure whose arguments start at `first`; its caller goes on at `next` with the result in `result`. */
  #push(closure, first3, result2, next) {
    const { slots, maxStack } = closure.code;
    const fp = this.fp + 1;
    this.grow(fp, first3 + slots + maxStack + 1);
    const at = META * fp;
    this.meta[at] = next;
    this.meta[at + 1] = this.base;
    this.meta[at + 2] = result2;
    this.closures[fp] = this.closure;
    this.fp = fp;
    this.closure = closure;
    this.base = first3;
    this.sp = first3 + slots;
    this.pc = 0;
  }
  /** Leaves the current frame; `sp` is the slot for its result. */
  #pop() {
    if (this.openTop >= this.base) this.closeCells(this.base);
    const at = META * this.fp;
    this.closure = this.closures[this.fp];
    this.pc = this.meta[at];
    this.base = this.meta[at + 1];
    this.sp = this.meta[at + 2];
    this.fp--;
  }
  /** Throws the error that the stack is unwound for, or moves all frames above `stop` to the heap: the innermost goes on at `pc` with a value in slot `result`. */
  saveFrames(result2, pc, stop) {
    const failure3 = this.unwinding.takeFailure();
    if (failure3 !== null) throw failure3;
    this.sp = result2;
    this.pc = pc;
    while (this.fp > stop) {
      this.unwinding.save(new HeapFrame(this.closure, this.pc, this.#export(this.base, this.sp, false)));
      this.#pop();
    }
    return UNWIND;
  }
  /** The values of slots; where a cell is open it is closed and stands for the variable. `cells`: every shared one has one. */
  #export(start, end, cells2) {
    const { slotShared } = this.closure.code;
    const values = new Array(end - start);
    for (let slot2 = start; slot2 < end; slot2++) {
      const cell2 = this.#cellAt(slot2);
      if (cell2 !== null) values[slot2 - start] = cell2;
      else if (cells2 && slotShared[slot2 - start] === true) values[slot2 - start] = new Cell(this.take(slot2), -1, null);
      else values[slot2 - start] = this.take(slot2);
    }
    this.closeCells(start);
    return values;
  }
  #cellAt(slot2) {
    if (this.openTop < slot2) return null;
    let cell2 = this.openCells;
    while (cell2 !== null && cell2.slot > slot2) cell2 = cell2.next;
    return cell2 !== null && cell2.slot === slot2 ? cell2 : null;
  }
  // --- Failure -------------------------------------------------------------------------------------------------------
  /** Looks for a handler in the frames above `stop`. Returns what the loop returns instead of going on, if it does. */
  #recover(condition, stop) {
    if (this.fp === stop) throw condition;
    if (condition.trace.isEmpty) {
      const operation = traceOperation(this.closure.code, this.pc);
      if (operation !== null) condition.trace.add(operation);
    }
    for (let pc = this.pc; ; pc = this.pc - 1) {
      const code = this.closure.code;
      addTrace(condition.trace, code, pc + 1);
      const handler = condition.catchable ? code.handlers.find((h) => h.start <= pc && pc < h.end) : void 0;
      if (handler !== void 0) {
        const top = this.base + code.slots + handler.height;
        if (handler.trace && this.level > 1) {
          this.unwinding.start({
            kind: "catch",
            condition
          });
          return this.saveFrames(top, handler.target, stop);
        }
        this.put(top, errorMap(condition, handler.trace ? (trace) => this.#addTraceBelow(trace, stop) : null));
        this.sp = top + 1;
        this.pc = handler.target;
        return void 0;
      }
      this.#pop();
      if (this.fp === stop) throw condition;
    }
  }
  /**
   * Adds the frames below the current one; on the base's own loop these are all there are. A handler of the library
   * raises its error again, trace and all: with recursion through it, each of them would go through all frames below.
   */
  #addTraceBelow(trace, stop) {
    if (this.closure.code.library) return;
    for (let fp = this.fp; fp > stop + 1; fp--) {
      addTrace(trace, this.closures[fp].code, this.meta[META * fp]);
    }
    this.host.waitingTrace(trace);
  }
  /** The error for an unbound global. */
  unbound(cell2) {
    return this.host.unbound(cell2);
  }
  // --- Calls ---------------------------------------------------------------------------------------------------------
  /** The value in a slot that is about to be called. */
  callable(slot2) {
    return this.words[2 * slot2 + 1] === TAG_REFERENCE ? this.refs[slot2] : this.take(slot2);
  }
  /** Performs or enters a call. False: unwinding, all frames above `stop` are saved. */
  call(target2, first3, count2, result2, next, stop) {
    const prepared = this.#prepare(target2, first3, count2);
    if (prepared === "interpret") {
      const callee = this.#callee;
      if (this.isFull(first3 + callee.code.room)) {
        this.callOnHeap(callee, first3, result2, next, stop);
        return false;
      }
      this.#push(callee, first3, result2, next);
      if (!this.host.pace.pausing) return true;
      this.#pause(stop);
      return false;
    }
    const value = prepared === "value" ? this.#value : this.#enter(this.#callee, first3);
    if (value === UNWIND) {
      this.saveFrames(result2, next, stop);
      return false;
    }
    this.put(result2, value);
    this.sp = result2 + 1;
    this.pc = next;
    return true;
  }
  /** Replaces the current activation by a call. Returns what the loop returns instead of going on, if it does. */
  tailCall(target2, first3, count2, stop) {
    const prepared = this.#prepare(target2, first3, count2);
    const callee = this.#callee;
    if (prepared === "interpret") {
      if (this.openTop >= this.base) this.closeCells(this.base);
      const { slots, maxStack } = callee.code;
      const arguments_ = parametersOf(callee.code);
      for (let i = 0; i < arguments_; i++) this.copy(first3 + i, this.base + i);
      this.grow(this.fp, this.base + slots + maxStack + 1);
      this.closure = callee;
      this.sp = this.base + slots;
      this.pc = 0;
      return this.host.pace.pausing ? this.#pause(stop) : void 0;
    }
    if (prepared === "value") return this.#return(this.#value, stop);
    const args = this.takeMany(first3, parametersOf(callee.code));
    this.#pop();
    if (this.fp === stop) return callee.code.entry(callee, this.depth, ...args);
    const next = this.pc--;
    return this.#continue(callee.code.entry(callee, this.depth, ...args), next, stop);
  }
  /** Unwinds, to go on with the instruction at the pc when others have run. */
  #pause(stop) {
    this.unwinding.start({
      kind: "pause"
    });
    return this.saveFrames(this.sp, this.pc, stop);
  }
  /** Goes on in the caller, whose result slot is `sp` and whose next instruction is at `next`. */
  #continue(value, next, stop) {
    if (value === UNWIND) return this.saveFrames(this.sp, next, stop);
    this.put(this.sp++, value);
    this.pc = next;
    return void 0;
  }
  #return(value, stop) {
    this.#pop();
    return this.fp === stop ? value : this.#continue(value, this.pc, stop);
  }
  /** Calls compiled code with the arguments from slot `first` on. */
  #enter(closure, first3) {
    const entry = closure.code.entry;
    switch (parametersOf(closure.code)) {
      case 0:
        return entry(closure, this.depth);
      case 1:
        return entry(closure, this.depth, this.take(first3));
      case 2:
        return entry(closure, this.depth, this.take(first3), this.take(first3 + 1));
      case 3:
        return entry(closure, this.depth, this.take(first3), this.take(first3 + 1), this.take(first3 + 2));
      default:
        return entry(closure, this.depth, ...this.takeMany(first3, parametersOf(closure.code)));
    }
  }
  /** One switch on what is called. Arguments are on the stack; for a closure they become exactly its parameters. */
  #prepare(target2, first3, count2) {
    if (target2 instanceof Closure) {
      const code = target2.code;
      if (code.exact !== count2) this.#adjust(code, first3, count2);
      this.#callee = target2;
      if (--code.heat < 0) this.host.hot(code);
      return code.second !== null && code.second.active ? "compiled" : "interpret";
    }
    if (target2 instanceof Builtin) {
      this.callBuiltin(target2, first3, count2, -1);
      return "value";
    }
    if (target2 instanceof HostFunction) {
      this.#value = this.host.callHost(target2, this.takeMany(first3, count2));
      return "value";
    }
    if (target2 instanceof Keyword) {
      this.#value = lookUp(target2, this.takeMany(first3, count2));
      return "value";
    }
    if (target2 === UNBOUND) throw this.host.unbound(this.#calledCell());
    const caller = target2 instanceof Procedure ? this.host.caller(target2) : null;
    if (caller === null) throw notCallable(target2);
    const list3 = this.#list(first3, count2);
    this.reserve(first3 + 2);
    this.put(first3, target2);
    this.put(first3 + 1, list3);
    this.sp = first3 + 2;
    return this.#prepare(caller, first3, 2);
  }
  /** Packs the arguments of a rest parameter, or reports the wrong number of them. */
  #adjust(code, first3, count2) {
    if (count2 < code.min || count2 > code.max) throw callArityError(code, count2);
    if (!code.rest) return;
    const list3 = this.#list(first3 + code.parameters, count2 - code.parameters);
    this.reserve(first3 + code.parameters + 1);
    this.put(first3 + code.parameters, list3);
    this.sp = first3 + code.parameters + 1;
  }
  #list(first3, count2) {
    let list3 = EMPTY;
    for (let slot2 = first3 + count2 - 1; slot2 >= first3; slot2--) list3 = cons(this.take(slot2), list3);
    return list3;
  }
  #calledCell() {
    const code = this.closure.code;
    return code.constants[code.words[this.pc + 1] ?? 0];
  }
  /** Calls a builtin; its value goes to slot `result`, or with -1 to `#value`. */
  callBuiltin(builtin, first3, count2, result2) {
    const context = this.host.context;
    let value;
    if (count2 === 1 && builtin.f1 !== null) value = builtin.f1(this.take(first3), context);
    else if (count2 === 2 && builtin.f2 !== null) value = builtin.f2(this.take(first3), this.take(first3 + 1), context);
    else if (count2 === 3 && builtin.f3 !== null) {
      value = builtin.f3(this.take(first3), this.take(first3 + 1), this.take(first3 + 2), context);
    } else value = builtin.apply(this.takeMany(first3, count2), context);
    if (result2 >= 0) this.put(result2, value);
    else this.#value = value;
  }
  /** Replaces the list on top of the stack by its elements. Returns how many they are. */
  spread() {
    const items2 = toArray(this.take(this.sp - 1));
    this.sp--;
    this.reserve(this.sp + items2.length + 1);
    for (const item of items2) this.put(this.sp++, item);
    return items2.length;
  }
  // --- Closures and globals ------------------------------------------------------------------------------------------
  /** Prepares code for the loop: constants become words. */
  link(code) {
    if (code.constantWords !== null) return code;
    const { constants: constants2 } = code;
    const start = this.sp;
    this.reserve(start + constants2.length);
    constants2.forEach((constant3, i) => {
      this.put(start + i, constant3 instanceof Code || constant3 instanceof GlobalCell ? null : constant3);
    });
    code.constantWords = this.words.slice(2 * start, 2 * (start + constants2.length));
    return code;
  }
  /** A closure over the current frame. */
  close(code) {
    const closure = new Closure(this.link(code), []);
    this.recapture(closure);
    return closure;
  }
  /** Fills the captures of a closure from the current frame. */
  recapture(closure) {
    const { captures } = closure;
    closure.code.captures.forEach((source, i) => {
      if (source.from === "capture") captures[i] = this.closure.captures[source.index];
      else if (source.shared) captures[i] = this.openCell(this.base + source.index);
      else captures[i] = this.take(this.base + source.index);
    });
  }
  /** Assigns a global that code relies on. True: unwinding, compiled code below must be left. */
  assign(cell2, value, define3, stop) {
    if (!cell2.assignWatched(value) || this.level <= 1) return false;
    this.unwinding.start({
      kind: "resume",
      value: define3 ? null : value
    });
    this.saveFrames(this.sp - 1, this.pc + 2, stop);
    return true;
  }
  /** For a redefined intrinsic: opens a slot below its arguments. Returns their number. */
  openGap() {
    const count2 = INSTRUCTIONS[this.closure.code.words[this.pc] ?? 0]?.pops ?? 0;
    this.reserve(this.sp + 1);
    for (let i = 0; i < count2; i++) this.copy(this.sp - 1 - i, this.sp - i);
    this.sp++;
    return count2;
  }
  /** What the global of a redefined intrinsic holds now. */
  redefinition() {
    return this.closure.code.redefined?.get(this.pc)?.value ?? UNBOUND;
  }
  // --- The other tier ------------------------------------------------------------------------------------------------
  /** A back-edge found its counter run out. Returns what the loop returns instead of going on, if it does. */
  loopIsHot(target2, stop) {
    const closure = this.closure;
    this.host.hot(closure.code);
    this.pc = target2;
    if (this.host.pace.pausing) return this.#pause(stop);
    if (closure.code.second === null) return void 0;
    const known3 = closure.code.second.loops.get(this.pc);
    const frame = this.#export(this.base, this.sp, true);
    const entry = known3 ?? this.host.hotLoop(closure, this.pc, frame);
    const continued = frame.some((value, i) => value instanceof Cell && closure.code.slotShared[i] !== true);
    if (entry === null || continued) {
      frame.forEach((value, i) => value instanceof Cell && this.reopen(value, this.base + i));
      return void 0;
    }
    this.#pop();
    if (this.fp === stop) return entry(closure, this.depth, frame);
    const next = this.pc--;
    return this.#continue(entry(closure, this.depth, frame), next, stop);
  }
};
function parametersOf(code) {
  return code.rest ? code.parameters + 1 : code.parameters;
}

// src/walker/closure.ts
var Box = class {
  value;
  constructor(value) {
    this.value = value;
  }
};
var WalkerClosure = class extends Procedure {
  lambda;
  captures;
  /** Where it finds its globals. */
  scope;
  /** Part of the library: traces do not show it. */
  library;
  /** For what a declaration of the library binds. */
  signature;
  constructor(lambda3, captures, scope, library, signature = null) {
    super();
    this.lambda = lambda3;
    this.captures = captures;
    this.scope = scope;
    this.library = library;
    this.signature = signature;
  }
  /** A library function written in Sema passes for one of the host; the closures that it returns do not. */
  get typeName() {
    return this.signature === null ? "lambda" : "native-fn";
  }
  printed() {
    const name = this.signature?.name ?? (this.lambda.named ? this.lambda.name : "<vm-closure>");
    return `<native-fn ${name}>`;
  }
};
var Frame = class {
  closure;
  slots;
  caller;
  /** The loops being run, innermost last. */
  loops = [];
  /** Where the call being executed stands. */
  position = null;
  constructor(closure, slots, caller) {
    this.closure = closure;
    this.slots = slots;
    this.caller = caller;
  }
};

// src/walker/walker.ts
var MULTIMETHOD = intern(MULTIMETHOD_CALL);
var TailCall = class {
  closure;
  args;
  constructor(closure, args) {
    this.closure = closure;
    this.args = args;
  }
};
var Round = class {
  label;
  args;
  constructor(label, args) {
    this.label = label;
    this.args = args;
  }
};
var Walker = class {
  #host;
  /** Conditions whose trace is complete. */
  #traced = /* @__PURE__ */ new WeakSet();
  constructor(host) {
    this.#host = host;
  }
  /** A closure of a function of the program that captures nothing. */
  closure(lambda3, scope) {
    return new WalkerClosure(lambda3, [], scope, false);
  }
  /** A function of the library. */
  libraryClosure(lambda3, signature) {
    return new WalkerClosure(lambda3, [], this.#host.library, true, signature);
  }
  /** Calls anything callable from outside of any program. */
  call(procedure, args) {
    try {
      return this.#call(procedure, args, null);
    } catch (error) {
      throw toCondition(error);
    }
  }
  #call(procedure, args, caller) {
    if (!(procedure instanceof WalkerClosure)) return this.#callOther(procedure, args, caller);
    let closure = procedure;
    let values = args;
    for (; ; ) {
      const frame = enter(closure, values, caller);
      let result2;
      try {
        this.#host.tick();
        result2 = this.#evaluate(closure.lambda.body, frame);
      } catch (error) {
        throw this.#trace(toCondition(error), frame);
      }
      if (!(result2 instanceof TailCall)) return plain(result2);
      closure = result2.closure;
      values = result2.args;
    }
  }
  #callOther(procedure, args, caller) {
    if (procedure instanceof Builtin) return procedure.apply([
      ...args
    ], this.#host.context);
    if (procedure instanceof HostFunction) return procedure.run([
      ...args
    ]);
    if (procedure instanceof Keyword) return lookUp(procedure, args);
    if (procedure instanceof Multimethod) {
      return this.#call(this.#lookUp(MULTIMETHOD, this.#host.library), [
        procedure,
        listFrom(args)
      ], caller);
    }
    throw notCallable(procedure);
  }
  /** Completes the trace of a condition with the frames that are active now. */
  #trace(error, frame) {
    if (this.#traced.has(error)) return error;
    this.#traced.add(error);
    for (let each = frame; each !== null; each = each.caller) {
      for (const line of traceLines(each)) error.trace.add(line);
    }
    return error;
  }
  /** The value of an expression that is not in tail position. */
  #value(node, frame) {
    return plain(this.#evaluate(node, frame));
  }
  #values(nodes, frame) {
    const values = [];
    for (const node of nodes) values.push(this.#value(node, frame));
    return values;
  }
  // The cases are methods of their own, because the host's frame of a large function is large, too.
  #evaluate(node, frame) {
    switch (node.kind) {
      case "const":
        return node.value;
      case "local":
        return unbox(frame.slots[node.variable.slot]);
      case "captured":
        return unbox(frame.closure.captures[node.index]);
      case "self":
        return frame.closure;
      case "global":
        return this.#global(node, frame);
      case "setLocal":
        return store(frame.slots, node.variable.slot, this.#value(node.value, frame));
      case "setCaptured":
        return store(frame.closure.captures, node.index, this.#value(node.value, frame));
      case "setGlobal":
        return this.#setGlobal(node, frame);
      case "defineGlobal":
        return this.#define(node, frame);
      case "if":
        return this.#evaluate(truthy(this.#value(node.test, frame)) ? node.then : node.else, frame);
      case "seq":
        return this.#sequence(node, frame);
      case "let":
        bindAll2(node.variables, this.#values(node.inits, frame), frame.slots);
        return this.#evaluate(node.body, frame);
      case "fix":
        this.#fix(node, frame);
        return this.#evaluate(node.body, frame);
      case "lambda":
        return this.#close(node.lambda, frame);
      case "call":
        return this.#callNode(node, frame);
      case "apply":
        return this.#applyNode(node, frame);
      case "intrinsic":
        return this.#intrinsic(node, frame);
      case "primitive":
        return this.#primitive(node, frame);
      case "loop":
        return this.#loop(node, frame);
      case "continue":
        return new Round(node.label, this.#values(node.args, frame));
      case "while":
        return this.#while(node, frame);
      case "try":
        return this.#try(node, frame);
      default: {
        const never = node;
        throw new TypeError(`unknown node ${String(never)}`);
      }
    }
  }
  #global(node, frame) {
    if (node.position !== null) frame.position = node.position;
    return this.#lookUp(node.name, frame.closure.scope);
  }
  #lookUp(name, scope) {
    const { value } = scope.cell(name);
    if (value instanceof Unbound) throw this.#host.unbound(name);
    return value;
  }
  #define(node, frame) {
    const value = this.#value(node.value, frame);
    frame.closure.scope.definition(node.name).assignWatched(value);
    return null;
  }
  #setGlobal(node, frame) {
    const value = this.#value(node.value, frame);
    frame.closure.scope.cell(node.name).assignWatched(value);
    return value;
  }
  #sequence(node, frame) {
    const last3 = node.body.length - 1;
    for (let i = 0; i < last3; i++) this.#value(node.body[i], frame);
    return this.#evaluate(node.body[last3], frame);
  }
  #close(lambda3, frame) {
    return new WalkerClosure(lambda3, capture2(lambda3, frame), frame.closure.scope, frame.closure.library);
  }
  /** All closures exist before any of them captures another. */
  #fix(node, frame) {
    const { scope, library } = frame.closure;
    const closures = node.lambdas.map((lambda3) => new WalkerClosure(lambda3, [], scope, library));
    bindAll2(node.variables, closures, frame.slots);
    for (const closure of closures) closure.captures.push(...capture2(closure.lambda, frame));
  }
  #callNode(node, frame) {
    const late = node.callee.kind === "global";
    const early = late ? null : this.#value(node.callee, frame);
    const args = this.#values(node.args, frame);
    frame.position = node.position;
    const callee = late ? this.#value(node.callee, frame) : early;
    frame.position = node.position;
    return this.#enterOrCall(callee, args, node.tail, frame);
  }
  #applyNode(node, frame) {
    const callee = this.#value(node.callee, frame);
    const list3 = this.#value(node.list, frame);
    if (!(list3 instanceof List)) throw typeError("list", typeName(list3));
    frame.position = node.position;
    return this.#enterOrCall(callee, toArray(list3), node.tail, frame);
  }
  #enterOrCall(callee, args, tail2, frame) {
    if (!tail2 || !(callee instanceof WalkerClosure)) return this.#call(callee, args, frame);
    checkArity(callee, args.length);
    return new TailCall(callee, args);
  }
  /** A redefined intrinsic is an ordinary call of what the global holds now. */
  #intrinsic(node, frame) {
    const args = this.#values(node.args, frame);
    const [name] = INTRINSICS[node.operation];
    frame.position = node.position;
    const symbol = intern(name);
    const value = this.#lookUp(symbol, frame.closure.scope);
    if (value !== this.#host.library.cell(symbol).value) return this.#call(value, args, frame);
    try {
      const operation = intrinsics[node.operation];
      return operation(args[0] ?? null, args[1] ?? null);
    } catch (error) {
      throw traceOperation2(error, name, node.position, frame);
    }
  }
  #primitive(node, frame) {
    const args = this.#values(node.args, frame);
    frame.position = node.position;
    try {
      return primitives[node.operation].apply(args, this.#host.context);
    } catch (error) {
      throw node.operation === "throw" ? traceOperation2(error, "throw", node.position, frame) : error;
    }
  }
  #loop(node, frame) {
    let values = this.#values(node.inits, frame);
    const depth = frame.loops.push(node) - 1;
    for (; ; ) {
      this.#host.tick();
      bindAll2(node.variables, values, frame.slots);
      const result2 = this.#evaluate(node.body, frame);
      if (!(result2 instanceof Round) || result2.label !== node.label) {
        frame.loops.length = depth;
        return result2;
      }
      values = result2.args;
    }
  }
  #while(node, frame) {
    while (truthy(this.#value(node.test, frame))) {
      this.#host.tick();
      this.#value(node.body, frame);
    }
    return null;
  }
  #try(node, frame) {
    const depth = frame.loops.length;
    try {
      return this.#value(node.body, frame);
    } catch (error) {
      const condition = toCondition(error);
      if (!condition.catchable) throw condition;
      this.#trace(condition, frame);
      frame.loops.length = depth;
      bindAll2([
        node.variable
      ], [
        errorMap(condition, () => {
        })
      ], frame.slots);
    }
    return this.#evaluate(node.handler, frame);
  }
};
function plain(result2) {
  if (result2 instanceof TailCall || result2 instanceof Round) throw new TypeError("a jump left its function");
  return result2;
}
function unbox(held) {
  return held instanceof Box ? held.value : held ?? null;
}
function store(places2, index, value) {
  const held = places2[index];
  if (held instanceof Box) held.value = value;
  else places2[index] = value;
  return value;
}
function bindAll2(variables, values, slots) {
  variables.forEach((variable, index) => {
    const value = values[index] ?? null;
    slots[variable.slot] = variable.shared ? new Box(value) : value;
  });
}
function capture2(lambda3, frame) {
  return lambda3.captures.map((each) => (each.from === "slot" ? frame.slots[each.variable.slot] : frame.closure.captures[each.index]) ?? null);
}
function checkArity({ lambda: lambda3, signature }, count2) {
  const min = signature?.min ?? lambda3.parameters.length;
  const max = signature?.max ?? (lambda3.rest === null ? lambda3.parameters.length : Infinity);
  if (count2 >= min && count2 <= max) return;
  throw arityError(signature?.name ?? lambda3.name ?? "<lambda>", arityText(min, max), count2);
}
function enter(closure, args, caller) {
  const { lambda: lambda3 } = closure;
  checkArity(closure, args.length);
  const slots = new Array(lambda3.variables.length).fill(null);
  bindAll2(lambda3.parameters, args, slots);
  if (lambda3.rest !== null) bindAll2([
    lambda3.rest
  ], [
    listFrom(args, lambda3.parameters.length)
  ], slots);
  return new Frame(closure, slots, caller);
}
function traceLine2({ lambda: lambda3, library }, name, position) {
  return {
    name,
    file: position?.file ?? null,
    line: position?.line ?? 0,
    column: position?.column ?? 0,
    library,
    variables: visibleNames(lambda3)
  };
}
function traceLines({ closure, loops, position }) {
  const lines3 = [];
  let replaced = false;
  let place2 = position;
  for (const loop of loops.toReversed()) {
    if (!replaced) lines3.push(traceLine2(closure, loop.label.name, place2));
    replaced = loop.tail;
    place2 = loop.position;
  }
  if (!replaced) lines3.push(traceLine2(closure, closure.lambda.name ?? "<lambda>", place2));
  return lines3;
}
function traceOperation2(error, name, position, frame) {
  const { closure } = frame;
  if (error instanceof Condition && !closure.library) error.trace.add(traceLine2(closure, name, position));
  return error;
}

// src/compile/emitter.ts
var Emitter3 = class {
  words = [];
  constants = [];
  handlers = [];
  loops = [];
  positionPcs = [];
  positions = [];
  feedbackSites = 0;
  /** Height of the operand stack at the current place; -1 where control does not come. */
  height = 0;
  maxStack = 0;
  #constantIndex = /* @__PURE__ */ new Map();
  label() {
    return {
      pc: -1,
      height: -1,
      uses: []
    };
  }
  /** Puts the label here. Control may come by falling through or by the jumps made so far. */
  place(label) {
    label.pc = this.words.length;
    for (const use of label.uses) this.words[use] = label.pc;
    if (this.height < 0) this.height = label.height;
    else label.height = this.height;
  }
  /** Whether control can reach the current place. */
  get reachable() {
    return this.height >= 0;
  }
  /** Writes one instruction. `position` is recorded when the instruction can fail. */
  emit(opcode, operands, position) {
    const row = INSTRUCTIONS[opcode];
    if (row === void 0 || row.operands.length !== operands.length) throw new RangeError(`bad instruction ${opcode}`);
    if (row.throws) {
      this.positionPcs.push(this.words.length);
      this.positions.push(position);
    }
    this.words.push(opcode);
    const after2 = this.#effect(row, operands);
    for (const operand3 of operands) this.#operand(row, operand3, after2);
    this.height = row.flow === "jump" || row.flow === "return" || row.flow === "throw" || row.flow === "loop" ? -1 : after2;
  }
  #effect(row, operands) {
    const count2 = row.operands.indexOf("count");
    const extra = count2 < 0 ? 0 : operands[count2];
    const after2 = this.height - row.pops - (typeof extra === "number" ? extra : 0) + row.pushes;
    this.maxStack = Math.max(this.maxStack, after2, this.height);
    return after2;
  }
  #operand(row, operand3, height) {
    if (typeof operand3 === "number") {
      this.words.push(operand3);
      return;
    }
    if (operand3.pc >= 0) {
      this.words.push(operand3.pc);
      return;
    }
    operand3.uses.push(this.words.length);
    if (row.flow !== "try") operand3.height = height;
    this.words.push(-1);
  }
  /** The index of a constant. */
  constant(value) {
    const known3 = this.#constantIndex.get(value);
    if (known3 !== void 0) return known3;
    const index = this.constants.push(value) - 1;
    this.#constantIndex.set(value, index);
    return index;
  }
  /** A new feedback site. */
  feedback() {
    return this.feedbackSites++;
  }
};

// src/compile/mentions.ts
function mentions(core, variable) {
  if (core.kind === "local") return core.variable === variable;
  if (core.kind === "setLocal" && core.variable === variable) return true;
  if (core.kind === "lambda") return core.lambda.captures.some((capture3) => capture3.variable === variable);
  if (core.kind === "fix" && core.lambdas.some((l) => l.captures.some((c) => c.variable === variable))) return true;
  return children(core).some((child) => mentions(child, variable));
}
function children(core) {
  switch (core.kind) {
    case "const":
    case "local":
    case "captured":
    case "self":
    case "global":
    case "lambda":
      return [];
    case "setLocal":
    case "setCaptured":
    case "setGlobal":
    case "defineGlobal":
      return [
        core.value
      ];
    case "if":
      return [
        core.test,
        core.then,
        core.else
      ];
    case "seq":
      return core.body;
    case "let":
    case "loop":
      return [
        ...core.inits,
        core.body
      ];
    case "fix":
      return [
        core.body
      ];
    case "call":
      return [
        core.callee,
        ...core.args
      ];
    case "apply":
      return [
        core.callee,
        core.list
      ];
    case "intrinsic":
    case "primitive":
    case "continue":
      return core.args;
    case "while":
      return [
        core.test,
        core.body
      ];
    case "try":
      return [
        core.body,
        core.handler
      ];
    default:
      return core;
  }
}

// src/compile/compile.ts
function compile3(lambda3, target2, library = null) {
  return new FunctionCompiler(lambda3, target2, library, false).run();
}
var FunctionCompiler = class _FunctionCompiler {
  #lambda;
  #target;
  #library;
  #inner;
  #out = new Emitter3();
  #loops = /* @__PURE__ */ new Map();
  /** Loops around what is being compiled. */
  #rounds = 0;
  constructor(lambda3, target2, library, inner) {
    this.#lambda = lambda3;
    this.#target = target2;
    this.#library = library;
    this.#inner = inner;
  }
  run() {
    const lambda3 = this.#lambda;
    const out = this.#out;
    if (!this.#target.copyCaptures) this.#freshParameters();
    this.#expression(lambda3.body, "return");
    const words3 = Int32Array.from(out.words);
    const variantWords = words3.slice();
    overlay(variantWords, this.#target.variants);
    const declared = this.#inner ? null : this.#library;
    return new Code({
      name: declared?.name ?? lambda3.name,
      named: declared !== null || lambda3.named,
      library: this.#library !== null,
      min: declared?.min ?? lambda3.parameters.length,
      max: declared?.max ?? (lambda3.rest === null ? lambda3.parameters.length : Infinity),
      parameters: lambda3.parameters.length,
      rest: lambda3.rest !== null,
      slots: lambda3.variables.length,
      slotNames: lambda3.variables.map((variable) => variable.name.name),
      slotShared: lambda3.variables.map((variable) => this.#shared(variable)),
      slotAssigned: lambda3.variables.map((variable) => variable.assigned),
      captures: lambda3.captures.map((capture3) => ({
        from: capture3.from,
        index: capture3.from === "slot" ? capture3.variable.slot : capture3.index,
        shared: this.#shared(capture3.variable)
      })),
      captureNames: lambda3.captures.map((capture3) => capture3.variable.name.name),
      position: lambda3.position,
      doc: docString(lambda3),
      names: {
        variables: lambda3.variables,
        outer: lambda3.outer
      },
      words: words3,
      variantWords,
      constants: out.constants,
      handlers: out.handlers,
      loops: out.loops,
      feedback: new Uint8Array(out.feedbackSites),
      maxStack: out.maxStack,
      positionPcs: Int32Array.from(out.positionPcs),
      positions: out.positions,
      heat: this.#target.heat(words3.length),
      entry: this.#target.interpret(lambda3.parameters.length + (lambda3.rest === null ? 0 : 1))
    });
  }
  #function(lambda3) {
    return new _FunctionCompiler(lambda3, this.#target, this.#library, true).run();
  }
  /** Where cells are made early, so that this can be measured, those of parameters are made on entry. */
  #freshParameters() {
    const { parameters: parameters2, rest: rest2 } = this.#lambda;
    for (const variable of rest2 === null ? parameters2 : [
      ...parameters2,
      rest2
    ]) {
      if (this.#shared(variable)) this.#emit(OP.FRESH, variable.slot);
    }
  }
  #shared(variable) {
    return variable.shared || variable.captured && !this.#target.copyCaptures;
  }
  #emit(opcode, ...operands) {
    this.#out.emit(opcode, operands, null);
  }
  /** What to do with a value that has just been pushed. */
  #finish(mode3) {
    if (!this.#out.reachable) return;
    if (mode3 === "drop") this.#emit(OP.POP);
    else if (mode3 === "return") this.#emit(OP.RETURN);
  }
  /** For a form without effect: nothing at all when the value is dropped. */
  #pure(mode3, opcode, ...operands) {
    if (mode3 === "drop") return;
    this.#emit(opcode, ...operands);
    this.#finish(mode3);
  }
  #expression(core, mode3) {
    const out = this.#out;
    if (!out.reachable) return;
    switch (core.kind) {
      case "const":
        return this.#constant(core.value, mode3);
      case "local":
        return this.#pure(mode3, OP.GET_LOCAL, core.variable.slot);
      case "captured":
        return this.#pure(mode3, this.#shared(core.variable) ? OP.GET_SHARED : OP.GET_CAPTURE, core.index);
      case "self":
        return this.#pure(mode3, OP.SELF);
      case "global":
        out.emit(OP.GET_GLOBAL, [
          out.constant(this.#target.cell(core.name))
        ], core.position);
        return this.#finish(mode3);
      case "setLocal":
        this.#expression(core.value, "push");
        if (mode3 !== "drop") this.#emit(OP.DUP);
        this.#emit(OP.SET_LOCAL, core.variable.slot);
        return mode3 === "return" ? this.#finish(mode3) : void 0;
      case "setCaptured":
        this.#expression(core.value, "push");
        if (mode3 !== "drop") this.#emit(OP.DUP);
        this.#emit(OP.SET_SHARED, core.index);
        return mode3 === "return" ? this.#finish(mode3) : void 0;
      case "setGlobal":
        this.#expression(core.value, "push");
        this.#emit(OP.SET_GLOBAL, out.constant(this.#target.cell(core.name)));
        return this.#finish(mode3);
      case "defineGlobal":
        this.#expression(core.value, "push");
        this.#emit(OP.DEFINE_GLOBAL, out.constant(this.#target.definition(core.name)));
        return this.#finish(mode3);
      case "if":
        return this.#if(core, mode3);
      case "seq":
        core.body.forEach((part4, i) => this.#expression(part4, i === core.body.length - 1 ? mode3 : "drop"));
        return;
      case "let":
        core.variables.forEach((variable, i) => {
          this.#expression(core.inits[i], "push");
          this.#bind(variable);
        });
        return this.#expression(core.body, mode3);
      case "fix":
        return this.#fix(core, mode3);
      case "lambda":
        this.#emit(OP.CLOSURE, out.constant(this.#function(core.lambda)));
        return this.#finish(mode3);
      case "call":
        return this.#call(core, mode3);
      case "apply":
        this.#expression(core.callee, "push");
        this.#expression(core.list, "push");
        if (mode3 === "return" && core.tail) return out.emit(OP.TAIL_APPLY, [], core.position);
        out.emit(OP.APPLY, [], core.position);
        return this.#finish(mode3);
      case "intrinsic":
        return this.#intrinsic(core, mode3);
      case "primitive":
        return this.#primitive(core, mode3);
      case "loop":
        return this.#loop(core, mode3);
      case "continue":
        return this.#continue(core);
      case "while":
        return this.#while(core, mode3);
      case "try":
        return this.#try(core, mode3);
      default:
        return core;
    }
  }
  #constant(value, mode3) {
    if (value === null) this.#pure(mode3, OP.NIL);
    else if (typeof value === "boolean") this.#pure(mode3, value ? OP.TRUE : OP.FALSE);
    else if (typeof value === "number" && (value | 0) === value) this.#pure(mode3, OP.INTEGER, value);
    else this.#pure(mode3, OP.CONSTANT, this.#out.constant(value));
  }
  /** Pops a value into a variable that comes into being here. */
  #bind(variable) {
    if (!this.#out.reachable) return;
    const anew = this.#shared(variable) || variable.assigned && this.#rounds > 0;
    if (anew) this.#emit(OP.FRESH, variable.slot);
    this.#emit(OP.SET_LOCAL, variable.slot);
  }
  #if(core, mode3) {
    const out = this.#out;
    const otherwise = out.label();
    const end = out.label();
    this.#branch(core.test, otherwise, false);
    this.#expression(core.then, mode3);
    if (mode3 !== "return" && out.reachable) this.#emit(OP.JUMP, end);
    if (otherwise.uses.length > 0) {
      out.height = -1;
      out.place(otherwise);
      this.#expression(core.else, mode3);
    }
    if (end.uses.length > 0) out.place(end);
  }
  /** Jumps to `target` when the truth of the expression is `when`, falls through otherwise; nothing is pushed. */
  #branch(core, target2, when) {
    const out = this.#out;
    if (!out.reachable) return;
    if (core.kind === "const") {
      if ((core.value !== null && core.value !== false) === when) this.#emit(OP.JUMP, target2);
      return;
    }
    const either = disjunction(core);
    if (either !== null) return this.#branchTwice(either.first, either.second, target2, when, true);
    if (core.kind !== "if") {
      this.#expression(core, "push");
      if (out.reachable) this.#emit(when ? OP.JUMP_IF_TRUE : OP.JUMP_IF_FALSE, target2);
      return;
    }
    const { test: test2, then, else: otherwise } = core;
    if (isConstant2(then, false) && isConstant2(otherwise, true)) return this.#branch(test2, target2, !when);
    if (isConstant2(otherwise, false)) return this.#branchTwice(test2, then, target2, when, false);
    if (isConstant2(then, true)) return this.#branchTwice(test2, otherwise, target2, when, true);
    const second = out.label();
    const end = out.label();
    this.#branch(test2, second, false);
    this.#branch(then, target2, when);
    if (second.uses.length === 0) return;
    if (out.reachable) this.#emit(OP.JUMP, end);
    out.place(second);
    this.#branch(otherwise, target2, when);
    if (end.uses.length > 0) out.place(end);
  }
  /** `and` (`settles` false) or `or` (`settles` true): a first expression with that truth settles the matter. */
  #branchTwice(first3, second, target2, when, settles) {
    if (when === settles) {
      this.#branch(first3, target2, when);
      return this.#branch(second, target2, when);
    }
    const end = this.#out.label();
    this.#branch(first3, end, settles);
    this.#branch(second, target2, when);
    if (end.uses.length > 0) this.#out.place(end);
  }
  #fix(core, mode3) {
    const out = this.#out;
    const codes = core.lambdas.map((lambda3) => out.constant(this.#function(lambda3)));
    codes.forEach((code, i) => {
      this.#emit(OP.CLOSURE, code);
      this.#bind(core.variables[i]);
    });
    codes.forEach((code, i) => {
      const { captures } = core.lambdas[i];
      const siblings = captures.some((c) => c.from === "slot" && core.variables.indexOf(c.variable) >= i);
      if (siblings) this.#emit(OP.RECAPTURE, core.variables[i].slot, code);
    });
    this.#expression(core.body, mode3);
  }
  #call(core, mode3) {
    const out = this.#out;
    const { callee, args, position } = core;
    const count2 = args.length;
    const tail2 = mode3 === "return" && core.tail;
    if (callee.kind !== "global" && callee.kind !== "self") this.#expression(callee, "push");
    for (const arg of args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (callee.kind === "global") {
      const cell2 = out.constant(this.#target.cell(callee.name));
      out.emit(tail2 ? OP.TAIL_CALL_GLOBAL : OP.CALL_GLOBAL, [
        cell2,
        count2
      ], position);
    } else if (callee.kind === "self") {
      out.emit(tail2 ? OP.TAIL_CALL_SELF : OP.CALL_SELF, [
        count2
      ], position);
    } else {
      out.emit(tail2 ? OP.TAIL_CALL : OP.CALL, [
        count2
      ], position);
    }
    if (!tail2) this.#finish(mode3);
  }
  #intrinsic(core, mode3) {
    const out = this.#out;
    for (const arg of core.args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (this.#target.isIntrinsic(core.operation)) {
      out.emit(intrinsicOpcode(core.operation), [
        out.feedback()
      ], core.position);
    } else {
      const cell2 = out.constant(this.#target.cell(intern(INTRINSICS[core.operation][0])));
      out.emit(OP.CALL_GLOBAL, [
        cell2,
        core.args.length
      ], core.position);
    }
    this.#finish(mode3);
  }
  #primitive(core, mode3) {
    const out = this.#out;
    const { operation, args, position } = core;
    const procedure = operation === "throw" || operation === "await" ? null : this.#target.primitive(operation);
    if (procedure instanceof HostFunction) this.#emit(OP.CONSTANT, out.constant(procedure));
    for (const arg of args) this.#expression(arg, "push");
    if (!out.reachable) return;
    if (operation === "throw") return out.emit(OP.THROW, [], position);
    if (procedure === null) out.emit(OP.AWAIT, [], position);
    else if (procedure instanceof HostFunction) out.emit(OP.CALL, [
      args.length
    ], position);
    else out.emit(OP.BUILTIN, [
      out.constant(procedure),
      args.length
    ], position);
    this.#finish(mode3);
  }
  #loop(core, mode3) {
    const out = this.#out;
    core.variables.forEach((variable, i) => {
      this.#expression(core.inits[i], "push");
      this.#bind(variable);
    });
    if (!out.reachable) return;
    const header = out.label();
    this.#loops.set(core.label, {
      header,
      position: core.position
    });
    out.place(header);
    this.#rounds++;
    this.#expression(core.body, mode3);
    this.#rounds--;
    const { label, position, tail: tail2 } = core;
    out.loops.push({
      start: header.pc,
      end: out.words.length,
      name: label.name,
      position,
      tail: tail2
    });
  }
  /** Assigns the loop's variables as if all at once: straight away where no later argument looks, else by the stack. */
  #continue(core) {
    const out = this.#out;
    const waiting2 = [];
    core.args.forEach((arg, i) => {
      const variable = core.label.variables[i];
      const same4 = arg.kind === "local" && arg.variable === variable;
      const fixed = same4 && !this.#shared(variable) && !variable.assigned;
      if (fixed && waiting2.length === 0) return;
      this.#expression(arg, "push");
      const later = core.args.slice(i + 1).some((other) => mentions(other, variable));
      if (waiting2.length > 0 || later) waiting2.push(variable);
      else this.#bind(variable);
    });
    for (const variable of waiting2.reverse()) this.#bind(variable);
    const loop = this.#loops.get(core.label);
    if (out.reachable) out.emit(OP.LOOP, [
      loop.header
    ], loop.position);
  }
  #while(core, mode3) {
    const out = this.#out;
    const header = out.label();
    const exit = out.label();
    out.place(header);
    this.#branch(core.test, exit, false);
    this.#rounds++;
    this.#expression(core.body, "drop");
    this.#rounds--;
    if (out.reachable) out.emit(OP.LOOP, [
      header
    ], core.position);
    if (exit.uses.length === 0) return;
    out.place(exit);
    this.#pure(mode3, OP.NIL);
  }
  #try(core, mode3) {
    const out = this.#out;
    const handler = out.label();
    const after2 = out.label();
    const height = out.height;
    const start = out.words.length;
    this.#emit(OP.TRY, handler, after2);
    this.#expression(core.body, mode3 === "drop" ? "drop" : "push");
    if (out.reachable) this.#emit(OP.END_TRY, after2);
    const end = out.words.length;
    out.height = handler.height = height + 1;
    out.maxStack = Math.max(out.maxStack, height + 1);
    out.place(handler);
    out.handlers.push({
      start,
      end,
      target: handler.pc,
      height,
      trace: usesTrace(core.handler, core.variable)
    });
    this.#bind(core.variable);
    this.#expression(core.handler, mode3);
    const joins = out.reachable || after2.height >= 0;
    if (joins) {
      out.place(after2);
      if (mode3 === "return") this.#emit(OP.RETURN);
      return;
    }
    out.height = height;
    out.place(after2);
    out.emit(OP.NIL, [], null);
    out.emit(OP.RETURN, [], null);
  }
};
function disjunction(core) {
  if (core.kind !== "let" || core.variables.length !== 1 || core.body.kind !== "if") return null;
  const variable = core.variables[0];
  const { test: test2, then, else: second } = core.body;
  const first3 = core.inits[0];
  if (first3 === void 0 || test2.kind !== "local" || test2.variable !== variable) return null;
  if (then.kind !== "local" || then.variable !== variable || mentions(second, variable)) return null;
  return {
    first: first3,
    second
  };
}
function isConstant2(core, value) {
  return core.kind === "const" && core.value === value;
}
var STACK_TRACE2 = "stack-trace";
function usesTrace(core, variable) {
  if (core.kind === "local") return core.variable === variable;
  if (core.kind === "lambda" || core.kind === "fix") return mentions(core, variable);
  const entry = core.kind === "call" && core.callee.kind === "const" && core.callee.value instanceof Keyword ? core.callee.value : core.kind === "intrinsic" && core.operation === "get" && core.args[1]?.kind === "const" ? core.args[1].value : null;
  if (entry instanceof Keyword && entry.name !== STACK_TRACE2 && children(core).some((c) => isLocal(c, variable))) {
    return children(core).some((child) => !isLocal(child, variable) && usesTrace(child, variable));
  }
  return children(core).some((child) => usesTrace(child, variable));
}
function isLocal(core, variable) {
  return core.kind === "local" && core.variable === variable;
}

// src/verify/mod.ts
function verify(code) {
  new Verifier(code).run();
  for (const constant3 of code.constants) if (constant3 instanceof Code) verify(constant3);
}
var Verifier = class {
  #code;
  /** Height of the operand stack before each instruction; -1 where none was seen, -2 inside an instruction. */
  #heights;
  #work = [];
  constructor(code) {
    this.#code = code;
    this.#heights = new Int32Array(code.words.length).fill(-2);
  }
  run() {
    const { words: words3, parameters: parameters2, rest: rest2, slots } = this.#code;
    if (parameters2 + (rest2 ? 1 : 0) > slots) this.#fail(0, "parameters without a slot");
    if (words3.length === 0) this.#fail(0, "no instructions");
    for (let pc = 0; pc < words3.length; ) {
      const row = INSTRUCTIONS[words3[pc] ?? -1];
      if (row === void 0) return this.#fail(pc, `no instruction ${words3[pc]}`);
      if (pc + row.width > words3.length) this.#fail(pc, `${row.name} is cut off`);
      this.#heights[pc] = -1;
      pc += row.width;
    }
    this.#flowTo(0, 0, 0);
    for (let pc = this.#work.pop(); pc !== void 0; pc = this.#work.pop()) this.#step(pc);
    for (const handler of this.#code.handlers) this.#covered(handler);
  }
  /** What a handler covers begins at its TRY and leaves alone what lies below the height it restores. */
  #covered({ start, end, height }) {
    const at = INSTRUCTIONS[this.#code.words[start] ?? -1];
    const begins = at?.flow === "try" && this.#heights[start] !== -2;
    if (!begins || end <= start || end > this.#code.words.length) this.#fail(start, "a handler without its TRY");
    for (let pc = start; pc < end; pc++) {
      const found2 = this.#heights[pc] ?? -2;
      if (found2 >= 0 && found2 < height) this.#fail(pc, `the stack is lower than the ${height} of its handler`);
    }
  }
  #step(pc) {
    const code = this.#code;
    const row = INSTRUCTIONS[code.words[pc] ?? -1];
    const words3 = [
      ...code.words.subarray(pc + 1, pc + row.width)
    ];
    const targets = [];
    let count2 = 0;
    row.operands.forEach((kind, i) => {
      const word = words3[i] ?? -1;
      if (!this.#inRange(kind, word)) this.#fail(pc, `${row.name}: operand ${i} is ${word}`);
      if (kind === "count") count2 = word;
      if (kind === "target") targets.push(word);
    });
    const before3 = this.#heights[pc] ?? 0;
    const popped = before3 - row.pops - count2;
    if (popped < 0) this.#fail(pc, `${row.name} takes more than there is on the stack`);
    const after2 = popped + row.pushes;
    if (after2 > code.maxStack) this.#fail(pc, `the stack grows above ${code.maxStack}`);
    switch (row.flow) {
      case "next":
        return this.#flowTo(pc, pc + row.width, after2);
      case "branch":
        this.#flowTo(pc, pc + row.width, after2);
        return this.#flowTo(pc, targets[0] ?? -1, after2);
      case "jump":
        return this.#flowTo(pc, targets[0] ?? -1, after2);
      case "loop":
        if ((targets[0] ?? 0) > pc) this.#fail(pc, "LOOP goes forward");
        return this.#flowTo(pc, targets[0] ?? -1, after2);
      case "try":
        this.#handler(pc, targets[0] ?? -1, after2);
        return this.#flowTo(pc, pc + row.width, after2);
      case "return":
      case "throw":
        return;
      default:
        return row.flow;
    }
  }
  #handler(pc, target2, height) {
    const handler = this.#code.handlers.find((h) => h.start === pc);
    if (handler === void 0 || handler.target !== target2 || handler.height !== height) {
      return this.#fail(pc, "TRY and the table of handlers disagree");
    }
    if (height + 1 > this.#code.maxStack) this.#fail(pc, "no room for the error map");
    this.#flowTo(pc, target2, height + 1);
  }
  #flowTo(from, pc, height) {
    const known3 = this.#heights[pc];
    if (known3 === void 0) return this.#fail(from, `control leaves the code (to ${pc})`);
    if (known3 === -2) return this.#fail(from, `control goes into the middle of an instruction (${pc})`);
    if (known3 === -1) {
      this.#heights[pc] = height;
      this.#work.push(pc);
    } else if (known3 !== height) {
      this.#fail(from, `the stack is ${height} high going to ${pc}, elsewhere ${known3}`);
    }
  }
  #inRange(kind, word) {
    const { constants: constants2, slots, captures, feedback } = this.#code;
    const below2 = (limit2) => word >= 0 && word < limit2;
    switch (kind) {
      case "slot":
        return below2(slots);
      case "capture":
        return below2(captures.length);
      case "constant":
        return below2(constants2.length) && !(constants2[word] instanceof Code) && !(constants2[word] instanceof GlobalCell);
      case "cell":
        return constants2[word] instanceof GlobalCell;
      case "code":
        return this.#closes(constants2[word]);
      case "builtin":
        return constants2[word] instanceof Builtin;
      case "feedback":
        return below2(feedback.length);
      case "count":
        return below2(16777216);
      case "integer":
        return true;
      case "target":
        return below2(this.#code.words.length);
      default:
        return kind;
    }
  }
  /** Whether a constant is code whose captures this function has. */
  #closes(inner) {
    const { slots, captures } = this.#code;
    return inner instanceof Code && inner.captures.every(({ from, index }) => index >= 0 && index < (from === "slot" ? slots : captures.length));
  }
  #fail(pc, fault) {
    throw new Error(`malformed code of ${this.#code.name ?? "<lambda>"} at ${pc}: ${fault}`);
  }
};

// src/engine/scopes.ts
var ModuleScope = class {
  #globals;
  #relinked;
  #own = /* @__PURE__ */ new Map();
  /** Code with sites of a name that is not the module's own so far. */
  #borrowers = /* @__PURE__ */ new Map();
  constructor(globals, relinked) {
    this.#globals = globals;
    this.#relinked = relinked;
  }
  /** The module's own cell once it is defined, the program's until then. */
  cell(name) {
    const own = this.#own.get(name);
    return own === void 0 || own.value === UNBOUND ? this.#globals.cell(name) : own;
  }
  /** The module's own cell. */
  definition(name) {
    let own = this.#own.get(name);
    if (own === void 0) {
      this.#own.set(name, own = new GlobalCell(name, UNBOUND));
      own.watch({
        changed: (cell2) => this.#defined(cell2),
        spent: () => false
      });
    }
    return own;
  }
  /** The module's own names with their values, in the order of their first mention. */
  *bound() {
    for (const [name, { value }] of this.#own) if (!(value instanceof Unbound)) yield [
      name,
      value
    ];
  }
  /** Notes that a code has sites of the program's globals, or does what some of them do by instructions. */
  borrow(code) {
    const names = new Set([
      ...intrinsicsOf(code)
    ].map((intrinsic) => intern(INTRINSICS[intrinsic][0])));
    for (const constant3 of code.constants) {
      if (constant3 instanceof GlobalCell && constant3 !== this.#own.get(constant3.name)) names.add(constant3.name);
    }
    const reference2 = new WeakRef(code);
    for (const name of names) {
      const others = this.#borrowers.get(name);
      if (others === void 0) this.#borrowers.set(name, [
        reference2
      ]);
      else others.push(reference2);
    }
  }
  #defined(own) {
    own.changes = 0;
    const borrowers = this.#borrowers.get(own.name) ?? [];
    this.#borrowers.delete(own.name);
    const global = this.#globals.cell(own.name);
    return this.#relinked(borrowers.flatMap((reference2) => {
      const code = reference2.deref();
      return code !== void 0 && moved(code, global, own) ? [
        code
      ] : [];
    }));
  }
};
function moved(code, from, to) {
  let any = code.relink(from, to);
  for (const intrinsic of intrinsicsOf(code)) {
    if (INTRINSICS[intrinsic][0] === to.name.name) any = redefine(code, intrinsic, to) || any;
  }
  return any;
}

// src/engine/codes.ts
var ALL_VARIANTS = /* @__PURE__ */ new Set([
  "slots",
  "fused"
]);
var MANY_CODES = 1e3;
var Codes = class {
  /** Functions made so far, those of the library included. */
  made = 0;
  /** Places in code that hold the cell of their global. */
  globalSites = 0;
  #globals;
  #library;
  #options;
  #live = /* @__PURE__ */ new Set();
  /** The modules that code belongs to. */
  #modules = /* @__PURE__ */ new WeakMap();
  #redefined = /* @__PURE__ */ new Set();
  /** Entries of `#live` at which those that are gone are dropped. */
  #liveToClean = MANY_CODES;
  constructor(globals, library, options) {
    this.#globals = globals;
    this.#library = library;
    this.#options = options;
  }
  /** Code of a unit or function of a program in the global scope or in a module's. */
  compile(lambda3, scope = this.#globals) {
    const code = this.#compile(lambda3, scope, null);
    if (scope instanceof ModuleScope) this.#belongs(code, scope);
    return code;
  }
  /** Code of a library function; `lambda` is its `(fn …)` form. */
  compileLibrary(lambda3, declaration) {
    return this.#compile(lambda3, this.#library, declaration);
  }
  #compile(lambda3, scope, library) {
    const { variants = ALL_VARIANTS, copyCaptures: copyCaptures2 = true, heat, interpret } = this.#options;
    const target2 = {
      cell: (name) => {
        this.globalSites++;
        return scope.cell(name);
      },
      definition: (name) => {
        this.globalSites++;
        return scope.definition(name);
      },
      primitive: (name) => this.#options.procedure(primitives[name]),
      isIntrinsic: (operation) => library !== null || !this.#isRedefined(operation, scope),
      interpret,
      heat,
      variants,
      copyCaptures: copyCaptures2
    };
    const code = compile3(lambda3, target2, library);
    verify(code);
    this.#register(code);
    return code;
  }
  /** Code of a module follows the definitions of that module. */
  #belongs(code, scope) {
    this.#modules.set(code, scope);
    scope.borrow(code);
    for (const constant3 of code.constants) if (constant3 instanceof Code) this.#belongs(constant3, scope);
  }
  #isRedefined(operation, scope) {
    const name = intern(INTRINSICS[operation][0]);
    return this.#redefined.has(operation) || scope.cell(name) !== this.#globals.cell(name);
  }
  #register(code) {
    this.made++;
    if (!code.library) this.#live.add(new WeakRef(code));
    if (this.#live.size > this.#liveToClean) {
      let count2 = 0;
      for (const _ of this.live()) count2++;
      this.#liveToClean = Math.max(MANY_CODES, 2 * count2);
    }
    for (const constant3 of code.constants) if (constant3 instanceof Code) this.#register(constant3);
  }
  /** All code of programs that is still reachable. */
  *live() {
    for (const reference2 of this.#live) {
      const code = reference2.deref();
      if (code === void 0) this.#live.delete(reference2);
      else yield code;
    }
  }
  /** Calls `changed` for all code that performs an intrinsic when its global is redefined. */
  watchIntrinsics(changed2) {
    for (const key of Object.keys(INTRINSICS)) {
      this.#globals.named(INTRINSICS[key][0]).watch({
        changed: ({ name }) => {
          this.#redefined.add(key);
          const scope = (code) => this.#modules.get(code) ?? this.#globals;
          return changed2([
            ...this.live()
          ].filter((code) => redefine(code, key, scope(code).cell(name))));
        },
        spent: () => false
      });
    }
  }
};

// src/engine/documentation.ts
var SHAPE = /^(\(.*?): (.*)$/s;
var ARGUMENTS = [
  "x",
  "y",
  "z"
];
var aliases = /* @__PURE__ */ new Map();
var rows4 = /* @__PURE__ */ new Map();
function load() {
  if (rows4.size > 0) return;
  for (const row of declarations) {
    rows4.set(row.name, row);
    if (row.kind === "alias" && !row.name.startsWith("__")) {
      aliases.set(row.target, [
        ...aliases.get(row.target) ?? [],
        row.name
      ]);
    }
  }
}
function plainUsage(name, min, max) {
  const needed = Array.from({
    length: min
  }, (_, i) => ARGUMENTS[i] ?? `x${i + 1}`);
  if (max === Infinity) return `(${[
    name,
    ...needed.length > 0 ? needed : [
      "x"
    ],
    "..."
  ].join(" ")})`;
  const optional = Array.from({
    length: max - min
  }, (_, i) => `[${ARGUMENTS[min + i] ?? `x${min + i + 1}`}]`);
  return `(${[
    name,
    ...needed,
    ...optional
  ].join(" ")})`;
}
function parts3(doc, name, min, max) {
  const found2 = SHAPE.exec(doc);
  if (found2 === null) return {
    usage: plainUsage(name, min, max),
    text: doc
  };
  const [, usage = "", text2 = ""] = found2;
  const [word = ""] = text2.split(/\W/, 1);
  const isArgument = usage.split(/[^\w-]/).slice(2).includes(word);
  return {
    usage,
    text: isArgument ? text2 : text2.charAt(0).toUpperCase() + text2.slice(1)
  };
}
function libraryDocumentation(name) {
  load();
  const form = SPECIAL_FORMS.get(name);
  if (form !== void 0) {
    const others = [
      ...SPECIAL_FORMS
    ].filter(([other, { lower: lower2 }]) => lower2 === form.lower && other !== name);
    return {
      name,
      kind: "special form",
      ...parts3(form.doc, name, form.min, form.max),
      aliases: others.filter(([, { label }]) => label === form.label).map(([other]) => other),
      arity: null,
      examples: form.examples
    };
  }
  const macro = MACRO_DESCRIPTIONS.get(name);
  if (macro !== void 0) {
    const { doc: doc2, min: min2, max: max2, examples: examples2 } = macro;
    return {
      name,
      kind: "macro",
      ...parts3(doc2, name, min2, max2),
      aliases: [],
      arity: null,
      examples: examples2
    };
  }
  const constant3 = Object.hasOwn(numberConstants, name) ? numberConstants[name] : void 0;
  if (constant3 !== void 0) {
    const text2 = `The number ${repr(constant3)}.`;
    return {
      name,
      kind: "constant",
      usage: name,
      text: text2,
      aliases: [],
      arity: null,
      examples: []
    };
  }
  const row = rows4.get(name);
  const target2 = row?.kind === "alias" ? rows4.get(row.target) : row;
  if (target2 === void 0 || target2.kind === "alias" || name.startsWith("__")) return null;
  const { doc, min, max, examples = [] } = target2;
  return {
    name,
    kind: "function",
    ...parts3(doc, target2.name, min, max),
    aliases: [
      target2.name,
      ...aliases.get(target2.name) ?? []
    ].filter((other) => other !== name),
    arity: arityText(min, max).words,
    examples
  };
}
function functionDocumentation(name, { parameters: parameters2, rest: rest2, doc }) {
  const words3 = [
    name,
    ...parameters2,
    ...rest2 === null ? [] : [
      ".",
      rest2
    ]
  ];
  const { length: length2 } = parameters2;
  return {
    name,
    kind: "function",
    usage: `(${words3.join(" ")})`,
    text: doc ?? "A function of the program.",
    aliases: [],
    arity: arityText(length2, rest2 === null ? length2 : Infinity).words,
    examples: []
  };
}
function documentationText(entry) {
  const { usage, kind, arity, text: text2, aliases: others, examples } = entry;
  const lines3 = [
    usage,
    `  ${kind}${arity === null ? "" : `, ${arity}`}`,
    `  ${text2}`
  ];
  if (others.length > 0) lines3.push(`  also ${others.join(", ")}`);
  for (const [code, printed] of examples) lines3.push(`  ${code}${printed === void 0 ? "" : ` \u2192 ${printed}`}`);
  return `${lines3.join("\n")}
`;
}

// src/engine/library.ts
var macros = new Map(preludeMacros().map((macro) => [
  macro.name,
  macro
]));
var rows5 = new Map(declarations.map((row) => [
  row.name,
  row
]));
var constants = new Map(Object.entries(numberConstants));
var libraryNames = [
  ...declarations.map((row) => row.name),
  ...constants.keys(),
  ...macros.keys()
].filter((name) => !name.startsWith("__"));
function keepsCaller(name) {
  const row = rows5.get(name);
  const target2 = row?.kind === "alias" ? rows5.get(row.target) : row;
  return target2?.kind === "sema" && target2.tailCalls !== true;
}
function libraryGlobals(make3, builtin, granted) {
  const maker = {
    make: make3,
    builtin,
    granted
  };
  const globals = new Globals(({ name }) => {
    const row = rows5.get(name);
    if (row !== void 0) return fromRow(row, globals, maker);
    return constants.get(name) ?? macros.get(name) ?? UNBOUND;
  });
  return globals;
}
function fromRow(row, globals, maker) {
  if (row.kind === "alias") return fromAlias(row, globals, maker);
  const { capability } = row;
  if (capability !== void 0 && !maker.granted.has(capability)) return new Builtin(denied(row, capability));
  switch (row.kind) {
    case "native":
      return maker.builtin(new Builtin(row));
    case "sema":
      return maker.make(row);
    default:
      return row;
  }
}
function denied({ name, doc }, capability) {
  return many(name, 0, Infinity, doc, () => {
    throw permissionDenied(name, capability);
  });
}
function fromAlias(row, globals, maker) {
  if (row.identical) return globals.named(row.target).value;
  const target2 = rows5.get(row.target);
  return target2 === void 0 ? UNBOUND : fromRow(target2, globals, maker);
}

// src/engine/suggestions.ts
var FOREIGN = {
  setq: "Sema uses 'set!' for variable assignment",
  setf: "Sema uses 'set!' for variable assignment",
  funcall: "In Sema, functions are called directly: (f arg ...)",
  loop: "Sema uses 'do' or 'while' for iteration, or tail recursion",
  princ: "Sema uses 'print' or 'println' for output",
  prin1: "Sema uses 'print' or 'println' for output",
  "format-string": "Sema uses 'format' with ~a (display) and ~s (write) directives",
  defvar: "Sema uses 'define' for variable definitions",
  defparameter: "Sema uses 'define' for variable definitions",
  labels: "Sema uses 'letrec' for local recursive bindings",
  flet: "Sema uses 'letrec' for local recursive bindings",
  block: "Sema uses 'begin' for sequencing; use 'throw'/'try' for non-local exits",
  "return-from": "Sema uses 'begin' for sequencing; use 'throw'/'try' for non-local exits",
  "multiple-value-bind": "Sema uses destructuring 'let' for multiple return values",
  typep: "Sema uses 'type' to get the type of a value",
  atom: "Sema is single-threaded; use 'define' for mutable state with 'set!'",
  "swap!": "Sema is single-threaded; use 'set!' for mutation",
  deref: "Sema uses 'force' to evaluate delayed/promised values",
  into: "Use type-specific conversions like 'list->vector' or 'vector->list'",
  conj: "Sema uses 'cons' to prepend and 'append' to add to the end",
  some: "Sema uses 'any' to test if any element matches a predicate",
  "not=": "Use (not (equal? a b)) for inequality in Sema",
  "syntax-case": "Sema supports 'define-syntax' with 'syntax-rules', or use 'defmacro'",
  "string-contains": "Sema uses 'string/contains?' (slash-namespaced, with '?')",
  "hash-set!": "Sema maps are immutable; use 'assoc' to create an updated copy",
  "with-exception-handler": "Sema uses 'try'/'catch', 'throw'/'raise', and 'guard' for exception handling"
};
function suggest(name, candidates2) {
  const known3 = Object.hasOwn(FOREIGN, name) ? FOREIGN[name] : void 0;
  if (known3 !== void 0) return known3;
  const names = [
    ...candidates2
  ];
  const best = nearest(name, names, false) ?? nearest(name, names, true);
  return best === null ? void 0 : `Did you mean '${best}'?`;
}
function nearest(name, candidates2, swaps) {
  const limit2 = Math.min(3, Math.max(1, Math.floor(new TextEncoder().encode(name).length / 3)));
  let best = null;
  let bound2 = limit2 + 1;
  for (const candidate of candidates2) {
    if (Math.abs(candidate.length - name.length) >= bound2) continue;
    const found2 = distance(name, candidate, bound2, swaps);
    if (found2 === 0 || found2 >= bound2) continue;
    bound2 = found2;
    best = candidate;
  }
  return best;
}
function distance(a, b, bound2, swaps) {
  let above = [];
  let row = Array.from({
    length: b.length + 1
  }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [
      i
    ];
    for (let j = 1; j <= b.length; j++) {
      const change2 = row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped = swaps && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swap = swapped ? above[j - 2] + 1 : Infinity;
      next.push(Math.min(change2, swap, row[j] + 1, next[j - 1] + 1));
    }
    if (Math.min(...next, ...row) >= bound2) return bound2;
    above = row;
    row = next;
  }
  return Math.min(bound2, row[b.length]);
}

// src/engine/help.ts
var Help = class {
  #globals;
  #library;
  constructor(globals, library) {
    this.#globals = globals;
    this.#library = library;
  }
  /** What a name means; null when it means nothing. */
  doc(name) {
    if (SPECIAL_FORMS.has(name)) return libraryDocumentation(name);
    const symbol = intern(name);
    const { value } = this.#globals.cell(symbol);
    if (value === UNBOUND) return null;
    return value === this.#library.cell(symbol).value ? libraryDocumentation(name) : described2(name, value);
  }
  /** The help text for a function, or for what a symbol or string names. */
  text(subject) {
    const name = subject instanceof Sym ? subject.name : subject;
    if (typeof name !== "string") return documentationText(described2("<lambda>", subject));
    const entry = this.doc(name);
    if (entry !== null) return documentationText(entry);
    throw evalError(`doc: nothing is called ${name}`, suggest(name, this.names()));
  }
  /** The names that start with `prefix`, sorted. */
  complete(prefix) {
    return this.#sorted((name) => name.startsWith(prefix));
  }
  /** The names with `part` in them, sorted. */
  containing(part4) {
    return this.#sorted((name) => name.includes(part4));
  }
  #sorted(wanted) {
    return [
      .../* @__PURE__ */ new Set([
        ...this.names(),
        ...SPECIAL_FORMS.keys()
      ])
    ].filter(wanted).sort();
  }
  /** The bound globals: those of the library in their order, then those of programs. */
  names() {
    const known3 = new Set(libraryNames);
    const added = ({ name: { name } }) => !known3.has(name) && !name.startsWith("__");
    return [
      ...libraryNames,
      ...[
        ...this.#globals.bound()
      ].filter(added).map(({ name }) => name.name)
    ];
  }
  /** The hint of a condition; for an unbound name what may have been meant, a variable of the function or a global. */
  hint({ type, hint: hint2, extra, trace, reraised }) {
    const name = extra?.["name"];
    if (hint2 !== null || type !== "unbound" || reraised || typeof name !== "string") return hint2 ?? void 0;
    const variables = name.length > 1 ? trace.lines().find(({ library }) => !library)?.variables ?? [] : [];
    return suggest(name, [
      ...variables.filter((variable) => !variable.includes("__")),
      ...this.names()
    ]);
  }
};
function described2(name, value) {
  const own = libraryName(value);
  if (own !== null) return libraryDocumentation(own) ?? simple2(own, "function", "A function of the library.");
  if (value instanceof Closure) return functionDocumentation(value.code.name ?? name, closureFacts(value));
  if (value instanceof WalkerClosure) return functionDocumentation(value.lambda.name ?? name, walkerFacts(value));
  if (value instanceof HostFunction) return simple2(value.name, "function", "A function of the host.");
  if (value instanceof Macro) return simple2(value.name, "macro", "A macro of the program.");
  if (value instanceof Procedure) {
    return simple2(name, "function", `A value that can be called, of type ${typeName(value)}.`);
  }
  return {
    ...simple2(name, "variable", `A variable that holds a value of type ${typeName(value)}.`),
    usage: name
  };
}
function simple2(name, kind, text2) {
  return {
    name,
    kind,
    usage: `(${name} ...)`,
    text: text2,
    arity: null,
    aliases: [],
    examples: []
  };
}
function libraryName(value) {
  if (value instanceof Builtin) return value.name;
  if (value instanceof Closure) return value.code.library && value.code.named ? value.code.name : null;
  return value instanceof WalkerClosure ? value.signature?.name ?? null : null;
}
function closureFacts({ code }) {
  const { slotNames, parameters: parameters2, rest: rest2, doc } = code;
  return {
    parameters: slotNames.slice(0, parameters2),
    rest: rest2 ? slotNames[parameters2] ?? null : null,
    doc
  };
}
function walkerFacts({ lambda: lambda3 }) {
  return {
    parameters: lambda3.parameters.map(({ name }) => name.name),
    rest: lambda3.rest?.name.name ?? null,
    doc: docString(lambda3)
  };
}

// src/engine/inspection.ts
function eachDefinition(unit, bind2) {
  const { words: words3, constants: constants2 } = unit;
  let closed2 = null;
  for (let pc = 0; pc < words3.length; pc += INSTRUCTIONS[words3[pc] ?? 0]?.width ?? 1) {
    const constant3 = constants2[words3[pc + 1] ?? -1];
    if (words3[pc] === OP.DEFINE_GLOBAL && closed2 !== null && constant3 instanceof GlobalCell) bind2(constant3, closed2);
    closed2 = words3[pc] === OP.CLOSURE && constant3 instanceof Code && constant3.captures.length === 0 ? constant3 : null;
  }
}
function* nested(code) {
  yield code;
  for (const constant3 of code.constants) if (constant3 instanceof Code) yield* nested(constant3);
}

// src/engine/interop.ts
function toJS(value, bridge) {
  const inner = (item) => toJS(item, bridge);
  if (value instanceof Flonum) return value.value;
  if (value instanceof Rational) return Number(value.numerator) / Number(value.denominator);
  if (value instanceof Char) return String.fromCodePoint(value.code);
  if (value instanceof Sym || value instanceof Keyword) return value.name;
  if (value instanceof List) return toArray(value).map(inner);
  if (value instanceof Vector || value instanceof MutableArray) return value.items.map(inner);
  if (value instanceof Bytevector) return value.bytes.slice();
  if (value instanceof SortedMap || value instanceof HashMap) return mapToJS(value, inner);
  if (value instanceof Procedure) return (...args) => bridge.call(value, args);
  if (value instanceof HostObject) return value.object;
  return value;
}
function mapToJS(map3, inner) {
  const entries = [
    ...map3
  ];
  const names = entries.map(([key]) => key instanceof Keyword ? key.name : typeof key === "string" ? key : null);
  if (names.includes(null)) return new Map(entries.map(([key, value]) => [
    inner(key),
    inner(value)
  ]));
  return Object.fromEntries(entries.map(([, value], i) => [
    names[i],
    inner(value)
  ]));
}
function fromJS(value, bridge, above = []) {
  switch (typeof value) {
    case "undefined":
      return null;
    case "boolean":
    case "string":
      return value;
    case "number":
      if (!Number.isInteger(value)) return value;
      return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : float(value);
    case "bigint":
      return integer(value);
    case "symbol":
      return new HostObject(value);
    case "function":
      return hostFunction(value, bridge);
    case "object":
      return value === null ? null : objectFromJS(value, bridge, above);
    default:
      throw new TypeError(`no Sema value for ${typeof value}`);
  }
}
function objectFromJS(value, bridge, above) {
  if (isValue(value)) return value;
  if (above.includes(value)) throw evalError("a JavaScript object that contains itself has no Sema value");
  const path = [
    ...above,
    value
  ];
  const inner = (item) => fromJS(item, bridge, path);
  if (Array.isArray(value)) return listFrom(value.map(inner));
  if (value instanceof Uint8Array) return new Bytevector(value.slice());
  if (isPromise(value)) return bridge.adopt(value);
  if (value instanceof Map) {
    return [
      ...value
    ].reduce((map3, [key, item]) => map3.with(inner(key), inner(item)), SortedMap.EMPTY);
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return new HostObject(value);
  return Object.entries(value).reduce((map3, [name, item]) => map3.with(keyword(name), inner(item)), SortedMap.EMPTY);
}
var VALUE_CLASSES = [
  Flonum,
  Rational,
  Char,
  Sym,
  Keyword,
  List,
  Vector,
  SortedMap,
  HashMap,
  Bytevector,
  Procedure,
  Opaque
];
function isValue(value) {
  return VALUE_CLASSES.some((type) => value instanceof type);
}
function hostFunction(run2, bridge, name = run2.name || "host-function") {
  return new HostFunction(name, (args) => {
    let result2;
    try {
      result2 = run2(...args.map((arg) => toJS(arg, bridge)));
    } catch (reason) {
      throw bridge.failure(reason);
    }
    return isPromise(result2) ? bridge.suspend(result2) : fromJS(result2, bridge);
  });
}
function isPromise(value) {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
var HostObject = class extends Opaque {
  typeName = "host-object";
  object;
  constructor(object) {
    super();
    this.object = object;
  }
  printed() {
    return "<host-object>";
  }
};

// src/engine/paths.ts
var PACKAGE = /^[\w-]+(\.[\w-]+)+\/[^/]+\/[^/.]+$/;
function isPackage(path) {
  return PACKAGE.test(path);
}
function normalise(path) {
  const parts4 = [];
  for (const part4 of path.split("/")) {
    if (part4 === "" || part4 === ".") continue;
    if (part4 !== "..") parts4.push(part4);
    else if (parts4.pop() === void 0) return null;
  }
  return (path.startsWith("/") ? "/" : "") + parts4.join("/");
}
function beside(path, from) {
  if (path.startsWith("/")) return path;
  return isPackage(from) ? `${from}/${path}` : from.slice(0, from.lastIndexOf("/") + 1) + path;
}

// src/engine/modules.ts
var EXTENSION = ".sema";
var OpenFile = class extends Opaque {
  typeName = "file";
  path;
  source;
  scope;
  /** Where an import copies the exports to. */
  importer;
  /** What an earlier import made of it. */
  known;
  /** What its last `module` form lists. */
  listed = null;
  /** The index of the next form. */
  next = 0;
  constructor(path, source, scope, importer2, known3) {
    super();
    this.path = path;
    this.source = source;
    this.scope = scope;
    this.importer = importer2;
    this.known = known3;
  }
  printed() {
    return `<file ${this.path}>`;
  }
};
var Modules = class {
  #host;
  #complete = /* @__PURE__ */ new Map();
  #open = [];
  constructor(host) {
    this.#host = host;
  }
  open(path, importing, from) {
    const importer2 = from ?? this.#open.at(-1)?.path ?? null;
    const found2 = this.#find(path, importing, importer2);
    if (!importing) this.#host.permit(found2.path);
    const scope = this.#scopeOf(importer2);
    if (found2.known !== null) {
      return new OpenFile(found2.path, read2("", found2.path), found2.known.scope, scope, found2.known);
    }
    this.#refuseCycle(found2.path);
    const source = read2(found2.text, found2.path);
    const own = importing ? this.#host.makeScope() : this.#host.globals;
    const file = new OpenFile(found2.path, source, own, scope, null);
    this.#open.push(file);
    return file;
  }
  next(value) {
    const file = asFile(value);
    const { forms } = file.source;
    if (file.next >= forms.length) return null;
    return this.#host.unit(forms[file.next++] ?? null, file.source, file.scope);
  }
  close(value, complete, names) {
    const file = asFile(value);
    const at = this.#open.lastIndexOf(file);
    if (at >= 0) this.#open.splice(at, 1);
    if (!complete) return null;
    const module = file.known ?? this.#finish(file);
    return module === null ? null : this.#host.procedure(copying(selected(module, names)), file.importer);
  }
  /** Notes what the file that is running exports. */
  list(names) {
    const file = this.#open.at(-1);
    if (file !== void 0) file.listed = names;
  }
  /** Nothing is running any more: files that could not be closed are not open. */
  reset() {
    this.#open.length = 0;
  }
  /** An imported file has run to its end. Null for a file that was loaded. */
  #finish({ path, scope, listed }) {
    if (!(scope instanceof ModuleScope)) return null;
    const exports = new Map(scope.bound());
    if (listed !== null) {
      const kept = new Set(listed);
      for (const name of exports.keys()) if (!kept.has(name)) exports.delete(name);
    }
    const module = {
      scope,
      exports
    };
    this.#complete.set(path, module);
    return module;
  }
  /** The scope that forms of a file belong to. */
  #scopeOf(path) {
    const open2 = this.#open.findLast((file) => file.path === path);
    return open2?.scope ?? this.#complete.get(path ?? "")?.scope ?? this.#host.globals;
  }
  #refuseCycle(path) {
    const paths2 = this.#open.map((file) => file.path);
    const start = paths2.indexOf(path);
    if (start < 0) return;
    throw evalError(`cyclic import detected: ${[
      ...paths2.slice(start),
      path
    ].join(" -> ")}`);
  }
  #find(path, importing, from) {
    const form = importing ? "import" : "load";
    const { files: files2 } = this.#host;
    if (files2 !== null) {
      for (const candidate of candidates(files2, path, from)) {
        const known3 = importing ? this.#complete.get(candidate) : void 0;
        if (known3 !== void 0) return {
          path: candidate,
          known: known3
        };
        const text2 = readText2(files2, candidate, `${form} ${path}`);
        if (text2 !== null) return {
          path: candidate,
          known: null,
          text: text2
        };
      }
    }
    if (isPackage(path)) throw evalError(`package not found: ${path}`, `Run: sema pkg add ${path}`);
    const reason = files2 === null ? "this runtime has no access to files" : "no such file";
    throw new Condition("io", `${form} ${path}: ${reason}`, {
      hint: files2 === null ? void 0 : hint(files2, path, from)
    });
  }
};
function hint(files2, path, from) {
  const tried = candidates(files2, path, from);
  const complete = tried.some((candidate) => {
    try {
      return files2.read(`${candidate}${EXTENSION}`) !== null;
    } catch {
      return false;
    }
  });
  if (complete) return `a path is taken as it is: did you mean "${path}${EXTENSION}"?`;
  return tried.length === 0 ? "the path leads out of the root" : `looked for ${tried.join(" and ")}`;
}
function asFile(value) {
  if (value instanceof OpenFile) return value;
  throw new TypeError("not a file being run");
}
function candidates(files2, path, from) {
  if (files2.resolve !== void 0) return [
    files2.resolve(path, from)
  ];
  const paths2 = [
    normalise(path),
    from === null ? null : normalise(beside(path, from))
  ];
  return [
    ...new Set(paths2)
  ].filter((each) => each !== null);
}
function readText2(files2, path, what) {
  try {
    return files2.read(path);
  } catch (error) {
    throw new Condition("io", `${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
function selected({ exports }, names) {
  if (names.length === 0) return exports;
  return names.flatMap((name) => {
    const value = name instanceof Sym ? exports.get(name) : void 0;
    if (name instanceof Sym && value !== void 0) return [
      [
        name,
        value
      ]
    ];
    throw evalError(`import: module does not export '${name instanceof Sym ? name.name : ""}'`);
  });
}
function copying(values) {
  const body2 = Array.from(values, ([name, value]) => ({
    kind: "defineGlobal",
    name,
    value: {
      kind: "const",
      value
    }
  }));
  return {
    name: null,
    named: false,
    parameters: [],
    rest: null,
    body: body2.length === 0 ? {
      kind: "const",
      value: null
    } : {
      kind: "seq",
      body: body2
    },
    captures: [],
    variables: [],
    outer: null,
    position: null
  };
}

// src/engine/meter.ts
var PORTION2 = 1e3;
var CLOCK_PORTIONS = 8;
var SLICE_PORTIONS = 1e3;
var UNITS = 16e3;
var Account = class {
  #limits;
  #signal;
  /** Charged as well: the evaluation that this one is part of. */
  #outer;
  #stepsLeft;
  #outputLeft;
  /** When time is up. */
  deadline;
  depth;
  #heapUsed;
  #mostHeap;
  constructor(limits, signal, { now, heapUsed, depth, outer }) {
    this.#limits = limits;
    this.#signal = signal;
    this.#outer = outer;
    this.#stepsLeft = limits.steps ?? Infinity;
    this.#outputLeft = limits.output ?? Infinity;
    this.deadline = Math.min(now + (limits.milliseconds ?? Infinity), outer?.deadline ?? Infinity);
    this.depth = Math.min(limits.depth ?? depth, outer?.depth ?? Infinity);
    this.#heapUsed = limits.heap === void 0 ? void 0 : heapUsed;
    this.#mostHeap = this.#heapUsed === void 0 ? Infinity : this.#heapUsed() + (limits.heap ?? 0);
  }
  /** Charges portions of steps. Throws a condition that no program can catch when there are none left. */
  charge(portions) {
    this.#stepsLeft -= PORTION2 * portions;
    if (this.#stepsLeft < 0) {
      throw limit("evaluation exceeded step limit (looks like an infinite loop?)", `${this.#limits.steps} steps`);
    }
    this.#outer?.charge(portions);
  }
  /** Looks at the clock, the signal and the heap. Throws like {@link charge}. */
  look(now) {
    if (this.#signal?.aborted === true) throw interruption();
    if (now > this.deadline) throw limit("evaluation exceeded time limit", `${this.#limits.milliseconds} ms`);
    if (this.#heapUsed !== void 0 && this.#heapUsed() > this.#mostHeap) {
      throw limit("evaluation exceeded memory limit", `${this.#limits.heap} bytes`);
    }
    this.#outer?.look(now);
  }
  /** Charges bytes of output. Throws like {@link charge}. */
  print(bytes2) {
    this.#outputLeft -= bytes2;
    if (this.#outputLeft < 0) throw limit("output limit exceeded", `${this.#limits.output} bytes`);
    this.#outer?.print(bytes2);
  }
  /** Whether steps have to be counted for it, or for what it is part of. */
  get counts() {
    const { steps, milliseconds, heap } = this.#limits;
    const own = steps !== void 0 || milliseconds !== void 0 || heap !== void 0 || this.#signal !== void 0;
    return own || this.#outer?.counts === true;
  }
  /** Whether output has to be counted. */
  get limitsOutput() {
    return this.#limits.output !== void 0 || this.#outer?.limitsOutput === true;
  }
};
var Meter = class {
  #clock;
  #others;
  #activated;
  #depth;
  #account = null;
  active = false;
  pausing = false;
  left = PORTION2;
  /** When the host wants its thread back. */
  deadline = Infinity;
  #untilClock = CLOCK_PORTIONS;
  #untilPause = SLICE_PORTIONS;
  #work = 0;
  /**
   * `others`: whether other tasks are ready; `activated` is called when counting begins, `depth` when another limit of
   * active calls holds (null: none of an account's).
   */
  constructor(clock2, { others, activated, depth }) {
    this.#clock = clock2;
    this.#others = others;
    this.#activated = activated;
    this.#depth = depth;
  }
  /** What is charged to at present. */
  get account() {
    return this.#account;
  }
  set account(account) {
    const depth = account?.depth ?? null;
    if (depth !== (this.#account?.depth ?? null)) this.#depth(depth);
    this.#account = account;
  }
  /** Begins to count; from then on it always does. */
  activate() {
    if (this.active) return;
    this.active = true;
    this.#activated();
  }
  begin() {
    this.#untilPause = SLICE_PORTIONS;
    if (!this.pausing) return;
    this.pausing = false;
    this.left = PORTION2;
  }
  /** Counts one step. */
  step() {
    if (this.active && --this.left < 0) this.charge();
  }
  /** Charges one portion. Throws a condition that no program can catch when a limit is exceeded. True: pause. */
  charge() {
    this.left = PORTION2;
    this.account?.charge(1);
    if (--this.#untilClock < 0) {
      this.#untilClock = CLOCK_PORTIONS;
      this.look();
    }
    if (--this.#untilPause < 0) {
      this.#untilPause = SLICE_PORTIONS;
      if (this.#others()) this.pausing = true;
    }
    if (this.pausing) this.left = 0;
    return this.pausing;
  }
  /** Charges work inside of the library, which counts no steps of its own. Throws like {@link charge}. */
  spend(units) {
    if (!this.active) return;
    this.#work += units;
    if (this.#work < UNITS) return;
    this.account?.charge(Math.floor(this.#work / UNITS));
    this.#work %= UNITS;
    this.look();
  }
  /** Looks at what does not depend on steps. Throws like {@link charge}. */
  look() {
    const now = this.#clock.now();
    this.account?.look(now);
    if (now > this.deadline) this.pausing = true;
  }
  /** Charges output. Throws like {@link charge}. */
  print(text2) {
    if (this.account?.limitsOutput === true) this.account.print(byteLength(text2));
  }
};
function byteLength(text2) {
  let bytes2 = text2.length;
  for (let i = 0; i < text2.length; i++) {
    const unit = text2.charCodeAt(i);
    if (unit >= 2048 && (unit < 55296 || unit > 57343)) bytes2 += 2;
    else if (unit >= 128) bytes2++;
  }
  return bytes2;
}
function limit(message, amount) {
  return new Condition("eval", message, {
    hint: `the limit of this runtime is ${amount}`,
    catchable: false
  });
}
function interruption() {
  return new Condition("eval", "evaluation was interrupted", {
    hint: "its signal was aborted",
    catchable: false
  });
}

// src/engine/host_loop.ts
var POLITE_SLICE = 10;
var SLICE = 100;
var HostLoop = class {
  #host;
  #guests = /* @__PURE__ */ new Set();
  /** Takes back what would begin the next slice. */
  #arranged = null;
  #running = false;
  constructor(host) {
    this.#host = host;
  }
  /** Runs an evaluation to its end. `begin` starts its main task. Its outcome is there when the promise is resolved. */
  run(guest, begin2) {
    return new Promise((resolve2) => {
      const { signal } = guest;
      const aborted = () => {
        guest.evaluation.stop(interruption());
        this.wake();
      };
      const ended = () => {
        signal?.removeEventListener("abort", aborted);
        resolve2();
      };
      this.#guests.add({
        ...guest,
        ended
      });
      signal?.addEventListener("abort", aborted);
      this.#slice(begin2);
    });
  }
  /** A task is ready, or an evaluation has been stopped. */
  wake() {
    if (this.#guests.size === 0 || this.#running) return;
    this.#arrange(0);
  }
  /** Arranges for the next slice: in so many milliseconds, or with 0 as soon as the host has had its turn. */
  #arrange(milliseconds) {
    this.#arranged?.();
    const { clock: clock2 } = this.#host;
    let valid = true;
    const next = () => {
      if (!valid) return;
      this.#arranged = null;
      this.#slice(() => {
      });
    };
    const cancel = milliseconds > 0 ? clock2.after(milliseconds, next) : void clock2.soon(next);
    this.#arranged = () => {
      valid = false;
      cancel?.();
    };
  }
  #slice(begin2) {
    const { clock: clock2, scheduler, meter } = this.#host;
    const inside = this.#running || !scheduler.idle;
    const { deadline } = meter;
    const polite = [
      ...this.#guests
    ].some((guest) => guest.polite);
    const end = clock2.now() + (polite ? POLITE_SLICE : SLICE);
    meter.deadline = polite && !inside ? end : Infinity;
    const outer = this.#running;
    this.#running = true;
    try {
      this.#host.outermost(begin2);
      if (inside) return;
      while (this.#host.outermost(() => scheduler.drive(() => this.#someFinished(), end)) === "done") {
        this.#endFinished();
      }
    } finally {
      this.#running = outer;
      meter.deadline = deadline;
    }
    if (this.#guests.size === 0) return this.#arranged?.();
    if (scheduler.busy) return this.#arrange(0);
    this.#await();
  }
  #someFinished() {
    for (const { evaluation } of this.#guests) if (evaluation.finished) return true;
    return false;
  }
  #endFinished() {
    for (const guest of this.#guests) {
      if (!guest.evaluation.finished) continue;
      this.#guests.delete(guest);
      guest.ended();
    }
  }
  /** Nothing is ready: waits for the host, or gives up where it cannot help. */
  #await() {
    const { clock: clock2, scheduler } = this.#host;
    const now = clock2.now();
    let next = scheduler.timers.next;
    for (const { evaluation, account } of this.#guests) {
      if (now > account.deadline) {
        try {
          account.look(now);
        } catch (condition) {
          if (!(condition instanceof Condition)) throw condition;
          evaluation.stop(condition);
        }
      }
      next = Math.min(next, account.deadline);
    }
    if (!scheduler.expecting || this.#someFinished()) {
      for (const guest of this.#guests) {
        if (scheduler.expecting && !guest.evaluation.finished) continue;
        this.#guests.delete(guest);
        guest.ended();
      }
      if (this.#guests.size === 0) return;
    }
    if (next !== Infinity) this.#arrange(Math.max(1, next - now));
  }
};

// src/engine/streams.ts
function standardStream(descriptor) {
  let write3 = null;
  return (text2) => (write3 ??= findStream(descriptor))(text2);
}
function findStream(descriptor) {
  const { process } = globalThis;
  const stream2 = descriptor === 1 ? process?.stdout : process?.stderr;
  if (stream2?.write !== void 0) return (text2) => void stream2.write(text2);
  return lines2(descriptor === 1 ? (line) => console.log(line) : (line) => console.error(line));
}
function lines2(write3) {
  let rest2 = "";
  return (text2) => {
    const parts4 = (rest2 + text2).split("\n");
    rest2 = parts4.pop() ?? "";
    for (const part4 of parts4) write3(part4);
  };
}

// src/engine/runtime.ts
var DEFAULT_DEPTH = 32e5;
var TIMER_INTERVAL = 100;
var INTERVAL = 1e5;
function createRuntime(options = {}) {
  return new Engine(options, {});
}
var Engine = class {
  #tier;
  #meter;
  #granted;
  #library;
  #globals;
  #help;
  #codes;
  #modules;
  #context;
  #expander;
  #machine;
  #tasks;
  #loop;
  #clock;
  #limits;
  #heapUsed;
  #depth;
  #jit;
  #walker;
  #applier = null;
  #gensyms = 0;
  /** The change of the stack that the builtin being called has asked for. */
  #request = null;
  /** Evaluations that are running, one inside the other. */
  #nesting = 0;
  constructor(options, experiment) {
    const tier = this.#tier = options.tier ?? "auto";
    this.#clock = options.timing ?? hostTiming;
    this.#limits = options.limits ?? {};
    this.#heapUsed = options.heapUsed;
    this.#depth = this.#limits.depth ?? DEFAULT_DEPTH;
    this.#meter = new Meter(this.#clock, {
      others: () => this.#tasks.busy,
      activated: () => this.#jit.count(),
      depth: (depth) => this.#machine.limitFrames(depth ?? this.#depth)
    });
    this.#tasks = this.#makeScheduler();
    this.#loop = new HostLoop({
      clock: this.#clock,
      scheduler: this.#tasks,
      meter: this.#meter,
      outermost: (run2) => this.#outermost(run2)
    });
    this.#library = libraryGlobals((declaration) => this.#libraryFunction(declaration), (builtin) => this.#callable(builtin), this.#granted = grantedCapabilities(options.host ?? {}, options.deny ?? []));
    this.#globals = new Globals((name) => this.#library.cell(name).value);
    this.#help = new Help(this.#globals, this.#library);
    this.#modules = this.#makeModules(options);
    this.#context = this.#makeContext(options);
    this.#expander = this.#makeExpander(this.#globals);
    this.#codes = new Codes(this.#globals, this.#library, {
      ...experiment,
      heat: (words3) => tier === "jit" ? 0 : this.#meter.active || tier === "baseline" ? PORTION2 : warmth(words3),
      procedure: (builtin) => this.#callable(builtin),
      interpret: (parameters2) => this.#interpretEntry(parameters2)
    });
    this.#machine = new Machine({
      context: this.#context,
      pace: this.#meter,
      depthLimit: Math.min(DEPTH_LIMIT3, LIGHTEST_FRAME * this.#depth),
      stackSlots: STACK_SLOTS,
      raise: thrown,
      unbound: (cell2) => this.#unbound(cell2.name),
      await: (promise2) => this.#tasks.await(promise2),
      caller: (procedure) => this.#caller(procedure),
      callHost: (callee, args) => this.#callHost(callee, args),
      hot: (code) => this.#hot(code),
      hotLoop: (closure, pc, frame) => this.#jit.loop(closure, pc, frame),
      waitingTrace: (trace) => this.#tasks.current.addTrace(trace, null)
    }, new Closure(this.#codes.compile(analyseForms([], this.#expander)), []), this.#depth, experiment.dispatch);
    this.#jit = new Jit(this.#machine, tier === "jit" || tier === "auto", this.#meter, options.onTier ?? null);
    this.#walker = tier === "walker" ? this.#makeWalker() : null;
    this.#codes.watchIntrinsics((codes) => this.#jit.invalidate(codes));
  }
  // --- The embedding interface -----------------------------------------------------------------------------------------
  eval(source, options = {}) {
    return this.#outermost(() => this.#evaluate(analyse(source, options.file ?? null, this.#expander)), options);
  }
  async evalAsync(source, options = {}) {
    if (this.#walker !== null) return this.eval(source, options);
    const unit = () => this.#unit(analyse(source, options.file ?? null, this.#expander), this.#globals);
    return await this.#carryOn(unit, options);
  }
  async callAsync(procedure, args, options = {}) {
    if (this.#walker !== null) return this.call(procedure, ...args);
    return await this.#carryOn(() => this.#application(this.#callee(procedure), args), options);
  }
  /** Runs a main task on the host's event loop. */
  async #carryOn(step2, options) {
    const { signal, polite = signal !== void 0 } = options;
    const account = this.#account(options);
    const evaluation = this.#tasks.open();
    if (polite) this.#meter.activate();
    try {
      await this.#loop.run({
        evaluation,
        account,
        polite,
        signal
      }, () => {
        const payer = this.#meter.account;
        this.#meter.account = account;
        try {
          this.#tasks.start(step2(), evaluation, account);
        } catch (thrown2) {
          evaluation.stop(toCondition(thrown2));
        } finally {
          this.#meter.account = payer;
        }
      });
      return this.#outermost(() => evaluation.result());
    } finally {
      this.#tasks.close(evaluation);
    }
  }
  print(value) {
    return layout(value);
  }
  toJS(value) {
    return this.#outermost(() => toJS(value, this.#bridge));
  }
  fromJS(value) {
    return this.#outermost(() => fromJS(value, this.#bridge));
  }
  define(name, value) {
    this.#assign(intern(name), typeof value === "function" ? hostFunction(value, this.#bridge, name) : this.fromJS(value));
  }
  get(name) {
    return this.#outermost(() => this.#value(intern(name)));
  }
  call(procedure, ...args) {
    return this.#outermost(() => this.#perform(this.#application(this.#callee(procedure), args)));
  }
  doc(name) {
    return this.#help.doc(name);
  }
  complete(prefix) {
    return this.#help.complete(prefix);
  }
  definedNames() {
    const names = [];
    for (const { name, value } of this.#globals.bound()) {
      if (value !== this.#library.cell(name).value) names.push(name.name);
    }
    return names;
  }
  async inspect(source, options = {}) {
    const unit = this.#outermost(() => this.#codes.compile(analyse(source, options.file ?? null, this.#expander)));
    if (options.run === true) {
      await this.#carryOn(() => ({
        kind: "call",
        closure: this.#closure(unit),
        args: []
      }), {});
    } else eachDefinition(unit, (cell2, code) => void cell2.assignWatched(this.#closure(code)));
    const lines3 = source.split("\n");
    const line = (file, number) => file === (options.file ?? null) ? lines3[number - 1] ?? null : null;
    return [
      ...nested(unit)
    ].map((code) => ({
      name: code.name ?? "<lambda>",
      bytecode: () => disassemble(code),
      javascript: ({ annotate: annotate2 = false } = {}) => this.#outermost(() => this.#jit.source(code, annotate2 ? line : null))
    }));
  }
  disassemble(name) {
    return this.#outermost(() => disassemble(this.#code(name)));
  }
  generatedSource(name) {
    return this.#outermost(() => this.#jit.source(this.#code(name)));
  }
  stats() {
    return {
      tier: this.#tier,
      functions: this.#codes.made,
      globalSites: this.#codes.globalSites,
      sharedCells: this.#machine.cellsMade,
      unwinds: {
        ...this.#machine.unwinding.counts
      },
      ...this.#jit.stats()
    };
  }
  #bridge = {
    call: (procedure, args) => this.toJS(this.call(procedure, ...args)),
    adopt: (promise2) => this.#tasks.adopt(promise2.then((value) => this.fromJS(value))),
    suspend: (promise2) => this.#tasks.outside(() => promise2.then((value) => this.fromJS(value))),
    failure: hostFailure
  };
  /** What an evaluation may use: what the runtime allows and, where it is part of another one, what that has left. */
  #account({ limits = {}, signal }) {
    const outer = this.#meter.account;
    const account = new Account(outer === null ? stricter(this.#limits, limits) : limits, signal, {
      now: this.#clock.now(),
      heapUsed: this.#heapUsed,
      depth: this.#depth,
      outer
    });
    if (account.counts) this.#meter.activate();
    return account;
  }
  /** Runs something for the host: conditions become errors of the host. */
  #outermost(run2, options = {}) {
    const meter = this.#meter;
    const payer = meter.account;
    if (payer === null || options.limits !== void 0 || options.signal !== void 0) {
      meter.account = this.#account(options);
    }
    const { deadline } = meter;
    if (this.#nesting > 0) meter.deadline = Infinity;
    this.#nesting++;
    const machine = this.#machine;
    const { level: level2 } = machine;
    machine.level = 0;
    try {
      return run2();
    } catch (error) {
      if (this.#nesting === 1) this.#modules.reset();
      throw error instanceof SemaError ? error : semaError(toCondition(error), this.#help);
    } finally {
      machine.level = level2;
      machine.rest();
      meter.deadline = deadline;
      meter.account = payer;
      if (--this.#nesting === 0) forgetTexts();
    }
  }
  // --- Running ---------------------------------------------------------------------------------------------------------
  /** Runs a unit to its end; as the outermost one also what it started in the background. */
  #evaluate(lambda3, scope = this.#globals) {
    return this.#perform(this.#unit(lambda3, scope));
  }
  /** Runs a step as a task: inside of the one that is running, or as an evaluation of its own. */
  #perform(step2) {
    const tasks = this.#tasks;
    if (!tasks.idle) {
      const promise2 = tasks.startInside(step2);
      this.#drive(() => promise2.settled);
      return this.#result(promise2);
    }
    const evaluation = tasks.open();
    try {
      tasks.start(step2, evaluation, this.#meter.account);
      this.#drive(() => evaluation.finished);
      if (!evaluation.finished && tasks.expecting) throw hostNeeded();
      return evaluation.result();
    } finally {
      tasks.close(evaluation);
    }
  }
  /** Runs tasks until `done` says so or the host would be needed. */
  #drive(done) {
    while (this.#tasks.drive(done, this.#clock.now() + TIMER_INTERVAL) === "slice") ;
  }
  #result(promise2) {
    if (promise2.condition !== null) throw promise2.condition;
    if (promise2.settled) return promise2.value;
    throw hostNeeded();
  }
  #unit(lambda3, scope) {
    const walker = this.#walker;
    if (walker !== null) return {
      kind: "run",
      run: () => walker.call(walker.closure(lambda3, scope), [])
    };
    return {
      kind: "call",
      closure: this.#closure(this.#codes.compile(lambda3, scope)),
      args: []
    };
  }
  /** The call of a function without arguments; raises for a function that takes some. */
  #step(thunk2) {
    if (thunk2 instanceof WalkerClosure && thunk2.lambda.parameters.length > 0) {
      const { name, parameters: parameters2 } = thunk2.lambda;
      throw arityError(name ?? "<lambda>", arityText(parameters2.length, parameters2.length), 0);
    }
    if (!(thunk2 instanceof Closure)) return this.#call(thunk2, []);
    if (thunk2.code.min > 0) throw callArityError(thunk2.code, 0);
    return thunk2.code.exact === 0 ? {
      kind: "call",
      closure: thunk2,
      args: []
    } : this.#call(thunk2, []);
  }
  #call(procedure, args) {
    const walker = this.#walker;
    if (walker !== null) return {
      kind: "run",
      run: () => walker.call(procedure, [
        ...args
      ])
    };
    this.#applier ??= this.#closure(this.#codes.compileLibrary(this.#function("(fn (f args) (__vm-apply f args))"), {
      name: "call",
      min: 2,
      max: 2
    }));
    return {
      kind: "call",
      closure: this.#applier,
      args: [
        procedure,
        listFrom(args)
      ]
    };
  }
  #apply(procedure, args) {
    return this.#perform(this.#call(procedure, args));
  }
  /** A call by the host. */
  #application(procedure, args) {
    return this.#call(procedure, args.map((arg) => this.fromJS(arg)));
  }
  #callee(procedure) {
    return typeof procedure === "string" ? this.#value(intern(procedure)) : procedure;
  }
  #closure(code) {
    return new Closure(this.#machine.link(code), []);
  }
  /** A function of a program that captures nothing. */
  #procedure(lambda3, scope) {
    return this.#walker?.closure(lambda3, scope) ?? this.#closure(this.#codes.compile(lambda3, scope));
  }
  /** The lambda of a text that is one `(fn …)` form. */
  #function(text2) {
    const unit = analyse(text2, null, {
      ...this.#expander,
      keepsCaller: () => false
    }).body;
    const body2 = unit.kind === "seq" && unit.body.length === 1 ? unit.body[0] : unit;
    if (body2.kind !== "lambda") throw new TypeError(`not a function: ${text2}`);
    return body2.lambda;
  }
  #libraryFunction(declaration) {
    const lambda3 = this.#function(declaration.source);
    if (this.#walker !== null) return this.#walker.libraryClosure(lambda3, declaration);
    return this.#closure(this.#codes.compileLibrary(lambda3, declaration));
  }
  /** The closure that calls a procedure which is neither closure nor builtin: with it and a list of arguments. */
  #caller(procedure) {
    if (!(procedure instanceof Multimethod)) return null;
    const value = this.#library.named(MULTIMETHOD_CALL).value;
    return value instanceof Closure ? value : null;
  }
  /**
   * A builtin, as a function of the host when it runs programs: both may redefine what their callers rely on. So may
   * what runs when it changes the stack.
   */
  #callable(builtin) {
    const { runsPrograms, changesStack } = builtin.declaration;
    if (runsPrograms !== true && changesStack !== true) return builtin;
    return new HostFunction(builtin.name, (args) => builtin.apply(args, this.#context));
  }
  #callHost(callee, args) {
    const before3 = this.#jit.invalidations;
    const result2 = callee.run(args);
    const request = this.#request;
    if (request !== null) {
      this.#request = null;
      return this.#machine.unwinding.start({
        kind: "control",
        request
      });
    }
    const value = result2 instanceof Wait ? this.#tasks.await(result2) : result2;
    if (value instanceof Unwind) return value;
    return this.#jit.invalidations === before3 ? value : this.#machine.unwinding.start({
      kind: "resume",
      value
    });
  }
  #interpretEntry(parameters2) {
    switch (parameters2) {
      case 0:
        return (closure, depth) => this.#machine.interpret(closure, depth, []);
      case 1:
        return (closure, depth, a) => this.#machine.interpret(closure, depth, [
          a
        ]);
      case 2:
        return (closure, depth, a, b) => this.#machine.interpret(closure, depth, [
          a,
          b
        ]);
      default:
        return (closure, depth, ...args) => this.#machine.interpret(closure, depth, args);
    }
  }
  #hot(code) {
    if (code.second !== null && code.second.active) {
      this.#meter.step();
      code.heat = 0;
      return;
    }
    if (this.#meter.active) this.#meter.charge();
    this.#machine.clearAbove(this.#machine.sp);
    this.#jit.consider(code);
    code.heat = code.second !== null && code.second.active ? 0 : this.#meter.active ? PORTION2 : INTERVAL;
  }
  // --- Globals ---------------------------------------------------------------------------------------------------------
  #value(name) {
    const { value } = this.#globals.cell(name);
    if (value === UNBOUND) throw this.#unbound(name);
    return value;
  }
  #assign(name, value) {
    this.#globals.cell(name).assignWatched(value);
  }
  #unbound(name) {
    return unboundError(name.name);
  }
  /** The code of the function that a global holds. */
  #code(name) {
    const value = this.#value(intern(name));
    if (value instanceof Closure) return value.code;
    throw evalError(`${name} is not a function of a program but ${repr(value)}`);
  }
  #gensym(prefix) {
    return intern(`${prefix}__${++this.#gensyms}`);
  }
  // --- What the stages and the library ask for -------------------------------------------------------------------------
  #makeContext(options) {
    const tasks = this.#tasks;
    const { host = {}, allowedPaths = null } = options;
    const stdout = options.stdout ?? standardStream(1);
    const stderr = options.stderr ?? standardStream(2);
    return {
      write: (text2) => {
        this.#meter.print(text2);
        stdout(text2);
      },
      writeError: (text2) => {
        this.#meter.print(text2);
        stderr(text2);
      },
      gensym: (prefix) => this.#gensym(prefix),
      patterns: new RegexCache(),
      spend: (units) => this.#meter.spend(units),
      documentation: (subject) => this.#help.text(subject),
      namesWith: (part4) => this.#help.containing(part4),
      unit: (form) => this.#procedure(analyseForms([
        form
      ], this.#expander), this.#globals),
      check: (source) => conditionOf(() => check(source)),
      macroexpand: (form) => macroexpand(form, this.#expander),
      defineMacro: (form) => void analyseForms([
        form
      ], this.#expander),
      moduleExports: (names) => this.#modules.list(names),
      modules: this.#modules,
      control: (request) => {
        if (this.#walker !== null) {
          throw evalError("the walker has no continuations", "every other tier does: auto, baseline, jit");
        }
        this.#request = request;
        return null;
      },
      get winders() {
        return tasks.current.winders;
      },
      set winders(winders) {
        tasks.current.winders = winders;
      },
      files: new FileAccess(host.files, () => host.environment?.directory() ?? "/", allowedPaths),
      input: new ByteLines(host.input ?? (() => 0)),
      host,
      tasks,
      awaitHere: (value) => tasks.awaitHere(value)
    };
  }
  #makeExpander(scope) {
    const host = {
      macro: (name) => {
        const { value } = scope.cell(name);
        return value instanceof Macro ? value : null;
      },
      // A macro of a module runs in the scope of the module, wherever it is used.
      defineMacro: (name, macro) => void scope.definition(name).assignWatched(scope === this.#globals ? macro : new Macro(macro.name, (form) => macro.transform(form, host))),
      evaluate: (form, positions) => this.#evaluate(analyseForms([
        form
      ], host, positions), scope),
      apply: (procedure, args) => this.#apply(procedure, args),
      gensym: (prefix) => this.#gensym(prefix),
      keepsCaller: (name) => keepsCaller(name.name) && scope.cell(name).value === this.#library.cell(name).value
    };
    return host;
  }
  #makeModules({ files: files2, host = {}, deny = [], allowedPaths }) {
    const expanders = /* @__PURE__ */ new WeakMap();
    const expander = (scope) => {
      if (scope === this.#globals) return this.#expander;
      let made = expanders.get(scope);
      if (made === void 0) expanders.set(scope, made = this.#makeExpander(scope));
      return made;
    };
    return new Modules({
      globals: this.#globals,
      files: files2 ?? null,
      permit: (path) => {
        if (deny.includes("fs-read")) throw permissionDenied("load", "fs-read");
        if (allowedPaths !== void 0 && host.files !== void 0) this.#context.files.check("load", path);
      },
      makeScope: () => new ModuleScope(this.#globals, (codes) => this.#jit.invalidate(codes)),
      unit: (form, { positions }, scope) => this.#procedure(analyseForms([
        form
      ], expander(scope), positions), scope),
      procedure: (lambda3, scope) => this.#procedure(lambda3, scope)
    });
  }
  #makeScheduler() {
    return new Scheduler({
      clock: this.#clock,
      stepper: () => this.#machine,
      pace: this.#meter,
      maxFrames: () => this.#machine.maxFrames,
      call: (thunk2) => this.#step(thunk2),
      failure: hostFailure,
      // Several tasks have to share the time.
      spawned: () => this.#meter.activate(),
      wake: () => this.#loop.wake()
    });
  }
  #makeWalker() {
    return new Walker({
      context: this.#context,
      library: this.#library,
      unbound: (name) => this.#unbound(name),
      tick: () => this.#meter.step()
    });
  }
};
function warmth(words3) {
  return Math.min(2e3, Math.max(50, Math.floor(3e4 / words3)));
}
function stricter(a, b) {
  const result2 = {
    ...a
  };
  for (const key of Object.keys(b)) {
    const limit2 = b[key];
    if (limit2 !== void 0) result2[key] = Math.min(limit2, a[key] ?? Infinity);
  }
  return result2;
}
function conditionOf(run2) {
  try {
    run2();
    return null;
  } catch (error) {
    return toCondition(error);
  }
}
var conditions = /* @__PURE__ */ new WeakMap();
function hostFailure(reason) {
  if (reason instanceof Condition) return reason;
  const condition = reason instanceof SemaError ? conditions.get(reason) : void 0;
  if (condition !== void 0) return condition;
  if (reason instanceof RangeError) return toCondition(reason);
  return evalError(reason instanceof Error ? reason.message : String(reason));
}
function semaError(condition, help2) {
  const { type, message, value, trace, reraised } = condition;
  const prefix = reraised ? "" : type === "user" ? "User exception: " : type === "io" ? "I/O error: " : "";
  const error = new SemaError(type, prefix + message, help2.hint(condition), reportedTrace(trace), value);
  conditions.set(error, condition);
  return error;
}
export {
  CAPABILITIES,
  SemaError,
  createRuntime,
  memoryFiles
};
