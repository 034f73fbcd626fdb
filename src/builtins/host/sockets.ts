/**
 * WebSockets to servers (language reference: 05-host §12). A connection is a stream only so that `with-open` closes it: what
 * goes through it are messages.
 */
import { Bytevector, Condition, evalError, Flonum, keyword, List, SortedMap, toArray, Vector } from "../../data/mod.ts";
import type { Value } from "../../data/mod.ts";
import { int64, isMap, listOf, text, wrongType } from "../check.ts";
import { Stream } from "../collections/stream.ts";
import { type Area, type BuiltinContext, many, one, requires, sema, two } from "../declare.ts";
import { lossyJson } from "../formats/json.ts";
import { bytesOf, MOST_BYTES } from "./compression.ts";
import { refusal } from "./file_access.ts";
import { given } from "./host_access.ts";
import type { NetworkAccess, Socket, SocketOptions } from "./network_access.ts";
import { headersFrom, LONGEST, option } from "./option_maps.ts";

/** The longest pause between two attempts, in milliseconds. */
const LONGEST_PAUSE = 30_000;
/** So many bytes does the protocol let a ping have. */
const MOST_PINGED = 125;
/** The code of a connection that ended without a word (RFC 6455). */
const ABNORMAL = 1006;

/** What has come and nobody has taken yet, and who waits for more. */
class Inbox {
  open = true;
  readonly #messages: Value[] = [];
  #waiting: ((message: Value) => void)[] = [];

  /** How many messages nobody has taken. */
  get size(): number {
    return this.#messages.length;
  }

  add(message: Value): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#messages.push(message);
    else next(message);
  }

  /** There is nothing to come. */
  end(): void {
    this.open = false;
    for (const next of this.#waiting.splice(0)) next(null);
  }

  /** The next message, nil at the end; undefined where it has to be waited for. */
  take(): Value | undefined {
    return this.#messages.shift() ?? (this.open ? undefined : null);
  }

  /** The next message when it comes, unless `signal` says before that nobody waits any more. */
  wait(signal: AbortSignal): Promise<Value> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      signal.addEventListener("abort", () => this.#waiting = this.#waiting.filter((each) => each !== resolve));
    });
  }
}

/** A WebSocket of a program. */
class Connection extends Stream {
  readonly socket: Socket;
  readonly inbox: Inbox;

  constructor(socket: Socket, inbox: Inbox) {
    super("websocket", null, null, () => socket.close());
    this.socket = socket;
    this.inbox = inbox;
  }
}

function connection(name: string, value: Value): Connection {
  if (value instanceof Connection) return value;
  throw wrongType("websocket", value, `${name} expects what ws/connect has given`);
}

function message(kind: string, value: Value): Value {
  return SortedMap.from([[keyword(kind), value]]);
}

/** One attempt to connect. */
async function attempt(
  network: NetworkAccess,
  url: string,
  options: SocketOptions,
  signal: AbortSignal,
): Promise<Connection> {
  const inbox = new Inbox();
  let opened: Socket | null = null;
  /** Bytes that have come since there was nothing that nobody had taken. */
  let held = 0;
  const socket = opened = await network.connect(url, options, {
    message: (data) => {
      if (!inbox.open) return;
      held += data.length;
      if (inbox.size === 0) held = data.length;
      inbox.add(typeof data === "string" ? message("text", data) : message("binary", new Bytevector(data)));
      // The protocol has no way to make the other side wait.
      if (held <= MOST_BYTES) return;
      inbox.end();
      opened?.close();
    },
    closed: (code, reason) => {
      // A connection that breaks off says nothing.
      if (code !== ABNORMAL) {
        inbox.add(message("close", SortedMap.from([[keyword("code"), code], [keyword("reason"), reason]])));
      }
      inbox.end();
    },
  }, signal);
  return new Connection(socket, inbox);
}

/** Waits, unless `signal` says that nobody waits any more. */
function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function amount(options: Value, name: string, otherwise: number): number {
  const value = option(options, name);
  return typeof value === "number" && value >= 0 ? value : otherwise;
}

