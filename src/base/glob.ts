// Path patterns: `*` stands for any characters but slashes, `**` for any, `**/` also for nothing, `?` for one character
// but a slash. Everything else stands for itself. Matching walks all places in the pattern at once, so that it takes time
// in proportion to pattern × text, whatever they are.

/** Whether a whole text fits a pattern. */
export function fits(text: string, pattern: string): boolean {
  const tokens = tokensOf(pattern);
  let places = withEmpty(new Set([0]), tokens);
  for (const character of text) {
    const next = [...places].flatMap((at) => steps(tokens[at], at, character));
    places = withEmpty(new Set(next), tokens);
    if (places.size === 0) return false;
  }
  return places.has(tokens.length);
}

export const isPattern = (text: string): boolean => /[*?]/.test(text);

/** A pattern's parts; `folders?` and `folders/` are the two that `**` and a slash are made of. */
const tokensOf = (pattern: string): string[] =>
  (pattern.match(/\*\*\/|\*\*|[\s\S]/gu) ?? []).flatMap((token) =>
    token === '**/' ? ['folders?', 'folders/'] : [token],
  );

/** Where one character leads from a place in the pattern. */
function steps(token: string | undefined, at: number, character: string): number[] {
  switch (token) {
    case 'folders/':
      return character === '/' ? [at, at + 1] : [at];
    case '**':
      return [at];
    case '*':
      return character === '/' ? [] : [at];
    case '?':
      return character === '/' ? [] : [at + 1];
    default:
      return token === character ? [at + 1] : [];
  }
}

/** Adds the places that are reached without a character: stars may stand for nothing. */
function withEmpty(places: Set<number>, tokens: readonly string[]): Set<number> {
  // A set grows while it is walked, so that places after places are found as well.
  for (const at of places) {
    const token = tokens[at];
    if (token === '*' || token === '**') places.add(at + 1);
    if (token === 'folders?') places.add(at + 1).add(at + 2);
  }
  return places;
}
