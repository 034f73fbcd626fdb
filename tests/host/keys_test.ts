/** Keys: what sequences of bytes mean, and reading them from an input that a test plays. */
import { describe, it } from "node:test";
import { assert, assertEquals } from "../../src/compat/assert.ts";
import { decodeKey } from "../../src/builtins/host/key_codes.ts";
import { createRuntime, type HostAccess, type KeyInput, type Tier } from "../../src/engine/mod.ts";
import { hostAccess } from "../../src/host/access.ts";
import { quietHost } from "../quiet_host.ts";
import { program, sema } from "./command.ts";
import { outcome } from "./outcome.ts";

const TIERS: readonly Tier[] = ["baseline", "jit", "auto"];
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const printer = createRuntime();

/** All keys of a text, behind which nothing comes, as they are printed. */
function decoded(input: Uint8Array): string[] {
  const keys: string[] = [];
  for (let rest = input; rest.length > 0;) {
    const found = decodeKey(rest, true);
    if (found === "more") throw new Error("more is wanted where there is none");
    keys.push(found.key === null ? "nothing" : printer.print(found.key).replaceAll(/\n\s*/g, " "));
    rest = rest.subarray(found.size);
  }
  return keys;
}

const KEYS: readonly (readonly [input: string, ...keys: string[]])[] = [
  [
    "aß€😀",
    '{:char "a" :kind :char}',
    '{:char "ß" :kind :char}',
    '{:char "€" :kind :char}',
    '{:char "😀" :kind :char}',
  ],
  ["\x03\0\x1c", '{:char "c" :kind :ctrl}', '{:char " " :kind :ctrl}', '{:char "\\\\" :kind :ctrl}'],
  ["\r\n\t\x7f\b", ...["enter", "enter", "tab", "backspace", "backspace"].map((name) => `{:kind :key :name :${name}}`)],
  ["\x1b", "{:kind :key :name :esc}"],
  ["\x1b\x1b[A", "{:kind :key :name :esc}", "{:kind :key :name :up}"],
  ["\x1bx\x1bü\x1b\r", '{:char "x" :kind :alt}', '{:char "ü" :kind :alt}', "{:kind :key :mods (:alt) :name :enter}"],
  ["\x1b[", '{:char "[" :kind :alt}'],
  ["\x1bO", '{:char "O" :kind :alt}'],
  [
    "\x1b[A\x1b[B\x1b[C\x1b[D\x1b[H\x1b[F\x1bOP\x1bOS\x1b[15~\x1b[24~",
    ...["up", "down", "right", "left", "home", "end", "f1", "f4", "f5", "f12"].map((name) =>
      `{:kind :key :name :${name}}`
    ),
  ],
  [
    "\x1b[2~\x1b[3~\x1b[5~\x1b[6~\x1b[Z",
    ...["insert", "delete", "page-up", "page-down", "shift-tab"].map((name) => `{:kind :key :name :${name}}`),
  ],
  ["\x1b[1;5C\x1b[3;4~", "{:kind :key :mods (:ctrl) :name :right}", "{:kind :key :mods (:shift :alt) :name :delete}"],
  ["\x1b[200~a\r\nb\x1b[A\x1b[201~c", '{:kind :paste :text "a\\nb\x1b[A"}', '{:char "c" :kind :char}'],
  ["\x1b[I\x1b[O", "{:focused #t :kind :focus}", "{:focused #f :kind :focus}"],
  ["\x1b[12;40R", "{:col 40 :kind :cpr :row 12}"],
  [
    "\x1b[?62;4c\x1b[>1;10;0c",
    "{:device :primary :kind :device-attributes :params (62 4)}",
    "{:device :secondary :kind :device-attributes :params (1 10 0)}",
  ],
  ["\x1b[?5u", "{:flags 5 :kind :kitty-flags}"],
  [
    "\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<34;5;6M\x1b[<65;1;1M\x1b[<20;1;2M\x1b[<35;9;9M",
    "{:action :press :button :left :kind :mouse :x 3 :y 4}",
    "{:action :release :button :left :kind :mouse :x 3 :y 4}",
    "{:action :move :button :right :kind :mouse :x 5 :y 6}",
    "{:action :wheel-down :button nil :kind :mouse :x 1 :y 1}",
    "{:action :press :button :left :kind :mouse :mods (:shift :ctrl) :x 1 :y 2}",
    "{:action :move :button nil :kind :mouse :x 9 :y 9}",
  ],
  [
    "\x1b[97u\x1b[97;2u\x1b[97;5u\x1b[97;7u\x1b[27u\x1b[13;2u\x1b[9;2u\x1b[97;2;65u\x1b[97;1:3u\x1b[57441u",
    '{:char "a" :kind :char}',
    '{:char "A" :kind :char}',
    '{:char "a" :kind :ctrl}',
    '{:char "a" :kind :ctrl}',
    "{:kind :key :name :esc}",
    "{:kind :key :mods (:shift) :name :enter}",
    "{:kind :key :name :shift-tab}",
    '{:char "A" :kind :char}',
    "nothing",
    "nothing",
  ],
  ["\x1b[99~\x1b[1;2", "nothing", "nothing"],
];

