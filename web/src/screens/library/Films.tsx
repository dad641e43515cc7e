import { useState } from 'react';
import { useOutletContext } from 'react-router';
import type { JobCard } from '@/api/types';
import { Card, LiveCard } from './Card';
import classes from './Card.module.css';
import { NextPage } from './NextPage';
import { PublishDialog } from './PublishDialog';
import { isOver } from './pages';
import type { Listed } from './useLibrary';

/** The library as cards. */
export function Component() {
  const library = useOutletContext<Listed>();
  const { jobs, changing, remove, include, renew } = library;
  const [publishing, setPublishing] = useState<JobCard | null>(null);
  const acts = { remove, include, renew, publish: setPublishing };
  return (
    <>
      <ul className={classes.grid} data-changing={changing || undefined} aria-busy={changing}>
        {jobs?.map((job) => (
          <li key={job.job_id}>
            {isOver(job.status) ? <Card job={job} acts={acts} /> : <LiveCard job={job} acts={acts} />}
          </li>
        ))}
      </ul>
      <NextPage library={library} />
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
