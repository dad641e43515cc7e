import { expect, it } from 'vitest';
import { about, partsOf } from './templates';

const BRIEF = {
  style: 'testimonial',
  scenes: [{ seconds: 4, scene_type: 'hook' }, { seconds: 6 }],
};

it('a template says what it lays out', () => {
  expect(partsOf(BRIEF)).toEqual([
    { kind: 'Hook', seconds: 4 },
    { kind: 'Scene', seconds: 6 },
  ]);
  expect(about(BRIEF)).toBe('Testimonial · 10 seconds');
  expect(about({ prompt: 'x' })).toBe('');
});
