import { Button, Group, Stack, Text } from '@mantine/core';
import { IconPlus, IconWebhook } from '@tabler/icons-react';
import { orderBy } from 'firebase/firestore';
import { useState } from 'react';
import { call } from '@/api/call';
import { below, useQuery } from '@/api/live';
import type { WebhookEndpoint } from '@/api/types';
import { useSession } from '@/shell/session';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { LinesShimmer } from '@/ui/Shimmer';
import { SecretOnce } from './SecretOnce';
import classes from './Settings.module.css';
import { WebhookForm } from './WebhookForm';
import { WebhookRow } from './WebhookRow';

export default function Webhooks() {
  const uid = useSession(({ person }) => person?.uid);
  const live = useQuery<WebhookEndpoint>(
    () => (uid ? below(['users', uid, 'webhooks'], orderBy('created_at')) : null),
    [uid],
  );
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" maw={620}>
          An address of yours that is told when a storyboard waits, a job pauses or ends. What is sent is
          signed by Standard Webhooks.
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          Add a webhook
        </Button>
      </Group>
      <Loaded live={live} skeleton={<LinesShimmer />}>
        {(webhooks) =>
          webhooks.length === 0 ? (
            <EmptyState icon={IconWebhook} title="No webhooks yet">
              Let your own service know as soon as an ad is done, instead of asking again and again. Every
              event is kept in a log here for thirty days, and can be sent once more.
            </EmptyState>
          ) : (
            <ul className={classes.rows} aria-label="Webhooks">
              {webhooks.map((webhook) => (
                <WebhookRow key={webhook.id} webhook={webhook} reveal={setSecret} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && (
        <WebhookForm
          title="Add a webhook"
          action="Add it"
          save={async (wish) => setSecret((await call('addWebhook', wish)).secret)}
          close={() => setAdding(false)}
        />
      )}
      {secret && <SecretOnce secret={secret} close={() => setSecret(null)} />}
    </Stack>
  );
}
