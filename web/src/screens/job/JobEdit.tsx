import { Skeleton, Stack } from '@mantine/core';
import { IconAdjustments } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { useAsked } from '@/api/asked';
import { useDocument } from '@/api/live';
import type { Job } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { DeletedJob } from './DeletedJob';
import { CutEditor } from './edit/CutEditor';
import { unfinished } from './edit/useDraft';
import { Gone } from './Gone';
import { isGone } from './JobDetail';

export function Component() {
  const { jobId = '' } = useParams();
  const live = useDocument<Job>('jobs', jobId);
  const { live: found } = useAsked(() => unfinished(jobId), [jobId]);
  if (isGone(live)) return <Gone />;
  return (
    <Loaded live={live} skeleton={<Shimmer />}>
      {(job) => {
        if (!job) return null;
        if (job.deleted_at) return <DeletedJob job={job} />;
        if (!job.script || job.status === 'cancelled') return <TooEarly job={job} />;
        return (
          <Loaded live={found} skeleton={<Shimmer />}>
            {(edit) => <CutEditor key={job.id} job={job} found={edit} />}
          </Loaded>
        );
      }}
    </Loaded>
  );
}

function TooEarly({ job }: { job: Job }) {
  return (
    <Screen title="Change the cut">
      <EmptyState
        icon={IconAdjustments}
        title="There is nothing to cut"
        action="To the ad"
        to={`/jobs/${job.id}`}
      >
        {job.status === 'cancelled'
          ? 'This ad was cancelled. Make it again to change its cut.'
          : 'The script is still being written. Once it is here, captions, music and look can be set.'}
      </EmptyState>
    </Screen>
  );
}

function Shimmer() {
  return (
    <Stack>
      <Skeleton height={36} maw={320} />
      <Skeleton height={160} radius="md" />
      <Skeleton height={160} radius="md" />
    </Stack>
  );
}
