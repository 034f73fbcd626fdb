/** What can be told of a pattern's matches without running it. */
import { type CharSet, single } from "./charset.ts";
import type { Node } from "./syntax.ts";

/** A text that every match begins with; `whole`: and ends with. */
export interface Prefix {
  readonly text: string;
  readonly whole: boolean;
}

/** The longest known beginning of all matches of `node`. */
export function prefixOf(node: Node, sets: readonly CharSet[]): Prefix {
  switch (node.kind) {
    case "empty":
      return { text: "", whole: true };
    case "set": {
      const code = single(sets[node.set] as CharSet);
      return code < 0 ? { text: "", whole: false } : { text: String.fromCodePoint(code), whole: true };
    }
    case "group":
      return { ...prefixOf(node.node, sets), whole: false };
    case "sequence": {
      let text = "";
      for (const each of node.nodes) {
        const prefix = prefixOf(each, sets);
        text += prefix.text;
        if (!prefix.whole) return { text, whole: false };
      }
      return { text, whole: true };
    }
    case "repeat":
      return { text: node.min > 0 ? prefixOf(node.node, sets).text : "", whole: false };
    case "look":
    case "alternatives":
      return { text: "", whole: false };
    default:
      return node satisfies never;
  }
}

/** Whether `node` matches at the start of a text only. */
export function startsText(node: Node): boolean {
  switch (node.kind) {
    case "look":
      return node.look === "text start";
    case "group":
      return startsText(node.node);
    case "sequence":
      return startsText(node.nodes[0] as Node);
    case "alternatives":
      return node.nodes.every(startsText);
    case "repeat":
      return node.min > 0 && startsText(node.node);
    case "empty":
    case "set":
      return false;
    default:
      return node satisfies never;
  }
}

/** The assertions in `node`, and the number of its last group. */
export function contents(node: Node): { looks: Set<(Node & { kind: "look" })["look"]>; groups: number } {
  const looks = new Set<(Node & { kind: "look" })["look"]>();
  let groups = 0;
  const visit = (each: Node): void => {
    switch (each.kind) {
      case "look":
        looks.add(each.look);
        return;
      case "group":
        groups = Math.max(groups, each.index);
        return visit(each.node);
      case "repeat":
        return visit(each.node);
      case "sequence":
      case "alternatives":
        return each.nodes.forEach(visit);
      case "empty":
      case "set":
        return;
      default:
        return each satisfies never;
    }
  };
  visit(node);
  return { looks, groups };
}
