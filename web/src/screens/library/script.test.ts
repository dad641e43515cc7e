import { expect, it } from 'vitest';
import type { ShownScene } from '@/job/scenes';
import { asText, lengthOf } from './script';

const scene = (number: number, dialogue: string) =>
  ({ number, dialogue, planned: { scene_type: 'product_demo', seconds: 6 } }) as unknown as ShownScene;

it('a script is told in words and seconds, and copied scene by scene', () => {
  const scenes = [scene(1, 'Look at\nthis glow.'), scene(2, '')];
  expect(lengthOf(scenes)).toBe('0:12 · 4 words');
  expect(asText('Lumi', scenes)).toBe(
    'Lumi\n\nScene 1, product demo, 0:06\nLook at\nthis glow.\n\nScene 2, product demo, 0:06\n(Nothing is said.)',
  );
});
