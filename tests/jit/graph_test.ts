/**
 * The control-flow graph of random structured programs: order, dominators, loops and merges against what their
 * definitions say, worked out in the simplest way.
 */
import { describe, it } from "node:test";
import { assert, assertEquals, assertInstanceOf } from "../../src/compat/assert.ts";
import { Closure, type Code } from "../../src/bytecode/mod.ts";
import { createRuntime } from "../../src/engine/mod.ts";
import { type Block, buildGraph, type IsSelfCall } from "../../src/jit/graph.ts";
import { Random } from "../data/random.ts";

const NO_SELF_CALLS: IsSelfCall = () => false;

function codeOf(definition: string): Code {
  const runtime = createRuntime({ tier: "baseline" });
  runtime.eval(definition);
  const value = runtime.get("f");
  assertInstanceOf(value, Closure);
  return value.code;
}

/** A random expression over the variables x, y and z, `size` forms large. */
function expression(random: Random, size: number): string {
  if (size <= 1) return random.pick(["x", "y", "z", "1", "(g x)", "(set! x (+ y 1))"]);
  const part = (): string => expression(random, Math.floor(size / 3));
  const forms: readonly (() => string)[] = [
    () => `(if ${part()} ${part()} ${part()})`,
    () => `(begin ${part()} ${part()})`,
    () => `(+ ${part()} (if ${part()} 1 2))`,
    () => `(cond (${part()} ${part()}) (${part()} ${part()}) (else ${part()}))`,
    () => `(and ${part()} ${part()} (or ${part()} y))`,
    () => `(while ${part()} ${part()})`,
    () => `(do ((y 0 (+ y 1))) ((= y z) ${part()}) ${part()})`,
    () => `(let loop ((z x)) (if ${part()} (begin ${part()} (loop (+ z 1))) ${part()}))`,
    () => `(try ${part()} (catch e ${part()}))`,
    () => `(+ 1 (let ((y ${part()})) (case y ((1 2) ${part()}) ((3) x) (else ${part()}))))`,
  ];
  return random.pick(forms)();
}

/** Every edge that dominance sees: where control goes and, for a TRY, its handler and continuation. */
function edges(block: Block): number[] {
  return [...block.successors, block.handler, block.after].filter((to) => to >= 0);
}

/** The blocks that can be reached from the entry without `without`. */
function reachable(blocks: readonly Block[], without: number): Set<number> {
  const seen = new Set<number>();
  const work = without === 0 ? [] : [0];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (seen.has(at) || at === without) continue;
    seen.add(at);
    work.push(...edges(blocks[at] as Block));
  }
  return seen;
}

/** For each block, those that every path from the entry to it passes, itself included. */
function dominatorsOf(blocks: readonly Block[]): Set<number>[] {
  const without = blocks.map((block) => reachable(blocks, block.index));
  return blocks.map(({ index }) => new Set(blocks.map((block) => block.index).filter((d) => !without[d]?.has(index))));
}

function check(blocks: readonly Block[], text: string): void {
  assertEquals(blocks.map((block) => block.index), blocks.map((_, i) => i), text);
  assertEquals(blocks[0]?.start, 0, text);
  assertEquals(reachable(blocks, -1).size, blocks.length, `unreachable blocks: ${text}`);
  const dominators = dominatorsOf(blocks);
  for (const block of blocks) {
    const { index, predecessors, dominator } = block;
    const from = blocks.filter((other) => edges(other).includes(index)).map((other) => other.index);
    assertEquals([...new Set(predecessors)].sort((a, b) => a - b), from, `predecessors of ${index}: ${text}`);
    const dominates = (other: number): boolean => (dominators[other] as Set<number>).has(index);
    // Reverse postorder of a reducible graph: an edge goes back only to a block that dominates its source.
    for (const source of from) assertEquals(source >= index, dominates(source), `edge ${source} → ${index}: ${text}`);
    assertEquals(block.isLoop, from.some(dominates), `loop at ${index}: ${text}`);
    const forward = predecessors.filter((source) => !dominates(source)).length;
    assertEquals(block.isMerge, forward > 1, `merge at ${index}: ${text}`);
    // The immediate dominator is the one of the strict dominators that all others dominate.
    const strict = [...dominators[index] as Set<number>].filter((d) => d !== index);
    const immediate = strict.find((d) => strict.every((other) => (dominators[d] as Set<number>).has(other)));
    assertEquals(dominator, immediate ?? 0, `dominator of ${index}: ${text}`);
  }
}

