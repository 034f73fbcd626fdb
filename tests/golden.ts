/**
 * Texts kept beside the tests: a golden file is what a dump printed when somebody last looked at it. With
 * `UPDATE_GOLDEN=1` in the environment the files are written instead of compared; review them as a difference.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";
import { assertEquals } from "../src/compat/assert.ts";

/** Fails unless `actual` is what the golden file holds. */
export function assertGolden(file: URL, actual: string): void {
  const text = `${actual.trimEnd()}\n`;
  if (process.env["UPDATE_GOLDEN"] === "1") {
    writeFileSync(file, text);
    return;
  }
  const expected = existsSync(file) ? readFileSync(file, "utf8") : "";
  const name = file.pathname.slice(file.pathname.lastIndexOf("/") + 1);
  assertEquals(text.split("\n"), expected.split("\n"), `${name}; UPDATE_GOLDEN=1 writes it anew`);
}
