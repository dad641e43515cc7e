// The settings of an ad: a brief without its product, its person and its words. What is not set is as usual.
import { BRIEF, type Brief, type Draft } from '@/api/types';

export type Settings = Pick<
  Draft,
  | 'platform'
  | 'style'
  | 'tone'
  | 'pacing'
  | 'background'
  | 'background_note'
  | 'lighting'
  | 'language'
  | 'voice'
  | 'speech'
  | 'voiceover'
  | 'aspect_ratio'
  | 'quality'
  | 'total_seconds'
  | 'max_scene_duration'
  | 'variants'
  | 'words_per_minute'
  | 'join'
  | 'transition'
  | 'music'
  | 'cut'
  | 'models'
>;

/** What is not about the ad itself but about how it is made. `budget_usd` null is the cap of the quote. */
export type Run = { auto_approve: boolean; budget_usd: number | null };

/** Every setting as it stands, the usual ones among them. */
export function whole(settings: Settings): Brief {
  const captions = { ...BRIEF.cut.captions, ...settings.cut?.captions };
  const look = { ...BRIEF.cut.look, ...settings.cut?.look };
  const disclosure = { ...BRIEF.cut.disclosure, ...settings.cut?.disclosure };
  return {
    ...BRIEF,
    ...settings,
    voice: { ...BRIEF.voice, ...settings.voice },
    models: { ...BRIEF.models, ...settings.models },
    cut: { ...BRIEF.cut, ...settings.cut, captions, look, disclosure } as Brief['cut'],
  };
}

/** The settings with some of them changed. One that is as usual again is not kept. */
export function changed<T extends Settings>(settings: T, change: Settings): T {
  const next: Record<string, unknown> = { ...settings, ...change };
  for (const name of Object.keys(change) as (keyof Settings)[]) {
    if (same(whole(next)[name], BRIEF[name])) delete next[name];
  }
  return next as T;
}

/** How many settings are not as usual. */
export function differences(settings: Settings): number {
  const now = whole(settings);
  return (Object.keys(settings) as (keyof Settings)[]).filter((name) => !same(now[name], BRIEF[name])).length;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
