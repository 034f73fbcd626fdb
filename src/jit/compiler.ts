/**
 * One compilation: code and its feedback → the text of a JavaScript function → the function.
 */
import { type Captured, Cell, type Code, type Entry, type LoopEntry } from "../bytecode/mod.ts";
import type { Annotate } from "./annotate.ts";
import { frameWeight } from "../runtime/mod.ts";
import type { Forcing } from "./forcing.ts";
import { fuse } from "./fusion.ts";
import { buildGraph, isReducible } from "./graph.ts";
import { typeTest } from "./guards.ts";
import { inlineCall } from "./inline.ts";
import { liveness } from "./liveness.ts";
import { NAME, Names } from "./names.ts";
import { selfCalls } from "./self_calls.ts";
import { analyseAll } from "./analysis.ts";
import { Structurer } from "./structure.ts";
import type { Support } from "./support.ts";
import { translateInstruction } from "./table.ts";
import type { State, Translation } from "./translation.ts";
import { Translator } from "./translator.ts";
import { ANY, FLOAT, isRaw, isTested, NONE, typeOfValue } from "./types.ts";
import { Unit } from "./unit.ts";

/** What is known at the entry of a loop: the values that the frame has now. */
export interface LoopFacts {
  readonly pc: number;
  readonly frame: readonly (Captured | undefined)[];
}

/** Whether what is reachable from a loop header on can be structured: not where it leads into the middle of a loop around it. */
export function isEnterable(code: Code, pc: number, misses: (code: Code) => ReadonlySet<number>): boolean {
  return isReducible(buildGraph(code, pc, selfCalls(code, new Unit(code, pc)), misses(code)));
}

/** Translates a function, or the rest of one from a loop header on; with `annotate` for people to read. */
export function translate(
  code: Code,
  loop: LoopFacts | null,
  metered: boolean,
  misses: (code: Code) => ReadonlySet<number>,
  annotate: Annotate | null = null,
  forcing: Forcing | null = null,
): Unit {
  const unit = new Unit(code, loop?.pc ?? 0);
  const names = new Names();
  unit.functionName = names.take(code.name ?? "lambda");
  const shared: Translation = {
    unit,
    names,
    metered,
    annotate,
    forcing,
    helpers: new Set(),
    variables: new Set(),
    misses,
    translate: translateInstruction,
    inline: inlineCall,
    fuse,
    impure: new Set(),
    epoch: 0,
    settled: false,
    unboxes: false,
    calls: 0,
    flows: new Map(),
    constants: new Map(),
  };
  const blocks = buildGraph(code, unit.entry, selfCalls(code, unit), misses(code));
  const live = liveness(code, blocks);
  const t = new Translator(shared, code, live, null);
  const entry = loop === null ? functionEntry(t) : loopEntry(t, loop, live.get(loop.pc) ?? new Uint8Array());
  t.sharedSlots.forEach((variable, slot) => {
    if (variable && loop?.frame[slot] instanceof Cell) variable.real = true;
    else if (variable && slot < parameterCount(code)) variable.type = ANY;
  });
  const states = analyseAll(t, blocks, entry);
  t.analysing = false;
  shared.settled = true;
  // The analysis has named places, too, in text that is thrown away.
  unit.points.length = 0;
  unit.sites.length = 0;
  const first = states[0] as State;
  const prologue = loop === null ? functionPrologue(t) : loopPrologue(t, entry, first);
  prologue.push(...t.edge(entry, first, unit.entry));
  const body = new Structurer(t, blocks, states).run();
  unit.source = render(t, loop !== null, prologue, body);
  return unit;
}

/** Makes the function. Throws what the host throws when it forbids that. */
export function instantiate(unit: Unit, support: Support): Entry & LoopEntry {
  // The one place where text becomes code; the generated function keeps the call contract by construction.
  const factory = new Function("$", "$F", "$K", unit.source) as (
    support: Support,
    unit: Unit,
    constants: readonly unknown[],
  ) => Entry & LoopEntry;
  return factory(support, unit, unit.constants);
}

function functionEntry(t: Translator): State {
  const { code } = t;
  const parameters = parameterCount(code);
  return t.stateOf(code.slotNames.map((_, slot) => slot < parameters || code.slotShared[slot] ? ANY : NONE));
}

function loopEntry(t: Translator, { pc, frame }: LoopFacts, live: Uint8Array): State {
  const { code } = t;
  const type = (value: Captured | undefined): number => {
    if (t.misses.has(pc) || value === undefined || value instanceof Cell) return ANY;
    const guess = typeOfValue(value);
    return isTested(guess) || guess === FLOAT && t.raw ? guess : ANY;
  };
  return t.stateOf(
    code.slotNames.map((_, slot) => code.slotShared[slot] ? ANY : live[slot] === 1 ? type(frame[slot]) : NONE),
    frame.slice(code.slots).map(() => ANY),
  );
}

