/**
 * What programs hear of collecting garbage (language reference: builtins-host.tsv). The host collects it, cycles included,
 * when it wants to: there is nothing to look for here, and nothing that a call could free.
 */
import { internedNames, keyword, SortedMap, utf8Length, type Value } from "../../data/mod.ts";
import { type Area, pure, zero } from "../declare.ts";

function zeros(...names: string[]): Value {
  return SortedMap.from(names.map((name) => [keyword(name), 0]));
}

const COLLECTED = ["candidates", "collected", "pruned", "traced"];

/** `gc/…`, and the names that stay. */
export const garbage: Area = () => [
  ...pure([
    zero("gc/collect", "What a collection of cycles found: always zeros, the host collects them by itself.", () => {
      return zeros(...COLLECTED);
    }, ["(gc/collect)", "{:candidates 0 :collected 0 :pruned 0 :traced 0}"]),
    zero(
      "gc/stats",
      "What the last collection of cycles found: always zeros, the host collects them by itself.",
      () => {
        return zeros(...COLLECTED, "registry-size");
      },
      ["(:registry-size (gc/stats))", "0"],
    ),
  ]),
  zero("sys/interner-stats", "How many symbols and keywords there are, and how many bytes their names have.", () => {
    const names = internedNames();
    const bytes = names.reduce((sum, name) => sum + utf8Length(name), 0);
    return SortedMap.from([[keyword("count"), names.length], [keyword("bytes"), bytes]]);
  }, ["(> (:count (sys/interner-stats)) 0)", "#t"]),
];
