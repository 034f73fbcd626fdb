/** Buffered output: nothing lost, nothing reordered, nothing written after a failure. */
import { describe, it } from "node:test";
import { assert, assertEquals, assertLess } from "../../src/compat/assert.ts";
import { Output } from "../../src/host/output.ts";

function collecting(watched: boolean): { output: Output; writes: string[]; failures: unknown[] } {
  const writes: string[] = [];
  const failures: unknown[] = [];
  const write = (bytes: Uint8Array) => void writes.push(new TextDecoder().decode(bytes));
  const output = new Output({ write, failed: (error) => failures.push(error), watched });
  return { output, writes, failures };
}

describe("output", () => {
  it("keeps everything in order in few writes", () => {
    const { output, writes } = collecting(false);
    let expected = "";
    for (let i = 0; i < 20_000; i++) {
      output.write(`line ${i} é\n`);
      expected += `line ${i} é\n`;
    }
    output.flush();
    assert(writes.join("") === expected, "the text was changed");
    assertLess(writes.length, 100);
  });

  it("writes every line at once to a terminal, and no part of one", () => {
    const { output, writes } = collecting(true);
    output.write("a");
    assertEquals(writes, []);
    output.write("b\n");
    output.write("c\n");
    assertEquals(writes, ["ab\n", "c\n"]);
  });

  it("writes nothing when there is nothing", () => {
    const { output, writes } = collecting(false);
    output.flush();
    assertEquals(writes, []);
  });

  it("reports a failure once and discards the rest", () => {
    const failures: unknown[] = [];
    let writes = 0;
    const write = () => {
      writes++;
      throw new Error("closed");
    };
    const output = new Output({ write, failed: (error) => failures.push(error), watched: true });
    output.write("a\n");
    output.write("b\n");
    assertEquals([writes, failures.length], [1, 1]);
  });
});
