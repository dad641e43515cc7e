import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Chat } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';

export function RenameChat({ chat, close }: { chat: Chat; close: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const title = String(new FormData(event.currentTarget).get('title')).trim();
    setBusy(true);
    try {
      await call('renameChat', { chat_id: chat.id, title });
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="Rename the conversation" centered>
      <form onSubmit={save}>
        <Stack>
          <TextInput
            name="title"
            label="Title"
            defaultValue={chat.title}
            required
            maxLength={60}
            data-autofocus
          />
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
