/** Paths by pattern (language reference: 05-host §5): `*` and `?` within a part, `[abc]`, `[!a]`, `**` for whole parts. */
import type { FileSystem } from "./host_access.ts";

const ESCAPED = /[\\^$.*+?()[\]{}|/]/;

/** A part of a pattern as a regular expression; null when it is malformed. */
function partPattern(part: string): RegExp | null {
  let source = "";
  for (let at = 0; at < part.length; at++) {
    const char = part[at] ?? "";
    if (char === "*" && part[at + 1] === "*") return null;
    if (char === "*") source += ".*";
    else if (char === "?") source += ".";
    else if (char === "[") {
      const end = part.indexOf("]", at + (part[at + 1] === "!" ? 3 : 2));
      if (end < 0) return null;
      const negated = part[at + 1] === "!";
      const members = part.slice(at + (negated ? 2 : 1), end).replace(/[\\^\][]/g, "\\$&");
      source += `[${negated ? "^" : ""}${members}]`;
      at = end;
    } else source += ESCAPED.test(char) ? `\\${char}` : char;
  }
  try {
    return new RegExp(`^${source}$`, "su");
  } catch {
    // A range the wrong way round.
    return null;
  }
}

/** Whatever takes part in matching: a name as it stands, a pattern, or any number of directories. */
type Part = string | RegExp | "**";

function parse(pattern: string): Part[] | null {
  const parts: Part[] = [];
  for (const part of pattern.split("/")) {
    if (part === "") continue;
    if (part === "**" || !/[*?[]/.test(part)) {
      parts.push(part);
      continue;
    }
    const compiled = partPattern(part);
    if (compiled === null) return null;
    parts.push(compiled);
  }
  return parts;
}

/** The paths that match, sorted; null when the pattern is malformed. Directories that cannot be read hold nothing. */
export function matchingPaths(pattern: string, files: FileSystem): string[] | null {
  const parts = parse(pattern);
  if (parts === null) return null;
  const found = new Set<string>();
  const names = (directory: string): string[] => {
    const path = directory === "" ? "." : directory;
    return files.info(path, true)?.kind === "directory" ? files.list(path) : [];
  };
  const visit = (directory: string, index: number): void => {
    const part = parts[index];
    if (part === undefined) {
      if (directory !== "") found.add(directory);
      return;
    }
    const below = (name: string) =>
      directory === "" || directory.endsWith("/") ? directory + name : `${directory}/${name}`;
    if (part === "**") {
      visit(directory, index + 1);
      for (const name of names(directory)) {
        // Links are not followed, since they may lead back.
        if (files.info(below(name), false)?.kind === "directory") visit(below(name), index);
        else if (index === parts.length - 1) found.add(below(name));
      }
    } else if (typeof part === "string") {
      if (part === "." || part === ".." || files.info(below(part), false) !== null) visit(below(part), index + 1);
    } else {
      for (const name of names(directory)) if (part.test(name)) visit(below(name), index + 1);
    }
  };
  visit(pattern.startsWith("/") ? "/" : "", 0);
  return [...found].sort();
}
