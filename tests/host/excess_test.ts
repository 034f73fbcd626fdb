/** What comes from outside and is too much, too odd or too late: it ends in an error, and takes nothing with it. */
import { after, before, describe, it } from "node:test";
import process from "node:process";
import { createGzip, gzipSync } from "node:zlib";
import { assert, assertEquals, assertStringIncludes } from "../../src/compat/assert.ts";
import { zipped } from "../../src/builtins/host/zip.ts";
import {
  type ChildOutput,
  type ChildProcess,
  createRuntime,
  type HostAccess,
  memoryFiles,
  type SocketEvents,
} from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { quietHost } from "../quiet_host.ts";
import { serve, type TestServer } from "./servers.ts";
import { outcome } from "./outcome.ts";

let server: TestServer;

before(async () => {
  server = await serve(({ path }, response) => {
    if (path === "/bomb") {
      response.writeHead(200, { "content-encoding": "gzip" });
      return response.end(gzipSync(new Uint8Array(2 ** 20)));
    }
    if (path === "/endless") {
      response.writeHead(200, { "content-encoding": "gzip" });
      const zip = createGzip({ level: 1 });
      zip.pipe(response);
      response.on("close", () => zip.destroy());
      const more = (): void => void (zip.destroyed || zip.write(new Uint8Array(2 ** 16), more));
      return more();
    }
    response.end("small");
  });
});
after(() => server.close());

async function run(code: string, host: HostAccess): Promise<string> {
  const runtime = createRuntime({ host });
  runtime.define("url", server.url);
  return (await outcome(runtime, code, host)).replaceAll(server.url, "URL");
}

describe("an answer of a server", () => {
  /** A host whose programs take answers of so many bytes. */
  function taking(limit: number): HostAccess {
    const host = hostAccess();
    const { network } = host;
    if (network === undefined) return host;
    return {
      ...host,
      network: { ...network, request: (wanted, signal) => network.request({ ...wanted, limit }, signal) },
    };
  }

  it("may not be too long, however short it was on its way", async () => {
    assertEquals(await run("(:body (http/get url))", taking(5)), '"small"');
    assertStringIncludes(await run("(http/get url)", taking(4)), "the answer has more than 4 bytes");
    assertStringIncludes(await run('(http/get (string-append url "/bomb"))', taking(1000)), "more than 1000 bytes");
    assertStringIncludes(
      await run('(http/get (string-append url "/endless"))', taking(2 ** 22)),
      `more than ${2 ** 22} bytes`,
    );
  });

  it("may be waited for longer than the timers of hosts can count", async () => {
    assertEquals(await run("(:body (http/get url {:timeout 99999999999}))", hostAccess()), '"small"');
  });
});

describe("an answer to a client", () => {
  it("leads elsewhere without other headers", () => {
    const code = '(get (:headers (http/redirect "/a b\\r\\nx: 1\\u00fc")) "location")';
    assertEquals(createRuntime().eval(code), "/a%20b%0D%0Ax:%201%C3%BC");
  });
});

describe("a process", () => {
  function fake(
    started: (output: ChildOutput, child: ChildProcess) => void,
    wait = 0,
  ): readonly [HostAccess, string[]] {
    const log: string[] = [];
    const host = quietHost();
    const { process: own } = host;
    if (own === undefined) throw new Error("the quiet host has no processes");
    const spawn = async (
      _command: readonly string[],
      _options: unknown,
      output: ChildOutput,
    ): Promise<ChildProcess> => {
      await new Promise((resolve) => setTimeout(resolve, wait));
      let end = (_code: number | null): void => {};
      const child: ChildProcess = {
        ended: new Promise((resolve) => end = resolve),
        write: () => Promise.resolve(),
        closeInput: () => {},
        kill: () => {
          log.push("killed");
          end(null);
        },
      };
      setTimeout(() => started(output, child), 0);
      return child;
    };
    return [{ ...host, process: { ...own, spawn } }, log];
  }

  it("is ended when it writes more than anybody reads", async () => {
    const [host, log] = fake((output) => {
      const piece = new Uint8Array(2 ** 24).fill(65);
      for (let i = 0; i < 5; i++) output.stdout(piece);
    });
    const code =
      '(define h (proc/spawn ["yes"])) (define code (proc/wait h)) (list code (string-length (proc/read-stdout h)))';
    assertEquals(await run(code, host), `(-1 ${2 ** 26})`);
    assertEquals(log, ["killed"]);
  });

  it("is ended when nobody waits for its handle any more", async () => {
    const [host, log] = fake(() => {}, 30);
    const code = '(define t (async (proc/spawn ["sleep"]))) (async/sleep 1) (async/cancel t) (async/sleep 60) :done';
    assertEquals(await run(code, host), ":done");
    assertEquals(log, ["killed"]);
  });

  it("may have variables of any name", async () => {
    const host = quietHost();
    const { process: own } = host;
    if (own === undefined) throw new Error("the quiet host has no processes");
    let given: readonly (readonly [name: string, value: string])[] = [];
    const spawn: typeof own.spawn = (command, options, output) => {
      given = Object.entries(options.environment);
      return own.spawn(command, options, output);
    };
    await run('(proc/spawn ["env"] {:env {"__proto__" "odd" :no "string" "b" 1}})', {
      ...host,
      process: { ...own, spawn },
    });
    assertEquals(given, [["__proto__", "odd"]]);
  });
});

