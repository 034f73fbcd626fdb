// throw-catch.sema as a JavaScript programmer writes it.
function check(value, depth) {
  if (depth > 0) return 1 + check(value, depth - 1);
  if (value % 3 === 0) throw { code: value };
  return value;
}

function attempt(value) {
  try {
    return check(value, value % 8);
  } catch (e) {
    return -e.code;
  }
}

export const N = 20000;

export function main(n) {
  let sum = 0;
  for (let i = 0; i < n; i++) sum += attempt(i);
  return sum;
}

if (import.meta.main) console.log(main(N));
