// even-odd.sema as a JavaScript programmer writes it.
// JavaScript has no tail calls one can rely on: the two functions are one flag of a loop.
export const N = 10_000_000;

export function main(n) {
  let even = true;
  for (let left = n; left !== 0; left--) even = !even;
  return even ? "even" : "odd";
}

if (import.meta.main) console.log(main(N));
