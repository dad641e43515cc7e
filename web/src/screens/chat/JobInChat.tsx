import { Button, Collapse, Skeleton, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { useDocument } from '@/api/live';
import type { Job } from '@/api/types';
import { JobCard } from '@/job/JobCard';
import { JobProgress } from '@/job/JobProgress';
import { Loaded } from '@/ui/Loaded';
import classes from './chat.module.css';

/** The ad that a message started, as it is now. */
export function JobInChat({ jobId }: { jobId: string }) {
  const live = useDocument<Job>('jobs', jobId);
  return (
    <div className={classes.job}>
      <Loaded live={live} skeleton={<Skeleton h={180} radius="md" />}>
        {(job) =>
          job && !job.deleted_at ? (
            <Followed job={job} />
          ) : (
            <Text size="sm" c="dimmed">
              This ad was deleted.
            </Text>
          )
        }
      </Loaded>
    </div>
  );
}

function Followed({ job }: { job: Job }) {
  const [open, { toggle }] = useDisclosure(false);
  const Chevron = open ? IconChevronUp : IconChevronDown;
  return (
    <>
      <JobCard job={job} />
      <Button
        variant="subtle"
        color="gray"
        c="dimmed"
        size="compact-sm"
        mt="xs"
        aria-expanded={open}
        rightSection={<Chevron size={16} aria-hidden />}
        onClick={toggle}
      >
        {open ? 'Hide the steps' : 'Show the steps'}
      </Button>
      <Collapse expanded={open} pt="sm">
        {open && <JobProgress job={job} />}
      </Collapse>
    </>
  );
}
