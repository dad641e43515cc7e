import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconPencil, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Chat } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { RenameChat } from './RenameChat';

/** What can be done with a conversation as a whole. */
export function ChatMenu({ chat, onDeleted }: { chat: Chat; onDeleted?: () => void }) {
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null);
  const close = () => setAsking(null);
  const remove = async () => {
    await call('deleteChat', { chat_id: chat.id });
    onDeleted?.();
  };
  return (
    <>
      <Menu position="bottom-end" width={180}>
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={`What to do with ${chat.title}`}>
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => setAsking('rename')}>
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconTrash size={16} />} onClick={() => setAsking('delete')}>
            Delete
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asking === 'rename' && <RenameChat chat={chat} close={close} />}
      {asking === 'delete' && (
        <Confirm title="Delete this conversation?" action="Delete it" act={remove} close={close}>
          “{chat.title}” and its messages cannot be brought back. Its ads go on, and stay in the library.
        </Confirm>
      )}
    </>
  );
}
