/** Whether a process that was to be ended has ended. */
import process from "node:process";

/** Waits up to two seconds for the end of a process. */
export async function ends(id: number): Promise<boolean> {
  for (let tries = 0; tries < 200; tries++) {
    try {
      process.kill(id, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  return false;
}