describe("a WebSocket", () => {
  it("is closed when it opens after all who waited for it have gone", async () => {
    let closed = 0;
    const host = quietHost();
    const { network } = host;
    if (network === undefined) throw new Error("the quiet host has no network");
    const connect = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return { send: () => {}, close: () => void closed++ };
    };
    const code = '(define t (async (ws/connect "ws://x/"))) (async/sleep 1) (async/cancel t) (async/sleep 60) :done';
    assertEquals(await run(code, { ...host, network: { ...network, connect } }), ":done");
    assertEquals(closed, 1);
  });

  it("is closed when nobody takes what comes", async () => {
    let tell: SocketEvents | null = null;
    let closed = 0;
    const host = quietHost();
    const { network } = host;
    if (network === undefined) throw new Error("the quiet host has no network");
    const connect = (_url: string, _options: unknown, events: SocketEvents) => {
      tell = events;
      return Promise.resolve({ send: () => {}, close: () => void closed++ });
    };
    const runtime = createRuntime({ host: { ...host, network: { ...network, connect } } });
    await runtime.evalAsync('(define c (ws/connect "ws://x/"))');
    const events = tell as SocketEvents | null;
    const piece = new Uint8Array(2 ** 26);
    // What has been taken does not count.
    for (let i = 0; i < 8; i++) {
      events?.message(piece);
      await runtime.evalAsync("(ws/recv c)");
    }
    assertEquals(closed, 0);
    for (let i = 0; i < 8; i++) events?.message(piece);
    assertEquals(closed, 1);
    const left = await runtime.evalAsync("(let loop ((n 0)) (if (ws/recv c) (loop (+ n 1)) n))");
    assertEquals([left, await runtime.evalAsync("(ws/connected? c)")], [5, false]);
  });
});

describe("a database", () => {
  it("does not answer for ever", () => {
    const runtime = createRuntime({ host: hostAccess() });
    const code = `(db/open-memory)
      (try (db/query ":memory:" "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c")
        (catch e (:message e)))`;
    assertEquals(runtime.eval(code), `db/query: the statement answers more than ${2 ** 20} rows`);
  });

  it("is cleaned up in the company of other statements", () => {
    const runtime = createRuntime({ host: hostAccess() });
    const code = `(db/open-memory) (db/exec ":memory:" "CREATE TABLE t (a)")
      (db/exec-batch ":memory:" "VACUUM; INSERT INTO t VALUES (7)")
      (define row (db/query-one ":memory:" "SELECT a, 2 AS __proto__ FROM t"))
      (list row (try (db/exec-batch ":memory:" "VACUUM main INTO 'x'") (catch e (:type e))))`;
    assertEquals(runtime.print(runtime.eval(code)).replaceAll(/\n\s*/g, " "), "({:__proto__ 2 :a 7} :eval)");
  });
});

describe("an archive", () => {
  it("may not name the same bytes again and again", () => {
    const CENTRAL = 46;
    const content = new Uint8Array(2 ** 24);
    const name = "a";
    const one = zipped([{ name, bytes: content }], (bytes) => new Uint8Array(bytes.length + 1));
    const start = one.length - 22 - CENTRAL - name.length;
    const record = one.subarray(start, start + CENTRAL + name.length);
    const times = 17;
    const bytes = new Uint8Array(start + times * record.length + 22);
    bytes.set(one.subarray(0, start));
    for (let i = 0; i < times; i++) bytes.set(record, start + i * record.length);
    bytes.set(one.subarray(one.length - 22), bytes.length - 22);
    const end = new DataView(bytes.buffer, bytes.length - 22);
    end.setUint16(8, times, true);
    end.setUint16(10, times, true);
    end.setUint32(12, times * record.length, true);
    const files = { ...memoryFiles(), info: () => null, makeDirectory: () => {}, read: () => bytes, write: () => {} };
    const runtime = createRuntime({ host: { ...hostAccess(), files } });
    const code = '(try (zip/extract "a.zip" "d") (catch e (:message e)))';
    assertEquals(runtime.eval(code), `zip/extract: a.zip: more than ${2 ** 28} bytes`);
  });

  it("says how long its parts are", () => {
    const header = new Uint8Array(1024);
    const put = (at: number, text: string) => header.set(new TextEncoder().encode(text), at);
    put(0, "a");
    put(124, "zzz");
    put(156, "0");
    put(148, " ".repeat(8));
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(148, `${sum.toString(8).padStart(6, "0")}\0 `);
    const files = { ...memoryFiles(), read: () => header, makeDirectory: () => {}, write: () => {} };
    const runtime = createRuntime({ host: { ...hostAccess(), files } });
    assertEquals(
      runtime.eval('(try (tar/extract "a.tar" "d") (catch e (:message e)))'),
      "tar/extract: a.tar: the archive is damaged",
    );
  });
});

describe("a signal", () => {
  it("is left to the system again when its program is done with", async () => {
    const host = hostAccess();
    const before = process.listenerCount("SIGWINCH");
    createRuntime({ host }).eval("(sys/on-signal :winch (fn () nil))");
    // Deno's own interface counts nothing here.
    assert(process.listenerCount("SIGWINCH") >= before);
    host.release?.();
    await Promise.resolve();
    assertEquals(process.listenerCount("SIGWINCH"), before);
  });
});
