// What quality control found out about a job, taken out of its loose records. Pure.
import type { Job } from '@/api/types';

type Failure = { scene: number; reason: string; timecode?: string };
type Retakes = { step: string; scene_number: number; retakes: { number: number; why: string }[] };
export type Layer = { name: string; held: string; found: string; retakes: string };
export type Check = { name: string; ok: boolean; value: unknown; expected: string; severity: string };

/** What is plainly wrong with a scene's clip, a sentence each. */
export function faultsOf(job: Job, scene: number): string[] {
  const failures = (job.consistency_scores?.failures ?? []) as Failure[];
  return failures
    .filter((failure) => failure.scene === scene)
    .map(({ reason, timecode }) => `${sentence(reason)}${timecode ? ` At ${timecode}.` : ''}`);
}

/** Why a scene was drawn or filmed again, a sentence each. */
export function retakesOf(job: Job, scene: number): string[] {
  return (job.regeneration_log as Retakes[])
    .filter(({ scene_number }) => scene_number === scene)
    .flatMap(({ step, retakes }) => {
      const did = step === 'storyboard' ? 'Drawn' : 'Filmed';
      return retakes.map(({ number, why }) => `${did} again (try ${number + 1}): ${why}`);
    });
}

/** What each layer that looks at pictures held them to, and what it found. */
export function layersOf(job: Job): Layer[] {
  const layers = job.consistency_scores?.layers as
    | Record<
        string,
        {
          threshold?: number;
          limit?: number;
          below?: string[];
          retakes?: Record<string, number>;
          spread?: number | null;
          outliers?: string[];
        }
      >
    | undefined;
  if (!layers) return [];
  const names: Record<string, string> = {
    storyboard: 'Frames beside your photos',
    video: 'Clips beside your photos',
    cross_scene: 'Scenes beside each other',
  };
  return Object.entries(layers).map(([key, layer]) => {
    const again = Object.values(layer.retakes ?? {}).reduce((sum, count) => sum + count, 0);
    const odd = layer.below ?? layer.outliers ?? [];
    return {
      name: names[key] ?? key,
      held:
        layer.threshold !== undefined
          ? `at least ${Math.round(layer.threshold * 100)} of 100`
          : `apart by less than ${Math.round((layer.limit ?? 0) * 100)}`,
      found: odd.length ? `scene ${odd.join(', ')} is off` : 'all good',
      retakes: again ? `${again} taken again` : 'none',
    };
  });
}

/** Every check of every film in a report, those that failed first. */
export function checksOf(report: Record<string, unknown> | null): Check[] {
  const films = (report?.checks as { films?: Record<string, { checks: Check[] }> } | undefined)?.films ?? {};
  return Object.values(films)
    .flatMap(({ checks }) => checks)
    .toSorted((a, b) => Number(a.ok) - Number(b.ok));
}

function sentence(text: string): string {
  const whole = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(whole) ? whole : `${whole}.`;
}
