// What was spent, as a chart wants it. Pure.
import type { Line, UsageAnswer } from '@/api/types';

export type Span = 7 | 30 | 90;
export type Day = { day: string; label: string; cost: number; calls: number };

/** The last days up to today, by UTC as the service counts them. */
export function spanOf(days: Span, now = new Date()): { first: string; last: string } {
  return { first: dated(now.getTime() - (days - 1) * DAY_MS), last: dated(now.getTime()) };
}

/** Every day of the span, also those on which nothing was spent; costs in dollars. */
export function everyDay({ first, last, usage }: Pick<UsageAnswer, 'first' | 'last' | 'usage'>): Day[] {
  const lines = new Map<string | null, Line>(usage.days.map((line) => [line.name, line]));
  const days: Day[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY_MS) {
    const day = dated(at);
    const line = lines.get(day);
    days.push({ day, label: SHORT.format(at), cost: (line?.cost ?? 0) / 1_000_000, calls: line?.calls ?? 0 });
  }
  return days;
}

const DAY_MS = 86_400_000;
const SHORT = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
const dated = (time: number) => new Date(time).toISOString().slice(0, 10);
