// bignum.sema as a JavaScript programmer writes it.
function factorial(n) {
  let product = 1n;
  for (let i = 1n; i <= n; i++) product *= i;
  return product;
}

function fibonacci(n) {
  let a = 0n;
  let b = 1n;
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}

function digitSum(n) {
  let sum = 0;
  for (let left = n; left !== 0n; left /= 10n) sum += Number(left % 10n);
  return sum;
}

export const N = 40;

export function main(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += digitSum(factorial(100 + i)) + digitSum(fibonacci(500 + i));
  return sum;
}

if (import.meta.main) console.log(main(N));
