/** Programs that serve, asked by requests of this test. */
import { describe, it } from "node:test";
import { request as rawRequest } from "node:http";
import { assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { createRuntime, memoryFiles, SemaError, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { serve } from "./servers.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];

/** Runs a program that serves at any port, and ends it when `use` has ended; what it has written as errors. */
async function serving(
  program: string,
  use: (url: string, called: (name: string) => Promise<unknown>) => Promise<void>,
  tier: Tier = "auto",
): Promise<string> {
  const files = memoryFiles({ "site/index.html": "<p>home", "site/a b.css": "p {}", "secret.txt": "secret" });
  let errors = "";
  const host = { ...hostAccess(), files };
  const runtime = createRuntime({ tier, host, stderr: (text) => errors += text });
  const stop = new AbortController();
  const url = await new Promise<string>((resolve, reject) => {
    runtime.define("listening", (where: { url: string }) => resolve(where.url));
    const code = `(define app ${program})
      (http/serve app {:port 0 :host "127.0.0.1" :on-listen listening})`;
    runtime.evalAsync(code, { signal: stop.signal }).catch(reject);
  });
  try {
    await use(url, (name) => runtime.callAsync(name, []));
  } finally {
    stop.abort();
    host.release?.();
  }
  return errors;
}

/** Status and text of an answer. */
async function ask(url: string, init: RequestInit = {}): Promise<string> {
  const response = await fetch(url, init);
  return `${response.status} ${await response.text()}`;
}

/** The status for a path that no other client would send. */
function rawStatus(url: string, path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const sent = rawRequest({ hostname, port, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    sent.on("error", reject);
    sent.end();
  });
}

const APP = `(http/router (append
  (route/prefix "/api/" [[:get "/hello/:name" (fn (r) (http/ok {:hi (:name (:params r)) :q (:query r)}))]])
  (list [:post "/echo" (fn (r) (http/text (string-append (:body r) (get (:headers r) "x-one"))))]
    [:post "/json" (fn (r) (http/created (:json r)))]
    [:get "/gone" (fn (r) (http/redirect "/plain"))]
    [:get "/plain" (fn (r) '(1 "two"))]
    [:delete "/none/" (fn (r) (http/no-content))]
    [:get "/fail" (fn (r) (error "oh no"))]
    [:get "/unsendable" (fn (r) {:status 200 :headers {"a" "b\\nc"} :body ""})]
    [:any "/rest/*" (fn (r) (http/html (string-append (keyword->string (:method r)) " " (:* (:params r)))))]
    [:static "/files" "site"])))`;

describe("a server", () => {
  for (const tier of TIERS) {
    it(`answers by the first route that fits, on ${tier}`, async () => {
      const errors = await serving(APP, async (url) => {
        assertEquals(await ask(`${url}/api/hello/ann?x=1&y&x=2`), '200 {"hi":"ann","q":{"x":"2","y":""}}');
        const echo = { method: "POST", body: "grüße ", headers: { "X-One": "1" } };
        assertEquals(await ask(`${url}/echo`, echo), "200 grüße 1");
        const json = { method: "POST", body: '{"a": [1]}', headers: { "content-type": "application/json" } };
        assertEquals(await ask(`${url}/json`, json), '201 {"a":[1]}');
        assertEquals(await ask(`${url}/gone`), '200 (1 "two")');
        assertEquals(await ask(`${url}/none`, { method: "DELETE" }), "204 ");
        assertEquals(await ask(`${url}/none`), '404 "Not Found"');
        assertEquals(await ask(`${url}/rest/a/b`, { method: "PUT" }), "200 put a/b");
        assertEquals(await ask(`${url}/fail`), "500 Handler did not respond");
        assertEquals(await ask(`${url}/unsendable`), "500 Handler did not respond");
      }, tier);
      assertStringIncludes(errors, "Listening on 127.0.0.1:");
      assertStringIncludes(errors, "http/serve: GET /fail: oh no\n");
    });

    it(`answers each request by a task of its own, on ${tier}`, async () => {
      const program = `(let ((gate (channel/new)))
        (fn (r) (if (= (:path r) "/open") (begin (channel/send gate 1) "opened") (begin (channel/recv gate) "waited"))))`;
      await serving(program, async (url) => {
        const first = ask(`${url}/wait`);
        const second = ask(`${url}/wait`);
        assertEquals([await ask(`${url}/open`), await ask(`${url}/open`)], ["200 opened", "200 opened"]);
        assertEquals([await first, await second], ["200 waited", "200 waited"]);
      }, tier);
    });
  }

  it("has tools for language models", async () => {
    const program = `(begin
      (deftool weather "Tells it." {:city {:type :string :description "Where"} :days {:type :number :optional #t}}
        (fn (days city) {:city city :days days}))
      (deftool twice "Doubles." {:n {:type :number :enum [1 2]}} (fn (n) (* 2 n)))
      (http/router (tools->routes [weather twice])))`;
    const post = (url: string, body: string, type = "application/json") =>
      ask(url, { method: "POST", body, headers: { "content-type": type } });
    for (const tier of TIERS) {
      await serving(program, async (url) => {
        assertEquals(
          await post(`${url}/tools/weather`, '{"city":"Bonn","__proto__":1}'),
          '200 {"city":"Bonn","days":null}',
        );
        assertEquals(await post(`${url}/tools/twice`, '{"n":21}'), "200 42");
        const refused =
          '400 {"error":"the arguments of twice must be a JSON object, of content type application/json"}';
        assertEquals(await post(`${url}/tools/twice`, "[21]"), refused);
        assertEquals(await post(`${url}/tools/twice`, '{"n":21}', "text/plain"), refused);
        assertEquals(await post(`${url}/tools/none`, "{}"), '404 "Not Found"');
        const schema = await (await fetch(`${url}/tools/weather/schema`)).json();
        assertEquals(schema, {
          name: "weather",
          description: "Tells it.",
          parameters: {
            type: "object",
            properties: { city: { type: "string", description: "Where" }, days: { type: "number" } },
            required: ["city"],
          },
        });
        const { parameters } = await (await fetch(`${url}/tools/twice/schema`)).json();
        assertEquals(parameters.properties, { n: { type: "number", enum: [1, 2] } });
      }, tier);
    }
  });

  it("has files, and no others", async () => {
    await serving(APP, async (url) => {
      const response = await fetch(`${url}/files/a%20b.css`);
      assertEquals([await response.text(), response.headers.get("content-type")], ["p {}", "text/css"]);
      assertEquals(response.headers.get("content-length"), "4");
      assertEquals(await ask(`${url}/files/`), "200 <p>home");
      assertEquals(await ask(`${url}/files/none`), '404 "Not Found"');
      assertEquals(await ask(`${url}/files/a%20b.css`, { method: "POST" }), '404 "Not Found"');
      assertEquals(await rawStatus(url, "/files/../secret.txt"), 400);
      assertEquals(await rawStatus(url, "/files/%2e%2e/secret.txt"), 400);
      assertEquals(await rawStatus(url, "/files/..%2fsecret.txt"), 400);
    });
  });

  it("may have all files there are", async () => {
    const program = '(http/router [[:static "/all" "/"]])';
    await serving(program, async (url) => {
      assertEquals(await ask(`${url}/all/secret.txt`), "200 secret");
      assertEquals(await ask(`${url}/all/`), '404 "Not Found"');
    });
  });

  it("sends events as they come", async () => {
    const program =
      '(fn (r) (http/stream (fn (send) (begin (send "one") (async/sleep 1) (send "two\\nlines\\rof\\r\\ntext")))))';
    await serving(program, async (url) => {
      const response = await fetch(url);
      assertEquals(response.headers.get("content-type"), "text/event-stream");
      assertEquals(await response.text(), "data: one\n\ndata: two\ndata: lines\ndata: of\ndata: text\n\n");
    });
  });

  it("cancels the task of who has gone away", async () => {
    const watched = `(begin (define log (channel/new 9))
      (define (gone) (channel/recv log))
      (fn (r) (dynamic-wind (fn () nil) (fn () (async/sleep 60000)) (fn () (channel/send log "gone")))))`;
    await serving(watched, async (url, called) => {
      const leaving = new AbortController();
      const answer = ask(url, { signal: leaving.signal }).catch(() => "left");
      setTimeout(() => leaving.abort(), 50);
      assertEquals(await answer, "left");
      assertEquals(await called("gone"), "gone");
    });
  });

  it("refuses what is too long", async () => {
    await serving("(fn (r) (number->string (string-length (:body r))))", async (url) => {
      const body = "x".repeat(2 ** 24);
      assertEquals(await ask(url, { method: "POST", body }), `200 ${2 ** 24}`);
      const refused = await ask(url, { method: "POST", body: `${body}x` }).catch(() => "413 Payload Too Large");
      assertEquals(refused, "413 Payload Too Large");
    });
  });

  it("says what is wrong", async () => {
    const other = await serve(() => {});
    const { port } = new URL(other.url);
    const host = hostAccess();
    const run = async (code: string) => {
      const runtime = createRuntime({ host, stderr: () => {} });
      try {
        return runtime.print(await runtime.evalAsync(code));
      } catch (error) {
        if (error instanceof SemaError) return `${error.type}: ${error.message}`;
        throw error;
      }
    };
    const at = (options: string) => `(http/serve (fn (r) "") {:host "127.0.0.1" ${options}})`;
    assertEquals(await run(at(`:port ${port}`)), `io: I/O error: bind 127.0.0.1:${port}: Address already in use`);
    assertEquals(
      await run(at(`:port ${port} :port-fallback #t :on-listen (fn (w) (throw (> (:port w) ${port})))`)),
      "user: User exception: #t",
    );
    assertEquals(await run(at(":port 70000")), "eval: http/serve: port must be in 0..=65535, got 70000");
    assertEquals(await run("(http/serve 5)"), "type-error: expected function, got int");
    const CASES: readonly (readonly [routes: string, error: string])[] = [
      ["[5]", "each route must be a vector [method path handler]"],
      ['[[:get "/"]]', "each route must have exactly 3 elements"],
      ['[["get" "/" car]]', "the method of a route must be a keyword"],
      ['[[:ws "/" 5]]', "the handler of a :ws route must be a function"],
      ['[[:static "/" "/no/such"]]', "no such directory: /no/such"],
    ];
    for (const [routes, error] of CASES) {
      assertEquals(await run(`(http/router ${routes})`), `eval: http/router: ${error}`);
    }
    await other.close();
    host.release?.();
  });

  it("is closed when whom it tells where it listens fails", async () => {
    const host = hostAccess();
    const runtime = createRuntime({ host, stderr: () => {} });
    const code = `(define url nil)
      (define failed (try
        (http/serve (fn (r) "up") {:port 0 :host "127.0.0.1" :on-listen (fn (w) (begin (set! url (:url w)) (error "oh")))})
        (catch e (:message e))))
      (list failed (try (:body (http/get url)) (catch e (:type e))))`;
    assertEquals(runtime.print(await runtime.evalAsync(code)), '("oh" :io)');
    host.release?.();
  });

  it("answers many at a time", async () => {
    await serving("(fn (r) (begin (async/sleep 1) (http/text (:path r))))", async (url) => {
      const paths = Array.from({ length: 100 }, (_, i) => `/${i}`);
      assertEquals(await Promise.all(paths.map((path) => ask(url + path))), paths.map((path) => `200 ${path}`));
    });
  });

  it("is closed when its evaluation is stopped, however busy it is", async () => {
    for (const program of ["(fn (r) (begin (async/sleep 1) (http/text (:path r))))", "(fn (r) (let loop () (loop)))"]) {
      const host = hostAccess();
      const runtime = createRuntime({ host, stderr: () => {} });
      const stop = new AbortController();
      const url = await new Promise<string>((resolve, reject) => {
        runtime.define("listening", (where: { url: string }) => resolve(where.url));
        const code = `(http/serve ${program} {:port 0 :host "127.0.0.1" :on-listen listening})`;
        runtime.evalAsync(code, { signal: stop.signal }).catch((error) => error instanceof SemaError || reject(error));
      });
      const answers = Array.from({ length: 50 }, () => ask(url).catch(() => "gone"));
      await new Promise((resolve) => setTimeout(resolve, 30));
      stop.abort();
      await Promise.all(answers);
      assertEquals(await ask(url).catch(() => "nobody listens"), "nobody listens");
    }
  });

  it("is closed with the task that serves", async () => {
    const host = hostAccess();
    const runtime = createRuntime({ host, stderr: () => {} });
    const code = `(define where (channel/new))
      (define task (async (http/serve (fn (r) "up") {:port 0 :host "127.0.0.1" :on-listen (fn (w) (channel/send where (:url w)))})))
      (define url (channel/recv where))
      (define before (:body (http/get url)))
      (async/cancel task)
      (list before (try (:body (http/get url)) (catch e (:type e))))`;
    assertEquals(runtime.print(await runtime.evalAsync(code)), '("up" :io)');
    host.release?.();
  });
});
