// string-pipeline.sema as a JavaScript programmer writes it.
const RECORD = "  alpha, Beta ,gamma,  DELTA,epsilon , Zeta,eta,Theta  ";

function slug(index) {
  return RECORD.split(",")
    .map((field) => field.trim())
    .filter((field) => !field.includes("psi"))
    .map((field) => field.slice(0, 1).toUpperCase() + field.slice(1).toLowerCase() + String(index % 10))
    .join("-");
}

export const N = 3000;

export function main(n) {
  let length = 0;
  let last = "";
  for (let i = 0; i < n; i++) {
    last = slug(i);
    length += last.length;
  }
  return `${length} ${last}`;
}

if (import.meta.main) console.log(main(N));
