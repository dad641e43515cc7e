import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Avatar, AvatarAnswer } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';

export function Rename({
  avatar,
  take,
  close,
}: {
  avatar: Avatar;
  take: (asked: Promise<AvatarAnswer>) => Promise<void>;
  close: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, tag] = ['name', 'tag'].map((field) => String(form.get(field)).trim());
    setBusy(true);
    try {
      await take(call('updateAvatar', { avatar_id: avatar.id, name, tag }));
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="Rename" centered>
      <form onSubmit={save}>
        <Stack>
          <TextInput
            name="name"
            label="Name"
            defaultValue={avatar.name}
            required
            maxLength={80}
            data-autofocus
          />
          <TextInput name="tag" label="What they are for" defaultValue={avatar.tag} maxLength={60} />
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
