import { expect, it } from 'vitest';
import { unitsInWords } from './units';

it('says what is made again, scene by scene, and the film once', () => {
  const units = [
    'scene_prompts-02',
    'audio_generation-02',
    'post_production-sound',
    'post_production-film',
    'complete',
  ];
  expect(unitsInWords(units)).toBe('scene 2’s plan and voice and the film');
  expect(unitsInWords(['script_generation', 'storyboard_review'])).toBe('the script and your review');
  expect(unitsInWords([])).toBe('');
});
