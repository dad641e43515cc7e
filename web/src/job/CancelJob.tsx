import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { money } from '@/ui/format';
import { tried } from '@/ui/undo';

/** Stops a job for good. It cannot be taken back, so it asks. */
export function CancelJob({ job }: { job: Job }) {
  const [asks, { open, close }] = useDisclosure();
  const [busy, setBusy] = useState(false);
  const cancel = async () => {
    setBusy(true);
    if (await tried(() => call('cancelJob', { job_id: job.id }))) close();
    setBusy(false);
  };
  return (
    <>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={open}>
        Cancel the ad
      </Button>
      <Modal opened={asks} onClose={close} title="Cancel this ad?" centered>
        <Stack>
          <Text size="sm">
            No new work is begun. {money(job.money.spent)} is spent; what was sent off already may still be
            charged. What has been made stays in the library, and can be the start of another version.
          </Text>
          <Group justify="flex-end">
            <Button variant="default" onClick={close} data-autofocus>
              Let it go on
            </Button>
            <Button color="red" onClick={cancel} loading={busy}>
              Cancel the ad
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
