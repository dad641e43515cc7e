import { Button, Group, Progress, Text, UnstyledButton } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Job } from '@/api/types';
import { STEPS } from '@/ui/format';
import { MediaImage, MediaVideo } from '@/ui/Media';
import { Money } from '@/ui/Money';
import { StatusBadge } from '@/ui/StatusBadge';
import classes from './JobCard.module.css';
import { pictureOf, posterOf, ratioOf } from './scenes';
import { ACTIONS, waitingFor } from './waiting';

/** A job in a few lines, live, for conversations and lists; a finished one plays its film. */
export function JobCard({ job }: { job: Job }) {
  const [playing, setPlaying] = useState(false);
  const title = job.title || job.product_name;
  const waiting = waitingFor(job);
  const step = STEPS.find(({ step }) => step === job.current_step)?.label;
  const moves = job.status === 'running' || job.status === 'queued' || job.status === 'paused';
  const film = job.status === 'completed' ? job.final_video_url : null;
  return (
    <article className={classes.card} aria-label={title} data-playing={(film && playing) || undefined}>
      <div className={classes.picture}>
        {film && playing ? (
          <MediaVideo name={film} poster={posterOf(job)} label={title} ratio={ratioOf(job)} />
        ) : (
          <MediaImage name={pictureOf(job)} size="line" alt="" ratio={ratioOf(job)} />
        )}
        {film && !playing && (
          <UnstyledButton
            className={classes.play}
            onClick={() => setPlaying(true)}
            aria-label={`Play ${title}`}
          >
            <IconPlayerPlayFilled size={30} />
          </UnstyledButton>
        )}
      </div>
      <div className={classes.body}>
        <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
          <Text fw={600} lineClamp={2}>
            {title}
          </Text>
          <StatusBadge status={job.status} />
        </Group>
        <Text size="sm" c="dimmed" role="status" lineClamp={2}>
          {waiting
            ? waiting.title
            : job.status === 'running'
              ? `${step} · ${job.progress} %`
              : job.error_message}
        </Text>
        {moves && <Progress value={job.progress} size="sm" aria-label="Progress" />}
        <Group justify="space-between" mt="auto" gap="xs">
          <Text size="sm" c="dimmed">
            <Money micros={job.money.spent} /> of <Money micros={job.money.cap} />
          </Text>
          <Button
            component={Link}
            to={waiting?.remedy === 'review' ? `/jobs/${job.id}#storyboard` : `/jobs/${job.id}`}
            size="compact-sm"
            variant={waiting ? 'filled' : 'default'}
          >
            {waiting ? ACTIONS[waiting.remedy] : 'Open'}
          </Button>
        </Group>
      </div>
    </article>
  );
}
