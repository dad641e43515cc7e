import { Badge, Progress, Text } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import { useDocument } from '@/api/live';
import type { Job, JobCard } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { MediaImage } from '@/ui/Media';
import { Money } from '@/ui/Money';
import { StatusBadge } from '@/ui/StatusBadge';
import classes from './Card.module.css';
import { CardMenu } from './CardMenu';
import { isOver } from './pages';

/** What a card can have done to the list that it is in. */
export type Acts = {
  remove: (id: string) => void;
  include: (card: JobCard) => void;
  renew: () => void;
  publish: (card: JobCard) => void;
};

export function Card({ job, acts }: { job: JobCard; acts: Acts }) {
  const title = job.title || job.product_name;
  return (
    <article className={classes.card}>
      <div className={classes.picture}>
        <MediaImage url={job.thumbnail} alt="" />
        <div className={classes.over}>
          <StatusBadge status={job.status} />
          {job.published_at && (
            <Badge radius="sm" color="dark" autoContrast>
              Published
            </Badge>
          )}
        </div>
      </div>
      {!isOver(job.status) && (
        <Progress value={job.progress} size="sm" radius={0} aria-label={`Progress of ${title}`} />
      )}
      <div className={classes.words}>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Link to={`/jobs/${job.job_id}`} className={classes.title}>
            {title}
          </Link>
          <Text size="xs" c="dimmed" lineClamp={2} mt={2}>
            {isOver(job.status) ? (
              <>
                <Ago time={job.created_at} /> · <Money micros={job.spent} />
                {job.version > 1 && ` · version ${job.version}`}
              </>
            ) : (
              job.message || 'About to begin'
            )}
          </Text>
        </div>
        <CardMenu job={job} acts={acts} />
      </div>
    </article>
  );
}

/** The card of a job that still changes. It is listened to while it is seen. */
export function LiveCard({ job, acts }: { job: JobCard; acts: Acts }) {
  const { ref, inViewport } = useInViewport();
  const live = useDocument<Job>('jobs', inViewport ? job.job_id : '');
  const now = live.state === 'ready' ? live.data : null;
  const ended = useRef(false);
  const over = now !== null && isOver(now.status);
  const { renew } = acts;
  useEffect(() => {
    // The end brings a film and its picture, whose addresses only the list has.
    if (over && !ended.current) renew();
    ended.current = over;
  }, [over, renew]);
  const shown = now
    ? {
        ...job,
        title: now.title,
        status: now.status,
        current_step: now.current_step,
        progress: now.progress,
        message: now.message,
        spent: now.money.spent,
      }
    : job;
  return (
    <div ref={ref} style={{ height: '100%' }}>
      <Card job={shown} acts={acts} />
    </div>
  );
}