function functionPrologue(t: Translator): string[] {
  const lines: string[] = [];
  const parameters = parameterNames(t);
  const tests = [`$d > ${t.helper("depthLimit")}`];
  if (t.shared.forcing?.unwindEvery !== undefined) tests.push(`${t.helper("unwindNow")}()`);
  lines.push(`if (${tests.join(" || ")}) return ${t.helper("postpone")}($c, [${parameters.join(", ")}]);`);
  parameters.forEach((name, slot) => {
    if (t.sharedSlots[slot]?.real === true) lines.push(`${name} = ${t.helper("cell")}(${name});`);
  });
  return lines;
}

/**
 * Loads the frame, and checks that it is of the types that the loop is compiled for. `header`: the types where rounds
 * begin, which may be wider than those at the entry: a float is raw only if it stays one.
 */
function loopPrologue(t: Translator, entry: State, header: State): string[] {
  const { code } = t;
  const lines: string[] = [];
  t.slotNames.forEach((name, slot) => {
    if (entry.slots[slot] !== NONE) lines.push(`${name} = $frame[${slot}];`);
  });
  entry.stack.forEach((_, k) => lines.push(`${t.home(k)} = $frame[${code.slots + k}];`));
  // Until all checks have passed the variables hold Sema values.
  t.types = entry.slots.map((type) => type === NONE ? NONE : ANY);
  t.stack = entry.stack.map((type, k) => t.place(k, type));
  const raws: string[] = [];
  t.slotNames.forEach((name, slot) => {
    const type = entry.slots[slot] as number;
    const leave = t.exitTo(t.unit.entry, "loopTypes", null);
    if (isTested(type)) lines.push(`if (!(${typeTest(t, name, type)})) ${leave}`);
    else if (type === FLOAT) {
      const flonum = t.helper("Flonum");
      const test = `${name} instanceof ${flonum} || typeof ${name} === "number" && !Number.isInteger(${name})`;
      lines.push(`if (!(${test})) ${leave}`);
      if (isRaw(header.slots[slot] as number)) {
        raws.push(`${t.rawName(slot)} = ${name} instanceof ${flonum} ? ${name}.value : +${name};`);
      }
    }
  });
  return [...lines, ...raws];
}

function parameterCount(code: Code): number {
  return code.rest ? code.parameters + 1 : code.parameters;
}

function parameterNames(t: Translator): readonly string[] {
  return t.slotNames.slice(0, parameterCount(t.code));
}

/** The text of the factory. */
function render(t: Translator, isLoop: boolean, prologue: readonly string[], body: readonly string[]): string {
  const { code, unit } = t;
  const { helpers, variables } = t.shared;
  const parameters = isLoop ? ["$frame"] : parameterNames(t);
  const text = [...prologue, ...body, ...unit.restarts].filter((line) => !line.startsWith("//")).join("\n");
  const words = new Set(text.match(NAME));
  const uses = (name: string): boolean => words.has(name);
  const captures = t.captureNames.map((name, i) => [name, `const ${name} = $c.captures[${i}];`] as const);
  const locals = [
    ...t.variableNames().filter((name) => !t.captureNames.includes(name) && (isLoop || !parameters.includes(name))),
    ...variables,
  ].filter(uses);
  const leave = variables.has("$v") ? t.helper("leave") : null;
  const lines = [
    `"use strict";`,
    `const $U = $.U;`,
    ...[...helpers].filter((name) => uses(t.helper(name))).sort().map((name) => `const ${t.helper(name)} = $.${name};`),
    ...unit.constants.map((_, i) => `const $k${i} = $K[${i}];`),
    `const $w = ${frameWeight(parameters.length + locals.length)};`,
    `return function ${unit.functionName}(${["$c", "$d", ...parameters].join(", ")}) {`,
    `let ${["$s = -1", ...locals].join(", ")};`,
    // Outside of `try`, because fused groups are started again in its `catch`.
    ...captures.filter(([name]) => uses(name)).map(([, line]) => line),
    "try {",
    ...prologue,
    ...(leave !== null ? ["$leave: {", ...body, "}", `return ${leave}($F, $d, ...$v);`] : body),
    "} catch ($e) {",
    ...unit.restarts,
    `return $.failed($F, $e, $s);`,
    "}",
    "};",
  ];
  return `${indent(lines.join("\n"))}\n//# sourceURL=${address(code)}`;
}

/** What stack traces, profiles and debuggers of the host call the text: the place of the function in its program. */
function address({ name, position }: Code): string {
  // Half a character has no encoding.
  const encoded = (text: string) => encodeURIComponent(text.toWellFormed());
  const ending = encoded(name ?? "lambda");
  if (position === null) return `sema:${ending}`;
  return `sema:${(position.file ?? "input").split("/").map(encoded).join("/")}:${position.line}:${ending}`;
}

/** Indents by braces: every line of the text opens or closes at its ends only. */
function indent(text: string): string {
  let depth = 0;
  return text.split("\n").map((line) => {
    if (line === "") return line;
    if (line.startsWith("//")) return "  ".repeat(Math.max(0, depth)) + line;
    if (line.startsWith("}")) depth--;
    const result = "  ".repeat(Math.max(0, depth)) + line;
    if (line.endsWith("{")) depth++;
    return result;
  }).join("\n");
}
