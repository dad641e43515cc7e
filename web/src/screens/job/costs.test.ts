import { expect, it } from 'vitest';
import type { Job } from '@/api/types';
import { modelRows, sceneRows, stepRows } from './costs';

const line = (unit: string, scene: number | null, model: string, low: number) => ({
  unit,
  scene,
  model,
  low,
  high: 2 * low,
});
const job = {
  outline: [{ scene_number: 1 }],
  quote: {
    lines: [
      line('storyboard-01', 1, 'i', 10),
      line('video_generation-01', 1, 'v', 100),
      line('script_generation', null, 't', 1),
    ],
  },
  step_artifacts: { storyboard: { spent: 12 } },
} as unknown as Job;

it('shows the quote until there is a report, then what it cost beside it', () => {
  expect(sceneRows(job, null)).toEqual([
    { name: 'Scene 1', low: 110, high: 220, actual: null },
    { name: 'The whole ad', low: 1, high: 2, actual: null },
  ]);
  const scenes = [{ scene: null, low_usd: 0.1, price_usd: 0.2, high_usd: 0.3, actual_usd: 0.15 }];
  expect(sceneRows(job, { estimate_and_actual: { scenes } })).toEqual([
    { name: 'The whole ad', low: 100_000, high: 300_000, actual: 150_000 },
  ]);
});

it('adds up by step and by model', () => {
  expect(stepRows(job).map(({ name, actual }) => [name, actual])).toEqual([
    ['Script', null],
    ['Storyboard', 12],
    ['Filming', null],
  ]);
  expect(
    modelRows(job, { calls_per_model: { v: 3, other: 1 } }).map(({ name, calls }) => [name, calls]),
  ).toEqual([
    ['i', 0],
    ['v', 3],
    ['t', 0],
    ['other', 1],
  ]);
});
