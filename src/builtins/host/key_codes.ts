/**
 * What terminals send for keys, and the maps that programs get for them (language reference: 05-host §24). One sequence of
 * bytes is read at a time, so that what follows is left for whoever reads next.
 */
import { keyword, listFrom, SortedMap, type Value } from "../../data/mod.ts";

/** What the bytes of an input begin with: a key and how many bytes it takes, null for what means nothing; or not enough bytes. */
export type Decoded = { readonly key: Value; readonly size: number } | "more";

const ESCAPE = 27;
const PASTE_END = "\x1b[201~";

/** A map whose values are given as they are. */
function keyMap(kind: string, pairs: Readonly<Record<string, Value>>): SortedMap {
  return SortedMap.from([
    [keyword("kind"), keyword(kind)],
    ...Object.entries(pairs).map(([name, value]): [Value, Value] => [keyword(name), value]),
  ]);
}

const MODIFIERS = ["shift", "alt", "ctrl", "super", "hyper", "meta"];

/** The names of the modifiers that a number has bits for; undefined for none. */
function modifiers(bits: number): Value | undefined {
  const names = MODIFIERS.filter((_, i) => (bits & (1 << i)) !== 0).map(keyword);
  return names.length === 0 ? undefined : listFrom(names);
}

function named(name: string, bits = 0): SortedMap {
  const mods = modifiers(bits);
  return keyMap("key", { name: keyword(name), ...mods === undefined ? {} : { mods } });
}

/** Keys by the letter that ends their sequence. */
const BY_LETTER: Readonly<Record<string, string>> = {
  A: "up",
  B: "down",
  C: "right",
  D: "left",
  F: "end",
  H: "home",
  P: "f1",
  Q: "f2",
  R: "f3",
  S: "f4",
};

/** Keys by the number in front of a tilde. */
const BY_NUMBER: Readonly<Record<number, string>> = {
  1: "home",
  2: "insert",
  3: "delete",
  4: "end",
  5: "page-up",
  6: "page-down",
  7: "home",
  8: "end",
  11: "f1",
  12: "f2",
  13: "f3",
  14: "f4",
  15: "f5",
  17: "f6",
  18: "f7",
  19: "f8",
  20: "f9",
  21: "f10",
  23: "f11",
  24: "f12",
};

/** Keys by their numbers in the kitty protocol, as far as they have names here. */
const BY_CODE: Readonly<Record<number, string>> = {
  9: "tab",
  13: "enter",
  27: "esc",
  127: "backspace",
  57414: "enter",
  57417: "left",
  57418: "right",
  57419: "up",
  57420: "down",
  57421: "page-up",
  57422: "page-down",
  57423: "home",
  57424: "end",
  57425: "insert",
  57426: "delete",
};

/** The key of a single control byte. */
function controlKey(byte: number): SortedMap {
  if (byte === 13 || byte === 10) return named("enter");
  if (byte === 9) return named("tab");
  if (byte === 8 || byte === 127) return named("backspace");
  // Control turns letters into 1 to 26, space into 0 and the four signs behind the letters into what follows.
  const char = byte === 0 ? " " : byte <= 26 ? String.fromCharCode(byte + 96) : String.fromCharCode(byte + 64);
  return keyMap("ctrl", { char });
}

const MOUSE_BUTTONS = ["left", "middle", "right"];
const WHEELS = ["wheel-up", "wheel-down", "wheel-left", "wheel-right"];

/** What the mouse does: three numbers, as modes 1002 and 1006 report it. */
function mouse([code = 0, x = 1, y = 1]: readonly number[], released: boolean): SortedMap {
  const low = code & 3;
  const wheel = (code & 64) !== 0;
  const action = wheel ? WHEELS[low] ?? "press" : (code & 32) !== 0 ? "move" : released ? "release" : "press";
  const button = wheel ? undefined : MOUSE_BUTTONS[low];
  const bits = ((code & 4) === 0 ? 0 : 1) | ((code & 8) === 0 ? 0 : 2) | ((code & 16) === 0 ? 0 : 4);
  const mods = modifiers(bits);
  return keyMap("mouse", {
    action: keyword(action),
    x,
    y,
    button: button === undefined ? null : keyword(button),
    ...mods === undefined ? {} : { mods },
  });
}

/** A key in the kitty protocol: parameters are separated by semicolons, their parts by colons. */
function kitty(parameters: string): Value {
  const [codes = "", mods = "", text = ""] = parameters.split(";");
  const code = parseInt(codes, 10);
  const [held = 1, event = 1] = mods.split(":").map((part) => parseInt(part || "1", 10));
  // Only presses and repetitions are keys.
  if (event === 3) return null;
  const bits = Math.max(0, held - 1) & 63;
  const name = BY_CODE[code];
  if (name === "tab" && bits === 1) return named("shift-tab");
  if (name !== undefined) return named(name, bits);
  if (!(code > 0 && code <= 0x10ffff) || (code >= 57344 && code <= 63743)) return null;
  const typed = text.split(":").map((part) => parseInt(part, 10)).filter((point) => point > 0 && point <= 0x10ffff);
  const char = String.fromCodePoint(code);
  const others = modifiers(bits & ~6);
  const rest = others === undefined ? {} : { mods: others };
  if ((bits & 4) !== 0) return keyMap("ctrl", { char, ...rest });
  if ((bits & 2) !== 0) return keyMap("alt", { char, ...rest });
  if (typed.length > 0) return keyMap("char", { char: String.fromCodePoint(...typed) });
  return keyMap("char", { char: (bits & 1) !== 0 ? char.toUpperCase() : char });
}

