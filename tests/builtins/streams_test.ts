/** Byte streams: any sequence of operations does what it does to an array of bytes and a position. */
import { describe, it } from "node:test";
import { assertEquals } from "../../src/compat/assert.ts";
import { Bytevector, repr, type Value } from "../../src/data/mod.ts";
import { Random } from "../data/random.ts";
import { callWith } from "./call.ts";

function call(name: string, ...args: Value[]): Value {
  return callWith(name, args).value;
}

describe("a byte buffer", () => {
  it("keeps what is written and hands it out once", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = new Random(seed);
      const stream = call("stream/byte-buffer");
      const model: number[] = [];
      let position = 0;
      const read = (count: number) => model.slice(position, position += Math.min(count, model.length - position));
      for (let step = 0; step < 60; step++) {
        const bytes = Array.from({ length: random.below(9) }, () => random.below(256));
        const count = random.below(12);
        switch (random.below(5)) {
          case 0:
          case 1:
            model.push(...bytes);
            assertEquals(call("stream/write", stream, new Bytevector(Uint8Array.from(bytes))), bytes.length);
            break;
          case 2:
            assertEquals(repr(call("stream/read", stream, count)), `#u8(${read(count).join(" ")})`);
            break;
          case 3:
            assertEquals(call("stream/read-byte", stream), read(1)[0] ?? null);
            break;
          default:
            assertEquals(call("stream/available?", stream), position < model.length);
            assertEquals(repr(call("stream/to-bytes", stream)), `#u8(${model.join(" ")})`);
        }
      }
    }
  });

  it("hands out lines without their ends", () => {
    const random = new Random(7);
    for (let round = 0; round < 50; round++) {
      const text = Array.from({ length: random.below(20) }, () => "ab\r\n"[random.below(4)]).join("");
      const stream = call("stream/from-string", text);
      const lines: Value[] = [];
      for (let line = call("stream/read-line", stream); line !== null; line = call("stream/read-line", stream)) {
        lines.push(line);
      }
      const expected = text.split("\n").map((line) => line.replace(/\r$/, ""));
      if (text.endsWith("\n") || text === "") expected.pop();
      assertEquals(lines, expected, JSON.stringify(text));
    }
  });

  it("is copied in pieces: what lies beyond the limit does not arrive, but was read", () => {
    const source = call("stream/from-bytes", new Bytevector(new Uint8Array(40_000).fill(7)));
    const target = call("stream/byte-buffer");
    let message = "";
    try {
      call("stream/copy", source, target, 30_000);
    } catch (error) {
      message = (error as { message: string }).message;
    }
    assertEquals(message, "stream/copy: input exceeds the configured 30000-byte cap");
    assertEquals(call("length", call("stream/to-bytes", target)), 24_576);
    assertEquals(call("length", call("stream/read-all", source)), 9999);
  });

  it("does not share its bytes with the bytevector it was made of, nor with those it hands out", () => {
    const given = new Bytevector(Uint8Array.of(1, 2));
    const stream = call("stream/from-bytes", given);
    const all = call("stream/to-bytes", stream);
    call("stream/write-byte", stream, 3);
    assertEquals([repr(given), repr(all), repr(call("stream/to-bytes", stream))], [
      "#u8(1 2)",
      "#u8(1 2)",
      "#u8(1 2 3)",
    ]);
  });
});
