// fib.sema as a JavaScript programmer writes it.
function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

export const N = 27;

export function main(n) {
  return fib(n);
}

if (import.meta.main) console.log(main(N));
