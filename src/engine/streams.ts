/** The host's standard streams for a runtime that is given none. The command line has buffered ones of its own. */

/** Writes to standard output (1) or standard error (2); to the console where there is no such stream. */
export function standardStream(descriptor: 1 | 2): (text: string) => void {
  const { process } = globalThis as { process?: { stdout?: Sink; stderr?: Sink } };
  const stream = descriptor === 1 ? process?.stdout : process?.stderr;
  if (stream?.write !== undefined) return (text) => void stream.write(text);
  return lines(descriptor === 1 ? (line) => console.log(line) : (line) => console.error(line));
}

interface Sink {
  write(text: string): unknown;
}

/** A console writes whole lines only: the last, unfinished one waits. */
function lines(write: (line: string) => void): (text: string) => void {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) write(part);
  };
}
