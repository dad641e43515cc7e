// A list that is read a page at a time, newest first, as jobs come, change and go. Pure.
import type { JobCard, JobList, JobStatus } from '@/api/types';

export type Wish = { search: string; status: JobStatus[] };
/** `key` names the wish that the jobs are for. */
export type Pages = { key: string; jobs: JobCard[]; cursor: string | null };

export const keyOf = ({ search, status }: Wish) => JSON.stringify([search.trim(), [...status].sort()]);

/** The list with the page after it. */
export function continued(pages: Pages, next: JobList): Pages {
  const known = new Set(pages.jobs.map((job) => job.job_id));
  const jobs = [...pages.jobs, ...next.jobs.filter((job) => !known.has(job.job_id))];
  return { ...pages, jobs, cursor: next.next_cursor };
}

/** The list after its first page was read again: what was turned to before stays below it. */
export function renewed(pages: Pages, key: string, first: JobList): Pages {
  const last = first.jobs.at(-1);
  if (pages.key !== key || !first.next_cursor || !last) {
    return { key, jobs: first.jobs, cursor: first.next_cursor };
  }
  const fresh = new Set(first.jobs.map((job) => job.job_id));
  const older = pages.jobs.filter((job) => job.created_at <= last.created_at && !fresh.has(job.job_id));
  return { key, jobs: [...first.jobs, ...older], cursor: older.length ? pages.cursor : first.next_cursor };
}

export const without = (pages: Pages, id: string): Pages => ({
  ...pages,
  jobs: pages.jobs.filter((job) => job.job_id !== id),
});

/** The list with a job where its time puts it, in place of what it had of it. */
export function including(pages: Pages, card: JobCard): Pages {
  const others = without(pages, card.job_id).jobs;
  const at = others.findIndex((job) => job.created_at < card.created_at);
  const jobs = at < 0 ? [...others, card] : others.toSpliced(at, 0, card);
  return { ...pages, jobs };
}

/** What a filter of the library is called, and the statuses that it means. */
export const FILTERS: { id: string; label: string; status: JobStatus[] }[] = [
  { id: 'all', label: 'All', status: [] },
  { id: 'completed', label: 'Finished', status: ['completed'] },
  { id: 'running', label: 'Running', status: ['running', 'cancelling'] },
  { id: 'paused', label: 'Waiting for you', status: ['paused'] },
  { id: 'queued', label: 'Queued', status: ['queued'] },
  { id: 'failed', label: 'Failed', status: ['failed', 'cancelled'] },
];

/** Whether nothing changes a job any more unless somebody asks for it. */
export const isOver = (status: JobStatus) => ['completed', 'failed', 'cancelled'].includes(status);
/** Whether the service works on it, so that it has to be stopped before it can go. */
export const isAtWork = (status: JobStatus) => ['queued', 'running', 'cancelling'].includes(status);
