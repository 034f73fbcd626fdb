/** Answers of a server: maps of `:status`, `:headers` and `:body`, and what is sent for them (language reference: 05-host §11). */
import { Bytevector, evalError, keyword, Procedure, SortedMap, type Value } from "../../data/mod.ts";
import { int64, isMap, text } from "../check.ts";
import { type Area, many, one, pure, requires, two, zero } from "../declare.ts";
import { lossyJson } from "../formats/json.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import type { FileAccess } from "./file_access.ts";
import type { HttpResponse } from "./network_access.ts";
import { headersFrom, option, plain } from "./option_maps.ts";

/** Types of content by the extension of a file. */
const TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  css: "text/css",
  csv: "text/csv",
  gif: "image/gif",
  htm: "text/html",
  html: "text/html",
  ico: "image/x-icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript",
  json: "application/json",
  md: "text/markdown",
  mjs: "text/javascript",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  ttf: "font/ttf",
  txt: "text/plain",
  wasm: "application/wasm",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml",
  zip: "application/zip",
};

/** A map that stands for an answer. */
export function answer(status: number, headers: Readonly<Record<string, string>>, body: Value): SortedMap {
  return SortedMap.from([
    [keyword("status"), status],
    [keyword("headers"), SortedMap.from(Object.entries(headers))],
    [keyword("body"), body],
  ]);
}

/** An answer of JSON. */
export function jsonAnswer(status: number, value: Value): Value {
  return answer(status, { "content-type": "application/json" }, lossyJson(value));
}

/** The answer where there is nothing. */
export function notFound(): Value {
  return jsonAnswer(404, "Not Found");
}

/** The answer that a file is; it is read when it is sent. */
export function fileAnswer(path: string, type: string | null): Value {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
  const known = Object.hasOwn(TYPES, extension) ? TYPES[extension] : undefined;
  return answer(200, {
    "content-type": type ?? known ?? "application/octet-stream",
    "cache-control": "public, max-age=3600",
  }, "").with(keyword("file"), path);
}

/** What sends an answer piece by piece; null for answers that are whole. */
export function streamer(value: Value): Procedure | null {
  const streamed = option(value, "stream");
  return streamed instanceof Procedure ? streamed : null;
}

/** What speaks by the WebSocket that an answer begins; null for other answers. */
export function upgrader(value: Value): Procedure | null {
  const speaking = option(value, "websocket");
  return speaking instanceof Procedure ? speaking : null;
}

/** The answer by which a WebSocket begins. */
export function socketAnswer(speaking: Procedure): Value {
  return answer(101, {}, "").with(keyword("websocket"), speaking);
}

function bodyOf(value: Value, files: FileAccess): Uint8Array {
  const path = option(value, "file");
  if (typeof path === "string") return files.read("http/file", path, (system) => system.read(path));
  const body = option(value, "body");
  if (body instanceof Bytevector) return body.bytes;
  return encodeUtf8(typeof body === "string" ? body : "");
}

/** What is sent for the value of a handler. */
export function responseFrom(value: Value, files: FileAccess): HttpResponse {
  if (!isMap(value)) return { status: 200, headers: [["content-type", "text/plain"]], body: encodeUtf8(plain(value)) };
  const status = option(value, "status");
  return {
    status: typeof status === "number" ? status : 200,
    headers: headersFrom(option(value, "headers")),
    body: bodyOf(value, files),
  };
}

/** The functions that make answers. */
export const responses: Area = () => [
  ...pure([
    one("http/ok", "(http/ok value): an answer of JSON.", (value) => jsonAnswer(200, value), [
      "(:body (http/ok {:a 1}))",
      '"{\\"a\\":1}"',
    ]),
    one("http/created", "(http/created value): an answer of JSON, of status 201.", (value) => jsonAnswer(201, value), [
      "(:status (http/created {:id 7}))",
      "201",
    ]),
    zero("http/no-content", "An empty answer, of status 204.", () => answer(204, {}, ""), [
      "(http/no-content)",
      '{:body "" :headers {} :status 204}',
    ]),
    one("http/not-found", "(http/not-found value): an answer of JSON, of status 404.", (v) => jsonAnswer(404, v), [
      '(:status (http/not-found "no such page"))',
      "404",
    ]),
    two("http/error", "(http/error status value): an answer of JSON, of any status.", (status, value) => {
      return jsonAnswer(int64(status), value);
    }, ['(:status (http/error 418 "teapot"))', "418"]),
    one("http/redirect", "(http/redirect url): an answer that leads elsewhere, of status 302.", (url) => {
      // A header has neither ends of lines nor all characters; what is no address by that is none anyway.
      const location = text(url).toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent);
      return answer(302, { location }, "");
    }, ['(:headers (http/redirect "/login"))', '{"location" "/login"}']),
    one("http/html", "(http/html text): an answer of HTML.", (value) => {
      return answer(200, { "content-type": "text/html" }, text(value));
    }, ['(:headers (http/html "<p>hello"))', '{"content-type" "text/html"}']),
    one("http/text", "(http/text text): an answer of plain text.", (value) => {
      return answer(200, { "content-type": "text/plain" }, text(value));
    }, ['(:headers (http/text "hello"))', '{"content-type" "text/plain"}']),
    one("http/stream", "(http/stream f): an answer of events: f gets a function that sends one.", (f) => {
      if (!(f instanceof Procedure)) throw evalError("http/stream: expected a function");
      const headers = { "content-type": "text/event-stream", "cache-control": "no-cache" };
      return answer(200, headers, "").with(keyword("stream"), f);
    }, ['(:status (http/stream (fn (send) (send "hello"))))', "200"]),
    one(
      "http/websocket",
      "(http/websocket f): an answer that begins a WebSocket: f gets a map of functions, :send, :recv and :close.",
      (f) => {
        if (!(f instanceof Procedure)) throw evalError("http/websocket: expected a function");
        return socketAnswer(f);
      },
      ["(:status (http/websocket (fn (c) ((:send c) ((:recv c))))))", "101"],
    ),
  ]),
  ...requires("fs-read", [
    many("http/file", 1, 2, "(http/file path [type]): an answer that a file is.", ([path = null, type], { files }) => {
      const name = text(path);
      const there = files.read("http/file", name, (system) => system.info(name, true))?.kind === "file";
      if (!there) throw evalError(`http/file: no such file: ${name}`);
      return fileAnswer(name, type === undefined ? null : text(type));
    }, ['(begin (file/write "a.css" "") (get (:headers (http/file "a.css")) "content-type"))', '"text/css"']),
  ]),
];
