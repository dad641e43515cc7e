import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { AvatarDNARecord, ReferencePhoto } from '@/api/types';
import { Coverage } from '@/screens/avatars/Coverage';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { MediaImage } from '@/ui/Media';
import { LinesShimmer } from '@/ui/Shimmer';
import { useAct } from '@/ui/useAct';
import type { Person } from './wizard';

/** The chosen person: what the photos cover, and what is known. Ready when their photos were looked at. */
export function Chosen({ avatarId, onReady }: { avatarId: string; onReady: (person: Person) => void }) {
  const { live, set } = useAsked(() => call('getAvatar', { avatar_id: avatarId }), [avatarId]);
  const { busy, error, act } = useAct();
  const found = live.state === 'ready' ? live.data : null;
  const study = () => act(async () => set(await call('extractAvatarDna', { avatar_id: avatarId })));
  // biome-ignore lint/correctness/useExhaustiveDependencies: told when it is known, not when the teller changes
  useEffect(() => {
    if (!found) return;
    const { id, name, dna, reference_images } = found.avatar;
    if (dna) onReady({ avatarId: id, name, photos: reference_images.length });
  }, [found]);
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="The person">
      <Loaded live={live} skeleton={<LinesShimmer />}>
        {({ avatar, coverage }) => (
          <Stack>
            <div>
              <Title order={3}>{avatar.name}</Title>
              <Text size="sm" c="dimmed" aria-live="polite">
                {avatar.dna
                  ? looks(avatar.dna)
                  : 'The photos were not looked at yet: from where each shows the person, and what makes the face.'}
              </Text>
            </div>
            <Coverage coverage={coverage} />
            <PhotosToTakeAgain photos={avatar.photos} />
            {error && <FailureNote error={error} onAction={study} action="Try again" />}
            {!avatar.dna && (
              <Group>
                <Button onClick={study} loading={busy} leftSection={<IconEye size={18} />}>
                  Look at the photos
                </Button>
              </Group>
            )}
          </Stack>
        )}
      </Loaded>
    </Paper>
  );
}

/** The photos that are not good, each with what to take instead. */
function PhotosToTakeAgain({ photos }: { photos: ReferencePhoto[] }) {
  const poor = photos.filter(({ advice }) => advice);
  if (poor.length === 0) return null;
  return (
    <Stack
      component="ul"
      gap="xs"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
      aria-label="Photos to take again"
    >
      {poor.map(({ image, advice }) => (
        <Group component="li" key={image} wrap="nowrap">
          <div style={{ width: 56, flexShrink: 0 }}>
            <MediaImage name={image} size="line" alt="" ratio={1} />
          </div>
          <Text size="sm">{advice}</Text>
        </Group>
      ))}
    </Stack>
  );
}

function looks({ extracted, edits }: AvatarDNARecord): string {
  return `${edits.hair ?? extracted.hair}; ${edits.face ?? extracted.face}`;
}
