import { IconAdjustments } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Change the ad">
      <EmptyState
        icon={IconAdjustments}
        title="What was made can be changed"
        action="To the library"
        to="/library"
      >
        Scenes, captions, music and look are changed without paying for the rest again.
      </EmptyState>
    </Screen>
  );
}
