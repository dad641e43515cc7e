import { Group, Stack } from '@mantine/core';
import type { Job } from '@/api/types';
import { StepRail } from '@/ui/StepRail';
import { CancelJob } from './CancelJob';
import { EndNote } from './EndNote';
import { JobFigures } from './JobFigures';
import { WaitingNote } from './WaitingNote';

const CAN_BE_CANCELLED = ['queued', 'running', 'paused', 'failed'];

/** A job as a whole: its steps, time and money, and what it waits for or came to. */
export function JobHead({ job }: { job: Job }) {
  return (
    <Stack gap="lg">
      <StepRail job={job} />
      <Group justify="space-between" align="flex-start">
        <JobFigures job={job} />
        {CAN_BE_CANCELLED.includes(job.status) && <CancelJob job={job} />}
      </Group>
      <WaitingNote job={job} />
      <EndNote job={job} />
    </Stack>
  );
}
