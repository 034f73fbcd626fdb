/**
 * The characters of a pattern's text, told apart only where the pattern can tell them apart: every character belongs to
 * a class, and the machines run on classes. Found out for each character when it first occurs in a text, so that nothing
 * enumerates Unicode. Class 0 means that a character has not occurred; class 1 is the edge of the text.
 */
import { type CharSet, has } from "./charset.ts";
import { EDGE, kindsOf } from "./look.ts";

/** The class of the position before the first character, and of the one after the last. */
export const EDGE_CLASS = 1;

const PAGE = 256;

/** The classes of one pattern's characters. */
export class Alphabet {
  /** The classes of ASCII. */
  readonly ascii: Int32Array = new Int32Array(128);
  /** The other classes by the upper bits of the character. */
  readonly #pages: (Int32Array | undefined)[] = [];
  readonly #sets: readonly CharSet[];
  /** What assertions ask about a neighbour. */
  readonly #asked: number;
  readonly #signatures = new Map<string, number>();
  /** For each class, the sets it is in, one byte each. */
  readonly #members: Uint8Array[];
  /** For each class, what assertions can tell about it. */
  readonly #kinds: number[];

  constructor(sets: readonly CharSet[], asked: number) {
    this.#sets = sets;
    this.#asked = asked;
    const none = new Uint8Array(sets.length);
    this.#members = [none, none];
    this.#kinds = [0, asked & EDGE];
  }

  /** The number of classes so far. */
  get size(): number {
    return this.#kinds.length;
  }

  /** Whether the characters of a class are in a set. */
  isIn(characterClass: number, set: number): boolean {
    return this.#members[characterClass]?.[set] === 1;
  }

  /** What assertions can tell about a class. */
  kinds(characterClass: number): number {
    return this.#kinds[characterClass] as number;
  }

  /** The class of a character. */
  classOf(code: number): number {
    const known = code < 128 ? this.ascii[code] : this.#pages[code >> 8]?.[code & (PAGE - 1)];
    return known === undefined || known === 0 ? this.#learn(code) : known;
  }

  /** The class of the character that starts at a position, or of the edge. */
  after(text: string, position: number): number {
    const code = text.codePointAt(position);
    return code === undefined ? EDGE_CLASS : this.classOf(code);
  }

  /** The class of the character that ends at a position, or of the edge. */
  before(text: string, position: number): number {
    return position === 0 ? EDGE_CLASS : this.classOf(codeBefore(text, position));
  }

  #learn(code: number): number {
    const members = Uint8Array.from(this.#sets, (set) => has(set, code) ? 1 : 0);
    const kinds = kindsOf(code, this.#asked);
    const present = members.reduce((list, member, set) => member === 0 ? list : `${list},${set}`, "");
    const signature = kinds + present;
    let found = this.#signatures.get(signature);
    if (found === undefined) {
      found = this.#members.push(members) - 1;
      this.#kinds.push(kinds);
      this.#signatures.set(signature, found);
    }
    if (code < 128) this.ascii[code] = found;
    else (this.#pages[code >> 8] ??= new Int32Array(PAGE))[code & (PAGE - 1)] = found;
    return found;
  }
}

/** The character that ends at a position that is not 0. */
export function codeBefore(text: string, position: number): number {
  const unit = text.charCodeAt(position - 1);
  if (unit < 0xdc00 || unit > 0xdfff || position < 2) return unit;
  const code = text.codePointAt(position - 2) ?? unit;
  return code > 0xffff ? code : unit;
}
