import { IconMessageCircle } from '@tabler/icons-react';
import { useParams } from 'react-router';
import { useDocument } from '@/api/live';
import type { Chat } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { LinesShimmer } from '@/ui/Shimmer';
import { Room } from './Room';

export function Component() {
  const { chatId = '' } = useParams();
  return <Found key={chatId} chatId={chatId} />;
}

function Found({ chatId }: { chatId: string }) {
  const live = useDocument<Chat>('chats', chatId);
  if (live.state === 'error' && live.error.code === 'not_found') return <Gone />;
  return (
    <Loaded live={live} skeleton={<LinesShimmer />}>
      {(chat) => (chat ? <Room chat={chat} /> : <Gone />)}
    </Loaded>
  );
}

function Gone() {
  return (
    <Screen title="Conversation">
      <EmptyState icon={IconMessageCircle} title="It is not here" action="Back to the chats" to="/">
        It was deleted, or it belongs to somebody else.
      </EmptyState>
    </Screen>
  );
}
