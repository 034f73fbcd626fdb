// deriv.sema as a JavaScript programmer writes it.
function deriv(e) {
  if (!Array.isArray(e)) return e === "x" ? 1 : 0;
  const operator = e[0];
  const operands = e.slice(1);
  switch (operator) {
    case "+":
    case "-":
      return [operator, ...operands.map(deriv)];
    case "*":
      return ["*", e, ["+", ...operands.map((factor) => ["/", deriv(factor), factor])]];
    case "/": {
      const [a, b] = operands;
      return ["-", ["/", deriv(a), b], ["/", a, ["*", b, b, deriv(b)]]];
    }
    default:
      throw new Error("deriv: unknown operator");
  }
}

function size(e) {
  return Array.isArray(e) ? e.reduce((sum, part) => sum + size(part), 0) : 1;
}

export const N = 4000;

export function main(n) {
  const expression = ["+", ["*", 3, "x", "x"], ["*", "a", "x", "x"], ["/", "b", "x"], 5];
  let nodes = 0;
  for (let i = 0; i < n; i++) nodes += size(deriv(expression));
  return nodes;
}

if (import.meta.main) console.log(main(N));
