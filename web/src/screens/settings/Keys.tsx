import { Button, Group, Stack, Text } from '@mantine/core';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { orderBy } from 'firebase/firestore';
import { useState } from 'react';
import { below, useQuery } from '@/api/live';
import type { ApiKey } from '@/api/types';
import { useSession } from '@/shell/session';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { LinesShimmer } from '@/ui/Shimmer';
import { AddKey } from './AddKey';
import { KeyRow } from './KeyRow';
import classes from './Settings.module.css';

export default function Keys() {
  const uid = useSession(({ person }) => person?.uid);
  const live = useQuery<ApiKey>(
    () => (uid ? below(['users', uid, 'apiKeys'], orderBy('created_at')) : null),
    [uid],
  );
  const [adding, setAdding] = useState(false);
  return (
    <Stack>
      <Group justify="space-between">
        <Text c="dimmed" maw={620}>
          With keys of your own, your ads are made on your own quota and paid to Google directly. A key is
          stored sealed and shown to nobody again, not even to you.
        </Text>
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(true)}>
          Add a key
        </Button>
      </Group>
      <Loaded live={live} skeleton={<LinesShimmer />}>
        {(keys) =>
          keys.length === 0 ? (
            <EmptyState icon={IconKey} title="No keys of your own">
              Make one in Google AI Studio, under “Get API key”, and add it here. It is tried out before it is
              kept. Several keys share the work, and one that is used up rests while the others go on.
            </EmptyState>
          ) : (
            <ul className={classes.rows} aria-label="API keys">
              {keys.map((key) => (
                <KeyRow key={key.id} apiKey={key} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {adding && <AddKey close={() => setAdding(false)} />}
    </Stack>
  );
}
