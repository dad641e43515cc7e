import { Button, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';

export function AddKey({ close }: { close: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const add = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await call('addApiKey', { label: String(form.get('label')).trim(), key: String(form.get('key')) });
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="Add a key" centered>
      <form onSubmit={add}>
        <Stack>
          <TextInput
            name="label"
            label="Name"
            description="To tell your keys apart."
            required
            maxLength={60}
            data-autofocus
            autoComplete="off"
          />
          <PasswordInput
            name="key"
            label="Key"
            description="It is tried out, sealed, and never shown again."
            required
            autoComplete="off"
            visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
          />
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
