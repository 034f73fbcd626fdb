/**
 * The two closed lists of operations that core forms name. An intrinsic is a builtin that a direct call with exactly
 * this many arguments reaches without looking at the global (language reference §16); each adds a trace frame of its
 * own name when it fails. A primitive is what special forms lower to; programs cannot name it.
 */

/** Name of the global → argument count, per intrinsic. `negate` is `-` with one argument. */
export const INTRINSICS = {
  add: ["+", 2],
  subtract: ["-", 2],
  multiply: ["*", 2],
  divide: ["/", 2],
  equal: ["=", 2],
  less: ["<", 2],
  greater: [">", 2],
  lessOrEqual: ["<=", 2],
  greaterOrEqual: [">=", 2],
  negate: ["-", 1],
  not: ["not", 1],
  cons: ["cons", 2],
  car: ["car", 1],
  cdr: ["cdr", 1],
  first: ["first", 1],
  rest: ["rest", 1],
  isNull: ["null?", 1],
  isPair: ["pair?", 1],
  isList: ["list?", 1],
  isNumber: ["number?", 1],
  isString: ["string?", 1],
  isSymbol: ["symbol?", 1],
  length: ["length", 1],
  stringLength: ["string-length", 1],
  append: ["append", 2],
  get: ["get", 2],
  contains: ["contains?", 2],
  mod: ["mod", 2],
  modulo: ["modulo", 2],
  nth: ["nth", 2],
  stringRef: ["string-ref", 2],
  stringAppend: ["string-append", 2],
  arrayGet: ["mutable-array/get", 2],
} as const;

/** The key of an intrinsic in {@link INTRINSICS}. */
export type Intrinsic = keyof typeof INTRINSICS;

/**
 * What forms lower to besides calls: name → argument count (-1: any). Implemented in `builtins/primitives.ts`, which
 * must cover exactly this list. None of them calls back into the program.
 */
export const PRIMITIVES = {
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
  await: 1,
} as const;

/** The name of a primitive. */
export type Primitive = keyof typeof PRIMITIVES;

/** Who may speak in a message; in a prompt such a name in front of a list stands for a message of that role. */
export const MESSAGE_ROLES: ReadonlySet<string> = new Set(["system", "user", "assistant", "tool"]);
