import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Job } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { atMost, retakePrice } from './money';

const LONGEST_NOTE = 500;

/** Draws scenes again, with a note for the illustrator. */
export function Retake({
  job,
  scenes,
  began,
  close,
}: {
  job: Job;
  scenes: number[];
  began: () => void;
  close: () => void;
}) {
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const draw = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await call('decideStoryboard', { job_id: job.id, decision: 'retake', scenes, note });
      began();
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  const all = scenes.length === job.outline.length;
  const title = all ? 'Draw all scenes again' : `Draw scene ${scenes.join(', ')} again`;
  return (
    <Modal opened onClose={close} title={title} centered>
      <form onSubmit={draw}>
        <Stack>
          <Textarea
            label="What should be different?"
            description="A sentence for the illustrator. Leave it empty for another try of the same."
            placeholder="She holds the bottle nearer to the camera"
            autosize
            minRows={3}
            maxLength={LONGEST_NOTE}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
            data-autofocus
          />
          <Text size="sm" c="dimmed">
            Costs {atMost(retakePrice(job.quote, scenes))}. {all ? '' : 'The other scenes stay as they are.'}
          </Text>
          {error && <FailureNote error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Keep them
            </Button>
            <Button type="submit" loading={busy}>
              Draw again
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
