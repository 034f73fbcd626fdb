/**
 * What each variant does in the dispatch loop: a sequence of instructions at once, or one with an operand that is known.
 * Offsets are those of the base sequence, whose operands are all in place; where a variant does not apply it does what
 * the first instruction of its sequence does, and the others follow by themselves.
 */
import {
  BOTH_DOUBLES,
  BOTH_INTS,
  callGlobal,
  high,
  INT,
  INTS,
  isFalse,
  low,
  OPERANDS,
  REFERENCE,
  RETURN,
  SAW_DOUBLES,
  tailCallGlobal,
} from "./fragments.ts";
import type { Switches } from "./generate.ts";

/** Two variables: where their halves begin. Whether both are integers. */
const LOCALS = "const x = 2 * (base + $1), y = 2 * (base + $3);";
const BOTH_LOCALS_INTS = `words[x + 1] === ${INT} && words[y + 1] === ${INT}`;

/** Goes on with the base instruction on whose first word a variant lies: a `GET_LOCAL`. */
const UNFUSED = "break getLocal;";

const OPERATORS: Readonly<Record<string, string>> = {
  EQUAL: "===",
  LESS: "<",
  GREATER: ">",
  LESS_OR_EQUAL: "<=",
  GREATER_OR_EQUAL: ">=",
};

/** Name of a branch, words of its instructions, and whether it is taken when the test holds. */
const BRANCHES: readonly (readonly [name: string, width: number, inverse: boolean])[] = [
  ["BRANCH", 2, false],
  ["INVERSE", 2, true],
  ["NOT_BRANCH", 4, true],
];

/** Text of each variant, given that of the instructions. */
export function variantBodies(s: Switches, base: Readonly<Record<string, string>>): Record<string, string> {
  const result: Record<string, string> = {
    IS_NULL_LOCAL_BRANCH: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) { pc = list === EMPTY ? pc + 6 : $5; continue; }
      ${UNFUSED}
    }`,
    NOT_BRANCH: `sp--; pc = ${isFalse("sp")} ? pc + 4 : $3; continue;`,
    ADD_LOCAL_INTEGER_TO_LOCAL: toLocal(s, "+"),
    SUBTRACT_LOCAL_INTEGER_TO_LOCAL: toLocal(s, "-"),
    ADD_LOCAL_INTEGER: withInteger(s, "+"),
    SUBTRACT_LOCAL_INTEGER: withInteger(s, "-"),
    ADD_LOCAL_LOCAL: !s.integerPaths ? UNFUSED : `{
      ${LOCALS}
      if (${BOTH_LOCALS_INTS}) {
        const r = (words[x] as number) + (words[y] as number);
        if ((r | 0) === r) { ${low("sp")} = r; ${high("sp")} = ${INT}; sp++; pc += 6; continue; }
      }
      ${UNFUSED}
    }`,
    CAR_LOCAL: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) { m.put(sp, list.first); sp++; pc += 4; continue; }
      ${UNFUSED}
    }`,
    CDR_LOCAL: `{
      const x = base + $1, list = refs[x];
      if (${high("x")} === ${REFERENCE} && list instanceof List) {
        refs[sp] = list.rest; ${high("sp")} = ${REFERENCE}; sp++; pc += 4; continue;
      }
      ${UNFUSED}
    }`,
    RETURN_LOCAL: RETURN("base + $1"),
  };
  for (const slot of [0, 1, 2, 3]) {
    result[`GET_LOCAL_${slot}`] = (base.GET_LOCAL ?? "").replace("$1", String(slot)).replace("base + 0", "base");
  }
  for (const count of [1, 2, 3]) {
    result[`CALL_GLOBAL_${count}`] = callGlobal(s, String(count));
    result[`TAIL_CALL_GLOBAL_${count}`] = tailCallGlobal(s, String(count));
  }
  for (const [name, operator] of Object.entries(OPERATORS)) {
    for (const [branch, width, inverse] of BRANCHES) {
      const go = (test: string, from: number): string => {
        const [target, next] = [`$${from + width - 1}`, `pc + ${from + width}`];
        return `pc = ${test} ? ${inverse ? `${target} : ${next}` : `${next} : ${target}`}; continue;`;
      };
      if (!s.integerPaths) {
        result[`${name}_LOCAL_LOCAL_${branch}`] = UNFUSED;
        result[`${name}_LOCAL_INTEGER_${branch}`] = UNFUSED;
        result[`${name}_${branch}`] = base[name] ?? "";
        continue;
      }
      result[`${name}_LOCAL_LOCAL_${branch}`] = `{
        ${LOCALS}
        if (${BOTH_LOCALS_INTS}) { ${go(`(words[x] as number) ${operator} (words[y] as number)`, 6)} }
        ${UNFUSED}
      }`;
      result[`${name}_LOCAL_INTEGER_${branch}`] = `{
        const x = 2 * (base + $1);
        if (words[x + 1] === ${INT}) { ${go(`(words[x] as number) ${operator} $3`, 6)} }
        ${UNFUSED}
      }`;
      result[`${name}_${branch}`] = `{
        ${OPERANDS}
        if (${BOTH_INTS}) { sp -= 2; ${go(INTS.join(` ${operator} `), 2)} }
        if (${BOTH_DOUBLES}) {
          ${SAW_DOUBLES}
          sp -= 2; ${go(`(doubles[sp] as number) ${operator} (doubles[sp + 1] as number)`, 2)}
        }
        break;
      }`;
    }
  }
  return result;
}

function toLocal(s: Switches, operator: string): string {
  if (!s.integerPaths) return UNFUSED;
  return `{
      const x = 2 * (base + $1);
      if (words[x + 1] === ${INT}) {
        const r = (words[x] as number) ${operator} $3;
        if ((r | 0) === r) { const y = 2 * (base + $7); words[y] = r; words[y + 1] = ${INT}; pc += 8; continue; }
      }
      ${UNFUSED}
    }`;
}

function withInteger(s: Switches, operator: string): string {
  if (!s.integerPaths) return UNFUSED;
  return `{
      const x = 2 * (base + $1);
      if (words[x + 1] === ${INT}) {
        const r = (words[x] as number) ${operator} $3;
        if ((r | 0) === r) { ${low("sp")} = r; ${high("sp")} = ${INT}; sp++; pc += 6; continue; }
      }
      ${UNFUSED}
    }`;
}
