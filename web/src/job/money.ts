// What parts of a job cost, added up from its quote. Pure.
import type { Job, Quote } from '@/api/types';
import { money } from '@/ui/format';

/** The most that it costs to draw the frames of some scenes again. */
export function retakePrice(quote: Quote, scenes: number[]): number {
  const drawn = quote.lines.filter(
    ({ unit, scene }) => unit.startsWith('storyboard-') && scene !== null && scenes.includes(scene),
  );
  return drawn.reduce((sum, { price }) => sum + price, 0);
}

/** The cap to suggest where money ran out, in dollars: enough for everything that was quoted, and more than now. */
export function suggestedCap({ money, quote }: Pick<Job, 'money' | 'quote'>): number {
  return Math.ceil(Math.max(quote.high, money.cap * 1.25) / 10_000) / 100;
}

/** The most that something costs, as the end of a sentence. */
export function atMost(micros: number): string {
  const shown = money(micros);
  return shown.startsWith('under') ? shown : `at most ${shown}`;
}
