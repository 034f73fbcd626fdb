/** Where the files are that a program loads: relative to the file that loads them, or to where the program runs. */

/** A path without `.`, and without `..` but at its start. */
function normalise(path: string): string {
  const rooted = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (!rooted) parts.push(part);
  }
  return (rooted ? "/" : "") + parts.join("/");
}

/** The path of the file that `path` means in a text of the file `from`; null: a text without a file. */
export function resolve(path: string, from: string | null): string {
  const absolute = path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path);
  // Windows has both separators.
  const directory = absolute || from === null ? "" : from.replace(/[^\\/]*$/, "");
  return normalise(directory + path);
}
