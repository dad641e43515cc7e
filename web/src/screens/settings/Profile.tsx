import { Avatar, Button, FileButton, Group, Progress, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { useMediaUrl } from '@/api/media';
import type { ProfileAnswer, UpdateProfile } from '@/api/types';
import { upload } from '@/api/upload';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { LinesShimmer } from '@/ui/Shimmer';

export default function Profile() {
  const { live, set } = useAsked(() => call('getProfile', {}), []);
  return (
    <Loaded live={live} skeleton={<LinesShimmer />}>
      {(profile) => <Shown profile={profile} set={set} />}
    </Loaded>
  );
}

function Shown({ profile, set }: { profile: ProfileAnswer; set: (profile: ProfileAnswer) => void }) {
  const face = useMediaUrl(profile.image, 'line');
  const [busy, setBusy] = useState(false);
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const change = async (to: () => Promise<UpdateProfile>, done: string) => {
    setBusy(true);
    setError(null);
    try {
      set(await call('updateProfile', await to()));
      notifications.show({ message: done, withBorder: true });
    } catch (thrown) {
      setError(ApiError.of(thrown));
    }
    setBusy(false);
    setShare(null);
  };
  const picture = (file: File | null) =>
    file &&
    change(async () => {
      setShare(0);
      return { image: (await upload(file, { onProgress: setShare })).object };
    }, 'Your picture is changed.');
  const save = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    change(async () => ({ name: name || null }), 'Your name is changed.');
  };
  return (
    <Stack maw={460} gap="lg">
      <Group>
        <Avatar src={face ?? null} size={84} color="clay" alt="" />
        <Stack gap={6}>
          <Group gap="xs">
            <FileButton onChange={picture} accept="image/*">
              {(button) => (
                <Button {...button} variant="default" size="xs" disabled={busy}>
                  {profile.image ? 'Another picture' : 'Add a picture'}
                </Button>
              )}
            </FileButton>
            {profile.image && (
              <Button
                variant="subtle"
                color="gray"
                size="xs"
                disabled={busy}
                onClick={() => change(async () => ({ image: null }), 'Your picture is removed.')}
              >
                Remove it
              </Button>
            )}
          </Group>
          {share !== null && <Progress value={share * 100} w={180} aria-label="Sending the picture" />}
          <Text size="sm" c="dimmed">
            Nobody but you sees it.
          </Text>
        </Stack>
      </Group>
      {error && <FailureNote error={error} onClose={() => setError(null)} />}
      <form onSubmit={save}>
        <Stack>
          <TextInput
            name="name"
            label="Name"
            key={profile.name}
            defaultValue={profile.name ?? ''}
            maxLength={120}
            autoComplete="name"
          />
          <TextInput
            label="E-mail"
            description="You sign in with it, so it stays."
            value={profile.email ?? ''}
            readOnly
          />
          <Group>
            <Button type="submit" loading={busy}>
              Save the name
            </Button>
          </Group>
        </Stack>
      </form>
    </Stack>
  );
}
