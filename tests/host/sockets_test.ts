/** WebSockets, against a server that sends back what it gets. */
import { after, before, describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { createRuntime, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { serveSockets } from "./servers.ts";
import { outcome } from "./outcome.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];
const heads: string[] = [];
let server: { readonly url: string; close(): void };

before(async () => {
  server = await serveSockets(heads);
});
after(() => server.close());

async function run(code: string, tier: Tier = "auto"): Promise<string> {
  const host = hostAccess();
  const runtime = createRuntime({ tier, host });
  runtime.define("url", server.url);
  return (await outcome(runtime, code, host)).replaceAll(server.url, "URL");
}

const OPEN = "(define c (ws/connect url))";
const CASES: readonly (readonly [code: string, value: string])[] = [
  [
    `${OPEN} (for-each (fn (m) (ws/send c m)) (list "grüße" #u8(1 2) {:json [1 nil]} {:text "t"} {:binary #u8(3)} {:a 1}))
     (list (stream/type c) (ws/connected? c) (map (fn (n) (ws/recv c)) (range 6)))`,
    '("websocket" #t ({:text "grüße"} {:binary #u8(1 2)} {:text "[1,null]"} {:text "t"} {:binary #u8(3)} {:text "{\\"a\\":1}"}))',
  ],
  [
    `${OPEN} (ws/send c "bye")
     (list (ws/recv c) (ws/recv c) (ws/recv c) (ws/connected? c) (try (ws/send c "x") (catch e (:message e))))`,
    '({:close {:code 4001 :reason "done"}} nil nil #f "ws/send: connection is closed")',
  ],
  [`${OPEN} (ws/send c "break") (list (ws/recv c) (ws/connected? c))`, "(nil #f)"],
  [`${OPEN} (list (ws/close c) (ws/close c) (ws/connected? c))`, "(nil nil #f)"],
  [`(ws/connected? (with-open (c (ws/connect url)) c))`, "#f"],
  [
    `${OPEN} (define late (ws/recv-timeout c 5)) (ws/send c "a") (ws/send c "b")
     (list late (ws/recv-timeout c 5000) (ws/recv c))`,
    '(:timeout {:text "a"} {:text "b"})',
  ],
  [
    `${OPEN} (define p (async (:text (ws/recv c)))) (ws/send c "x") (await p)`,
    '"x"',
  ],
  [
    `${OPEN} (define log '())
     (define (note x) (set! log (cons x log)))
     (define p (ws/listen c {:on-open (fn (c) (note :open))
                             :on-message (fn (c m) (begin (note m) (ws/send c "bye")))
                             :on-close (fn (c info) (note info))}))
     (ws/send c #u8(7)) (await p) (reverse log)`,
    '(:open #u8(7) {:code 4001 :reason "done"})',
  ],
  [
    `${OPEN} (define log '())
     (define p (ws/listen c {:on-message (fn (c m) (error "oh")) :on-error (fn (c e) (set! log (list (:message e))))}))
     (ws/send c "x") (await p) log`,
    '("oh")',
  ],
  [
    `${OPEN} (define sent (try (ws/ping c) (catch e (:message e)))) (ws/send c "x") (define got (:text (ws/recv c))) (ws/close c)
     (list (or (nil? sent) (= sent "ws/ping: WebSockets of this host send no pings")) got (try (ws/ping c) (catch e (:message e))))`,
    '(#t "x" "ws/ping: connection is closed")',
  ],
  [`${OPEN} (ws/ping c (string/repeat "x" 126))`, "eval: ws/ping: at most 125 bytes, got 126"],
  ['(ws/connect "http://x/")', "eval: ws/connect: not a websocket URL: http://x/"],
  [
    '(ws/connect (string-append url "/slow") {:timeout 30})',
    "io: I/O error: ws/connect URL/slow: handshake timed out after 30ms",
  ],
  [
    '(ws/connect "ws://127.0.0.1:2/" {:retries 1 :retry-backoff-ms 1})',
    "io: I/O error: ws/connect ws://127.0.0.1:2/: the server cannot be reached, or speaks no WebSocket",
  ],
  ['(ws/send 5 "x")', "type-error: expected websocket, got int"],
  [`${OPEN} (ws/send c 5)`, "type-error: expected string, bytevector, or map, got int"],
];

describe("a WebSocket", () => {
  for (const tier of TIERS) {
    it(`sends and receives messages until it is closed, on ${tier}`, async () => {
      for (const [code, value] of CASES) assertEquals(await run(code, tier), value, code);
    });
  }

  it("is opened with headers and protocols", async () => {
    await run('(ws/close (ws/connect url {:headers {:x-one "1"} :subprotocols ["chat" "other"]}))');
    const head = heads.at(-1)?.toLowerCase() ?? "";
    assert(head.includes("x-one: 1\r\n"), head);
    assert(/sec-websocket-protocol: chat, ?other\r\n/.test(head), head);
  });
});
