/** Channels between tasks. */
import { evalError, type Value } from "../../data/mod.ts";
import { Channel } from "../../tasks/mod.ts";
import { notA } from "./async.ts";
import { int64 } from "../check.ts";
import { type Area, type Declaration, type Example, one, sema, two } from "../declare.ts";

const LARGEST = 16_777_216;

function channel(value: Value): Channel {
  if (value instanceof Channel) return value;
  throw notA("channel", value);
}

function make(capacity: Value): Channel {
  const size = int64(capacity);
  if (size < 1) throw evalError("channel/new: capacity must be at least 1");
  if (size <= LARGEST) return new Channel(size);
  throw evalError(`channel/new: capacity ${size} exceeds maximum ${LARGEST}`, "use a smaller bounded capacity");
}

/** What is asked of a channel in a turn of its own, and the function that does. */
function asked(name: string, doc: string, answer: (channel: Channel) => Value, ...examples: Example[]): Declaration[] {
  const helper = `__vm-${name.replace("/", "-")}`;
  return [
    one(helper, doc, (value, { tasks }) => tasks.turn(answer(channel(value)))),
    sema(name, 1, 1, doc, `(fn (channel) (await (${helper} channel)))`, ...examples),
  ];
}

/** Channels. */
export const channels: Area = () => [
  one("__vm-channel-new", "A new channel.", (capacity, { tasks }) => tasks.turn(make(capacity))),
  sema(
    "channel/new",
    0,
    1,
    "(channel/new [capacity]): a channel that holds so many values, one when not given.",
    "(fn (. capacity) (await (__vm-channel-new (if (null? capacity) 1 (car capacity)))))",
    ["(let ((c (channel/new 2))) (channel/send c 1) (channel/recv c))", "1"],
  ),
  one("channel?", "Whether the value is a channel.", (value) => value instanceof Channel, [
    "(channel? (channel/new))",
    "#t",
  ]),
  two("__vm-channel-send", "For await: sends a value.", (target, value) => channel(target).send(value)),
  sema(
    "channel/send",
    2,
    2,
    "(channel/send channel value): nil, when there is room; an error when the channel is closed.",
    "(fn (channel value) (await (__vm-channel-send channel value)))",
    ["(let ((c (channel/new 2))) (channel/send c :a) (channel/send c :b) (channel/count c))", "2"],
  ),
  one("__vm-channel-recv", "For await: the next value.", (source) => channel(source).receive()),
  sema(
    "channel/recv",
    1,
    1,
    "(channel/recv channel): the next value, when there is one; nil when the channel is closed and empty.",
    "(fn (channel) (await (__vm-channel-recv channel)))",
    ["(let ((c (channel/new))) (async (channel/send c 5)) (channel/recv c))", "5"],
  ),
  ...asked("channel/try-recv", "The next value of a channel, or nil when there is none now.", (c) => c.tryReceive(), [
    "(channel/try-recv (channel/new))",
    "nil",
  ]),
  ...asked("channel/close", "Lets nothing more into a channel; nil.", (c) => {
    c.close();
    return null;
  }, ["(let ((c (channel/new))) (channel/close c) (channel/recv c))", "nil"]),
  ...asked("channel/count", "How many values are in a channel.", (c) => c.count, [
    "(channel/count (channel/new 2))",
    "0",
  ]),
  ...asked("channel/empty?", "Whether no value is in a channel.", (c) => c.count === 0, [
    "(channel/empty? (channel/new))",
    "#t",
  ]),
  ...asked("channel/full?", "Whether a channel has no room.", (c) => c.full, [
    "(let ((c (channel/new 1))) (channel/send c 5) (channel/full? c))",
    "#t",
  ]),
  ...asked("channel/closed?", "Whether a channel was closed.", (c) => c.closed, [
    "(channel/closed? (channel/new))",
    "#f",
  ]),
];
