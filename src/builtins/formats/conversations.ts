/** The values that describe work for a language model: messages, prompts made of them, tools and agents. */
import { MESSAGE_ROLES } from "../../core/mod.ts";
import {
  argumentError,
  display,
  evalError,
  Keyword,
  Opaque,
  SortedMap,
  typeError,
  typeName,
  type Value,
} from "../../data/mod.ts";

/** `(message :role part…)`: what one side says. */
class Message extends Opaque {
  override readonly typeName = "message";
  readonly role: string;
  readonly content: string;

  constructor(role: string, content: string) {
    super();
    this.role = role;
    this.content = content;
  }

  override printed(): string {
    return `<message ${this.role} "${this.content}">`;
  }
}

/** `(prompt …)`: messages in order. */
class Prompt extends Opaque {
  override readonly typeName = "prompt";
  readonly messages: readonly Message[];

  constructor(messages: readonly Message[]) {
    super();
    this.messages = messages;
  }

  override printed(): string {
    return `<prompt ${this.messages.length} messages>`;
  }
}

/** `(deftool name description parameters [options] handler)`: a function that a model may ask for. */
export class Tool extends Opaque {
  override readonly typeName = "tool";
  readonly name: string;
  readonly description: string;
  readonly parameters: Value;
  readonly options: Value;
  readonly handler: Value;

  constructor(name: string, description: string, parameters: Value, options: Value, handler: Value) {
    super();
    this.name = name;
    this.description = description;
    this.parameters = parameters;
    this.options = options;
    this.handler = handler;
  }

  override printed(): string {
    return `<tool ${this.name}>`;
  }
}

/** `(defagent name options)`: a model with its tools. */
class Agent extends Opaque {
  override readonly typeName = "agent";
  readonly name: string;
  readonly options: SortedMap;

  constructor(name: string, options: SortedMap) {
    super();
    this.name = name;
    this.options = options;
  }

  override printed(): string {
    return `<agent ${this.name}>`;
  }
}

/** A message of a role, a keyword, whose text is that of the parts. */
export function makeMessage([role = null, ...parts]: readonly Value[]): Message {
  if (!(role instanceof Keyword)) throw typeError("keyword", typeName(role));
  if (!MESSAGE_ROLES.has(role.name)) throw evalError(`message: unknown role '${role.name}'`);
  return new Message(role.name, parts.map(display).join(""));
}

/** A prompt of messages. */
export function makePrompt(parts: readonly Value[]): Prompt {
  return new Prompt(parts.map((part) => {
    if (part instanceof Message) return part;
    throw evalError("prompt: expected (role parts) pair or message value");
  }));
}

const TOOL_OPTION = "policy-subjects";

/** A tool; the arguments are those of the form, nil for options that are not given. */
export function makeTool(
  [name, description = null, parameters = null, options = null, handler = null]: readonly Value[],
): Tool {
  if (typeof description !== "string") throw argumentError("deftool", 2, "string", typeName(description));
  if (options !== null && !(options instanceof SortedMap)) {
    throw evalError(`deftool: options must be a map, got ${typeName(options)}`);
  }
  for (const key of options?.keys() ?? []) {
    if (key instanceof Keyword && key.name === TOOL_OPTION) continue;
    throw evalError(`deftool: unknown option ${display(key)}`, `the valid option is :${TOOL_OPTION}`);
  }
  return new Tool(String(name), description, parameters, options, handler);
}

/** An agent with a map of options. */
export function makeAgent(name: Value, options: Value): Agent {
  if (options instanceof SortedMap) return new Agent(String(name), options);
  throw typeError("map", typeName(options));
}
