import { Button, Group, Text } from '@mantine/core';
import { IconArrowLeft, IconTrashOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { JobCard, JobList } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { EmptyState } from '@/ui/EmptyState';
import { days } from '@/ui/format';
import { Loaded } from '@/ui/Loaded';
import { MediaImage } from '@/ui/Media';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { tried } from '@/ui/undo';
import classes from './Card.module.css';

const PAGE = 48;

export function Component() {
  const { live, set } = useAsked(() => call('listDeletedJobs', { limit: PAGE }), []);
  return (
    <Screen
      title="Recently deleted"
      about="What was deleted can be taken back for thirty days."
      actions={
        <Button
          component={Link}
          to="/library"
          variant="default"
          leftSection={<IconArrowLeft size={16} aria-hidden />}
        >
          Library
        </Button>
      }
    >
      <Loaded live={live} skeleton={<CardsShimmer count={5} />}>
        {(list) => <Shown list={list} set={set} />}
      </Loaded>
    </Screen>
  );
}

function Shown({ list, set }: { list: JobList; set: (list: JobList) => void }) {
  const [leaving, setLeaving] = useState<JobCard | null>(null);
  const [turning, setTurning] = useState(false);
  const forget = ({ job_id }: JobCard) =>
    set({ ...list, jobs: list.jobs.filter((one) => one.job_id !== job_id) });
  const restore = (job: JobCard) =>
    tried(async () => {
      await call('restoreJob', { job_id: job.job_id });
      forget(job);
    });
  const more = async () => {
    setTurning(true);
    await tried(async () => {
      const next = await call('listDeletedJobs', { limit: PAGE, cursor: list.next_cursor });
      set({ ...next, jobs: [...list.jobs, ...next.jobs] });
    });
    setTurning(false);
  };
  if (list.jobs.length === 0) {
    return (
      <EmptyState icon={IconTrashOff} title="Nothing here" action="To the library" to="/library">
        What you delete waits here for thirty days before it goes for good.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.grid}>
        {list.jobs.map((job) => (
          <li key={job.job_id} className={classes.cell}>
            <article className={classes.card}>
              <MediaImage url={job.thumbnail} alt="" />
              <div style={{ padding: 12 }}>
                <Text fw={600} lineClamp={2}>
                  {job.title || job.product_name}
                </Text>
                <Text size="xs" c="dimmed" mb="xs">
                  {job.purge_at && `Goes for good ${days(job.purge_at)}`}
                </Text>
                <Group gap={6}>
                  <Button size="compact-sm" onClick={() => restore(job)}>
                    Take back
                  </Button>
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    color="gray"
                    c="var(--mantine-color-error)"
                    onClick={() => setLeaving(job)}
                    aria-label={`Delete ${job.title || job.product_name} for good`}
                  >
                    For good
                  </Button>
                </Group>
              </div>
            </article>
          </li>
        ))}
      </ul>
      {list.next_cursor && (
        <Button variant="default" onClick={more} loading={turning} mx="auto">
          Show more
        </Button>
      )}
      {leaving && (
        <Confirm
          title="Delete for good?"
          action="Delete for good"
          act={async () => {
            await call('deleteJob', { job_id: leaving.job_id, for_good: true });
            forget(leaving);
          }}
          close={() => setLeaving(null)}
        >
          “{leaving.title || leaving.product_name}” and all that was made for it goes now. Nobody can bring it
          back.
        </Confirm>
      )}
    </>
  );
}