/** For await: a connection. */
function connect(address: Value, options: Value, { host, tasks }: BuiltinContext): Value {
  const url = text(address);
  if (!/^wss?:\/\//i.test(url) || !URL.canParse(url)) throw evalError(`ws/connect: not a websocket URL: ${url}`);
  const network = given(host.network, "ws/connect", "network");
  const wanted = option(options, "subprotocols");
  const named = wanted instanceof List ? toArray(wanted) : wanted instanceof Vector ? wanted.items : [];
  const settings = { headers: headersFrom(option(options, "headers")), protocols: named.map(text) };
  const limit = amount(options, "timeout", 0);
  const retries = amount(options, "retries", 0);
  return tasks.outside(async (signal) => {
    for (let tried = 0, pause = amount(options, "retry-backoff-ms", 500);; tried++, pause *= 2) {
      const late = limit > 0 ? AbortSignal.timeout(Math.min(limit, LONGEST)) : null;
      try {
        const made = await attempt(network, url, settings, late === null ? signal : AbortSignal.any([signal, late]));
        // Nobody would ever have it.
        if (signal.aborted) made.socket.close();
        return made;
      } catch (error) {
        const refused = refusal(error, "ws/connect", "network");
        if (refused !== null) throw refused;
        if (tried < retries && !signal.aborted) {
          await rest(Math.min(pause, LONGEST_PAUSE), signal);
          continue;
        }
        if (late?.aborted === true) {
          throw new Condition("io", `ws/connect ${url}: handshake timed out after ${limit}ms`);
        }
        throw new Condition("io", `ws/connect ${url}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  });
}

/** What is sent for a value. */
function payload(value: Value): string | Uint8Array {
  if (typeof value === "string") return value;
  if (value instanceof Bytevector) return value.bytes;
  if (!isMap(value)) throw wrongType("string, bytevector, or map", value);
  const json = option(value, "json");
  if (json !== undefined) return lossyJson(json);
  const plain = option(value, "text");
  if (plain !== undefined) return text(plain);
  const binary = option(value, "binary");
  if (binary === undefined) return lossyJson(value);
  if (binary instanceof Bytevector) return binary.bytes;
  throw wrongType("bytevector", binary);
}

function send(target: Value, value: Value): Value {
  const { socket, inbox, closed } = connection("ws/send", target);
  const data = payload(value);
  if (closed || !inbox.open) throw evalError("ws/send: connection is closed");
  socket.send(typeof data === "string" ? data : new Uint8Array(data));
  return null;
}

/** For await: the next message; `late` after so many milliseconds. */
function receive(name: string, source: Value, milliseconds: number | null, { tasks }: BuiltinContext): Value {
  const { inbox } = connection(name, source);
  const there = inbox.take();
  if (there !== undefined) return there;
  return tasks.outside((signal) => {
    if (milliseconds === null) return inbox.wait(signal);
    const patience = new AbortController();
    const message = inbox.wait(AbortSignal.any([signal, patience.signal]));
    let timer: ReturnType<typeof setTimeout>;
    const late = new Promise<Value>((resolve) => {
      timer = setTimeout(() => {
        patience.abort();
        resolve(keyword("timeout"));
      }, Math.min(milliseconds, LONGEST));
    });
    return Promise.race([message, late]).finally(() => clearTimeout(timer));
  });
}

/** What a loop of `ws/listen` does about a message: the option that handles it, what that is given, whether more may come. */
function event(value: Value): Value {
  for (const kind of ["text", "binary"]) {
    const content = option(value, kind);
    if (content !== undefined) return listOf([keyword("on-message"), content, true]);
  }
  const closing = SortedMap.from([[keyword("code"), ABNORMAL], [keyword("reason"), ""]]);
  return listOf([keyword("on-close"), option(value, "close") ?? closing, false]);
}

const LISTEN = `(fn (connection handlers)
  (begin
    (__vm-ws-connection connection)
    (if (get handlers :on-open) ((get handlers :on-open) connection) nil)
    (await (__vm-async-spawn
      (fn ()
        (try
          (let loop ()
            (let* ((event (__vm-ws-event (await (__vm-ws-recv connection)))) (handler (get handlers (car event))))
              (begin
                (if handler (handler connection (nth event 1)) nil)
                (if (nth event 2) (loop) nil))))
          (catch e
            (if (get handlers :on-error) ((get handlers :on-error) connection e) nil))))))))`;

/** `ws/…`. */
export const sockets: Area = () =>
  requires("network", [
    two("__vm-ws-connect", "For await: a connection.", connect),
    sema(
      "ws/connect",
      1,
      2,
      "(ws/connect url [{:headers m :subprotocols l :timeout ms :retries n :retry-backoff-ms ms}]): a connection to a server.",
      "(fn (url . options) (await (__vm-ws-connect url (if (null? options) nil (car options)))))",
      ['(stream? (ws/connect "ws://example.com/"))', "#t"],
    ),
    two(
      "ws/send",
      "(ws/send connection message): a string, a bytevector, or a map: {:text s}, {:binary b}, {:json v}.",
      send,
      [
        '(with-open (c (ws/connect "ws://example.com/")) (ws/send c "hello"))',
        "nil",
      ],
    ),
    one("__vm-ws-recv", "For await: the next message.", (source, context) => receive("ws/recv", source, null, context)),
    sema(
      "ws/recv",
      1,
      1,
      "(ws/recv connection): the next message: {:text s}, {:binary b} or {:close {:code n :reason s}}; nil at the end.",
      "(fn (connection) (await (__vm-ws-recv connection)))",
      ['(let ((c (ws/connect "ws://example.com/"))) (ws/send c "hello") (ws/recv c))', '{:text "hello"}'],
    ),
    two("__vm-ws-recv-timeout", "For await: the next message in time.", (source, milliseconds, context) => {
      const limit = milliseconds instanceof Flonum ? milliseconds.value : int64(milliseconds);
      return receive("ws/recv-timeout", source, Math.max(0, limit), context);
    }),
    sema(
      "ws/recv-timeout",
      2,
      2,
      "(ws/recv-timeout connection ms): the next message as by ws/recv, :timeout when none comes in time.",
      "(fn (connection ms) (await (__vm-ws-recv-timeout connection ms)))",
      ['(ws/recv-timeout (ws/connect "ws://example.com/") 1)', ":timeout"],
    ),
    many(
      "ws/ping",
      1,
      2,
      "(ws/ping connection [data]): asks the other side for a sign of life, on hosts that can; nil.",
      ([target = null, data = ""]) => {
        const { socket, inbox, closed } = connection("ws/ping", target);
        const bytes = bytesOf(data);
        if (bytes.length > MOST_PINGED) throw evalError(`ws/ping: at most ${MOST_PINGED} bytes, got ${bytes.length}`);
        if (closed || !inbox.open) throw evalError("ws/ping: connection is closed");
        if (socket.ping === undefined) {
          throw evalError(
            "ws/ping: WebSockets of this host send no pings",
            'send what the server answers: (ws/send c "ping")',
          );
        }
        socket.ping(new Uint8Array(bytes));
        return null;
      },
      ['(ws/ping (ws/connect "ws://example.com/"))', "nil"],
    ),
    one("ws/close", "Closes a connection, which may be closed already.", (target) => {
      connection("ws/close", target).close();
      return null;
    }, ['(ws/close (ws/connect "ws://example.com/"))', "nil"]),
    one("ws/connected?", "Whether a connection is open.", (target) => {
      const { closed, inbox } = connection("ws/connected?", target);
      return !closed && inbox.open;
    }, ['(ws/connected? (ws/connect "ws://example.com/"))', "#t"]),
    one("__vm-ws-connection", "A connection; raises for anything else.", (value) => connection("ws/listen", value)),
    one("__vm-ws-event", "What is to be done about a message.", event),
    sema(
      "ws/listen",
      2,
      2,
      "(ws/listen connection {:on-open f :on-message f :on-close f :on-error f}): calls these, by a task; its promise.",
      LISTEN,
      ['(async/promise? (ws/listen (ws/connect "ws://example.com/") {:on-message (fn (c m) (println m))}))', "#t"],
    ),
  ]);
