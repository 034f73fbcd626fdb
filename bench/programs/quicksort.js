// quicksort.sema as a JavaScript programmer writes it.
function randomList(n) {
  const xs = [];
  for (let i = 0, seed = 42; i < n; i++) {
    seed = seed * 16807 % 2147483647;
    xs.push(seed);
  }
  return xs.reverse();
}

function quicksort(xs) {
  if (xs.length === 0) return xs;
  const pivot = xs[0];
  const others = xs.slice(1);
  const smaller = quicksort(others.filter((x) => x < pivot));
  return smaller.concat(pivot, quicksort(others.filter((x) => x >= pivot)));
}

export const N = 10000;

export function main(n) {
  return quicksort(randomList(n)).reduce((sum, x, i) => (sum + (i + 1) * x) % 1000000007, 0);
}

if (import.meta.main) console.log(main(N));
