// spectral-norm.sema as a JavaScript programmer writes it.
function entry(i, j) {
  const diagonal = i + j;
  return 1 / (diagonal * (diagonal + 1) / 2 + i + 1);
}

function multiply(at, v, n) {
  const product = [];
  for (let i = 0; i < n; i++) {
    let sum = 0;
    for (let j = 0; j < n; j++) sum += at(i, j) * v[j];
    product.push(sum);
  }
  return product;
}

function multiplyTwice(v, n) {
  return multiply((i, j) => entry(j, i), multiply(entry, v, n), n);
}

function dot(a, b) {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}

export const N = 60;

export function main(n) {
  let u = new Array(n).fill(1);
  for (let round = 0;; round++) {
    const v = multiplyTwice(u, n);
    if (round === 9) return Math.sqrt(dot(u, v) / dot(u, u));
    u = multiplyTwice(v, n);
  }
}

if (import.meta.main) console.log(main(N));
