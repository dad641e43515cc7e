import { describe, expect, it } from 'vitest';
import type { Job, SceneView } from '@/api/types';
import { framesOf, points, sceneWork, shownScenes } from './scenes';

const planned = (scene_number: number) => ({ scene_number, seconds: 3, max_words: 7 });
const job = (changes: object = {}): Job =>
  ({
    status: 'running',
    current_step: 'storyboard',
    outline: [planned(1), planned(2)],
    script: { scenes: [{ scene_number: 1, dialogue: 'Look.', action: 'She looks' }] },
    edits: { scenes: { 1: { dialogue: 'See.' } } },
    storyboard_scenes: [],
    brief: { speech: 'voiceover' },
    ...changes,
  }) as unknown as Job;
const view = (changes: Partial<SceneView>) => ({ scene_number: 1, ...changes }) as SceneView;

describe('scenes', () => {
  it('are all there before anything is made, with the words as they were edited', () => {
    const [first, second] = shownScenes(job(), []);
    expect([first?.dialogue, first?.action, second?.dialogue]).toEqual(['See.', 'She looks', '']);
    expect(second?.view.clip).toBeNull();
  });
  it('say what is done to them, and above all what the server says', () => {
    const work = (changes: Partial<SceneView>, of: Job = job()) => {
      const [scene] = shownScenes(of, [view(changes)]);
      return scene && sceneWork(of, scene);
    };
    expect(work({})).toEqual({ share: 15, doing: 'Being drawn', working: true });
    expect(work({ message: 'try 2 of 4' })?.doing).toBe('try 2 of 4');
    expect(work({ storyboard: 'a.png' }, job({ current_step: 'video_generation' }))?.doing).toBe(
      'Being filmed',
    );
    expect(work({ message: 'rendering, 40 %' }, job({ status: 'completed' }))?.doing).toBe('In the film');
    expect(work({ storyboard: 'a.png' }, job({ status: 'paused' }))?.working).toBe(false);
  });
  it('show frames that are drawn before they are told of in the job', () => {
    const [scene] = shownScenes(job(), [
      view({ storyboard: 'a', storyboard_score: 0.8, storyboard_reason: 'alike', variants: ['a', 'b'] }),
    ]);
    expect(scene && framesOf(scene)).toEqual([
      { image: 'a', score: 0.8, reason: 'alike', chosen: true },
      { image: 'b', score: null, reason: '', chosen: false },
    ]);
  });
});

it('scores are told of 100', () => {
  expect([points(0.816), points(null), points(undefined)]).toEqual(['82', '–', '–']);
});
