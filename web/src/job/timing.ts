// How long a job has worked and may still take. Pure.
import type { Job } from '@/api/types';

const AT_REST = ['completed', 'failed', 'cancelled', 'paused'];
/** Below this nobody can tell. */
const TELLING_PERCENT = 8;

type Step = { started_at?: string | null; finished_at?: string | null };

/** Seconds that a job was at work: without the time in which the storyboard waited for a person. */
export function workedSeconds(job: Job, now: number): number {
  const ended = AT_REST.includes(job.status) ? Date.parse(job.completed_at ?? job.updated_at) : now;
  const review = job.step_artifacts.storyboard_review as Step | undefined;
  const waited =
    review?.started_at && review.finished_at
      ? Date.parse(review.finished_at) - Date.parse(review.started_at)
      : 0;
  return Math.max(0, (ended - Date.parse(job.created_at) - waited) / 1000);
}

/** Seconds that it may still take, going on as it went; null where that cannot be told. */
export function secondsLeft(job: Job, now: number): number | null {
  if (job.status !== 'running' || job.version > 1 || job.progress < TELLING_PERCENT) return null;
  return (workedSeconds(job, now) * (100 - job.progress)) / job.progress;
}

/** Roughly, in words: nobody believes a countdown. */
export function roughly(seconds: number): string {
  if (seconds < 20) return 'a few seconds left';
  if (seconds < 55) return 'less than a minute left';
  const minutes = Math.round(seconds / 60);
  return minutes <= 1 ? 'about a minute left' : `about ${minutes} minutes left`;
}
