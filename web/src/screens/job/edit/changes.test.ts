import { expect, it } from 'vitest';
import type { Job } from '@/api/types';
import { changesOf, type Draft } from './changes';
import { FORMATS, withOutput } from './choices';
import { merged } from './patch';

const job = {
  outline: [
    { scene_number: 1, transition: 'crossfade' },
    { scene_number: 2, transition: 'crossfade' },
  ],
} as unknown as Job;
const was = {
  music: 'none',
  cut: { transitions: {}, clips: {}, music_volume: 0.3, look: { grade: 'none' }, outputs: [] },
} as unknown as Draft;

it('says what is changed', () => {
  const now = merged(was, {
    music: 'calm',
    cut: { transitions: { 1: { kind: 'wipe_up' } }, clips: { 2: { speed: 1.5 } }, look: { grade: 'warm' } },
  });
  expect(changesOf(job, was, now)).toEqual([
    'After scene 1: Crossfade becomes wipe up',
    'Scene 2: 1× becomes 1.5× as fast',
    'Music: No music becomes calm',
    'Look: changed',
  ]);
  expect(changesOf(job, was, was)).toEqual([]);
});

it('a format is among the files once', () => {
  const [square] = FORMATS;
  if (!square) throw new Error('there is none');
  const once = withOutput(was.cut, square.output, true);
  expect(withOutput({ ...was.cut, outputs: once }, square.output, true)).toHaveLength(1);
  expect(withOutput({ ...was.cut, outputs: once }, square.output, false)).toEqual([]);
});
