// What parts of a job cost, added up from its quote. Pure.
import type { Job, Quote } from '@/api/types';
import { money } from '@/ui/format';

const BEFORE_THE_CLIPS = ['script_generation', 'scene_prompts', 'storyboard', 'storyboard_review'];

const stepOf = (unit: string) => unit.split('-')[0] ?? '';
const sceneOf = (unit: string) => Number(unit.split('-')[1] ?? 0);

/** The most that it costs to draw a scene's frames again. */
export function retakePrice(quote: Quote, scenes: number[]): number {
  return priced(quote, (unit) => stepOf(unit) === 'storyboard' && scenes.includes(sceneOf(unit)));
}

/** The most that is still to pay once the storyboard is approved. */
export function priceAfterApproval(quote: Quote): number {
  return priced(quote, (unit) => !BEFORE_THE_CLIPS.includes(stepOf(unit)));
}

function priced(quote: Quote, of: (unit: string) => boolean): number {
  return quote.lines.reduce((sum, line) => (of(line.unit) ? sum + line.price : sum), 0);
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
