import { describe, expect, it } from 'vitest';
import type { JobCard, JobList } from '@/api/types';
import { continued, including, keyOf, type Pages, renewed, without } from './pages';

const card = (n: number) => ({ job_id: `j${n}`, created_at: `2026-11-01T00:00:${10 + n}Z` }) as JobCard;
const list = (numbers: number[], next_cursor: string | null = null): JobList => ({
  jobs: numbers.map(card),
  next_cursor,
});
const pages = (numbers: number[], cursor: string | null = null): Pages => ({
  key: 'k',
  jobs: numbers.map(card),
  cursor,
});
const ids = ({ jobs }: Pages) => jobs.map(({ job_id }) => Number(job_id.slice(1)));

describe('a list in pages', () => {
  it('goes on without showing anything twice', () => {
    const next = continued(pages([9, 8, 7], 'c7'), list([7, 6, 5], 'c5'));
    expect([ids(next), next.cursor]).toEqual([[9, 8, 7, 6, 5], 'c5']);
  });

  it('keeps the pages that were turned to when the first is read again', () => {
    const next = renewed(pages([8, 7, 6, 5, 4], 'c4'), 'k', list([9, 8, 6], 'c6'));
    expect([ids(next), next.cursor]).toEqual([[9, 8, 6, 5, 4], 'c4']);
  });

  it('begins anew for another wish, and where the first page is all', () => {
    expect(ids(renewed(pages([8, 7], 'c7'), 'other', list([3], 'c3')))).toEqual([3]);
    expect(ids(renewed(pages([8, 7]), 'k', list([7])))).toEqual([7]);
  });

  it('takes the cursor of the first page where nothing older is left', () => {
    expect(renewed(pages([9], null), 'k', list([9, 8], 'c8')).cursor).toBe('c8');
  });

  it('puts back what went, where it was', () => {
    const left = without(pages([9, 8, 7]), 'j8');
    expect(ids(left)).toEqual([9, 7]);
    expect(ids(including(left, card(8)))).toEqual([9, 8, 7]);
    expect(ids(including(left, card(1)))).toEqual([9, 7, 1]);
  });

  it('has one key for the same wish', () => {
    const [a, b] = [
      keyOf({ search: ' lumi ', status: ['failed', 'cancelled'] }),
      keyOf({ search: 'lumi', status: ['cancelled', 'failed'] }),
    ];
    expect(a).toBe(b);
  });
});
