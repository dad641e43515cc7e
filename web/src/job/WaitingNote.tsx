import { Alert, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconHandStop } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { tried } from '@/ui/undo';
import { RaiseBudget } from './RaiseBudget';
import { READABLE } from './readable';
import { showStoryboard } from './storyboardPlace';
import { ACTIONS, waitingFor } from './waiting';

/** Where the storyboard is on the screen already, nobody has to be led elsewhere. */
function lookHere(event: React.MouseEvent) {
  if (showStoryboard()) event.preventDefault();
}

/** What a job waits for, and the one button that lets it go on. Nothing for a job that does not wait. */
export function WaitingNote({ job }: { job: Job }) {
  const [raises, { open, close }] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const waiting = waitingFor(job);
  if (!waiting) return null;
  const goOn = async () => {
    setBusy(true);
    await tried(() => call('resumeJob', { job_id: job.id }));
    setBusy(false);
  };
  return (
    <Alert
      styles={READABLE}
      className="waits"
      color="yellow"
      role="status"
      icon={<IconHandStop aria-hidden />}
      title={waiting.title}
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="var(--mantine-color-text)" flex="1 1 240px">
          {waiting.sentences.join(' ')}
        </Text>
        {waiting.remedy === 'review' && (
          <Button size="xs" component={Link} to={`/jobs/${job.id}#storyboard`} onClick={lookHere}>
            {ACTIONS.review}
          </Button>
        )}
        {waiting.remedy === 'budget' && (
          <Button size="xs" onClick={open}>
            {ACTIONS.budget}
          </Button>
        )}
        {waiting.remedy === 'key' && (
          <Group gap="xs">
            <Button size="xs" component={Link} to="/settings/keys">
              {ACTIONS.key}
            </Button>
            <Button size="xs" variant="default" onClick={goOn} loading={busy}>
              I have added one
            </Button>
          </Group>
        )}
        {waiting.remedy === 'again' && (
          <Button size="xs" onClick={goOn} loading={busy}>
            {ACTIONS.again}
          </Button>
        )}
      </Group>
      {raises && <RaiseBudget job={job} opened close={close} />}
    </Alert>
  );
}
