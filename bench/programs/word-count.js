// word-count.sema as a JavaScript programmer writes it.
const WORDS = "the quick brown fox jumps over a lazy dog while seven wizards boil some tea".split(" ");

function makeText(n) {
  const chosen = [];
  for (let i = 0, seed = 7; i < n; i++) {
    seed = seed * 16807 % 2147483647;
    chosen.push(WORDS[seed % 1000 % 15]);
  }
  return chosen.reverse().join(" ");
}

function countWords(text) {
  const counts = new Map();
  for (const word of text.split(" ")) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

export const N = 20000;

export function main(n) {
  const counts = countWords(makeText(n));
  return [...counts.keys()].sort().map((word) => `${word}:${counts.get(word)}`).join(" ");
}

if (import.meta.main) console.log(main(N));
