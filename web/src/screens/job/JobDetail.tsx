import { Group, Skeleton, Stack, Tabs } from '@mantine/core';
import { useParams, useSearchParams } from 'react-router';
import { type Live, useDocument } from '@/api/live';
import type { Job } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { StatusBadge } from '@/ui/StatusBadge';
import { DeletedJob } from './DeletedJob';
import { Details } from './Details';
import { Gone } from './Gone';
import { JobActions } from './JobActions';
import { Preview } from './Preview';
import { Scenes } from './Scenes';

const TABS = ['preview', 'scenes', 'details'];

export function Component() {
  const { jobId = '' } = useParams();
  const live = useDocument<Job>('jobs', jobId);
  if (isGone(live)) return <Gone />;
  return (
    <Loaded live={live} skeleton={<Shimmer />}>
      {(job) => job && (job.deleted_at ? <DeletedJob job={job} /> : <Shown key={job.id} job={job} />)}
    </Loaded>
  );
}

/** Whether there is nothing to see here for this person: the rules do not tell others' jobs from those that are not. */
export function isGone(live: Live<Job | null>): boolean {
  return live.state === 'ready' ? !live.data : live.state === 'error' && live.error.code === 'not_found';
}

function Shown({ job }: { job: Job }) {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('tab') ?? '';
  const go = (tab: string | null) => setSearch({ tab: tab ?? 'preview' }, { replace: true });
  return (
    <Screen title={job.title || job.product_name} actions={<JobActions job={job} />}>
      <Group gap="sm" mt={-12}>
        <StatusBadge status={job.status} />
        <span style={{ color: 'var(--mantine-color-dimmed)', fontSize: 14 }}>
          Begun <Ago time={job.created_at} />
          {job.version > 1 && ` · version ${job.version}`}
        </span>
      </Group>
      <Tabs value={TABS.includes(asked) ? asked : 'preview'} onChange={go} keepMounted={false}>
        <Tabs.List mb="lg">
          <Tabs.Tab value="preview">Preview</Tabs.Tab>
          <Tabs.Tab value="scenes">Scenes</Tabs.Tab>
          <Tabs.Tab value="details">Details</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="preview">
          <Preview job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="scenes">
          <Scenes job={job} />
        </Tabs.Panel>
        <Tabs.Panel value="details">
          <Details job={job} />
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

function Shimmer() {
  return (
    <Stack gap="lg">
      <Skeleton height={36} maw={420} />
      <Skeleton height={40} />
      <Skeleton height={320} radius="md" />
    </Stack>
  );
}
