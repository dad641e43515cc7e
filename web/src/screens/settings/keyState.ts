import type { ApiKey } from '@/api/types';

export type KeyState = { tone: 'good' | 'wait' | 'bad' | 'off'; word: string; about: string | null };

/** What to say of a key. A rest that has passed is over though nobody has written so yet. */
export function keyState(key: ApiKey, now = Date.now()): KeyState {
  const until = key.until && new Date(key.until);
  const rests = key.status === 'rate_limited' || key.status === 'exhausted';
  if (rests && (!until || until.getTime() <= now)) return { tone: 'good', word: 'In use', about: null };
  const back = until ? `It is tried again ${moment(until, now)}.` : null;
  switch (key.status) {
    case 'active':
      return { tone: 'good', word: 'In use', about: null };
    case 'rate_limited':
      return { tone: 'wait', word: 'Resting', about: back };
    case 'exhausted': {
      const why = key.no_credit ? 'Its account has no credit left.' : 'Its quota is used up.';
      return { tone: 'wait', word: 'Used up', about: [why, back].filter(Boolean).join(' ') };
    }
    case 'error':
      return { tone: 'bad', word: 'Refused', about: key.reason };
    case 'disabled':
      return { tone: 'off', word: 'Switched off', about: null };
  }
}

function moment(time: Date, now: number): string {
  const clock = time.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const today = time.toDateString() === new Date(now).toDateString();
  return today
    ? `at ${clock}`
    : `on ${time.toLocaleDateString(undefined, { day: 'numeric', month: 'short' })}, ${clock}`;
}
