import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle, IconCircleOff } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { money } from '@/ui/format';
import { tried } from '@/ui/undo';
import { READABLE } from './readable';

/** Of a job that failed or was cancelled: what happened, what it cost, and the one button to go on from there. */
export function EndNote({ job }: { job: Job }) {
  const [busy, setBusy] = useState(false);
  const spent = job.money.spent ? `${money(job.money.spent)} was spent.` : 'Nothing was spent.';
  if (job.status === 'cancelled') {
    return (
      <Alert
        styles={READABLE}
        color="gray"
        icon={<IconCircleOff aria-hidden />}
        title="This ad was cancelled"
      >
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="var(--mantine-color-text)" flex="1 1 240px">
            {spent} Made again from the same brief, what was paid for here is not paid for twice.
          </Text>
          <Button size="xs" component={Link} to={`/create?again=${job.id}`}>
            Make it again
          </Button>
        </Group>
      </Alert>
    );
  }
  if (job.status !== 'failed') return null;
  const again = async () => {
    setBusy(true);
    await tried(() => call('resumeJob', { job_id: job.id }));
    setBusy(false);
  };
  return (
    <Alert
      styles={READABLE}
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title="This ad could not be finished"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="var(--mantine-color-text)" flex="1 1 240px" style={{ overflowWrap: 'anywhere' }}>
          {job.error_message ?? 'A step of it failed.'} {spent} What was made is kept, and only the part that
          failed is tried again.
        </Text>
        <Button size="xs" onClick={again} loading={busy}>
          Try that part again
        </Button>
      </Group>
    </Alert>
  );
}
