// mandelbrot.sema as a JavaScript programmer writes it.
const LIMIT = 50;

function escapeTime(cr, ci) {
  let zr = 0;
  let zi = 0;
  let count = 0;
  for (;;) {
    const zr2 = zr * zr;
    const zi2 = zi * zi;
    if (count === LIMIT || zr2 + zi2 > 4) return count;
    zi = 2 * (zr * zi) + ci;
    zr = zr2 - zi2 + cr;
    count++;
  }
}

export const N = 150;

export function main(n) {
  let sum = 0;
  for (let y = 0; y < n; y++) {
    for (let x = 0; x < n; x++) sum += escapeTime(3 * x / n - 2, 3 * y / n - 1.5);
  }
  return sum;
}

if (import.meta.main) console.log(main(N));
