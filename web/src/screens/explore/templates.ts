import type { Draft } from '@/api/types';
import { STYLES } from '@/brief/words';

export type Part = { kind: string; seconds: number };

/** The scenes that a template lays out, and how they are called. */
export function partsOf(brief: Record<string, unknown>): Part[] {
  const { scenes } = brief as Draft;
  return (scenes ?? []).map(({ seconds, scene_type }) => ({
    seconds,
    kind: scene_type ? SCENES[scene_type] : 'Scene',
  }));
}

/** What a template makes, in a few words. */
export function about(brief: Record<string, unknown>): string {
  const { style } = brief as Draft;
  const seconds = partsOf(brief).reduce((sum, part) => sum + part.seconds, 0);
  return [style && STYLES[style], seconds > 0 && `${seconds} seconds`].filter(Boolean).join(' · ');
}

const SCENES: Record<NonNullable<NonNullable<Draft['scenes']>[number]['scene_type']>, string> = {
  intro: 'Opening',
  hook: 'Hook',
  problem: 'Problem',
  solution: 'Solution',
  demonstration: 'Shown',
  unboxing: 'Unpacked',
  application: 'Used',
  testimonial: 'Told',
  cta: 'Call to action',
};
