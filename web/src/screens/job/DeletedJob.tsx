import { IconTrash } from '@tabler/icons-react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { days } from '@/ui/format';
import { Screen } from '@/ui/Screen';
import { tried } from '@/ui/undo';

/** A deleted job, which can be taken back for a while. */
export function DeletedJob({ job }: { job: Job }) {
  const restore = () => tried(() => call('restoreJob', { job_id: job.id }));
  return (
    <Screen title={job.title || job.product_name}>
      <EmptyState icon={IconTrash} title="This ad was deleted" action="Take it back" onAction={restore}>
        Nothing is lost yet. {job.purge_at ? `It goes for good ${days(job.purge_at)}.` : ''}
      </EmptyState>
    </Screen>
  );
}
