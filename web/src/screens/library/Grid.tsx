import { Button, Center } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { JobCard } from '@/api/types';
import { Card, LiveCard } from './Card';
import classes from './Card.module.css';
import { PublishDialog } from './PublishDialog';
import { isOver } from './pages';
import type { useLibrary } from './useLibrary';

/** The cards, and at their end the next page: on its own when it comes into view, or by its button. */
export function Grid({ library }: { library: ReturnType<typeof useLibrary> }) {
  const { jobs, changing, more, turning, error, remove, include, renew } = library;
  const { ref, inViewport } = useInViewport();
  const [publishing, setPublishing] = useState<JobCard | null>(null);
  useEffect(() => {
    if (inViewport && more && !turning && !error && !changing) more();
  }, [inViewport, more, turning, error, changing]);
  const acts = { remove, include, renew, publish: setPublishing };
  return (
    <>
      <ul className={classes.grid} data-changing={changing || undefined} aria-busy={changing}>
        {jobs?.map((job) => (
          <li key={job.job_id} className={classes.cell}>
            {isOver(job.status) ? <Card job={job} acts={acts} /> : <LiveCard job={job} acts={acts} />}
          </li>
        ))}
      </ul>
      {more && !changing && (
        <Center ref={ref} py="md">
          <Button variant="default" onClick={more} loading={turning}>
            Show more
          </Button>
        </Center>
      )}
      {publishing && (
        <PublishDialog
          job={publishing}
          published={(at) => include({ ...publishing, published_at: at })}
          close={() => setPublishing(null)}
        />
      )}
    </>
  );
}
