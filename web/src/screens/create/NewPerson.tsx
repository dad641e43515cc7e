import { Button, Group, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { FailureNote } from '@/ui/FailureNote';
import { Photos } from './Photos';
import { useAct } from './useAct';

/** A person of one's own: a name and photos, kept for every ad to come. */
export function NewPerson({ onMade }: { onMade: (avatarId: string) => void }) {
  const [name, setName] = useState('');
  const [images, setImages] = useState<string[]>([]);
  const { busy, error, act } = useAct();
  const make = () =>
    act(async () => {
      const { avatar } = await call('createAvatar', { name: name.trim(), reference_images: images });
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
          <Photos
            label="Photos of the person"
            hint="From the front and from both sides, one person alone in each"
            images={images}
            onAdd={(image) => setImages((all) => [...new Set([...all, image])])}
            onRemove={(image) => setImages((all) => all.filter((each) => each !== image))}
          />
          {error && <FailureNote error={error} onAction={make} action="Try again" />}
          <Group>
            <Button type="submit" loading={busy} disabled={!name.trim() || images.length === 0}>
              Add this person
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
