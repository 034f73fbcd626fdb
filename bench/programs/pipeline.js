// pipeline.sema as a JavaScript programmer writes it.
function range(n) {
  const xs = [];
  for (let x = 0; x < n; x++) xs.push(x);
  return xs;
}

function roundSum(offset) {
  return range(2000)
    .map((x) => x * x + offset)
    .filter((x) => x % 2 === 0)
    .map((x) => x % 1009)
    .reduce((sum, x) => sum + x, 0);
}

export const N = 100;

export function main(n) {
  let sum = 0;
  for (let offset = 0; offset < n; offset++) sum += roundSum(offset);
  return sum;
}

if (import.meta.main) console.log(main(N));
