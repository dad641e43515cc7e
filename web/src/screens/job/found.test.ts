import { expect, it } from 'vitest';
import type { Job } from '@/api/types';
import { checksOf, faultsOf, layersOf, retakesOf } from './found';

const job = {
  consistency_scores: {
    failures: [{ scene: 2, reason: 'the label reads LUNI', timecode: '0:01.500' }],
    layers: {
      storyboard: { threshold: 0.75, below: [], retakes: { 1: 2 } },
      cross_scene: { limit: 0.15, spread: 0.2, outliers: ['2'] },
    },
  },
  regeneration_log: [
    { step: 'storyboard', scene_number: 1, retakes: [{ number: 1, why: 'another face' }] },
    { step: 'video_generation', scene_number: 2, retakes: [] },
  ],
} as unknown as Job;

it('tells of a scene what is wrong with it and why it was taken again', () => {
  expect(faultsOf(job, 2)).toEqual(['The label reads LUNI. At 0:01.500.']);
  expect([faultsOf(job, 1), retakesOf(job, 2)]).toEqual([[], []]);
  expect(retakesOf(job, 1)).toEqual(['Drawn again (try 2): another face']);
});

it('tells what each layer held the pictures to and found', () => {
  expect(layersOf(job)).toEqual([
    {
      name: 'Frames beside your photos',
      held: 'at least 75 of 100',
      found: 'all good',
      retakes: '2 taken again',
    },
    {
      name: 'Scenes beside each other',
      held: 'apart by less than 15',
      found: 'scene 2 is off',
      retakes: 'none',
    },
  ]);
  expect(layersOf({ ...job, consistency_scores: null })).toEqual([]);
});

it('puts what failed first', () => {
  const check = (name: string, ok: boolean) => ({ name, ok, value: 1, expected: '1', severity: 'fail' });
  const report = { checks: { films: { a: { checks: [check('fps', true), check('black', false)] } } } };
  expect(checksOf(report).map(({ name }) => name)).toEqual(['black', 'fps']);
  expect(checksOf(null)).toEqual([]);
});
