import { Button, Group, Stack, Text } from '@mantine/core';
import { limit, orderBy } from 'firebase/firestore';
import { useState } from 'react';
import { call } from '@/api/call';
import { below, useQuery } from '@/api/live';
import type { Delivery, WebhookEndpoint } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { Loaded } from '@/ui/Loaded';
import { LinesShimmer } from '@/ui/Shimmer';
import { tried } from '@/ui/undo';
import { DELIVERED, MILESTONES } from './milestones';
import classes from './Settings.module.css';
import { Tone } from './Tone';

const SHOWN = 25;

/** The log of a webhook, as it grows. */
export function Deliveries({ webhook: { user_id, id } }: { webhook: WebhookEndpoint }) {
  const live = useQuery<Delivery>(
    () =>
      below(['users', user_id, 'webhooks', id, 'deliveries'], orderBy('created_at', 'desc'), limit(SHOWN)),
    [user_id, id],
  );
  return (
    <div style={{ marginTop: 16 }}>
      <Loaded live={live} skeleton={<LinesShimmer count={3} />}>
        {(deliveries) =>
          deliveries.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing was sent yet. The next time one of your jobs reaches a milestone, it stands here.
            </Text>
          ) : (
            <ul className={classes.rows} aria-label="Log">
              {deliveries.map((delivery) => (
                <Row key={delivery.id} delivery={delivery} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}

function Row({ delivery }: { delivery: Delivery }) {
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const { word, tone } = DELIVERED[delivery.state];
  const last = delivery.attempts.at(-1);
  const again = async () => {
    setBusy(true);
    await tried(() => call('replayDelivery', { webhook_id: delivery.webhook_id, event_id: delivery.id }));
    setBusy(false);
  };
  return (
    <li className={classes.row}>
      <Group justify="space-between" gap="xs">
        <div>
          <Group gap="xs">
            <Text fw={600} size="sm">
              {MILESTONES[delivery.milestone]}
            </Text>
            <Tone tone={tone}>{word}</Tone>
          </Group>
          <Text size="sm" c="dimmed">
            <Ago time={delivery.created_at} />
            {last && ` · ${last.status ? `answered ${last.status}` : last.problem}`}
            {delivery.tries > 1 && ` · try ${delivery.tries}`}
          </Text>
        </div>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" aria-expanded={open} onClick={() => setOpen(!open)}>
            Details
          </Button>
          <Button size="compact-sm" variant="default" onClick={again} loading={busy}>
            Send again
          </Button>
        </Group>
      </Group>
      {open && (
        <Stack gap="xs" mt="sm">
          {delivery.attempts.map((attempt) => (
            <Text size="sm" key={attempt.at}>
              {new Date(attempt.at).toLocaleString()}: {attempt.status ?? attempt.problem} after{' '}
              {attempt.seconds.toFixed(1)} s
            </Text>
          ))}
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <code className={classes.code} tabIndex={0}>
            {JSON.stringify(delivery.body, null, 2)}
          </code>
        </Stack>
      )}
    </li>
  );
}
