import { TextInput } from '@mantine/core';
import { call } from '@/api/call';
import type { Chat } from '@/api/types';
import { FormDialog, textOf } from '@/ui/FormDialog';

export function RenameChat({ chat, close }: { chat: Chat; close: () => void }) {
  const save = (form: FormData) => call('renameChat', { chat_id: chat.id, title: textOf(form, 'title') });
  return (
    <FormDialog title="Rename the conversation" submit={save} close={close}>
      <TextInput
        name="title"
        label="Title"
        defaultValue={chat.title}
        required
        maxLength={60}
        data-autofocus
      />
    </FormDialog>
  );
}
