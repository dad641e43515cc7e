import { Button, Group, Menu, Switch, Text } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { WebhookEndpoint } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { tried } from '@/ui/undo';
import { Deliveries } from './Deliveries';
import { MILESTONES } from './milestones';
import classes from './Settings.module.css';
import { Tone } from './Tone';
import { WebhookForm } from './WebhookForm';

type Asking = 'edit' | 'rotate' | 'delete' | null;

/** A webhook with what can be done with it, and its log. `reveal` gets a new secret. */
export function WebhookRow({
  webhook,
  reveal,
}: {
  webhook: WebhookEndpoint;
  reveal: (secret: string) => void;
}) {
  const [busy, setBusy] = useState(false);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const request = { webhook_id: webhook.id };
  const enable = async (enabled: boolean) => {
    setBusy(true);
    await tried(() => call('updateWebhook', { ...request, enabled }));
    setBusy(false);
  };
  return (
    <li className={classes.row}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ flex: '1 1 220px' }}>
          <Group gap="xs">
            <span className={classes.address}>{webhook.url}</span>
            <Tone tone={webhook.enabled ? 'good' : webhook.reason ? 'bad' : 'off'}>
              {webhook.enabled ? 'On' : 'Off'}
            </Tone>
          </Group>
          {webhook.description && <Text size="sm">{webhook.description}</Text>}
          <Text size="sm" c="dimmed" mt={2}>
            {webhook.events.length === Object.keys(MILESTONES).length
              ? 'Told of everything'
              : webhook.events.map((event) => MILESTONES[event]).join(' · ')}
          </Text>
          {webhook.reason && (
            <Text size="sm" mt={4}>
              {webhook.reason}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <Switch
            checked={webhook.enabled}
            disabled={busy}
            onChange={(event) => enable(event.currentTarget.checked)}
            aria-label={`Tell ${webhook.url}`}
          />
          <Button
            size="compact-sm"
            variant="default"
            aria-expanded={open}
            onClick={() => setOpen((was) => !was)}
          >
            Log
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" aria-label={`More for ${webhook.url}`}>
                <IconDots size={16} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsking('edit')}>Change</Menu.Item>
              <Menu.Item onClick={() => setAsking('rotate')}>New secret</Menu.Item>
              <Menu.Item c="var(--mantine-color-error)" onClick={() => setAsking('delete')}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </Group>
      </Group>
      {open && <Deliveries webhook={webhook} />}
      {asking === 'edit' && (
        <WebhookForm
          title="Change the webhook"
          action="Save"
          webhook={webhook}
          save={(wish) => call('updateWebhook', { ...request, ...wish })}
          close={close}
        />
      )}
      {asking === 'rotate' && (
        <Confirm
          title="Make a new secret?"
          action="Make a new one"
          act={async () => reveal((await call('rotateWebhookSecret', request)).secret)}
          close={close}
        >
          It signs from now on, also what is lined up already. Your service has to know it to take anything.
        </Confirm>
      )}
      {asking === 'delete' && (
        <Confirm
          title="Delete the webhook?"
          action="Delete for good"
          act={() => call('removeWebhook', request)}
          close={close}
        >
          Nothing is told to {webhook.url} any more, and its log is forgotten.
        </Confirm>
      )}
    </li>
  );
}
