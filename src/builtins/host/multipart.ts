/** Bodies of several parts, as forms send them (RFC 7578). */
import {
  Bytevector,
  evalError,
  joinBytes,
  Keyword,
  keyword,
  List,
  toArray,
  type Value,
  Vector,
} from "../../data/mod.ts";
import { isMap } from "../check.ts";
import { encodeUtf8 } from "../text/utf8.ts";

interface Part {
  readonly head: string;
  readonly content: Uint8Array;
}

/** A name or a file's name in quotes, as browsers write them. */
function quoted(name: string): string {
  return `"${name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22")}"`;
}

function partFrom(value: Value): Part {
  if (!isMap(value)) throw evalError("http: each :multipart part must be a map");
  const get = (key: string): Value => value.get(keyword(key)) ?? null;
  const label = get("name");
  const name = label instanceof Keyword ? label.name : label;
  if (typeof name !== "string") throw evalError("http: a :multipart part is missing :name");
  const content = get("content");
  if (content === null) throw evalError(`http: :multipart part '${name}' is missing :content`);
  if (typeof content !== "string" && !(content instanceof Bytevector)) {
    throw evalError(`http: :multipart part '${name}' :content must be a string or bytevector`);
  }
  const [file, type] = [get("filename"), get("content-type")];
  const disposition = `Content-Disposition: form-data; name=${quoted(name)}`;
  const head = [
    typeof file === "string" ? `${disposition}; filename=${quoted(file)}` : disposition,
    // What ends a line would begin another header.
    ...typeof type === "string" ? [`Content-Type: ${type.replaceAll(/[\r\n]/g, " ")}`] : [],
  ];
  return { head: head.join("\r\n"), content: typeof content === "string" ? encodeUtf8(content) : content.bytes };
}

/** Whether the bytes of `text` are anywhere in `bytes`. */
function within(bytes: Uint8Array, text: string): boolean {
  const wanted = encodeUtf8(text);
  for (let at = bytes.indexOf(wanted[0] ?? 0); at >= 0; at = bytes.indexOf(wanted[0] ?? 0, at + 1)) {
    if (wanted.every((byte, i) => bytes[at + i] === byte)) return true;
  }
  return false;
}

/** A line that is in none of the parts. */
function boundaryFor(parts: readonly Part[]): string {
  for (let number = 1;; number++) {
    const boundary = `----sema-part-${number}`;
    if (!parts.some(({ content }) => within(content, boundary))) return boundary;
  }
}

/** The body that the value of `:multipart` asks for, and its type. */
export function multipart(value: Value): { readonly bytes: Uint8Array; readonly type: string } {
  if (!(value instanceof List || value instanceof Vector)) {
    throw evalError("http: :multipart must be a list of part maps");
  }
  const parts = (value instanceof List ? toArray(value) : value.items).map(partFrom);
  const boundary = boundaryFor(parts);
  const pieces = parts.flatMap(({ head, content }) => [
    encodeUtf8(`--${boundary}\r\n${head}\r\n\r\n`),
    content,
    encodeUtf8("\r\n"),
  ]);
  pieces.push(encodeUtf8(`--${boundary}--\r\n`));
  return { bytes: joinBytes(pieces), type: `multipart/form-data; boundary=${boundary}` };
}
