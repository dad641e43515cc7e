import { expect, it } from 'vitest';
import { difference, merged } from './patch';

it('a difference made over what was is what is wanted', () => {
  const before = {
    look: { grade: 'none', grain: 0.1 },
    clips: { 1: { speed: 1 } },
    lines: null,
    outputs: [1],
  };
  const after = { look: { grade: 'warm', grain: 0.1 }, clips: {}, outputs: [1, 2] };
  const patch = difference(before, after);
  expect(patch).toEqual({ look: { grade: 'warm' }, clips: { 1: null }, outputs: [1, 2] });
  expect(difference(merged(before, patch), after)).toBeUndefined();
});

it('nothing changed is no patch, and absent is as good as null', () => {
  expect(difference({ a: [1], b: null }, { a: [1] })).toBeUndefined();
  expect(merged({ a: 1, b: 2 }, { b: null })).toEqual({ a: 1 });
});
