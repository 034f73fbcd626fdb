/** Servers that speak by WebSockets: with the hosts' own clients, with those of programs, and with clients that do what they must not. */
import { describe, it } from "node:test";
import { connect } from "node:net";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { CLOSE_CODE, frame, FrameReader, type Message } from "../../src/host/frames.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** Runs a program that serves at any port until `use` has ended; what it has written as errors. */
async function serving(program: string, use: (url: string) => Promise<void>, tier: Tier = "auto"): Promise<string> {
  let errors = "";
  const host = hostAccess();
  const runtime = createRuntime({ tier, host, stderr: (text) => errors += text });
  const stop = new AbortController();
  const url = await new Promise<string>((resolve, reject) => {
    runtime.define("listening", (where: { url: string }) => resolve(where.url));
    const code = `(http/serve ${program} {:port 0 :host "127.0.0.1" :on-listen listening})`;
    runtime.evalAsync(code, { signal: stop.signal }).catch(reject);
  });
  try {
    await use(url);
  } finally {
    stop.abort();
    host.release?.();
  }
  return errors;
}

/** What the program of a client gives, whose global `url` is the server's address. */
async function client(url: string, code: string): Promise<string> {
  const host = hostAccess();
  const runtime = createRuntime({ host });
  runtime.define("url", url.replace("http", "ws"));
  try {
    return runtime.print(await runtime.evalAsync(code)).replaceAll(/\n\s*/g, " ");
  } finally {
    host.release?.();
  }
}

/** Sends bytes, and gives what comes back until the connection ends. */
function raw(url: string, ...pieces: readonly (string | Uint8Array)[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname, () => {
      for (const piece of pieces) socket.write(piece);
    });
    const back: number[] = [];
    socket.on("data", (bytes: Uint8Array) => back.push(...bytes));
    socket.on("close", () => resolve(Uint8Array.from(back)));
    socket.on("end", () => socket.end());
    socket.on("error", reject);
  });
}

const UPGRADE =
  "GET /echo HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

/** A frame of a client: masked. */
function masked(kind: number, content: Uint8Array, first = 0x80): Uint8Array {
  const [, ...rest] = frame(kind, content);
  const size = rest.length - content.length;
  const [short = 0, ...more] = rest.slice(0, size);
  const mask = [1, 2, 3, 4];
  return Uint8Array.from([
    first | kind,
    short | 0x80,
    ...more,
    ...mask,
    ...content.map((byte, i) => byte ^ (mask[i % 4] ?? 0)),
  ]);
}

const ECHO = `(fn (c) (let loop ((m ((:recv c)))) (if (nil? m) nil (begin ((:send c) m) (loop ((:recv c)))))))`;
const APP = `(http/router [
  [:ws "/echo" ${ECHO}]
  [:get "/who/:name" (fn (r) (http/websocket (fn (c) ((:send c) (:name (:params r))))))]
  [:ws "/close" (fn (c) (begin ((:close c)) ((:close c)) ((:recv c))))]
  [:ws "/fail" (fn (c) (error "oh no"))]
  [:ws "/odd" (fn (c) ((:send c) 5))]
  [:get "/text" (fn (r) {:status 418 :headers {"x-one" "1"} :body "text"})]
  [:get "/bad" (fn (r) {:status 200 :headers {"x-one" "1\\r\\nx-two: 2"} :body "text"})]
  [:get "/events" (fn (r) (http/stream (fn (send) (send "one"))))]])`;

