// What is different between two cuts, in words. Pure.
import type { Cut, Job, Music } from '@/api/types';
import { MUSIC_NAMES, named } from './choices';

export type Draft = { cut: Cut; music: Music };

/** The cut and the music of a job as they are asked for now. `recut` lays the job's edits over its brief. */
export function changesOf(job: Job, was: Draft, now: Draft): string[] {
  const told: string[] = [];
  for (const { scene_number: number, transition } of job.outline.slice(0, -1)) {
    const before = was.cut.transitions[number]?.kind ?? transition;
    const after = now.cut.transitions[number]?.kind ?? transition;
    if (before !== after)
      told.push(`After scene ${number}: ${named(before)} becomes ${named(after).toLowerCase()}`);
  }
  for (const { scene_number: number } of job.outline) {
    const before = was.cut.clips[number]?.speed ?? 1;
    const after = now.cut.clips[number]?.speed ?? 1;
    if (before !== after) told.push(`Scene ${number}: ${before}× becomes ${after}× as fast`);
  }
  if (was.music !== now.music)
    told.push(`Music: ${MUSIC_NAMES[was.music]} becomes ${MUSIC_NAMES[now.music].toLowerCase()}`);
  const rest: [string, unknown, unknown][] = [
    ['Loudness of the music', was.cut.music_volume, now.cut.music_volume],
    ['Captions', was.cut.captions, now.cut.captions],
    ['Look', was.cut.look, now.cut.look],
    ['“Made with AI”', was.cut.disclosure, now.cut.disclosure],
    ['Files', was.cut.outputs, now.cut.outputs],
  ];
  return [
    ...told,
    ...rest.filter(([, a, b]) => JSON.stringify(a) !== JSON.stringify(b)).map(([what]) => `${what}: changed`),
  ];
}
