/** The verifier refuses whatever a tier could not run, says where and why, and passes what the compiler writes. */
import { describe, it } from "node:test";
import { definitions, PROGRAMS } from "../../bench/programs.ts";
import { Builtin, one } from "../../src/builtins/declare.ts";
import { Closure, Code, INSTRUCTIONS, OP } from "../../src/bytecode/mod.ts";
import { assert, assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { intern } from "../../src/data/mod.ts";
import { GlobalCell, UNBOUND } from "../../src/globals/mod.ts";
import { verify } from "../../src/verify/mod.ts";
import { assemble, codeOf, type Frame, type Line } from "../assembler.ts";
import { Random } from "../data/random.ts";

const CELL = new GlobalCell(intern("cell"), UNBOUND);
const BUILTIN = new Builtin(one("builtin", "Its argument.", (a) => a));
const INNER = assemble([["NIL"], ["RETURN"]]);

/** Name, what the message must say, the code, and what its frame has. */
type Case = readonly [name: string, message: RegExp, lines: readonly Line[], frame?: Frame];

const MALFORMED: readonly Case[] = [
  ["no instructions", /made at 0: no instructions/, []],
  ["a stack that underflows", /at 0: POP takes more than there is/, [["POP"], ["NIL"], ["RETURN"]]],
  ["a return of nothing", /at 0: RETURN takes more than there is/, [["RETURN"]]],
  ["a call of too few values", /at 1: CALL takes more/, [["NIL"], ["CALL", 1], ["RETURN"]]],
  [
    "a count that takes too much",
    /at 1: CALL_GLOBAL takes more/,
    [["NIL"], ["CALL_GLOBAL", 0, 2], ["RETURN"]],
    { constants: [CELL] },
  ],
  [
    "two heights at one place",
    /the stack is 0 high going to 4, elsewhere 1|the stack is 1 high going to 4, elsewhere 0/,
    [["TRUE"], ["JUMP_IF_FALSE", "end"], ["NIL"], "end", ["NIL"], ["RETURN"]],
  ],
  [
    "a loop that grows the stack",
    /the stack is 1 high going to 0, elsewhere 0/,
    ["top", ["NIL"], ["LOOP", "top"]],
  ],
  ["a jump into an instruction", /at 0: control goes into the middle of an instruction \(1\)/, [["JUMP", 1]]],
  ["a jump before the code", /at 0: JUMP: operand 0 is -1/, [["JUMP", -1]]],
  ["a jump behind the code", /at 0: JUMP: operand 0 is 2/, [["JUMP", 2]]],
  ["code that falls off its end", /at 0: control leaves the code \(to 1\)/, [["NIL"]]],
  ["a branch that falls off its end", /control leaves the code/, ["top", ["TRUE"], ["JUMP_IF_TRUE", "top"]]],
  ["a LOOP that goes forward", /at 0: LOOP goes forward/, [["LOOP", "end"], "end", ["NIL"], ["RETURN"]]],
  ["a slot that is not there", /GET_LOCAL: operand 0 is 4/, [["GET_LOCAL", 4], ["RETURN"]], { slots: 4 }],
  ["a negative slot", /SET_LOCAL: operand 0 is -1/, [["NIL"], ["SET_LOCAL", -1], ["NIL"], ["RETURN"]]],
  ["a capture that is not there", /GET_CAPTURE: operand 0 is 0/, [["GET_CAPTURE", 0], ["RETURN"]]],
  ["a constant that is not there", /CONSTANT: operand 0 is 0/, [["CONSTANT", 0], ["RETURN"]]],
  ["a cell taken for a value", /CONSTANT: operand 0 is 0/, [["CONSTANT", 0], ["RETURN"]], { constants: [CELL] }],
  ["code taken for a value", /CONSTANT: operand 0 is 0/, [["CONSTANT", 0], ["RETURN"]], { constants: [INNER] }],
  ["a value taken for a cell", /GET_GLOBAL: operand 0 is 0/, [["GET_GLOBAL", 0], ["RETURN"]], { constants: [1] }],
  ["a value taken for code", /CLOSURE: operand 0 is 0/, [["CLOSURE", 0], ["RETURN"]], { constants: [1] }],
  ["a value taken for a builtin", /BUILTIN: operand 0 is 0/, [["BUILTIN", 0, 0], ["RETURN"]], { constants: [1] }],
  ["a negative count", /CALL: operand 0 is -1/, [["NIL"], ["CALL", -1], ["RETURN"]]],
  ["a huge count", /CALL: operand 0 is 16777216/, [["NIL"], ["CALL", 0x1000000], ["RETURN"]]],
  ["a feedback site that is not there", /NOT: operand 0 is 8/, [["NIL"], ["NOT", 8], ["RETURN"]], { feedback: 8 }],
  ["a stack higher than it says", /at 1: the stack grows above 1/, [["NIL"], ["NIL"], ["RETURN"]], { maxStack: 1 }],
  [
    "a TRY that is not in the table of handlers",
    /at 0: TRY and the table of handlers disagree/,
    [["TRY", "handler", "after"], ["NIL"], ["END_TRY", "after"], "handler", "after", ["RETURN"]],
  ],
  [
    "a handler that expects another height",
    /TRY and the table of handlers disagree/,
    [["TRY", "handler", "after"], ["NIL"], ["END_TRY", "after"], "handler", "after", ["RETURN"]],
    { handlers: [{ start: 0, end: 6, target: 6, height: 1, trace: false }] },
  ],
  [
    "a handler somewhere else",
    /TRY and the table of handlers disagree/,
    [["TRY", "handler", "after"], ["NIL"], ["END_TRY", "after"], "handler", "after", ["RETURN"]],
    { handlers: [{ start: 0, end: 6, target: 3, height: 0, trace: false }] },
  ],
  [
    "no room for the error map",
    /no room for the error map/,
    [["TRY", "handler", "after"], ["JUMP", "after"], "handler", ["POP"], "after", ["NIL"], ["RETURN"]],
    { handlers: [{ start: 0, end: 5, target: 5, height: 0, trace: false }], maxStack: 0 },
  ],
  [
    "a handler without a TRY",
    /at 0: a handler without its TRY/,
    [["NIL"], ["RETURN"]],
    { handlers: [{ start: 0, end: 2, target: 0, height: 0, trace: false }] },
  ],
  [
    "a handler that covers what is not there",
    /at 0: a handler without its TRY/,
    [["TRY", "handler", "after"], ["NIL"], ["END_TRY", "after"], "handler", "after", ["RETURN"]],
    { handlers: [{ start: 0, end: 9, target: 6, height: 0, trace: false }] },
  ],
  [
    "a body that eats what its handler needs",
    /at 5: the stack is lower than the 1 of its handler/,
    [["NIL"], ["TRY", "handler", "after"], ["POP"], ["NIL"], ["RETURN"], "handler", ["POP"], "after", ["RETURN"]],
    { handlers: [{ start: 1, end: 7, target: 7, height: 1, trace: false }] },
  ],
  [
    "an inner function that captures a slot that is not there",
    /CLOSURE: operand 0 is 0/,
    [["CLOSURE", 0], ["RETURN"]],
    { slots: 1, constants: [capturing("slot", 1)] },
  ],
  [
    "an inner function that captures a capture that is not there",
    /CLOSURE: operand 0 is 0/,
    [["CLOSURE", 0], ["RETURN"]],
    { constants: [capturing("capture", 0)] },
  ],
  ["parameters without a slot", /parameters without a slot/, [["NIL"], ["RETURN"]], { parameters: 2, slots: 1 }],
];

function capturing(from: "slot" | "capture", index: number): Code {
  return assemble([["NIL"], ["RETURN"]], { captures: [{ from, index, shared: false }] });
}

describe("the verifier refuses", () => {
  for (const [name, message, lines, frame] of MALFORMED) {
    it(name, () => {
      const error = assertThrows(() => verify(assemble(lines, frame)), Error);
      assert(message.test(error.message), error.message);
    });
  }

  it("what is no instruction", () => {
    for (const word of [-1, INSTRUCTIONS.length, 0x7fffffff]) {
      const error = assertThrows(() => verify(codeOf(Int32Array.of(word, OP.RETURN))), Error);
      assert(error.message.endsWith(`made at 0: no instruction ${word}`), error.message);
    }
  });

  it("an instruction that is cut off", () => {
    const error = assertThrows(() => verify(codeOf(Int32Array.of(OP.NIL, OP.CALL))), Error);
    assert(error.message.endsWith("at 1: CALL is cut off"), error.message);
  });

  it("malformed code inside well-formed code", () => {
    const bad = assemble([["POP"]]);
    assertThrows(() => verify(assemble([["CLOSURE", 0], ["RETURN"]], { constants: [bad] })), Error, "POP takes more");
  });
});

/** The code of everything that a program defines, inner functions included. */
function codesOf(name: string): Code[] {
  const runtime = createRuntime({ tier: "baseline" });
  runtime.eval(definitions(name));
  const found: Code[] = [];
  const add = (code: unknown): void => {
    if (!(code instanceof Code)) return;
    found.push(code);
    code.constants.forEach(add);
  };
  for (const defined of runtime.definedNames()) {
    const value = runtime.get(defined);
    if (value instanceof Closure) add(value.code);
  }
  return found;
}

describe("the verifier passes", () => {
  for (const name of Object.keys(PROGRAMS)) {
    it(`all code of ${name}`, () => {
      const codes = codesOf(name);
      assert(codes.length > 0);
      for (const code of codes) verify(code);
    });
  }

  it("what no path reaches, as long as it can be read", () => {
    verify(assemble([["NIL"], ["RETURN"], ["POP"], ["POP"]]));
  });

  it("constants of every kind where they belong", () => {
    verify(assemble(
      [["GET_GLOBAL", 0], ["BUILTIN", 1, 1], ["POP"], ["CLOSURE", 2], ["CONSTANT", 1], ["CALL", 1], ["RETURN"]],
      { constants: [CELL, BUILTIN, INNER] },
    ));
  });
});

/** A copy of the code with other words. */
function withWords(code: Code, words: Int32Array): Code {
  return codeOf(words, {
    parameters: code.parameters,
    slots: code.slots,
    maxStack: code.maxStack,
    constants: code.constants,
    captures: code.captures,
    handlers: code.handlers,
    feedback: code.feedback.length,
  });
}

describe("any change of a word", () => {
  const next = new Random(20261122);
  const replacements = [
    () => next.below(INSTRUCTIONS.length),
    () => next.below(64) - 8,
    () => next.below(2 ** 32) | 0,
  ] as const;

  for (const name of ["tak", "nqueens", "throw-catch", "upvalue-counter", "quicksort"]) {
    it(`in the code of ${name} is passed or refused in words`, () => {
      let refused = 0;
      for (const code of codesOf(name)) {
        for (let round = 0; round < 60; round++) {
          const words = code.words.slice();
          for (let flips = 1 + next.below(3); flips > 0; flips--) {
            words[next.below(words.length)] = next.pick(replacements)();
          }
          try {
            verify(withWords(code, words));
          } catch (error) {
            refused++;
            assert(error instanceof Error && error.message.startsWith("malformed code of "), String(error));
          }
        }
      }
      assertEquals(refused > 0, true);
    });
  }
});
