import { Button, Group, SimpleGrid, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { AvatarAnswer } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { DnaEditor } from '../dna/DnaEditor';
import { Looks } from '../dna/Looks';
import { ShelfActions } from '../photos/ShelfActions';
import { Coverage } from './Coverage';
import { Photos } from './Photos';
import { Rename } from './Rename';
import { DNA_FIELDS } from './words';

export function Component() {
  const { avatarId = '' } = useParams();
  const { live, set } = useAsked(() => call('getAvatar', { avatar_id: avatarId }), [avatarId]);
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={3} ratio={3 / 4} />}>
      {(answer) => <Shown answer={answer} set={set} />}
    </Loaded>
  );
}

type Work = 'read' | 'check';

function Shown({ answer, set }: { answer: AvatarAnswer; set: (answer: AvatarAnswer) => void }) {
  const { avatar, coverage } = answer;
  const navigate = useNavigate();
  const [work, setWork] = useState<Work | null>(null);
  const [error, setError] = useState<{ of: Work; error: ApiError } | null>(null);
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const request = { avatar_id: avatar.id };
  const ours = !avatar.is_system;
  const unseen = avatar.reference_images.length - avatar.photos.length;

  const take = async (asked: Promise<AvatarAnswer>) => set(await asked);
  const look = async (at: Work) => {
    setWork(at);
    setError(null);
    try {
      await take(call(at === 'read' ? 'extractAvatarDna' : 'validateAngles', request));
    } catch (thrown) {
      setError({ of: at, error: ApiError.of(thrown) });
    }
    setWork(null);
  };

  return (
    <Screen
      title={avatar.name}
      about={avatar.tag || (ours ? undefined : 'Comes with UGCGen')}
      actions={
        <ShelfActions
          name={avatar.name}
          shelf={['/avatars', 'Avatars']}
          create={`/create?avatar=${avatar.id}`}
          own={
            ours
              ? { editing: 'Rename', edit: () => setAsking('rename'), remove: () => setAsking('delete') }
              : null
          }
        />
      }
    >
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <section aria-labelledby="photos">
          <Title order={2} id="photos" mb="sm">
            Photos
          </Title>
          <Photos avatar={avatar} take={take} />
        </section>
        <section aria-labelledby="coverage">
          <Group justify="space-between" mb="sm">
            <Title order={2} id="coverage">
              What they show
            </Title>
            {ours && avatar.reference_images.length > 0 && (
              <Button
                variant="default"
                size="xs"
                onClick={() => look('check')}
                loading={work === 'check'}
                disabled={work === 'read'}
              >
                Check the angles
              </Button>
            )}
          </Group>
          <Coverage coverage={coverage} />
          {ours && unseen > 0 && (
            <Text size="sm" c="dimmed" mt="md" role="status">
              {unseen === 1 ? 'One photo has' : `${unseen} photos have`} not been looked at yet.
            </Text>
          )}
        </section>
      </SimpleGrid>
      {error && (
        <FailureNote error={error.error} onAction={() => look(error.of)} onClose={() => setError(null)} />
      )}
      <Looks
        of="face, skin, hair, clothes"
        photos={avatar.reference_images.length}
        reading={work === 'read'}
        disabled={work === 'check'}
        read={ours ? () => look('read') : undefined}
      >
        {avatar.dna && (
          <DnaEditor
            record={avatar.dna}
            fields={DNA_FIELDS}
            save={ours ? (dna) => take(call('updateAvatar', { ...request, dna })) : undefined}
          />
        )}
      </Looks>
      {asking === 'rename' && <Rename avatar={avatar} take={take} close={() => setAsking(null)} />}
      {asking === 'delete' && (
        <Confirm
          title={`Delete ${avatar.name}?`}
          action="Delete for good"
          act={async () => {
            await call('deleteAvatar', request);
            navigate('/avatars', { replace: true });
          }}
          close={() => setAsking(null)}
        >
          The photos and what was read from them go for good. Ads that were made with {avatar.name} stay as
          they are.
        </Confirm>
      )}
    </Screen>
  );
}
