import { IconMapQuestion } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Not found">
      <EmptyState
        icon={IconMapQuestion}
        title="There is nothing at this address"
        action="To the start"
        to="/"
      >
        The link may be old or mistyped.
      </EmptyState>
    </Screen>
  );
}
