import { expect, it } from 'vitest';
import type { Job } from '@/api/types';
import { atMost, retakePrice, suggestedCap } from './money';
import { roughly, secondsLeft, workedSeconds } from './timing';
import { waitingFor } from './waiting';

const BEGAN = Date.parse('2026-11-20T10:00:00Z');
const job = (changes: object = {}): Job =>
  ({
    status: 'running',
    created_at: '2026-11-20T10:00:00Z',
    updated_at: '2026-11-20T10:05:00Z',
    completed_at: null,
    progress: 50,
    version: 1,
    step_artifacts: {},
    ...changes,
  }) as unknown as Job;

it('time runs while a job is at work, but not while somebody looks at the storyboard', () => {
  const now = BEGAN + 600_000;
  const storyboard_review = { started_at: '2026-11-20T10:01:00Z', finished_at: '2026-11-20T10:06:00Z' };
  expect(workedSeconds(job(), now)).toBe(600);
  expect(workedSeconds(job({ status: 'paused' }), now)).toBe(300);
  expect(workedSeconds(job({ step_artifacts: { storyboard_review } }), now)).toBe(300);
});

it('what is left is told when it can be, and roughly', () => {
  const now = BEGAN + 120_000;
  expect(secondsLeft(job(), now)).toBe(120);
  expect(secondsLeft(job({ progress: 3 }), now)).toBeNull();
  expect(secondsLeft(job({ status: 'paused' }), now)).toBeNull();
  expect([10, 40, 70, 300].map(roughly)).toEqual([
    'a few seconds left',
    'less than a minute left',
    'about a minute left',
    'about 5 minutes left',
  ]);
});

it('a retake costs what its scenes were quoted, and a larger cap holds all of it', () => {
  const line = (unit: string, scene: number, price: number) => ({ unit, scene, price });
  const lines = [
    line('storyboard-01', 1, 40),
    line('storyboard-02', 2, 50),
    line('video_generation-02', 2, 900),
  ];
  const quote = { lines, high: 2_000_000 } as unknown as Job['quote'];
  expect([retakePrice(quote, [2]), retakePrice(quote, [1, 2])]).toEqual([50, 90]);
  const capped = (cap: number) => suggestedCap({ quote, money: { cap } as Job['money'] });
  expect([capped(500_000), capped(2_000_000)]).toEqual([2, 2.5]);
});

it('of several reasons to wait the one that stops most is told', () => {
  const reason = (reason: string, unit = 'u') => ({ unit, reason, message: `for ${reason}` });
  const waits = (...paused_for: ReturnType<typeof reason>[]) => waitingFor({ status: 'paused', paused_for });
  expect(waits(reason('storyboard_review'), reason('budget'), reason('budget', 'v'))).toMatchObject({
    remedy: 'budget',
    sentences: ['for budget'],
  });
  expect(waits()).toBeNull();
  expect(waitingFor({ status: 'running', paused_for: [reason('budget')] })).toBeNull();
});

it('what costs less than a cent is not "at most" it', () => {
  expect([atMost(120_000), atMost(200)]).toEqual(['at most $0.12', 'under $0.01']);
});
