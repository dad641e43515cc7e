// The words that are spoken, counted. Pure.

/** How many words a text has: counted as the service counts them, between blanks. */
export const wordCount = (text: string) => text.split(/\s+/).filter(Boolean).length;

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
