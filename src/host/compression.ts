/** Compression by the zlib that Deno, Bun and Node have. */
import type { Compression } from "../../mod.ts";
import { thisProcess } from "./this_process.ts";

/** Fetched at the first use: loading it takes some milliseconds. */
function zlib(): typeof import("node:zlib") {
  const process = thisProcess();
  if (process === null) throw new Error("only Deno, Bun and Node have zlib");
  return process.getBuiltinModule("node:zlib");
}

/** Without the class of its own that the host has for bytes, whose slices are views. */
function plain(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

/** The host's own words are for programmers of C. */
function expanding(expand: () => Uint8Array): Uint8Array {
  try {
    return plain(expand());
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    throw new Error(code === "ERR_BUFFER_TOO_LARGE" ? "expands to too many bytes" : "the compressed data is damaged");
  }
}

/** See `Compression`. */
export const compression: Compression = {
  gzip: (bytes) => plain(zlib().gzipSync(bytes)),
  gunzip: (bytes, limit) => expanding(() => zlib().gunzipSync(bytes, { maxOutputLength: limit })),
  deflate: (bytes) => plain(zlib().deflateRawSync(bytes)),
  inflate: (bytes, limit) => expanding(() => zlib().inflateRawSync(bytes, { maxOutputLength: limit })),
};
