/** Edits between two words (Levenshtein), for words of ordinary length; most + 1 where their lengths alone differ by more. */
export function distance(a: string, b: string, most = 2): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** The known word that was probably meant: the nearest, at most two letters away, or three in a long word. */
export function nearestWord(wrong: string, known: Iterable<string>): string | undefined {
  const most = wrong.length >= 10 ? 3 : 2;
  let near: { word: string; edits: number } | undefined;
  for (const word of known) {
    const edits = distance(word.toLowerCase(), wrong.toLowerCase(), most);
    // Of a short word nothing is left when half of it is exchanged.
    if (edits <= most && edits < word.length / 2 && word !== wrong && edits < (near?.edits ?? most + 1)) near = { word, edits };
  }
  return near?.word;
}

/** The question that a hint begins with, 'Did you mean acme? '; empty where no known word is near. */
export function didYouMean(wrong: string, known: Iterable<string>): string {
  const near = nearestWord(wrong, known);
  return near === undefined ? '' : `Did you mean ${near}? `;
}
