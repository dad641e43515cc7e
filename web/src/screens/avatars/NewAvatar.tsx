import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';

/** A name and photos; what the photos say is read on the next screen. */
export default function NewAvatar({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const uploads = useUploads();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const create = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const { avatar } = await call('createAvatar', {
        name: String(form.get('name')).trim(),
        tag: String(form.get('tag')).trim(),
        reference_images: uploads.objects,
      });
      navigate(`/avatars/${avatar.id}`);
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="New avatar" size="lg">
      <form onSubmit={create}>
        <Stack>
          <TextInput name="name" label="Name" required maxLength={80} data-autofocus autoComplete="off" />
          <TextInput
            name="tag"
            label="What they are for"
            description="A word or two, to tell similar ones apart."
            placeholder="casual, office, sport"
            maxLength={60}
            autoComplete="off"
          />
          <PhotoDrop
            uploads={uploads}
            label="Add photos of one person"
            hint="Drop them here or press to choose: from the front and both sides, alone, in good light."
          />
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy} disabled={uploads.busy}>
              {uploads.busy ? 'Photos are being sent' : 'Create'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
