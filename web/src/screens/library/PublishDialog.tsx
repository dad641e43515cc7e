import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { JobCard } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';

/** Asks where to show a film to everybody. `published` gets the time since when they see it. */
export function PublishDialog({
  job,
  published,
  close,
}: {
  job: Pick<JobCard, 'job_id' | 'title' | 'product_name'>;
  published: (at: string) => void;
  close: () => void;
}) {
  const { live } = useAsked(() => call('listTemplates', {}), []);
  const [category, setCategory] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const publish = async () => {
    if (!category) return;
    setBusy(true);
    setError(null);
    try {
      published((await call('publishJob', { job_id: job.job_id, category })).published_at);
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  const categories = live.state === 'ready' ? live.data.categories : [];
  const problem = error ?? (live.state === 'error' ? live.error : null);
  return (
    <Modal opened onClose={close} title="Publish in Explore" centered>
      <Stack>
        <Text>
          Everybody who is signed in sees “{job.title || job.product_name}” as it is now. Your name and your
          photos are not shown, and you can take it out again at any time.
        </Text>
        {problem && <FailureNote error={problem} onAction={live.state === 'error' ? live.again : publish} />}
        <Select
          label="Category"
          placeholder={live.state === 'loading' ? 'One moment' : 'Where it belongs'}
          data={categories.map(({ id, name }) => ({ value: id, label: name }))}
          value={category}
          onChange={setCategory}
          disabled={live.state !== 'ready'}
          allowDeselect={false}
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button onClick={publish} loading={busy} disabled={!category}>
            Publish
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
