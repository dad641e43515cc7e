import { Anchor, Button, Group, Loader, Text, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { Link } from 'react-router';
import type { Message } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { MediaImage } from '@/ui/Media';
import classes from './chat.module.css';
import { JobInChat } from './JobInChat';
import { Prose } from './Prose';

/** One message. `again`, where it is given, asks once more for an answer that did not come to its end. */
export const MessageView = memo(function MessageView({
  message,
  again,
}: {
  message: Message;
  again?: ((answer: Message) => void) | undefined;
}) {
  const { role, content, state, attachments, job_id, intent } = message;
  const mine = role === 'user';
  return (
    <article className={classes.message} data-role={role} aria-busy={state === 'streaming'}>
      <VisuallyHidden>{mine ? 'You' : 'Copilot'}</VisuallyHidden>
      {attachments.length > 0 && (
        <Group gap="xs" className={classes.pictures}>
          {attachments.map((name, index) => (
            <div key={name} className={classes.picture}>
              <MediaImage name={name} alt={`Picture ${index + 1} of the message`} ratio={1} />
            </div>
          ))}
        </Group>
      )}
      {(content || state !== 'streaming') && (
        <div className={classes.bubble}>{mine ? content : content && <Prose text={content} />}</div>
      )}
      {state === 'streaming' && !content && (
        <Group gap="xs" role="status" py={6}>
          <Loader size="xs" type="dots" />
          <Text size="sm" c="dimmed">
            The copilot is thinking
          </Text>
        </Group>
      )}
      {job_id && intent === 'VIDEO_READY' && <JobInChat jobId={job_id} />}
      <Group gap="xs" className={classes.foot}>
        {state === 'failed' && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            It broke off: {message.error ?? 'the connection was lost'}.
          </Text>
        )}
        {state === 'stopped' && (
          <Text size="sm" c="dimmed">
            Stopped.
          </Text>
        )}
        {again && (
          <Button size="compact-sm" variant="default" onClick={() => again(message)}>
            Ask again
          </Button>
        )}
        {job_id && intent === null && (
          <Anchor component={Link} to={`/jobs/${job_id}`} size="sm">
            Open the ad
          </Anchor>
        )}
        {state !== 'streaming' && (
          <Text size="xs" c="dimmed">
            <Ago time={message.created_at} />
          </Text>
        )}
      </Group>
    </article>
  );
});
