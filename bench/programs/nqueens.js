// nqueens.sema as a JavaScript programmer writes it.
function safe(queen, placed) {
  for (let i = placed.length - 1, distance = 1; i >= 0; i--, distance++) {
    const other = placed[i];
    if (other === queen || other === queen + distance || other === queen - distance) return false;
  }
  return true;
}

function place(size, placed) {
  if (placed.length === size) return 1;
  let found = 0;
  for (let column = 0; column < size; column++) {
    if (!safe(column, placed)) continue;
    placed.push(column);
    found += place(size, placed);
    placed.pop();
  }
  return found;
}

export const N = 10;

export function main(n) {
  return place(n, []);
}

if (import.meta.main) console.log(main(N));
