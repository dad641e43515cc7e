import { IconMessageCircle } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Conversation">
      <EmptyState icon={IconMessageCircle} title="No messages here" action="Back to the chats" to="/">
        What you and the copilot say to each other stands here.
      </EmptyState>
    </Screen>
  );
}
