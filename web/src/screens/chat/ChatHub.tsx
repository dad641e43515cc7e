import { IconMessageCircle } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Chat" about="Say what you want to show, and to whom.">
      <EmptyState
        icon={IconMessageCircle}
        title="Begin with a sentence"
        action="Create an ad step by step"
        to="/create"
      >
        Tell the copilot about a product. It asks for what is missing and starts the ad when you say so.
      </EmptyState>
    </Screen>
  );
}
