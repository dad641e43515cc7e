import { describe, expect, it } from 'vitest';
import { scene, script } from './sample';
import { changed, edited, feedbackOn, rewritten, withChange } from './words';

describe('changes', () => {
  it('lie over what was written and leave it alone', () => {
    const written = script(scene(1), scene(2));
    const mine = edited(written, { 2: { dialogue: 'Mine.' } });
    expect(mine.scenes.map(({ dialogue }) => dialogue)).toEqual(['Line 1.', 'Mine.']);
    expect(written.scenes[1]?.dialogue).toBe('Line 2.');
  });

  it('are none where all is as it was written', () => {
    const one = changed(scene(1), undefined, { dialogue: 'Mine.', action: 'She turns the bottle' });
    expect(one).toEqual({ dialogue: 'Mine.' });
    expect(changed(scene(1), one, { dialogue: 'Line 1.' })).toBeUndefined();
    expect(changed(scene(1), undefined, { camera: { ...scene(1).camera } })).toBeUndefined();
    expect(withChange({ 1: { dialogue: 'a' }, 2: { dialogue: 'b' } }, 1, undefined)).toEqual({
      2: { dialogue: 'b' },
    });
  });
});

describe('a rewrite', () => {
  it('changes the scenes that were asked for, whatever comes back', () => {
    const again = script(scene(1, 'New one.'), scene(2, 'New two.'));
    const now = rewritten(script(scene(1), scene(2)), again, [2]);
    expect(now.scenes.map(({ dialogue }) => dialogue)).toEqual(['Line 1.', 'New two.']);
  });

  it('is asked for by scene', () => {
    expect(feedbackOn([2], ' Shorter. ')).toBe('Change scene 2 alone. Shorter.');
    expect(feedbackOn([1, 3], '')).toMatch(/^Change scenes 1, 3 alone\. Keep/);
  });
});
