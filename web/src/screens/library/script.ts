// The words of an ad, as they are collected. Pure.
import type { ShownScene } from '@/job/scenes';
import { clock } from '@/ui/format';
import { wordCount } from '@/ui/words';

/** "Scene 2, product demo, 0:06". */
export function headOf({ number, planned }: ShownScene): string {
  return `Scene ${number}, ${planned.scene_type.replaceAll('_', ' ')}, ${clock(planned.seconds)}`;
}

/** How long an ad is and how much is said in it. */
export function lengthOf(scenes: ShownScene[]): string {
  const words = scenes.reduce((sum, { dialogue }) => sum + wordCount(dialogue), 0);
  const seconds = scenes.reduce((sum, { planned }) => sum + planned.seconds, 0);
  return `${clock(seconds)} · ${words === 1 ? '1 word' : `${words} words`}`;
}

/** The script as text to be pasted elsewhere. */
export function asText(title: string, scenes: ShownScene[]): string {
  return [
    title,
    ...scenes.map((scene) => `${headOf(scene)}\n${scene.dialogue || '(Nothing is said.)'}`),
  ].join('\n\n');
}
