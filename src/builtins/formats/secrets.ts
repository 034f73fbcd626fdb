/** `secret/*`, `pii/*` and `redact/*`: finds what should not be shown, and hides it. Places are UTF-8 offsets. */
import { isInt64, keyword, SortedMap, utf8Length, type Value } from "../../data/mod.ts";
import type { Span } from "../../regex/mod.ts";
import { listArgument, listOf, text } from "../check.ts";
import { type Area, type BuiltinContext, type Declaration, one, pure, two } from "../declare.ts";

/** What a kind of finding looks like. */
interface Detector {
  readonly type: string;
  readonly pattern: string;
  /** Its last group has to look random. */
  readonly random?: true;
}

/** In the order in which they are asked: what an earlier one finds is no matter of a later one. */
const SECRETS: readonly Detector[] = [
  { type: "aws-access-key", pattern: "AKIA[0-9A-Z]{16}" },
  { type: "private-key", pattern: "-----BEGIN [A-Z ]*PRIVATE KEY-----" },
  { type: "jwt", pattern: String.raw`eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+` },
  { type: "slack-token", pattern: "xox[baprs]-[0-9A-Za-z-]+" },
  { type: "github-token", pattern: "gh[pousr]_[A-Za-z0-9]{36,}" },
  {
    type: "api-key",
    pattern: String.raw`(?i)(?:api[_-]?key|secret|token|password)\s*[:=]\s*["']?([A-Za-z0-9_-]{16,})`,
    random: true,
  },
  { type: "high-entropy", pattern: "([A-Za-z0-9+/=_-]{32,})", random: true },
];

const OCTET = String.raw`(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])`;

const PERSONAL: readonly Detector[] = [
  { type: "email", pattern: String.raw`[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}` },
  { type: "ipv4", pattern: String.raw`\b${OCTET}(?:\.${OCTET}){3}\b` },
  { type: "phone", pattern: String.raw`(?:\+?1[-.\s]?)?\(?\d{3}\)?[-.\s]?\d{3}[-.\s]?\d{4}` },
];

/** Bits per character from which on a text looks random. */
const ENTROPY = 3.5;

/** Shannon's entropy of the characters of a text. */
function entropy(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= count / value.length * Math.log2(count / value.length);
  return bits;
}

interface Finding extends Span {
  readonly type: string;
}

/** All findings from left to right; none overlap. */
function findings(value: string, detectors: readonly Detector[], context: BuiltinContext): Finding[] {
  const found: Finding[] = [];
  for (const { type, pattern, random } of detectors) {
    const regex = context.patterns.get(pattern);
    const before = [...found];
    for (const span of regex.matches(value, context)) {
      const { start, end } = span;
      if (random) {
        const [from, to] = Array.from(regex.positions(value, span, context)).slice(-2);
        if (entropy(value.slice(from, to)) < ENTROPY) continue;
      }
      if (before.every((other) => end <= other.start || start >= other.end)) found.push({ type, start, end });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A builtin that lists findings. */
function detecting(
  name: string,
  doc: string,
  detectors: readonly Detector[],
  example: readonly [string, string],
): Declaration {
  return one(name, doc, (argument, context) => {
    const value = text(argument);
    let bytes = 0;
    let at = 0;
    const byteOffset = (offset: number): number => {
      bytes += utf8Length(value.slice(at, offset));
      at = offset;
      return bytes;
    };
    return listOf(
      findings(value, detectors, context).map(({ type, start, end }) => {
        const [first, last] = [byteOffset(start), byteOffset(end)];
        return SortedMap.from([
          [keyword("end"), last],
          [keyword("match"), value.slice(start, end)],
          [keyword("start"), first],
          [keyword("type"), type],
        ]);
      }),
    );
  }, example);
}

function redact(argument: Value, context: BuiltinContext): Value {
  const value = text(argument);
  let result = "";
  let from = 0;
  for (const { type, start, end } of findings(value, SECRETS, context)) {
    result += `${value.slice(from, start)}«redacted:${type}»`;
    from = end;
  }
  return result + value.slice(from);
}

/** A span to be hidden, in UTF-8 offsets. */
interface Hidden extends Span {
  readonly label: string | null;
}

/** The spans of a list that say where they start and end. */
function spansOf(list: Value): Hidden[] {
  const spans: Hidden[] = [];
  for (const item of listArgument(list)) {
    if (!(item instanceof SortedMap)) continue;
    const [start, end, label] = ["start", "end", "label"].map((name) => item.get(keyword(name)));
    if (start === undefined || end === undefined || !isInt64(start) || !isInt64(end)) continue;
    spans.push({ start: Number(start), end: Number(end), label: typeof label === "string" ? label : null });
  }
  return spans.sort((a, b) => a.start - b.start || a.end - b.end);
}

/** Hides spans; those that are empty, overlap one before or do not lie between characters do not count. */
function redactSpans(argument: Value, list: Value): Value {
  const value = text(argument);
  const offsets = new Map<number, number>([[0, 0]]);
  let bytes = 0;
  let units = 0;
  for (const character of value) {
    bytes += utf8Length(character);
    units += character.length;
    offsets.set(bytes, units);
  }
  let result = "";
  let from = 0;
  for (const { start, end, label } of spansOf(list)) {
    const first = offsets.get(start);
    const last = offsets.get(Math.min(end, bytes));
    if (first === undefined || last === undefined || first >= last || first < from) continue;
    result += `${value.slice(from, first)}«redacted${label === null ? "" : `:${label}`}»`;
    from = last;
  }
  return result + value.slice(from);
}

/** The builtins that find and hide secrets. */
export const secrets: Area = () =>
  pure([
    detecting("secret/detect", "What looks like a key, token or password, with its type and byte offsets.", SECRETS, [
      '(map :type (secret/detect "id=AKIAQ3EGRZXAMPLE1234 end"))',
      '("aws-access-key")',
    ]),
    one("secret/redact", "A text with its keys, tokens and passwords replaced.", redact, [
      '(secret/redact "id=AKIAQ3EGRZXAMPLE1234 end")',
      '"id=«redacted:aws-access-key» end"',
    ]),
    detecting("pii/detect", "E-mail and IP addresses and phone numbers, with their types and byte offsets.", PERSONAL, [
      '(map :match (pii/detect "kari@nord.example or 10.0.0.7"))',
      '("kari@nord.example" "10.0.0.7")',
    ]),
    two(
      "redact/spans",
      "(redact/spans s spans): a text with {:start :end :label} spans of bytes replaced.",
      redactSpans,
      [
        '(redact/spans "card 1234 ok" (list {:start 5 :end 9 :label "num"}))',
        '"card «redacted:num» ok"',
      ],
    ),
  ]);
