import { Checkbox, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Milestone, WebhookEndpoint } from '@/api/types';
import { FormDialog, textOf } from '@/ui/FormDialog';
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
  const submit = (form: FormData) =>
    save({
      url: textOf(form, 'url'),
      description: textOf(form, 'description'),
      events: ALL.filter((each) => events.includes(each)),
    });
  return (
    <FormDialog title={title} action={action} disabled={events.length === 0} submit={submit} close={close}>
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
    </FormDialog>
  );
}
