/** Programs that ask servers, against servers of their own. */
import { after, before, describe, it } from "node:test";
import { spawn } from "node:child_process";
import process from "node:process";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, type RuntimeOptions, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { launch } from "./command.ts";
import { serve, type TestServer } from "./servers.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];
let server: TestServer;
/** Where no server listens any more. */
let closed: string;

before(async () => {
  const other = await serve(() => {});
  closed = other.url;
  await other.close();
  server = await serve(({ method, path, body }, response) => {
    switch (path) {
      case "/text":
        response.writeHead(200, { "content-type": "text/plain", "X-Custom": "Yes" });
        return response.end("grüße");
      case "/latin":
        response.writeHead(200, { "content-type": "text/plain; charset=iso-8859-1" });
        return response.end(Uint8Array.of(0xfc));
      case "/moved":
        response.writeHead(302, { location: "/text" });
        return response.end();
      case "/missing":
        response.writeHead(404);
        return response.end("not here");
      case "/slow":
        return;
      case "/later":
        return setTimeout(() => response.end("later"), 20);
      case "/json":
        response.writeHead(200, { "content-type": "application/json" });
        return response.end('{"a": [1, 2.5, null]}');
      default:
        response.writeHead(200, { "x-method": method });
        return response.end(body);
    }
  });
});

after(() => server.close());

async function evaluated(code: string, options: RuntimeOptions = {}): Promise<string> {
  const runtime = createRuntime({ host: hostAccess(), ...options });
  runtime.define("at", (path: string) => server.url + path);
  runtime.define("closed", closed);
  try {
    return runtime.print(await runtime.evalAsync(code)).replaceAll(/\n\s*/g, " ");
  } catch (error) {
    if (error instanceof SemaError) {
      return `${error.type}: ${error.message.replaceAll(server.url, "").replaceAll(closed, "CLOSED")}`;
    }
    throw error;
  }
}

/** The last request that a program of this code has sent. */
async function sent(code: string): Promise<{ readonly text: string; readonly type: string | undefined }> {
  await evaluated(code);
  const last = server.seen.at(-1);
  assert(last !== undefined);
  return { text: new TextDecoder().decode(last.body), type: last.headers["content-type"]?.toString() };
}

