// sieve.sema as a JavaScript programmer writes it.
export const N = 300000;

export function main(n) {
  const sieve = new Array(n + 1).fill(true);
  let count = 0;
  let last = 0;
  for (let i = 2; i <= n; i++) {
    if (!sieve[i]) continue;
    count++;
    last = i;
    for (let j = i * i; j <= n; j += i) sieve[j] = false;
  }
  return `${count} ${last}`;
}

if (import.meta.main) console.log(main(N));