describe("a server of WebSockets", () => {
  for (const tier of TIERS) {
    it(`sends and receives, on ${tier}`, async () => {
      const errors = await serving(APP, async (url) => {
        const echo = `(define c (ws/connect (string-append url "/echo")))
          (define big (string/repeat "grüße " 20000))
          (for-each (fn (m) (ws/send c m)) (list "grüße" #u8(1 2) "" big))
          (define got (map (fn (n) (ws/recv c)) (range 4)))
          (ws/close c)
          (list (take 3 got) (= big (:text (nth got 3))))`;
        assertEquals(await client(url, echo), '(({:text "grüße"} {:binary #u8(1 2)} {:text ""}) #t)');
        const once = (path: string) =>
          client(
            url,
            `(define c (ws/connect (string-append url "${path}"))) (let* ((a (ws/recv c)) (b (ws/recv c))) (list a b))`,
          );
        assertEquals(await once("/who/ann"), '({:text "ann"} {:close {:code 1000 :reason ""}})');
        assertEquals(await once("/close"), '({:close {:code 1000 :reason ""}} nil)');
        assertEquals(await once("/fail"), '({:close {:code 1011 :reason ""}} nil)');
        assertEquals(await once("/odd"), '({:close {:code 1011 :reason ""}} nil)');
      }, tier);
      assertStringIncludes(errors, "http/serve: GET /fail: oh no\n");
      assertStringIncludes(errors, "http/serve: GET /odd: expected string or bytevector, got int\n");
    });
  }

  it("answers who asks for none, and who asks for one where there is none", async () => {
    await serving(APP, async (url) => {
      const plain = async (path: string) => {
        const response = await fetch(url + path);
        return `${response.status} ${await response.text()}`;
      };
      assertEquals(await plain("/echo"), "400 WebSocket upgrade required");
      assertEquals(await plain("/who/ann"), "400 WebSocket upgrade required");
      const asked = async (path: string) => new TextDecoder().decode(await raw(url, UPGRADE.replace("/echo", path)));
      assertEquals(
        await asked("/text"),
        "HTTP/1.1 418 \r\nx-one: 1\r\ncontent-length: 4\r\nconnection: close\r\n\r\ntext",
      );
      assert((await asked("/bad")).endsWith("\r\n\r\nHandler did not respond"));
      assert(!(await asked("/bad")).includes("x-two"));
      assert((await asked("/events")).endsWith("\r\n\r\ndata: one\n\n"));
      assertStringIncludes(await asked("/none"), "HTTP/1.1 404 ");
      const other = UPGRADE.replace("Upgrade: websocket", "Upgrade: h2c");
      assertStringIncludes(new TextDecoder().decode(await raw(url, other)), "HTTP/1.1 400 ");
      const withBody = other.replace("GET /echo", "POST /text").replace("\r\n\r\n", "\r\nContent-Length: 3\r\n\r\nabc");
      assertStringIncludes(new TextDecoder().decode(await raw(url, withBody)), "HTTP/1.1 501 ");
    });
  });

  it("closes the connection of who does what he must not", async () => {
    const code = async (...frames: readonly Uint8Array[]) => {
      const back = await raw(url, UPGRADE, ...frames);
      return (back.at(-2) ?? 0) * 256 + (back.at(-1) ?? 0);
    };
    let url = "";
    await serving(APP, async (address) => {
      url = address;
      const handshake = new TextDecoder().decode(await raw(url, UPGRADE, masked(8, new Uint8Array(0))));
      assertStringIncludes(handshake, "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n");
      assertEquals(await code(frame(1, Uint8Array.of(97))), CLOSE_CODE.protocol);
      assertEquals(await code(masked(1, Uint8Array.of(0xff))), CLOSE_CODE.notText);
      assertEquals(await code(masked(8, Uint8Array.of(15, 161))), 4001);
      const huge = Uint8Array.of(0x82, 0xff, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0);
      assertEquals(await code(huge), CLOSE_CODE.tooLong);
    });
  });
});

/** What a reader makes of bytes that come in pieces of some size. */
function read(bytes: Uint8Array, size: number, limit = 1000): Message[] {
  const reader = new FrameReader(limit);
  const messages: Message[] = [];
  for (let at = 0; at < bytes.length; at += size) messages.push(...reader.take(bytes.subarray(at, at + size)));
  return messages;
}

describe("frames", () => {
  it("are read in whatever pieces they come", () => {
    const text = (value: string) => new TextEncoder().encode(value);
    const long = text("ü".repeat(200));
    const bytes = Uint8Array.from([
      ...masked(1, text("one")),
      ...masked(1, long.subarray(0, 101), 0),
      ...masked(9, text("ping")),
      ...masked(0, long.subarray(101, 101), 0),
      ...masked(0, long.subarray(101)),
      ...masked(10, text("pong")),
      ...masked(2, Uint8Array.of(0, 255)),
      ...masked(8, Uint8Array.of(3, 232)),
      ...masked(1, text("too late")),
    ]);
    for (const size of [1, 2, 3, 7, 100, 10_000]) {
      assertEquals(read(bytes, size), [
        { kind: "message", data: "one" },
        { kind: "ping", content: text("ping") },
        { kind: "message", data: "ü".repeat(200) },
        { kind: "message", data: Uint8Array.of(0, 255) },
        { kind: "end", code: 1000 },
      ]);
    }
  });

  it("that may not come end the connection", () => {
    const one = Uint8Array.of(1);
    const wrong: readonly (readonly [bytes: readonly number[], code: number])[] = [
      [[...frame(1, one)], CLOSE_CODE.protocol],
      [[...masked(1, one, 0xc0)], CLOSE_CODE.protocol],
      [[...masked(3, one)], CLOSE_CODE.protocol],
      [[...masked(11, one)], CLOSE_CODE.protocol],
      [[...masked(0, one)], CLOSE_CODE.protocol],
      [[...masked(9, one, 0)], CLOSE_CODE.protocol],
      [[...masked(9, new Uint8Array(126))], CLOSE_CODE.protocol],
      [[...masked(1, one, 0), ...masked(1, one)], CLOSE_CODE.protocol],
      [[...masked(8, Uint8Array.of(3, 238))], CLOSE_CODE.protocol],
      [[...masked(2, new Uint8Array(1001))], CLOSE_CODE.tooLong],
      [[...masked(2, new Uint8Array(600), 0), ...masked(0, new Uint8Array(600))], CLOSE_CODE.tooLong],
      [[...masked(1, Uint8Array.of(0xc3))], CLOSE_CODE.notText],
    ];
    for (const [bytes, code] of wrong) assertEquals(read(Uint8Array.from(bytes), 64), [{ kind: "end", code }]);
  });
});
