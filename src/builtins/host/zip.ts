/**
 * Archives of the zip format (APPNOTE 6.3): entries, stored or deflated, and a directory of them at the end. Without the
 * extensions for more than 4 GB or 65,535 entries, and without encryption, which is refused.
 */
import { joinBytes } from "../../data/mod.ts";
import { encodeUtf8 } from "../text/utf8.ts";

/** What is in an archive under a name. */
export interface Entry {
  /** With `/` between its parts; a directory's ends in one. */
  readonly name: string;
  /** What it contains. */
  readonly bytes: Uint8Array;
}

/** An archive that is not what it should be. */
export class ArchiveError extends Error {
  override readonly name = "ArchiveError";
}

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Sizes of the records of these three kinds, without what follows them. */
const [LOCAL_SIZE, CENTRAL_SIZE, END_SIZE] = [30, 46, 22];
const [STORED, DEFLATED] = [0, 8];
/** Names are UTF-8. */
const UTF8 = 0x800;
const ENCRYPTED = 1;
/** 1980-01-01, the first day that the format knows. */
const DATE = (1 << 5) | 1;
/** The format that is needed to understand an entry: 2.0. */
const VERSION = 20;
const MOST_ENTRIES = 0xffff;
const MOST_SIZE = 0xffffffff;

let crcTable: Uint32Array | null = null;

/** The checksum of the format. */
function crc32(bytes: Uint8Array): number {
  const table = crcTable ??= Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value;
  });
  let crc = 0xffffffff;
  // By index: an iterator takes Bun 20 ns a byte.
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ (table[(crc ^ (bytes[i] ?? 0)) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian numbers, one after the other: pairs of bytes and value. */
function record(...fields: readonly (readonly [size: 2 | 4, value: number])[]): Uint8Array {
  const bytes = new Uint8Array(fields.reduce((sum, [size]) => sum + size, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [size, value] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return bytes;
}

/** The bytes of an archive. */
export function zipped(entries: readonly Entry[], deflate: (bytes: Uint8Array) => Uint8Array): Uint8Array {
  if (entries.length > MOST_ENTRIES) throw new ArchiveError("too many files for the format");
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, bytes } of entries) {
    const label = encodeUtf8(name);
    const packed = deflate(bytes);
    const [method, content] = packed.length < bytes.length ? [DEFLATED, packed] : [STORED, bytes];
    const about = [
      [2, VERSION],
      [2, UTF8],
      [2, method],
      [2, 0],
      [2, DATE],
      [4, crc32(bytes)],
      [4, content.length],
      [4, bytes.length],
      [2, label.length],
      [2, 0],
    ] as const;
    files.push(record([4, LOCAL], ...about), label, content);
    // No comment, disk 0, no attributes, and where it is.
    const rest = [[2, 0], [2, 0], [2, 0], [4, 0], [4, offset]] as const;
    directory.push(record([4, CENTRAL], [2, VERSION], ...about, ...rest), label);
    offset += LOCAL_SIZE + label.length + content.length;
    if (offset > MOST_SIZE) throw new ArchiveError("too many bytes for the format");
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const count = entries.length;
  const end = record([4, END], [2, 0], [2, 0], [2, count], [2, count], [4, size], [4, offset], [2, 0]);
  return joinBytes([...files, ...directory, end]);
}

/** An entry as the directory of an archive has it. */
export interface Listed {
  /** As in {@link Entry}. */
  readonly name: string;
  /** Expands what it contains; throws an {@link ArchiveError}. */
  content(inflate: (bytes: Uint8Array, size: number) => Uint8Array): Uint8Array;
}

function endOf(view: DataView): number {
  // A comment of up to 64 KB may follow.
  const first = Math.max(0, view.byteLength - END_SIZE - 0xffff);
  for (let at = view.byteLength - END_SIZE; at >= first; at--) if (view.getUint32(at, true) === END) return at;
  throw new ArchiveError("not a zip archive");
}

/** The entries of an archive. Throws an {@link ArchiveError} for what is none. */
export function unzipped(bytes: Uint8Array): readonly Listed[] {
  try {
    return directoryOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  } catch (error) {
    // It says that something lies where there is nothing.
    if (error instanceof RangeError) throw new ArchiveError("the archive is damaged");
    throw error;
  }
}

function directoryOf(bytes: Uint8Array, view: DataView): readonly Listed[] {
  const end = endOf(view);
  const decoder = new TextDecoder();
  const entries: Listed[] = [];
  let at = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== CENTRAL) throw new ArchiveError("the archive is damaged");
    const [flags, method] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true)];
    const [crc, packed, size] = [16, 20, 24].map((field) => view.getUint32(at + field, true)) as [
      number,
      number,
      number,
    ];
    const [label, extra, comment] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [
      number,
      number,
      number,
    ];
    const local = view.getUint32(at + 42, true);
    const name = decoder.decode(bytes.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + label));
    const content: Listed["content"] = (inflate) => {
      if ((flags & ENCRYPTED) !== 0) throw new ArchiveError(`${name} is encrypted`);
      const damaged = () => new ArchiveError(`${name} is damaged`);
      if (local + LOCAL_SIZE > bytes.length || view.getUint32(local, true) !== LOCAL) throw damaged();
      const start = local + LOCAL_SIZE + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
      const stored = bytes.subarray(start, start + packed);
      if (method !== STORED && method !== DEFLATED) throw new ArchiveError(`${name} is compressed in an unknown way`);
      const expanded = method === STORED ? stored : inflate(stored, size);
      if (expanded.length !== size || crc32(expanded) !== crc) throw damaged();
      return expanded;
    };
    entries.push({ name, content });
    at += CENTRAL_SIZE + label + extra + comment;
  }
  return entries;
}
