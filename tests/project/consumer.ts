/**
 * A program that uses the package by its name, as it would where it is installed. Type-checked here, and by
 * scripts/package_check.ts against the declarations of the package; `package_test.ts` and that script run it.
 */
import { createRuntime, type HostAccess, memoryFiles, type Runtime, semaCall, SemaError } from "@sema-jit/sema";
import type { SemaValue, TraceLine } from "@sema-jit/sema";
import { hostAccess } from "@sema-jit/sema/host";

const printed: string[] = [];
const host: HostAccess = { ...hostAccess(), files: memoryFiles({ "a.txt": "text" }) };
const sema: Runtime = createRuntime({ host, stdout: (text) => void printed.push(text) });

const value: SemaValue = sema.eval("(map (fn (x) (* x x)) (range 4))");
sema.define("twice", function* (f: (...args: never[]) => unknown, x: unknown) {
  const once: unknown = yield semaCall(f, x);
  return semaCall(f, once);
});
sema.eval('(println (file/read "a.txt") (twice (fn (x) (* x x)) 3))');

function failure(): SemaError {
  try {
    sema.eval("(car 1)", { file: "fails.sema" });
  } catch (error) {
    if (error instanceof SemaError) return error;
  }
  throw new Error("no SemaError");
}

const [first]: readonly TraceLine[] = failure().trace;
console.log(JSON.stringify([sema.toJS(value), printed.join("").trim(), failure().type, first?.file]));