describe("the graph", () => {
  it("of random structured programs is what the definitions say", () => {
    const random = new Random(20261122);
    let largest = 0;
    let rotated = 0;
    for (let i = 0; i < 150; i++) {
      const text = `(define (f x y z) ${expression(random, 3 + (i % 40))})`;
      const code = codeOf(text);
      const blocks = buildGraph(code, 0, NO_SELF_CALLS);
      largest = Math.max(largest, blocks.length);
      check(blocks, text);
      const headers = blocks.filter((block) => block.isLoop).map((block) => block.start);
      const others = buildGraph(code, 0, NO_SELF_CALLS, new Set(headers));
      if (others.length > blocks.length) rotated++;
      check(others, `rotated: ${text}`);
    }
    assert(largest > 40, `the largest has only ${largest} blocks`);
    assert(rotated > 10, `only ${rotated} programs have loops that can be rotated`);
  });

  it("of a straight line is one block", () => {
    const blocks = buildGraph(codeOf("(define (f x) (g (+ x 1) (h x)))"), 0, NO_SELF_CALLS);
    assertEquals(blocks.length, 1);
    assertEquals([blocks[0]?.isLoop, blocks[0]?.isMerge], [false, false]);
  });

  it("of a loop has one header and no merges", () => {
    const blocks = buildGraph(codeOf("(define (f n) (while (> n 0) (set! n (- n 1))))"), 0, NO_SELF_CALLS);
    assertEquals(blocks.filter((block) => block.isLoop).length, 1);
    assertEquals(blocks.filter((block) => block.isMerge).length, 0);
  });

  it("of an if whose value is used has one merge", () => {
    const blocks = buildGraph(codeOf("(define (f x) (+ 1 (if x 2 3)))"), 0, NO_SELF_CALLS);
    assertEquals(blocks.map((block) => block.isMerge), [false, false, false, true]);
    assertEquals(blocks.map((block) => block.dominator), [0, 0, 0, 0]);
  });

  it("of a TRY: body, handler and continuation are dominated by it", () => {
    const blocks = buildGraph(codeOf("(define (f x) (+ 1 (try (g x) (catch e 2))))"), 0, NO_SELF_CALLS);
    const [entry] = blocks;
    assert(entry !== undefined && entry.handler > 0 && entry.after > 0);
    for (const index of [...entry.successors, entry.handler, entry.after]) assertEquals(blocks[index]?.dominator, 0);
  });

  it("of a rotated loop has its test twice, and rounds that begin behind it", () => {
    const code = codeOf("(define (f n) (let loop ((i 1)) (if (< i n) (loop (+ i i)) i)))");
    const header = buildGraph(code, 0, NO_SELF_CALLS).find((block) => block.isLoop);
    assert(header !== undefined);
    const blocks = buildGraph(code, 0, NO_SELF_CALLS, new Set([header.start]));
    const tests = blocks.filter((block) => block.start === header.start);
    assertEquals(tests.map((block) => block.isLoop), [false, false]);
    const [body] = blocks.filter((block) => block.isLoop);
    assertEquals(body?.start, header.instructions.at(-1)?.next);
    for (const test of tests) assert(test.successors.includes(body?.index ?? -1));
    const fromHeader = buildGraph(code, header.start, NO_SELF_CALLS, new Set([header.start]));
    assertEquals(fromHeader.map((block) => block.isLoop).indexOf(true), 1);
  });

  it("of a loop that calls in its test is the same rotated or not", () => {
    const code = codeOf("(define (f n) (while (g n) (set! n (- n 1))))");
    const blocks = buildGraph(code, 0, NO_SELF_CALLS);
    assertEquals(buildGraph(code, 0, NO_SELF_CALLS, new Set(blocks.map((block) => block.start))), blocks);
  });

  it("takes a tail call of the function to itself for a jump to its start", () => {
    const code = codeOf("(define (f n) (if (= n 0) 0 (f (- n 1))))");
    const blocks = buildGraph(code, 0, (at) => at.row.name === "TAIL_CALL_GLOBAL");
    assertEquals(blocks[0]?.isLoop, true);
    assertEquals(buildGraph(code, 0, NO_SELF_CALLS)[0]?.isLoop, false);
  });

  it("from a loop on has what can be reached from there", () => {
    const code = codeOf("(define (f n) (g) (let loop ((i 0)) (if (< i n) (loop (+ i 1)) i)))");
    const whole = buildGraph(code, 0, NO_SELF_CALLS);
    const header = whole.find((block) => block.isLoop);
    assert(header !== undefined && header.start > 0);
    const rest = buildGraph(code, header.start, NO_SELF_CALLS);
    assertEquals(rest[0]?.start, header.start);
    assertEquals(rest[0]?.isLoop, true);
    assertEquals(rest.length, whole.length - 1);
  });
});
