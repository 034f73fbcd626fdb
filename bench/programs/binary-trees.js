// binary-trees.sema as a JavaScript programmer writes it.
function makeTree(depth) {
  return depth === 0 ? { left: null, right: null } : { left: makeTree(depth - 1), right: makeTree(depth - 1) };
}

function countNodes(tree) {
  return tree.left === null ? 1 : 1 + countNodes(tree.left) + countNodes(tree.right);
}

export const N = 10;

export function main(most) {
  const longLived = makeTree(most);
  let sum = countNodes(makeTree(most + 1));
  for (let depth = 4; depth <= most; depth += 2) {
    const trees = 2 ** (most - depth + 4);
    for (let i = 0; i < trees; i++) sum += countNodes(makeTree(depth));
  }
  return sum + countNodes(longLived);
}

if (import.meta.main) console.log(main(N));
