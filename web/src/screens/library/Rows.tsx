import { Group, Skeleton, Text } from '@mantine/core';
import type { ComponentType } from 'react';
import { Link, useOutletContext } from 'react-router';
import type { JobCard } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { StatusBadge } from '@/ui/StatusBadge';
import { NextPage } from './NextPage';
import classes from './Rows.module.css';
import type { Listed } from './useLibrary';
import { type Ad, useNear } from './useNear';

type Look = {
  /** The view of a job's scenes that its title leads to. */
  view: 'script' | 'audio' | 'storyboard';
  Shown: ComponentType<Ad & { to: string }>;
};

/** The library one ad below the other, each with what `Shown` shows of it. */
export function Rows(look: Look) {
  const library = useOutletContext<Listed>();
  const { jobs, changing } = library;
  return (
    <>
      <ul className={classes.rows} data-changing={changing || undefined} aria-busy={changing}>
        {jobs?.map((card) => (
          <Row key={card.job_id} card={card} {...look} />
        ))}
      </ul>
      <NextPage library={library} />
    </>
  );
}

function Row({ card, view, Shown }: Look & { card: JobCard }) {
  const { ref, ad } = useNear(card.job_id);
  const { title, status } = ad?.job ?? card;
  const to = `/jobs/${card.job_id}?tab=scenes&view=${view}`;
  return (
    <li ref={ref}>
      <article className={classes.row}>
        <Group gap="xs" mb="sm">
          <h2 className={classes.title}>
            <Link to={to}>{title || card.product_name}</Link>
          </h2>
          {status !== 'completed' && <StatusBadge status={status} />}
          <Text size="xs" c="dimmed">
            <Ago time={card.created_at} />
          </Text>
        </Group>
        {ad ? <Shown {...ad} to={to} /> : <Skeleton height={140} />}
      </article>
    </li>
  );
}

/** What is said of an ad that has nothing of the kind that is looked for. */
export function Nothing({ children }: { children: string }) {
  return (
    <Text size="sm" c="dimmed">
      {children}
    </Text>
  );
}
