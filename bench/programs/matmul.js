// matmul.sema as a JavaScript programmer writes it.
function makeMatrix(n, at) {
  return Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => at(i, j)));
}

function multiply(a, b, n) {
  const product = [];
  for (let i = 0; i < n; i++) {
    const row = a[i];
    const out = [];
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += row[k] * b[k][j];
      out.push(sum);
    }
    product.push(out);
  }
  return product;
}

export const N = 60;

export function main(n) {
  const a = makeMatrix(n, (i, j) => (i + 0.5) / (j + 1));
  const b = makeMatrix(n, (i, j) => (j - 0.25) / (i + 2));
  const product = multiply(multiply(a, b, n), b, n);
  let trace = 0;
  for (let i = 0; i < n; i++) trace += product[i][i];
  return trace;
}

if (import.meta.main) console.log(main(N));
