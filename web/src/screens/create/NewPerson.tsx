import { Button, Group, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useAct } from '@/ui/useAct';
import { useUploads } from '@/ui/useUploads';

/** A person of one's own: a name and photos, kept for every ad to come. */
export function NewPerson({ onMade }: { onMade: (avatarId: string) => void }) {
  const [name, setName] = useState('');
  const uploads = useUploads();
  const { busy, error, act } = useAct();
  const make = () =>
    act(async () => {
      const { avatar } = await call('createAvatar', { name: name.trim(), reference_images: uploads.objects });
      onMade(avatar.id);
    });
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="Someone new">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          make();
        }}
      >
        <Stack>
          <Title order={3}>Someone new</Title>
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
            maxLength={80}
            maw={360}
            required
          />
          <PhotoDrop
            uploads={uploads}
            label="Add photos of the person"
            hint="Drop them here or press to choose: from the front and both sides, alone, in good light."
          />
          {error && <FailureNote error={error} onAction={make} action="Try again" />}
          <Group>
            <Button
              type="submit"
              loading={busy}
              disabled={!name.trim() || uploads.busy || uploads.objects.length === 0}
            >
              {uploads.busy ? 'Photos are being sent' : 'Add this person'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
