/** Something that is done again and again, without keeping the process alive for it. */

/** Calls `run` every so many milliseconds until the result is called, which is noted in `opened` meanwhile. */
export function every(opened: Set<() => void>, milliseconds: number, run: () => void): () => void {
  const timer = setInterval(run, milliseconds);
  const handle: unknown = timer;
  // The timers of Bun, Node and recent versions of Deno; elsewhere they end with what is noted.
  if (typeof handle === "object" && handle !== null && "unref" in handle && typeof handle.unref === "function") {
    handle.unref();
  }
  const stop = (): void => {
    opened.delete(stop);
    clearInterval(timer);
  };
  opened.add(stop);
  return stop;
}
