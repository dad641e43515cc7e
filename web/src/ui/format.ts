// Numbers in words. Pure, so that they can be tested and used anywhere.
import type { JobStatus, PipelineStep } from '@/api/types';

const DOLLARS = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** Micros as dollars and cents. What is less than a cent but not nothing is said to be so. */
export function money(micros: number): string {
  if (micros > 0 && micros < 5_000) return 'under $0.01';
  return DOLLARS.format(micros / 1_000_000);
}

/** Seconds as a clock shows them: 0:42, 12:05, 1:02:00. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const two = (part: number) => String(part).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** How long ago a time is, roughly. */
export function ago(time: string, now = Date.now()): string {
  const seconds = Math.max(0, (now - Date.parse(time)) / 1000);
  if (seconds < 45) return 'just now';
  if (seconds < 90) return 'a minute ago';
  if (seconds < 3600) return `${Math.round(seconds / 60)} minutes ago`;
  if (seconds < 5400) return 'an hour ago';
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} hours ago`;
  if (seconds < 2 * 86_400) return 'yesterday';
  return new Date(time).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
}

/** In how many days a time comes, roughly. */
export function days(time: string, now = Date.now()): string {
  const count = Math.ceil((Date.parse(time) - now) / 86_400_000);
  return count <= 1 ? 'within a day' : `in ${count} days`;
}

/** The ten steps in their order, in words. */
export const STEPS: { step: PipelineStep; label: string }[] = [
  { step: 'script_generation', label: 'Script' },
  { step: 'scene_prompts', label: 'Scene plans' },
  { step: 'storyboard', label: 'Storyboard' },
  { step: 'storyboard_review', label: 'Your review' },
  { step: 'video_generation', label: 'Filming' },
  { step: 'video_extension', label: 'Longer scenes' },
  { step: 'audio_generation', label: 'Voice' },
  { step: 'post_production', label: 'Cutting' },
  { step: 'quality_check', label: 'Quality check' },
  { step: 'complete', label: 'Done' },
];

export const STATUS: Record<JobStatus, string> = {
  queued: 'Queued',
  running: 'Running',
  paused: 'Waiting for you',
  cancelling: 'Stopping',
  cancelled: 'Cancelled',
  completed: 'Finished',
  failed: 'Failed',
};
