// The words that are spoken, counted. Pure.

// Letters of scripts without spaces between words: two to a word (Chinese, Japanese), or five (Thai and its neighbours).
const TWO =
  '\\u2e80-\\u2fdf\\u3005-\\u3007\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}' +
  '\\u3041-\\u30ff\\u31f0-\\u31ff\\uff66-\\uff9f';
const FIVE = '\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff';
const UNSPACED = new RegExp(`[${TWO}${FIVE}]`, 'u');
const PIECES = new RegExp(`([${TWO}])|([${FIVE}])|[\\p{L}\\p{N}_][^${TWO}${FIVE}]*`, 'gu');

/** How many words a text has to whoever speaks it, counted as the service counts them. */
export function wordCount(text: string): number {
  const tenths = text
    .split(/\s+/)
    .filter(Boolean)
    .reduce((sum, token) => sum + tenthsIn(token), 0);
  return Math.ceil(tenths / 10);
}

function tenthsIn(token: string): number {
  if (!UNSPACED.test(token)) return 10;
  const shares = Array.from(token.matchAll(PIECES), ([, two, five]) => (two ? 5 : five ? 2 : 10));
  return shares.reduce((sum, share) => sum + share, 0);
}

export type Meter = { words: number; most: number; share: number; over: number };

/** How much of a scene's time is spoken for. */
export function meter(text: string, most: number): Meter {
  const words = wordCount(text);
  return { words, most, share: most ? Math.min(1, words / most) : 1, over: Math.max(0, words - most) };
}

/** What a meter says. */
export function said({ words, most, over }: Meter): string {
  if (over) return `${words} of ${most} words: ${over} too many to be spoken in time`;
  return `${words} of ${most} words`;
}
