import type { SceneType } from '@/api/types';

export const SCENE_TYPES: Record<SceneType, string> = {
  intro: 'Intro',
  hook: 'Hook',
  problem: 'Problem',
  solution: 'Solution',
  demonstration: 'Demonstration',
  unboxing: 'Unboxing',
  application: 'Application',
  testimonial: 'Testimonial',
  cta: 'Call to act',
};
