import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { money } from '@/ui/format';

/** Stops a job for good. It cannot be taken back, so it asks. */
export function CancelJob({ job }: { job: Job }) {
  const [asks, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" size="xs" onClick={open}>
        Cancel the ad
      </Button>
      {asks && (
        <Confirm
          title="Cancel this ad?"
          action="Cancel the ad"
          act={() => call('cancelJob', { job_id: job.id })}
          close={close}
        >
          No new work is begun. {money(job.money.spent)} is spent; what was sent off already may still be
          charged. What has been made stays in the library, and can be the start of another version.
        </Confirm>
      )}
    </>
  );
}
