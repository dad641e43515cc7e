import { IconCompass } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Explore">
      <EmptyState
        icon={IconCompass}
        title="Nothing published in this category"
        action="All categories"
        to="/explore"
      >
        Films that people publish here show up, each with a way to begin one like it.
      </EmptyState>
    </Screen>
  );
}
