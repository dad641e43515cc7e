import { Button, Group, Menu, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconDna, IconDots, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { AvatarAnswer } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer, LinesShimmer } from '@/ui/Shimmer';
import { DnaEditor } from '../dna/DnaEditor';
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
        <>
          <Button
            component={Link}
            to="/avatars"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            Avatars
          </Button>
          <Button
            component={Link}
            to={`/create?avatar=${avatar.id}`}
            leftSection={<IconSparkles size={16} aria-hidden />}
          >
            Make an ad
          </Button>
          {ours && (
            <Menu position="bottom-end">
              <Menu.Target>
                <Button variant="default" aria-label={`More for ${avatar.name}`} px="xs">
                  <IconDots size={18} aria-hidden />
                </Button>
              </Menu.Target>
              <Menu.Dropdown>
                <Menu.Item onClick={() => setAsking('rename')}>Rename</Menu.Item>
                <Menu.Item c="var(--mantine-color-error)" onClick={() => setAsking('delete')}>
                  Delete
                </Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </>
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
      <section aria-labelledby="dna">
        <Group justify="space-between" mb="sm">
          <Title order={2} id="dna">
            Looks
          </Title>
          {ours && avatar.dna && (
            <Button
              variant="default"
              size="xs"
              onClick={() => look('read')}
              loading={work === 'read'}
              disabled={work === 'check'}
            >
              Read the photos again
            </Button>
          )}
        </Group>
        {avatar.dna ? (
          <DnaEditor
            record={avatar.dna}
            fields={DNA_FIELDS}
            save={ours ? (dna) => take(call('updateAvatar', { ...request, dna })) : undefined}
          />
        ) : (
          <Paper p="lg" withBorder bg="var(--surface)">
            {work === 'read' ? (
              <div role="status" aria-label="The photos are being read">
                <LinesShimmer count={5} />
              </div>
            ) : (
              <Stack align="flex-start" gap="sm">
                <Text maw={600}>
                  The looks are read from the photos: face, skin, hair, clothes. You look them over and
                  correct what is wrong, and every scene is held to them. Reading counts towards the day’s
                  allowance.
                </Text>
                <Button
                  onClick={() => look('read')}
                  leftSection={<IconDna size={18} aria-hidden />}
                  disabled={avatar.reference_images.length === 0 || work !== null}
                >
                  Read the photos
                </Button>
                {avatar.reference_images.length === 0 && (
                  <Text size="sm" c="dimmed">
                    Add photos first.
                  </Text>
                )}
              </Stack>
            )}
          </Paper>
        )}
      </section>
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