/** A sequence that begins with `ESC [`: what stands between, and the character that ends it. Nil where it means nothing. */
function sequence(between: string, final: string): Value {
  const prefix = /^[<>?]/.exec(between)?.[0] ?? "";
  const body = between.slice(prefix.length);
  const numbers = body === "" ? [] : body.split(";").map((part) => parseInt(part || "0", 10));
  const list = () => numbers.length === 0 ? listFrom([0]) : listFrom(numbers);
  switch (prefix + final) {
    case "<M":
    case "<m":
      return mouse(numbers, final === "m");
    case "?c":
      return keyMap("device-attributes", { device: keyword("primary"), params: list() });
    case ">c":
      return keyMap("device-attributes", { device: keyword("secondary"), params: list() });
    case "?u":
      return keyMap("kitty-flags", { flags: numbers[0] ?? 0 });
    case "u":
      return kitty(body);
    case "I":
    case "O":
      return keyMap("focus", { focused: final === "I" });
    case "Z":
      return named("shift-tab");
    case "~": {
      const name = BY_NUMBER[numbers[0] ?? 0];
      return name === undefined ? null : named(name, Math.max(0, (numbers[1] ?? 1) - 1));
    }
    case "R":
      // F3 has no modifiers, else it would look like this.
      if (numbers.length === 2) return keyMap("cpr", { row: numbers[0] ?? 1, col: numbers[1] ?? 1 });
  }
  const name = prefix === "" ? BY_LETTER[final] : undefined;
  return name === undefined ? null : named(name, Math.max(0, (numbers[1] ?? 1) - 1));
}

/** How many bytes the character has in UTF-8 that begins with a byte. */
function sizeOf(first: number): number {
  return first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/** The character that bytes begin with. */
function character(bytes: Uint8Array, at: number): { readonly char: string; readonly size: number } | "more" {
  const size = sizeOf(bytes[at] ?? 0);
  const rest = bytes.subarray(at + 1, at + size);
  const wrong = rest.findIndex((byte) => (byte & 0xc0) !== 0x80);
  if (wrong < 0 && rest.length < size - 1) return "more";
  const taken = wrong < 0 ? size : 1 + wrong;
  const char = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes.subarray(at, at + taken));
  // What is no UTF-8 is one sign of that.
  return { char: [...char][0] ?? "", size: taken };
}

/** Where a text of ASCII begins in bytes; -1 where it does not occur. */
function find(bytes: Uint8Array, text: string, from: number): number {
  const codes = [...text].map((char) => char.charCodeAt(0));
  for (let at = bytes.indexOf(ESCAPE, from); at >= 0; at = bytes.indexOf(ESCAPE, at + 1)) {
    if (codes.every((code, i) => bytes[at + i] === code)) return at;
  }
  return -1;
}

/** A sequence whose introducer, `ESC [` or `ESC O`, has been seen. */
function control(bytes: Uint8Array): Decoded {
  for (let at = 2; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    // Parameters and what stands between them and the end.
    if (byte >= 0x20 && byte < 0x40) continue;
    const size = at + 1;
    if (byte < 0x40 || byte > 0x7e) return { key: null, size: at };
    const between = String.fromCharCode(...bytes.subarray(2, at));
    const final = String.fromCharCode(byte);
    if (between === "200" && final === "~") {
      const end = find(bytes, PASTE_END, size);
      if (end < 0) return "more";
      const text = new TextDecoder().decode(bytes.subarray(size, end)).replaceAll(/\r\n?/g, "\n");
      return { key: keyMap("paste", { text }), size: end + PASTE_END.length };
    }
    return { key: sequence(between, final), size };
  }
  // Longer than any sequence that means something.
  return bytes.length > 64 ? { key: null, size: bytes.length } : "more";
}

/** The key that `bytes` begin with. `last`: nothing more comes in time, so that an escape may be one by itself. */
export function decodeKey(bytes: Uint8Array, last: boolean): Decoded {
  const [first, second] = bytes;
  if (first === undefined) return "more";
  if (first !== ESCAPE) {
    if (first < 32 || first === 127) return { key: controlKey(first), size: 1 };
    const found = character(bytes, 0);
    if (found === "more") return last ? { key: keyMap("char", { char: "\ufffd" }), size: bytes.length } : "more";
    return { key: keyMap("char", { char: found.char }), size: found.size };
  }
  if (second === undefined) return last ? { key: named("esc"), size: 1 } : "more";
  if (second === 0x5b || second === 0x4f) {
    const found = control(bytes);
    if (found !== "more") return found;
    if (!last) return "more";
    // Alt and a bracket or a letter, unless a sequence was cut off.
    if (bytes.length === 2) return { key: keyMap("alt", { char: String.fromCharCode(second) }), size: 2 };
    return { key: null, size: bytes.length };
  }
  if (second === ESCAPE) return { key: named("esc"), size: 1 };
  if (second < 32 || second === 127) return altered(controlKey(second));
  const found = character(bytes, 1);
  if (found === "more") return last ? { key: named("esc"), size: 1 } : "more";
  return { key: keyMap("alt", { char: found.char }), size: 1 + found.size };
}

/** A control key while alt is held. */
function altered(key: SortedMap): Decoded {
  return { key: key.with(keyword("mods"), listFrom([keyword("alt")])), size: 2 };
}
