/** The host's standard streams for a runtime that is given none. The command line has buffered ones of its own. */

/** A place for text. */
type Write = (text: string) => void;

/** Writes to standard output (1) or standard error (2); to the console where there is no such stream. */
export function standardStream(descriptor: 1 | 2): Write {
  // Looked up at the first write: the first use of `process` costs Deno 30 ms.
  let write: Write | null = null;
  return (text) => (write ??= findStream(descriptor))(text);
}

function findStream(descriptor: 1 | 2): Write {
  const { process } = globalThis as { process?: { stdout?: Sink; stderr?: Sink } };
  const stream = descriptor === 1 ? process?.stdout : process?.stderr;
  if (stream?.write !== undefined) return (text) => void stream.write(text);
  return lines(descriptor === 1 ? (line) => console.log(line) : (line) => console.error(line));
}

interface Sink {
  write(text: string): unknown;
}

/** A console writes whole lines only: the last, unfinished one waits. */
function lines(write: Write): Write {
  let rest = "";
  return (text) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop() ?? "";
    for (const part of parts) write(part);
  };
}
