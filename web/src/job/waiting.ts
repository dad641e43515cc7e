// Why a job waits and what somebody can do about it. Pure.
import type { Job } from '@/api/types';

export type Remedy = 'review' | 'budget' | 'key' | 'again';
export type Waiting = { title: string; sentences: string[]; remedy: Remedy };

/** What is told first where a job waits for several things. */
const URGENCY = ['no_key', 'budget', 'unconfirmed', 'no_credit', 'quota', 'storyboard_review'];

const TITLES: Record<string, [string, Remedy]> = {
  storyboard_review: ['Waiting for you: look at the storyboard', 'review'],
  budget: ['Waiting for you: the budget is used up', 'budget'],
  unconfirmed: ['Waiting for you: an answer was lost', 'again'],
  no_key: ['Waiting for you: an API key is missing', 'key'],
  no_credit: ['The provider has no credit left', 'again'],
  quota: ['The provider is busy', 'again'],
};

/** What a paused job waits for; null for one that does not. */
export function waitingFor(job: Pick<Job, 'status' | 'paused_for'>): Waiting | null {
  if (job.status !== 'paused' || job.paused_for.length === 0) return null;
  const rank = (reason: string) => (URGENCY.includes(reason) ? URGENCY.indexOf(reason) : URGENCY.length);
  const first = job.paused_for.reduce((a, b) => (rank(b.reason) < rank(a.reason) ? b : a));
  const [title, remedy] = TITLES[first.reason] ?? ['Waiting for you', 'again'];
  const same = job.paused_for.filter(({ reason }) => reason === first.reason);
  return { title, remedy, sentences: [...new Set(same.map(({ message }) => message))] };
}

/** The name of the one button. */
export const ACTIONS: Record<Remedy, string> = {
  review: 'Review the storyboard',
  budget: 'Raise the budget',
  key: 'Add an API key',
  again: 'Try again now',
};
