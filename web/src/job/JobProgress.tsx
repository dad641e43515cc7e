import { Group, Stack } from '@mantine/core';
import type { Job } from '@/api/types';
import { StepRail } from '@/ui/StepRail';
import { CancelJob } from './CancelJob';
import { EndNote } from './EndNote';
import { JobFigures } from './JobFigures';
import { SceneStrip } from './SceneStrip';
import { useScenes } from './useScenes';
import { WaitingNote } from './WaitingNote';

const CAN_BE_CANCELLED = ['queued', 'running', 'paused', 'failed'];

/** How a job is getting on, live: steps, time and money, what it waits for, and each scene. Give it the job as
 * `useDocument` has it; it listens to the scenes itself. */
export function JobProgress({ job }: { job: Job }) {
  const scenes = useScenes(job);
  return (
    <Stack gap="lg">
      <StepRail job={job} />
      <Group justify="space-between" align="flex-start">
        <JobFigures job={job} />
        {CAN_BE_CANCELLED.includes(job.status) && <CancelJob job={job} />}
      </Group>
      <WaitingNote job={job} />
      <EndNote job={job} />
      <SceneStrip job={job} scenes={scenes} />
    </Stack>
  );
}