describe("a request to a server", () => {
  const GOOD: readonly (readonly [code: string, value: string])[] = [
    [
      '(let ((r (http/get (at "/text")))) (list (keys r) (:status r) (:body r) (:x-custom (:headers r))))',
      '((:body :headers :status) 200 "grüße" "Yes")',
    ],
    ['(:body (http/get (at "/latin")))', '"ü"'],
    ['(:body (http/get (at "/text") {:as :bytes}))', "#u8(103 114 195 188 195 159 101)"],
    ['(:body (http/get (at "/moved")))', '"grüße"'],
    ['(let ((r (http/get (at "/missing")))) (list (:status r) (:body r)))', '(404 "not here")'],
    ['(json/decode (:body (http/get (at "/json"))))', "{:a (1 2.5 nil)}"],
    [
      '(map (fn (r) (:x-method (:headers r))) (list (http/post (at "/") "x") (http/put (at "/") "x") (http/delete (at "/")) (http/query (at "/") "x") (http/request "patch" (at "/"))))',
      '("POST" "PUT" "DELETE" "QUERY" "PATCH")',
    ],
    ['(let ((r (http/request "HEAD" (at "/text")))) (list (:status r) (:body r)))', '(200 "")'],
    ['(:body (http/post (at "/") "hé"))', '"hé"'],
    ['(:body (http/request "POST" (at "/") {} {:a 1}))', '"{\\"a\\":1}"'],
  ];
  for (const tier of TIERS) {
    it(`gives a map of what came back, on ${tier}`, async () => {
      for (const [code, value] of GOOD) assertEquals(await evaluated(code, { tier }), value, code);
    });
  }

  it("sends what the body is", async () => {
    assertEquals(await sent('(http/post (at "/") {:a nan :b \'(1 x) :c #\\a})'), {
      text: '{"a":null,"b":[1,"x"],"c":"#\\\\a"}',
      type: "application/json",
    });
    assertEquals(await sent('(http/post (at "/") "text")'), { text: "text", type: undefined });
    assertEquals(await sent('(http/post (at "/") \'(1 2))'), { text: "(1 2)", type: undefined });
    assertEquals(await sent('(http/post (at "/") nil)'), { text: "", type: undefined });
    assertEquals(await sent('(http/put (at "/") #u8(104 105))'), { text: "hi", type: undefined });
    assertEquals(await sent('(http/put (at "/") {:a 1} {:headers {"Content-Type" "text/x"}})'), {
      text: '{"a":1}',
      type: "text/x",
    });
  });

  it("sends headers, by strings and keywords", async () => {
    await evaluated('(http/get (at "/") {:headers {:x-one 1 "X-Two" :two} :unknown 5})');
    const headers = server.seen.at(-1)?.headers;
    assertEquals([headers?.["x-one"], headers?.["x-two"]], ["1", ":two"]);
  });

  it("sends forms of several parts", async () => {
    const parts = `(list {:name "a" :content "----sema-part-1"}
      {:name "f" :content #u8(1 2) :filename "x\\".bin" :content-type "application/x"})`;
    const { text, type } = await sent(`(http/post (at "/") nil {:multipart ${parts}})`);
    assertEquals(type, "multipart/form-data; boundary=----sema-part-2");
    const wanted = [
      "------sema-part-2",
      'Content-Disposition: form-data; name="a"',
      "",
      "----sema-part-1",
      "------sema-part-2",
      'Content-Disposition: form-data; name="f"; filename="x%22.bin"',
      "Content-Type: application/x",
      "",
      "\x01\x02",
      "------sema-part-2--",
      "",
    ];
    assertEquals(text, wanted.join("\r\n"));
  });

  const BAD: readonly (readonly [code: string, message: string])[] = [
    ["(http/get 5)", "type-error: expected string, got int"],
    ['(http/request "b d" (at "/"))', "eval: http: invalid method b d"],
    ['(http/get "nope")', "io: I/O error: http GET nope: invalid URL"],
    [
      '(http/get "file:///etc/passwd")',
      "io: I/O error: http GET file:///etc/passwd: the URL must begin with http:// or https://",
    ],
    ['(http/get (at "/slow") {:timeout 20})', "io: I/O error: http GET /slow: timed out after 20 ms"],
    ["(http/get closed)", "io: I/O error: http GET CLOSED: Connection refused"],
    ['(async/with-timeout 20 (fn () (http/get (at "/slow"))))', "timeout: operation exceeded 20 ms"],
    [
      '(let ((p (async (http/get (at "/slow"))))) (async/sleep 20) (async/cancel p) (await p))',
      "cancelled: async/await: awaited task was cancelled",
    ],
    ['(http/post (at "/") "" {:multipart 5})', "eval: http: :multipart must be a list of part maps"],
    ['(http/post (at "/") "" {:multipart \'(5)})', "eval: http: each :multipart part must be a map"],
    ['(http/post (at "/") "" {:multipart (list {})})', "eval: http: a :multipart part is missing :name"],
    ['(http/post (at "/") "" {:multipart (list {:name "x"})})', "eval: http: :multipart part 'x' is missing :content"],
    [
      '(http/post (at "/") "" {:multipart (list {:name "x" :content 5})})',
      "eval: http: :multipart part 'x' :content must be a string or bytevector",
    ],
  ];
  for (const tier of TIERS) {
    it(`fails in words that help, on ${tier}`, async () => {
      for (const [code, message] of BAD) assertEquals(await evaluated(code, { tier }), message, code);
    });
  }

  for (const tier of TIERS) {
    it(`lets other tasks go on, on ${tier}`, async () => {
      const code = `(define log '())
        (define (note x) (set! log (cons x log)))
        (define p (async (note (:body (http/get (at "/later"))))))
        (define q (async (begin (async/sleep 1) (note "meanwhile"))))
        (async/all (list p q))
        (reverse log)`;
      assertEquals(await evaluated(code, { tier }), '("meanwhile" "later")');
      const bodies = '(map :body (async/map (fn (x) (http/get (at "/later"))) (range 5)))';
      assertEquals(await evaluated(bodies, { tier }), '("later" "later" "later" "later" "later")');
    });
  }

  it("can be denied, and is not there where no network was given", async () => {
    const code = '(try (http/get "http://127.0.0.1:1/") (catch e (list (:type e) (:function e) (:capability e))))';
    const denied = '(:permission-denied "http/get" "network")';
    assertEquals(await evaluated(code, { deny: ["network"] }), denied);
    assertEquals(await evaluated(code, { host: {} }), denied);
  });
});

/** What the command line prints for a program that asks this server. */
function commandLine(code: string, flags: readonly string[] = [], net = true): Promise<string> {
  const args = [...net ? launch("--allow-net") : launch(), ...flags, "-p", code];
  const child = spawn(process.execPath, args, {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1" },
  });
  let out = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (piece: Uint8Array) => out += new TextDecoder().decode(piece));
  }
  return new Promise((resolve) => child.on("close", () => resolve(out)));
}

describe("the command line", () => {
  it("asks servers", async () => {
    assertEquals(await commandLine(`(:body (http/get "${server.url}/text"))`), '"grüße"\n');
  });

  it("does not in a strict sandbox", async () => {
    const out = await commandLine(`(http/get "${server.url}/text")`, ["--sandbox=strict"]);
    assertStringIncludes(out, "Permission denied: http/get requires 'network' capability");
  });

  it("says which permission of Deno is missing", async (test) => {
    if (!("Deno" in globalThis)) return test.skip("a permission of Deno");
    const out = await commandLine(`(http/get "${server.url}/text")`, [], false);
    assertStringIncludes(out, "Permission denied: http/get requires 'network' capability");
    assertStringIncludes(out, "run deno with --allow-net");
  });
});
