import { Button, Checkbox, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/error';
import type { Milestone, WebhookEndpoint } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { MILESTONES } from './milestones';

export type Wish = { url: string; description: string; events: Milestone[] };
const ALL = Object.keys(MILESTONES) as Milestone[];

export function WebhookForm({
  title,
  action,
  webhook,
  save,
  close,
}: {
  title: string;
  action: string;
  webhook?: WebhookEndpoint;
  save: (wish: Wish) => Promise<unknown>;
  close: () => void;
}) {
  const [events, setEvents] = useState<string[]>(webhook?.events ?? ALL);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [url = '', description = ''] = ['url', 'description'].map((name) => String(form.get(name)).trim());
    setBusy(true);
    setError(null);
    try {
      await save({ url, description, events: ALL.filter((each) => events.includes(each)) });
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title={title} centered>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            name="url"
            type="url"
            label="Address"
            placeholder="https://"
            defaultValue={webhook?.url}
            required
            data-autofocus
          />
          <TextInput
            name="description"
            label="What it is for"
            defaultValue={webhook?.description}
            maxLength={100}
          />
          <Checkbox.Group
            label="Told of"
            value={events}
            onChange={setEvents}
            error={events.length === 0 && 'Choose one at least.'}
          >
            <Stack gap={8} mt={6}>
              {ALL.map((each) => (
                <Checkbox key={each} value={each} label={MILESTONES[each]} />
              ))}
            </Stack>
          </Checkbox.Group>
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy} disabled={events.length === 0}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
