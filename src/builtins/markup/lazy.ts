/** The way into this folder, whose modules the bundle evaluates when something of them is first asked for. */
import * as room from "./mod.ts";

/** What the folder declares. */
export function markupRoom(): typeof room {
  return room;
}
