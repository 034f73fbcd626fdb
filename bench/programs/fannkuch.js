// fannkuch.sema as a JavaScript programmer writes it.
function countFlips(perm) {
  let flips = 0;
  for (let first = perm[0]; first !== 0; first = perm[0]) {
    for (let low = 0, high = first; low < high; low++, high--) {
      const kept = perm[low];
      perm[low] = perm[high];
      perm[high] = kept;
    }
    flips++;
  }
  return flips;
}

function nextPermutation(perm, counts, n) {
  for (let r = 1; r < n; r++) {
    const first = perm[0];
    for (let i = 0; i < r; i++) perm[i] = perm[i + 1];
    perm[r] = first;
    if (--counts[r] > 0) return r;
  }
  return null;
}

function restart(counts, from) {
  for (let r = from; r > 1; r--) counts[r - 1] = r;
}

export const N = 8;

export function main(n) {
  const perm = Array.from({ length: n }, (_, i) => i);
  const counts = perm.slice();
  restart(counts, n);
  let checksum = 0;
  let most = 0;
  for (let index = 0;; index++) {
    const flips = countFlips(perm.slice());
    checksum += index % 2 === 0 ? flips : -flips;
    most = Math.max(most, flips);
    const r = nextPermutation(perm, counts, n);
    if (r === null) return `${checksum} ${most}`;
    restart(counts, r);
  }
}

if (import.meta.main) console.log(main(N));
