import type { DeliveryState, Milestone } from '@/api/types';

/** A milestone that the API gains has to get a word here before this compiles. */
export const MILESTONES: Record<Milestone, string> = {
  'storyboard.ready': 'A storyboard waits for review',
  'job.paused': 'A job waits for something',
  'job.completed': 'A job is finished',
  'job.failed': 'A job has failed',
  'job.cancelled': 'A job was stopped',
};

export const DELIVERED: Record<DeliveryState, { word: string; tone: 'good' | 'wait' | 'bad' }> = {
  pending: { word: 'On its way', tone: 'wait' },
  delivered: { word: 'Taken', tone: 'good' },
  failed: { word: 'Not taken', tone: 'bad' },
};
