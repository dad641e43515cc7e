import { Stack } from '@mantine/core';
import type { Job } from '@/api/types';
import { JobHead } from './JobHead';
import { SceneStrip } from './SceneStrip';
import { useScenes } from './useScenes';

/** How a job is getting on, live: steps, time and money, what it waits for, and each scene. Give it the job as
 * `useDocument` has it; it listens to the scenes itself. */
export function JobProgress({ job }: { job: Job }) {
  const scenes = useScenes(job);
  return (
    <Stack gap="lg">
      <JobHead job={job} />
      <SceneStrip job={job} scenes={scenes} />
    </Stack>
  );
}
