import { Button, Group, Switch, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import type { ApiKey } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { Confirm } from '@/ui/Confirm';
import { tried } from '@/ui/undo';
import { keyState } from './keyState';
import classes from './Settings.module.css';
import { Tone } from './Tone';

export function KeyRow({ apiKey: key }: { apiKey: ApiKey }) {
  const { tone, word, about } = keyState(key);
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const change = async (to: { label?: string; enabled?: boolean }) => {
    setBusy(true);
    const worked = await tried(() => call('updateApiKey', { key_id: key.id, ...to }));
    setBusy(false);
    return worked;
  };
  const rename = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const label = String(new FormData(event.currentTarget).get('label')).trim();
    if (await change({ label })) setAsking(null);
  };
  const inUse = key.status !== 'disabled' && key.status !== 'error';
  return (
    <li className={classes.row}>
      <Group justify="space-between" align="flex-start" gap="sm">
        <div style={{ flex: '1 1 220px' }}>
          {asking === 'rename' ? (
            <form onSubmit={rename}>
              <Group gap="xs">
                <TextInput
                  name="label"
                  aria-label={`Name of ${key.label}`}
                  defaultValue={key.label}
                  required
                  maxLength={60}
                  size="xs"
                  autoFocus
                />
                <Button type="submit" size="xs" loading={busy}>
                  Save
                </Button>
                <Button variant="default" size="xs" onClick={() => setAsking(null)}>
                  Not now
                </Button>
              </Group>
            </form>
          ) : (
            <Group gap="xs">
              <Text fw={600}>{key.label}</Text>
              <Tone tone={tone}>{word}</Tone>
            </Group>
          )}
          <Text size="sm" c="dimmed" mt={2}>
            Ends in {key.hint} · added <Ago time={key.created_at} /> ·{' '}
            {key.last_used_at ? (
              <>
                used <Ago time={key.last_used_at} />
              </>
            ) : (
              'not used yet'
            )}
          </Text>
          {about && (
            <Text size="sm" mt={4}>
              {about}
            </Text>
          )}
        </div>
        <Group gap="xs">
          <Switch
            checked={inUse}
            disabled={busy}
            onChange={(event) => change({ enabled: event.currentTarget.checked })}
            aria-label={`Use ${key.label}`}
          />
          <Button size="compact-sm" variant="default" onClick={() => setAsking('rename')}>
            Rename
          </Button>
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            c="var(--mantine-color-error)"
            onClick={() => setAsking('delete')}
          >
            Delete
          </Button>
        </Group>
      </Group>
      {asking === 'delete' && (
        <Confirm
          title={`Delete ${key.label}?`}
          action="Delete for good"
          act={() => call('removeApiKey', { key_id: key.id })}
          close={() => setAsking(null)}
        >
          What is being made with this key right now cannot be collected any more. The key itself stays valid
          at Google until you delete it there, too.
        </Confirm>
      )}
    </li>
  );
}
