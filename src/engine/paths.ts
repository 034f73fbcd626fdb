/** Paths of files that programs load: `/` between the parts, whatever the host. */

/** A path with a shape such as `github.com/user/name` names a package. */
const PACKAGE = /^[\w-]+(\.[\w-]+)+\/[^/]+\/[^/.]+$/;

/** Whether a path names a package: host, owner, name. */
export function isPackage(path: string): boolean {
  return PACKAGE.test(path);
}

/** A path without `.` and `..`. Null when it climbs above the directory that it is relative to, or above the root. */
export function normalise(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return (path.startsWith("/") ? "/" : "") + parts.join("/");
}

/** The path of `path` as a file in the directory of the file `from` means it. A package is a directory of its own. */
export function beside(path: string, from: string): string {
  if (path.startsWith("/")) return path;
  return isPackage(from) ? `${from}/${path}` : from.slice(0, from.lastIndexOf("/") + 1) + path;
}
