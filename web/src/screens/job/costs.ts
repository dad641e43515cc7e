// What a job was quoted beside what it cost, in rows. Money in micros. Pure.
import type { Job } from '@/api/types';
import { STEPS } from '@/ui/format';

export type CostRow = { name: string; low: number; high: number; actual: number | null };
type Told = { low_usd: number; high_usd: number; actual_usd: number };
type Report = {
  estimate_and_actual?: { scenes: (Told & { scene: number | null })[] };
  calls_per_model?: Record<string, number>;
};

const micros = (dollars: number) => Math.round(dollars * 1_000_000);
const wholeAd = (scene: number | null) => (scene === null ? 'The whole ad' : `Scene ${scene}`);

/** By scene: as the report tells it at the end, before that as it was quoted. */
export function sceneRows(job: Job, report: Record<string, unknown> | null): CostRow[] {
  const told = (report as Report | null)?.estimate_and_actual?.scenes;
  if (told) {
    return told.map(({ scene, low_usd, high_usd, actual_usd }) => ({
      name: wholeAd(scene),
      low: micros(low_usd),
      high: micros(high_usd),
      actual: micros(actual_usd),
    }));
  }
  const scenes = [...job.outline.map(({ scene_number }) => scene_number), null];
  return scenes.map((scene) => added(job, wholeAd(scene), (line) => line.scene === scene, null));
}

/** By step, as far as it has come. */
export function stepRows(job: Job): CostRow[] {
  return STEPS.flatMap(({ step, label }) => {
    const spent = job.step_artifacts[step]?.spent as number | undefined;
    const row = added(job, label, (line) => line.unit.split('-')[0] === step, spent ?? null);
    return row.high || row.actual ? [row] : [];
  });
}

/** By model: what was quoted for it, and how often it was called once that is known. */
export function modelRows(
  job: Job,
  report: Record<string, unknown> | null,
): (CostRow & { calls: number | null })[] {
  const calls = (report as Report | null)?.calls_per_model;
  const models = [...new Set([...job.quote.lines.map(({ model }) => model), ...Object.keys(calls ?? {})])];
  return models.map((model) => ({
    ...added(job, model, (line) => line.model === model, null),
    calls: calls ? (calls[model] ?? 0) : null,
  }));
}

function added(
  job: Job,
  name: string,
  which: (line: Job['quote']['lines'][number]) => boolean,
  actual: number | null,
): CostRow {
  const lines = job.quote.lines.filter(which);
  const sum = (of: 'low' | 'high') => lines.reduce((total, line) => total + line[of], 0);
  return { name, low: sum('low'), high: sum('high'), actual };
}
