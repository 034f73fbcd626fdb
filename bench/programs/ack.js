// ack.sema as a JavaScript programmer writes it.
function ack(m, n) {
  if (m === 0) return n + 1;
  if (n === 0) return ack(m - 1, 1);
  return ack(m - 1, ack(m, n - 1));
}

export const N = 6;

export function main(n) {
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += ack(3, n);
  return sum;
}

if (import.meta.main) console.log(main(N));
