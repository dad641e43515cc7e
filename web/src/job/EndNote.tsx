import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { money } from '@/ui/format';
import { tried } from '@/ui/undo';

/** What went wrong with a failed job, what it cost, and the button that tries that part again. */
export function EndNote({ job }: { job: Job }) {
  const [busy, setBusy] = useState(false);
  if (job.status !== 'failed') return null;
  const again = async () => {
    setBusy(true);
    await tried(() => call('resumeJob', { job_id: job.id }));
    setBusy(false);
  };
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title="This ad could not be finished"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm" c="var(--mantine-color-text)" flex="1 1 240px" style={{ overflowWrap: 'anywhere' }}>
          {job.error_message ?? 'A step of it failed.'} {money(job.money.spent)} was spent. What was made is
          kept, and only the part that failed is tried again.
        </Text>
        <Button size="xs" onClick={again} loading={busy}>
          Try that part again
        </Button>
      </Group>
    </Alert>
  );
}
