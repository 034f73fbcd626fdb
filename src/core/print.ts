/** Resolved core as S-expressions, for dumps and golden tests. A variable prints as `name/slot`. */
import type { Value } from "../data/mod.ts";
import { repr } from "../data/mod.ts";
import type { Capture, Core, Lambda, Variable } from "./core.ts";

type Tree = string | readonly Tree[];

function name(variable: Variable): string {
  return `${variable.name.name.replace(" ", "t")}/${variable.slot}${variable.shared ? "!" : ""}`;
}

function constant(value: Value): string {
  return typeof value === "object" && value !== null ? `'${repr(value)}` : repr(value);
}

function capture(each: Capture): string {
  return each.from === "slot" ? name(each.variable) : `^${each.index}`;
}

function lambda(each: Lambda): Tree {
  const parameters = each.parameters.map(name);
  if (each.rest !== null) parameters.push(".", name(each.rest));
  const captures = each.captures.length === 0 ? [] : [["captures", ...each.captures.map(capture)]];
  return [`lambda:${each.name ?? ""}`, parameters, ...captures, tree(each.body)];
}

function bindings(variables: readonly Variable[], inits: readonly Tree[]): Tree {
  return variables.map((variable, index) => [name(variable), inits[index] ?? ""]);
}

function tree(core: Core): Tree {
  switch (core.kind) {
    case "const":
      return constant(core.value);
    case "local":
      return name(core.variable);
    case "captured":
      return `^${core.index}:${core.variable.name.name}`;
    case "self":
      return `self:${core.variable.name.name}`;
    case "global":
      return core.name.name;
    case "setLocal":
      return ["set", name(core.variable), tree(core.value)];
    case "setCaptured":
      return ["set", `^${core.index}:${core.variable.name.name}`, tree(core.value)];
    case "setGlobal":
      return ["set-global", core.name.name, tree(core.value)];
    case "defineGlobal":
      return ["define", core.name.name, tree(core.value)];
    case "if":
      return ["if", tree(core.test), tree(core.then), tree(core.else)];
    case "seq":
      return ["seq", ...core.body.map(tree)];
    case "let":
      return ["let", bindings(core.variables, core.inits.map(tree)), tree(core.body)];
    case "fix":
      return ["fix", bindings(core.variables, core.lambdas.map(lambda)), tree(core.body)];
    case "lambda":
      return lambda(core.lambda);
    case "call":
      return [core.tail ? "tail-call" : "call", tree(core.callee), ...core.args.map(tree)];
    case "apply":
      return [core.tail ? "tail-apply" : "apply", tree(core.callee), tree(core.list)];
    case "intrinsic":
      return [`%${core.operation}`, ...core.args.map(tree)];
    case "primitive":
      return [`#${core.operation}`, ...core.args.map(tree)];
    case "loop":
      return [`loop:${core.label.name}`, bindings(core.variables, core.inits.map(tree)), tree(core.body)];
    case "continue":
      return [`continue:${core.label.name}`, ...core.args.map(tree)];
    case "while":
      return ["while", tree(core.test), tree(core.body)];
    case "try":
      return ["try", tree(core.body), [name(core.variable), tree(core.handler)]];
    default: {
      const never: never = core;
      return String(never);
    }
  }
}

function write(node: Tree): string {
  return typeof node === "string" ? node : `(${node.map(write).join(" ")})`;
}

/** The body of a function as text. */
export function printLambda(each: Lambda): string {
  return write(lambda(each));
}
