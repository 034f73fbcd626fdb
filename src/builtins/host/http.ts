/**
 * Requests to servers (language reference: 05-host §10). The task that asks waits, others go on; when it is cancelled, so
 * is the request. Every answer is a value, whatever its status: errors are those of getting one.
 */
import { Bytevector, Condition, evalError, Keyword, keyword, SortedMap, type Value } from "../../data/mod.ts";
import { isMap, text } from "../check.ts";
import {
  type Area,
  type BuiltinContext,
  type Example,
  many,
  type PreludeDeclaration,
  requires,
  sema,
} from "../declare.ts";
import { lossyJson } from "../formats/json.ts";
import { encodeUtf8 } from "../text/utf8.ts";
import { MOST_BYTES } from "./compression.ts";
import { refusal } from "./file_access.ts";
import { given } from "./host_access.ts";
import { headersFrom, LONGEST, option, plain } from "./option_maps.ts";
import { multipart } from "./multipart.ts";
import type { HttpRequest, HttpResponse } from "./network_access.ts";

/** What a method is made of (RFC 9110). */
const METHOD = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

interface Body {
  readonly bytes: Uint8Array | null;
  readonly type: string | null;
}

/** What is sent for a value, and the type of content that says so. */
function bodyOf(value: Value): Body {
  if (value === null) return { bytes: null, type: null };
  if (value instanceof Bytevector) return { bytes: value.bytes, type: null };
  if (isMap(value)) return { bytes: encodeUtf8(lossyJson(value)), type: "application/json" };
  return { bytes: encodeUtf8(plain(value)), type: null };
}

function requestFrom(verb: Value, address: Value, body: Value, options: Value): HttpRequest {
  const method = text(verb).toUpperCase();
  const url = text(address);
  if (!METHOD.test(method)) throw evalError(`http: invalid method ${text(verb)}`);
  const headers = headersFrom(option(options, "headers"));
  const parts = option(options, "multipart");
  const { bytes, type } = parts === undefined || parts === null ? bodyOf(body) : multipart(parts);
  if (type !== null && !headers.some(([name]) => name.toLowerCase() === "content-type")) {
    headers.push(["content-type", type]);
  }
  return { method, url, headers, body: bytes === null ? null : new Uint8Array(bytes), limit: MOST_BYTES };
}

/** Only these schemes lead to the network: a host may have more, and to its files. */
const SCHEMES: ReadonlySet<string> = new Set(["http:", "https:"]);

function failed({ method, url }: HttpRequest, reason: string): Condition {
  return new Condition("io", `http ${method} ${url}: ${reason}`);
}

function checkAddress(request: HttpRequest): void {
  let protocol: string;
  try {
    protocol = new URL(request.url).protocol;
  } catch {
    throw failed(request, "invalid URL");
  }
  if (!SCHEMES.has(protocol)) throw failed(request, "the URL must begin with http:// or https://");
}

/** The text of a body in the encoding that its headers tell, as far as the host knows it. */
function decoded(body: Uint8Array, type: string): string {
  const [, label = "utf-8"] = /charset="?([^\s;"]+)/i.exec(type) ?? [];
  try {
    return new TextDecoder(label).decode(body);
  } catch {
    return new TextDecoder().decode(body);
  }
}

function responseMap({ status, headers, body }: HttpResponse, wanted: Value | undefined): Value {
  const type = headers.find(([name]) => name === "content-type")?.[1] ?? "";
  const asBytes = wanted === "bytes" || (wanted instanceof Keyword && wanted.name === "bytes");
  return SortedMap.from([
    [keyword("status"), status],
    [keyword("headers"), SortedMap.from(headers.map(([name, value]) => [keyword(name), value]))],
    [keyword("body"), asBytes ? new Bytevector(body) : decoded(body, type)],
  ]);
}

/** Sends a request for the function `name`; for await: a map of what came back. */
function send(
  [name = null, verb = null, address = null, body = null, options = null]: Value[],
  { host, tasks }: BuiltinContext,
): Value {
  const caller = text(name);
  const request = requestFrom(verb, address, body, options);
  checkAddress(request);
  const limit = option(options, "timeout");
  const late = typeof limit === "number" && limit >= 0 ? AbortSignal.timeout(Math.min(limit, LONGEST)) : null;
  const network = given(host.network, caller, "network");
  return tasks.outside(async (signal) => {
    try {
      const answer = await network.request(request, late === null ? signal : AbortSignal.any([signal, late]));
      return responseMap(answer, option(options, "as"));
    } catch (error) {
      if (late?.aborted === true) throw failed(request, `timed out after ${limit} ms`);
      throw refusal(error, caller, "network") ??
        failed(request, error instanceof Error ? error.message : String(error));
    }
  });
}

/** A function with a fixed method: `parameters` are the address and perhaps the body, options follow. */
function verb(name: string, method: string, withBody: boolean, ...examples: Example[]): PreludeDeclaration {
  const [count, parameters, body] = withBody ? [2, "url body", "body"] : [1, "url", "nil"];
  return sema(
    name,
    count,
    count + 1,
    `(${name} ${parameters} [options]): asks a server by ${method}; a map of :status, :headers and :body.`,
    `(fn (${parameters} . options)
       (await (__vm-http "${name}" "${method}" url ${body} (if (null? options) nil (car options)))))`,
    ...examples,
  );
}

const REQUEST = `(fn (method url . more)
  (let ((options (if (null? more) nil (car more)))
        (body (if (null? more) nil (if (null? (cdr more)) nil (car (cdr more))))))
    (await (__vm-http "http/request" method url body options))))`;

/** Requests to servers. */
export const http: Area = () =>
  requires("network", [
    many("__vm-http", 5, 5, "For await: what a server answers to the function named first.", send),
    verb("http/get", "GET", false, ['(:status (http/get "http://example.com/"))', "200"], [
      '(:body (http/get "http://example.com/" {:headers {"accept" "text/plain"} :timeout 5000}))',
    ]),
    verb("http/post", "POST", true, ['(:body (http/post "http://example.com/" "hello"))', '"hello"'], [
      '(:body (http/post "http://example.com/" {:n 1}))',
      '"{\\"n\\":1}"',
    ]),
    verb("http/put", "PUT", true, ['(:body (http/put "http://example.com/" "hello"))', '"hello"']),
    verb("http/delete", "DELETE", false, ['(:status (http/delete "http://example.com/"))', "200"]),
    verb("http/query", "QUERY", true, ['(:body (http/query "http://example.com/" "hello"))', '"hello"']),
    sema(
      "http/request",
      2,
      4,
      "(http/request method url [options [body]]): asks a server by any method; a map of :status, :headers and :body.",
      REQUEST,
      ['(:body (http/request "PATCH" "http://example.com/" {} "hello"))', '"hello"'],
    ),
  ]);
