import { Group } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { useDocument } from '@/api/live';
import type { Job } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { MediaVideo } from '@/ui/Media';
import { Money } from '@/ui/Money';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { StatusBadge } from '@/ui/StatusBadge';
import { StepRail } from '@/ui/StepRail';

export function Component() {
  const { jobId = '' } = useParams();
  const live = useDocument<Job>('jobs', jobId);
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={1} />}>
      {(job) => (job ? <Shown job={job} /> : <Gone />)}
    </Loaded>
  );
}

function Shown({ job }: { job: Job }) {
  return (
    <Screen title={job.title || job.product_name} actions={<StatusBadge status={job.status} />}>
      <StepRail job={job} />
      <Group gap="xs">
        <Money micros={job.money.spent} simulated={job.money.simulated} />
        <span>of</span>
        <Money micros={job.money.cap} />
        <Ago time={job.created_at} />
      </Group>
      {job.final_video_url && (
        <div style={{ maxWidth: 320 }}>
          <MediaVideo name={job.final_video_url} label={job.title} />
        </div>
      )}
    </Screen>
  );
}

function Gone() {
  return (
    <Screen title="Ad">
      <EmptyState icon={IconMovie} title="It is not here" action="To the library" to="/library">
        It was deleted, or it belongs to somebody else.
      </EmptyState>
    </Screen>
  );
}
