/** The instruction table against everything that is driven by it: emitter, variants, dispatch loop. */
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { ALL_ON, generate } from "../../scripts/dispatch/generate.ts";
import {
  BASE_OPCODE,
  type Instruction,
  instruction,
  INSTRUCTIONS,
  intrinsicOpcode,
  OP,
  VARIANTS,
} from "../../src/bytecode/mod.ts";
import { assert, assertEquals, assertThrows } from "../../src/compat/assert.ts";
import { Emitter } from "../../src/compile/emitter.ts";
import { type Intrinsic, INTRINSICS } from "../../src/core/mod.ts";
import { LEFT_OVER } from "../../src/vm/general.ts";

const intrinsicKeys = Object.keys(INTRINSICS) as Intrinsic[];

/** A stack that any instruction is content with, whatever its count. */
const HEIGHT = 10;
const COUNT = 3;

function operandsFor(row: Instruction): number[] {
  return row.operands.map((kind) => kind === "count" ? COUNT : 0);
}

describe("the instruction table", () => {
  it("numbers its rows from 0", () => {
    INSTRUCTIONS.forEach((row, index) => assertEquals(row.opcode, index));
  });

  it("names every row once, variants included", () => {
    const names = [...INSTRUCTIONS, ...VARIANTS].map((row) => row.name);
    assertEquals(names.length, new Set(names).size);
  });

  it("finds every row by its name", () => {
    for (const row of INSTRUCTIONS) assertEquals(instruction(row.name), row);
    assertThrows(() => instruction("NO_SUCH"), RangeError);
  });

  it("has an opcode constant for exactly the rows that are no intrinsics", () => {
    for (const row of INSTRUCTIONS) {
      if (row.intrinsic === null) assertEquals(Object.entries(OP).find(([name]) => name === row.name)?.[1], row.opcode);
    }
  });

  it("has one row per intrinsic, taking its arguments", () => {
    assertEquals(INSTRUCTIONS.flatMap((row) => row.intrinsic ?? []), intrinsicKeys);
    for (const key of intrinsicKeys) {
      const row = INSTRUCTIONS[intrinsicOpcode(key)];
      assertEquals([row?.intrinsic, row?.pops, row?.pushes], [key, INTRINSICS[key][1], 1]);
      assertEquals(row?.operands, ["feedback"]);
    }
  });

  it("gives every row a width of opcode and operands", () => {
    for (const row of INSTRUCTIONS) assertEquals(row.width, 1 + row.operands.length, row.name);
  });

  it("lets whatever calls also throw", () => {
    for (const row of INSTRUCTIONS) assert(!row.calls || row.throws, row.name);
  });

  it("has targets exactly where control may go elsewhere", () => {
    const targets: Readonly<Record<Instruction["flow"], number>> = {
      next: 0,
      jump: 1,
      branch: 1,
      loop: 1,
      return: 0,
      throw: 0,
      try: 2,
    };
    for (const row of INSTRUCTIONS) {
      assertEquals(row.operands.filter((kind) => kind === "target").length, targets[row.flow], row.name);
    }
  });

  it("has at most one count and one feedback operand", () => {
    for (const row of INSTRUCTIONS) {
      assert(row.operands.filter((kind) => kind === "count").length <= 1, row.name);
      assert(row.operands.filter((kind) => kind === "feedback").length <= 1, row.name);
    }
  });

  it("says what each row does", () => {
    for (const row of INSTRUCTIONS) assert(row.doc.length > 0, row.name);
  });
});

describe("the emitter", () => {
  for (const row of INSTRUCTIONS) {
    it(`counts the stack of ${row.name} as the table does`, () => {
      const out = new Emitter();
      out.height = HEIGHT;
      out.emit(row.opcode, operandsFor(row), null);
      const counted = row.operands.includes("count") ? COUNT : 0;
      const goesOn = row.flow === "next" || row.flow === "branch" || row.flow === "try";
      assertEquals(out.height, goesOn ? HEIGHT - row.pops - counted + row.pushes : -1);
      assertEquals(out.words.length, row.width);
      assertEquals(out.positionPcs.length, row.throws ? 1 : 0);
      assert(out.maxStack >= HEIGHT);
    });
  }

  it("refuses an instruction with the wrong number of operands", () => {
    assertThrows(() => new Emitter().emit(OP.NIL, [1], null), RangeError);
    assertThrows(() => new Emitter().emit(INSTRUCTIONS.length, [], null), RangeError);
  });
});

describe("variants", () => {
  it("follow the base instructions, longest sequence first", () => {
    VARIANTS.forEach((variant, index) => {
      assertEquals(variant.opcode, INSTRUCTIONS.length + index);
      const before = VARIANTS[index - 1];
      assert(before === undefined || before.sequence.length >= variant.sequence.length, variant.name);
    });
  });

  it("are as wide as what they stand for", () => {
    for (const variant of VARIANTS) {
      assertEquals(variant.width, variant.sequence.reduce((sum, name) => sum + instruction(name).width, 0));
    }
  });

  it("leave only at their end", () => {
    for (const variant of VARIANTS) {
      for (const name of variant.sequence.slice(0, -1)) assertEquals(instruction(name).flow, "next", variant.name);
    }
  });

  it("ask for values of operand words only", () => {
    for (const variant of VARIANTS) {
      const opcodes = new Set<number>();
      let offset = 0;
      for (const name of variant.sequence) {
        opcodes.add(offset);
        offset += instruction(name).width;
      }
      for (const required of Object.keys(variant.requires).map(Number)) {
        assert(required < variant.width && !opcodes.has(required), variant.name);
      }
    }
  });

  it("lead back to the instruction they lie on", () => {
    assertEquals(BASE_OPCODE.length, INSTRUCTIONS.length + VARIANTS.length);
    for (const row of INSTRUCTIONS) assertEquals(BASE_OPCODE[row.opcode], row.opcode);
    for (const variant of VARIANTS) {
      assertEquals(BASE_OPCODE[variant.opcode], instruction(variant.sequence[0] ?? "").opcode, variant.name);
    }
  });
});

describe("the dispatch loop", () => {
  const text = readFileSync(new URL("../../src/vm/dispatch.generated.ts", import.meta.url), "utf8");

  it("is what the generator makes of the table now", () => {
    assertEquals(text === generate(ALL_ON), true, "deno run -RW scripts/dispatch/generate.ts writes it anew");
  });

  it("has one case per instruction and variant, labelled with literal integers in order", () => {
    const labels = [...text.matchAll(/^ +case (\d+): \/\/ (\w+)$/gm)].map(([, opcode, name]) => [Number(opcode), name]);
    assertEquals(labels, [...INSTRUCTIONS, ...VARIANTS].map((row) => [row.opcode, row.name]));
  });

  it("leaves to the machine what that can do, and all of it", () => {
    const bodies = text.split(/^ +case (?=\d+: )/m).slice(1, -1);
    const left = bodies.flatMap((body) => {
      const opcode = BASE_OPCODE[parseInt(body)];
      return /\bbreak;/.test(body) ? INSTRUCTIONS[opcode ?? -1]?.name ?? body : [];
    });
    assertEquals([...new Set(left)].sort(), [...LEFT_OVER].sort());
  });

  it("can be generated with each mechanism off", () => {
    for (const key of Object.keys(ALL_ON)) {
      assert(generate({ ...ALL_ON, [key]: false }) !== text, key);
    }
  });
});
