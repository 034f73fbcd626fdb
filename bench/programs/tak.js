// tak.sema as a JavaScript programmer writes it.
function tak(x, y, z) {
  if (y >= x) return z;
  return tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}

export const N = 500;

export function main(rounds) {
  let sum = 0;
  for (let round = 0; round < rounds; round++) sum += tak(18, 12, 6);
  return sum;
}

if (import.meta.main) console.log(main(N));
