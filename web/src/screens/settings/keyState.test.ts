import { expect, it } from 'vitest';
import type { ApiKey } from '@/api/types';
import { keyState } from './keyState';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const key = (fields: Partial<ApiKey>) =>
  ({ status: 'active', until: null, no_credit: false, ...fields }) as ApiKey;
const LATER = '2026-11-20T12:05:00Z';

it.each([
  [key({}), 'In use', null],
  [key({ status: 'rate_limited', until: '2026-11-20T11:59:00Z' }), 'In use', null],
  [key({ status: 'rate_limited', until: LATER }), 'Resting', /^It is tried again at /],
  [
    key({ status: 'exhausted', until: LATER, no_credit: true }),
    'Used up',
    /^Its account has no credit left. It is/,
  ],
  [key({ status: 'exhausted', until: LATER }), 'Used up', /^Its quota is used up/],
  [key({ status: 'error', reason: 'suspended' }), 'Refused', /^suspended$/],
  [key({ status: 'disabled' }), 'Switched off', null],
])('%j', (shown, word, about) => {
  const state = keyState(shown, NOW);
  expect(state.word).toBe(word);
  if (about) expect(state.about).toMatch(about);
  else expect(state.about).toBeNull();
});
