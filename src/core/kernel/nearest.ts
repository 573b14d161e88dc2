/** Beyond so many letters no word is compared: its distance would take long to find, and means nothing. */
const longestWord = 64;

/**
 * The known word that a misspelt one most likely means, or null: letter case apart, at most a third of its
 * letters differ (one at least). The first of equals wins, so the answer does not depend on chance.
 */
export function nearestWord(word: string, known: Iterable<string>): string | null {
  return closest(word, known, Math.max(1, Math.floor(word.length / 3)));
}

/** The same, however many letters differ; null only for a word of more than 64, or where nothing is known. */
export function leastDifferentWord(word: string, known: Iterable<string>): string | null {
  return closest(word, known, Number.POSITIVE_INFINITY);
}

function closest(word: string, known: Iterable<string>, mostDifferences: number): string | null {
  if (word.length > longestWord) return null;
  let best: string | null = null;
  let bestDistance = mostDifferences + 1;
  for (const candidate of known) {
    // So many letters more or fewer are so many differences already.
    if (Math.abs(candidate.length - word.length) >= bestDistance) continue;
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions and replacements of code units that turn one text into the other. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