/** A host whose input is what the test gives it, piece by piece, each after what came before has been read. */
function typing(pieces: readonly (string | number)[]): HostAccess {
  const left = [...pieces];
  const read: KeyInput["read"] = (signal) => {
    const next = left.shift();
    if (typeof next !== "number") return Promise.resolve(bytes(next ?? ""));
    // A number is so many milliseconds in which nothing comes.
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(read(signal)), next);
      signal.addEventListener("abort", () => {
        clearTimeout(timer);
        left.unshift(next);
      });
    });
  };
  return { ...quietHost(), keys: { read, raw: () => null } };
}

async function run(code: string, host: HostAccess, tier: Tier = "auto"): Promise<string> {
  const runtime = createRuntime({ tier, host, stdout: () => {} });
  return await outcome(runtime, code, host);
}

describe("keys", () => {
  it("are read from the bytes that terminals send", () => {
    for (const [input, ...keys] of KEYS) assertEquals(decoded(bytes(input)), keys, JSON.stringify(input));
    assertEquals(
      decoded(Uint8Array.of(0xff, 0xc3, 97)),
      ["\ufffd", "\ufffd", "a"].map((c) => `{:char "${c}" :kind :char}`),
    );
    assertEquals(decoded(Uint8Array.of(0xe2, 0x82)), ['{:char "\ufffd" :kind :char}']);
  });

  it("wait for the rest of what has begun", () => {
    for (const begun of ["", "\x1b", "\x1b[", "\x1b[1;", "\x1bO", "\x1b[200~abc", "\x1b[200~abc\x1b[20"]) {
      assertEquals(decodeKey(bytes(begun), false), "more", JSON.stringify(begun));
    }
    assertEquals(decodeKey(Uint8Array.of(0xe2, 0x82), false), "more");
  });

  it("bear any bytes", () => {
    let seed = 1;
    const random = (below: number) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % below;
    for (let i = 0; i < 2000; i++) {
      const some = Uint8Array.from(
        { length: random(20) },
        () => random(3) === 0 ? 27 : random(2) === 0 ? 91 : random(256),
      );
      assert(decoded(some).length <= some.length);
    }
  });

  for (const tier of TIERS) {
    it(`are read while others go on, on ${tier}`, async () => {
      const code = `(define seen '())
        (define other (async (for-each (fn (i) (begin (async/sleep 5) (set! seen (cons i seen)))) (range 3))))
        (define keys (let loop ((key (io/read-key)) (keys '()))
          (if (nil? key) (reverse keys) (loop (io/read-key) (cons (or (:char key) (:name key)) keys)))))
        (list keys (>= (length seen) 3) (io/eof?))`;
      const host = typing(["a", "b\x1b", "[A", 30, "\x1b", 100, "c"]);
      assertEquals(await run(code, host, tier), '(("a" "b" :up :esc "c") #t #t)');
    });

    it(`are waited for together with others, on ${tier}`, async () => {
      const code =
        `(define (next) (let ((e (event/select [{:type :key} (time/tick 20)]))) (if (= (:type e) :key) (:char (:value e)) (:type e))))
        (let* ((a (next)) (b (next)) (c (next)) (d (:char (io/read-key)))) (list a b c d))`;
      assertEquals(await run(code, typing(["xy", 30, "z"]), tier), '("x" "y" :timer "z")');
    });
  }

  it("are given to who waits longest", async () => {
    const code =
      `(define a (async (:char (io/read-key)))) (define b (async (:char (io/read-key)))) (async/all (list b a))`;
    assertEquals(await run(code, typing([5, "1", "2"])), '("2" "1")');
  });

  it("are left for others by who does not wait any more", async () => {
    const code = `(define late (io/read-key-timeout 5))
      (define task (async (io/read-key))) (async/sleep 1) (async/cancel task)
      (list late (:char (io/read-key-timeout 1000)))`;
    const host = quietHost();
    let give = (_bytes: Uint8Array): void => {};
    const keys: KeyInput = {
      raw: () => null,
      read: (signal) =>
        new Promise((resolve) => {
          if (!signal.aborted) give = resolve;
        }),
    };
    setTimeout(() => give(bytes("k")), 60);
    assertEquals(await run(code, { ...host, keys }), '(nil "k")');
  });

  it("leave lines behind them", async () => {
    const code = "(let* ((key (io/read-key)) (line (read-line))) (list (:char key) line))";
    assertEquals(await run(code, typing(["abc\nd"])), '("a" "bc")');
    let given = false;
    const input = (into: Uint8Array): number => {
      if (given) return 0;
      given = true;
      into.set(bytes("abc\n"));
      return 4;
    };
    assertEquals(await run(code, { ...quietHost(), input }), '("a" "bc")');
  });

  it("answer questions to the terminal", async () => {
    const modes: boolean[] = [];
    const answering = (answer: string): HostAccess => {
      const { keys, ...host } = typing(["q", answer]);
      const raw = () => {
        modes.push(true);
        return () => void modes.push(false);
      };
      return keys === undefined ? host : { ...host, keys: { ...keys, raw } };
    };
    const code = "(let* ((answer (term/cursor-position)) (key (io/read-key))) (list answer (:char key)))";
    assertEquals(await run(code, answering("\x1b[7;9R")), '({:col 9 :row 7} "q")');
    assertEquals(await run("(term/supports-kitty-keys?)", answering("\x1b[?0u\x1b[?62c")), "#t");
    assertEquals(await run("(term/supports-kitty-keys?)", answering("\x1b[?62c")), "#f");
    assertEquals(modes, [true, false, true, false, true, false]);
    modes.length = 0;
    const raw =
      '(let ((t (io/tty-raw!))) (list t (io/tty-restore! t) (io/tty-restore! t) (try (io/with-raw-mode (error "oh")) (catch e (:message e)))))';
    assertEquals(await run(raw, answering("")), '(1 nil nil "oh")');
    assertEquals(modes, [true, false, true, false]);
  });

  it("come from the standard input of a process, which they do not keep", () => {
    const file = program(
      "keys.sema",
      `(println (io/tty-raw!) (:char (io/read-key)) (:name (io/read-key)) (read-line))
       (println (io/read-key-timeout 1000) (io/eof?))
       (async (io/read-key))`,
    );
    const { code, out, err } = sema([file], "x\x1b[Ay\n");
    assertEquals([code, out, err], [0, "nil x :up y\nnil #t\n", ""]);
  });
});

describe("event/select", () => {
  for (const tier of TIERS) {
    it(`waits for processes, on ${tier}`, async () => {
      const code = `(define p (proc/spawn ["sh" "-c" "read line; echo got $line; read line"]))
        (define source {:type :proc :handle p})
        (define none (event/select [source] 20))
        (proc/write-stdin p "a\\n")
        (define some (event/select [{:type :timer :ms 9000} source]))
        (define text (proc/read-stdout p))
        (proc/close-stdin p)
        (define end (event/select [source (time/tick 9000)]))
        (list none (:output? some) (:exited? some) (= (:source some) source) text (:output? end) (:exited? end))`;
      const expected = '(nil #t #f #t "got a\\n" #f #t)';
      assertEquals(await run(code, hostAccess(), tier), expected);
    });
  }

  it("refuses what is none of its sources", async () => {
    assertEquals(
      await run("(event/select [{:type :proc :handle 9}])", quietHost()),
      "eval: event/select: no such handle 9",
    );
  });
});
