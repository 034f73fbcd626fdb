/**
 * Archives of the tar format (POSIX ustar): a header of 512 bytes for each entry, and its bytes. Long names are written and
 * read as pax has them, and read as GNU has them. Only files and directories are taken: links and devices are passed over.
 */
import { joinBytes } from "../../data/mod.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { ArchiveError, type Entry } from "./zip.ts";

const BLOCK = 512;
/** Where the fields of a header are, and how long. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  user: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modified: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
  prefix: [345, 155],
} as const;

type Field = keyof typeof FIELDS;

/** What is said of the next entry, in pax and in GNU's way. */
const [PAX, LONG_NAME, DIRECTORY] = ["x", "L", "5"];
/** Plain files; the empty one is that of archives before POSIX. */
const FILES: ReadonlySet<string> = new Set(["0", "", "7"]);

/** The sum of all bytes of a header, those of its checksum taken for spaces. */
function checksum(header: Uint8Array): number {
  const [start, length] = FIELDS.checksum;
  return header.reduce((sum, byte, at) => sum + (at >= start && at < start + length ? 0x20 : byte), 0);
}

function octal(value: number, [, length]: readonly [number, number]): string {
  return value.toString(8).padStart(length - 1, "0");
}

function headerFor(name: Uint8Array, size: number, type: string): Uint8Array {
  const header = new Uint8Array(BLOCK);
  const put = (field: Field, text: string) => header.set(encodeUtf8(text), FIELDS[field][0]);
  header.set(name.subarray(0, FIELDS.name[1]));
  put("mode", octal(0o644, FIELDS.mode));
  put("user", octal(0, FIELDS.user));
  put("group", octal(0, FIELDS.group));
  put("size", octal(size, FIELDS.size));
  put("modified", octal(0, FIELDS.modified));
  put("type", type);
  put("magic", "ustar\x0000");
  put("checksum", `${checksum(header).toString(8).padStart(6, "0")}\0 `);
  return header;
}

/** A header, what it announces, and zeros up to the next block. */
function blocks(name: Uint8Array, bytes: Uint8Array, type: string): Uint8Array[] {
  return [headerFor(name, bytes.length, type), bytes, new Uint8Array(-bytes.length & (BLOCK - 1))];
}

/** A record of pax: its length, which counts itself, and what it says. */
function paxRecord(key: string, value: string): Uint8Array {
  const rest = encodeUtf8(` ${key}=${value}\n`).length;
  let length = rest + String(rest).length;
  length = rest + String(length).length;
  return encodeUtf8(`${length} ${key}=${value}\n`);
}

/** The bytes of an archive. */
export function tarred(entries: readonly Entry[]): Uint8Array {
  const pieces = entries.flatMap(({ name, bytes }) => {
    const label = encodeUtf8(name);
    const long = label.length > FIELDS.name[1] ? blocks(encodeUtf8("pax"), paxRecord("path", name), PAX) : [];
    return [...long, ...blocks(label, bytes, "0")];
  });
  return joinBytes([...pieces, new Uint8Array(2 * BLOCK)]);
}

/** A number of a header: octal digits, or bytes after a first one of 128. */
function numberIn(field: Uint8Array, text: string): number {
  if (field[0] === 0x80) return field.subarray(1).reduce((value, byte) => value * 256 + byte, 0);
  return Number.parseInt(text.trim() || "0", 8);
}

/** The name that records of pax give; null when they give none. */
function paxName(bytes: Uint8Array): string | null {
  const decoder = new TextDecoder();
  for (let at = 0; at < bytes.length;) {
    const length = Number.parseInt(decoder.decode(bytes.subarray(at, at + 12)), 10);
    if (!(length > 0)) break;
    const [, path] = /^\d+ path=(.*)\n$/s.exec(decoder.decode(bytes.subarray(at, at + length))) ?? [];
    if (path !== undefined) return path;
    at += length;
  }
  return null;
}

/** The files and directories of an archive. Throws an {@link ArchiveError} for what is none. */
export function untarred(bytes: Uint8Array): readonly Entry[] {
  const entries: Entry[] = [];
  const decoder = new TextDecoder();
  let longName: string | null = null;
  for (let at = 0; at + BLOCK <= bytes.length;) {
    const header = bytes.subarray(at, at + BLOCK);
    // A block of zeros is the end.
    if (header.every((byte) => byte === 0)) break;
    const raw = (field: Field) => header.subarray(FIELDS[field][0], FIELDS[field][0] + FIELDS[field][1]);
    const text = (field: Field) => decoder.decode(raw(field)).replace(/\0.*$/s, "");
    if (numberIn(raw("checksum"), text("checksum")) !== checksum(header)) throw new ArchiveError("not a tar archive");
    const size = numberIn(raw("size"), text("size"));
    if (!(size >= 0)) throw new ArchiveError("the archive is damaged");
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size);
    if (content.length < size) throw new ArchiveError("the archive is cut off");
    const type = text("type");
    if (type === PAX) longName = paxName(content) ?? longName;
    else if (type === LONG_NAME) longName = decoder.decode(content).replace(/\0.*$/s, "");
    else {
      const prefix = text("magic").startsWith("ustar") ? text("prefix") : "";
      const name = longName ?? (prefix === "" ? text("name") : `${prefix}/${text("name")}`);
      longName = null;
      if (FILES.has(type)) entries.push({ name, bytes: content });
      else if (type === DIRECTORY) {
        entries.push({ name: name.endsWith("/") ? name : `${name}/`, bytes: new Uint8Array(0) });
      }
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK;
  }
  return entries;
}
