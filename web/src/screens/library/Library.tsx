import { IconLayoutGrid } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Library" about="Everything you made.">
      <EmptyState icon={IconLayoutGrid} title="Nothing made yet" action="Create the first one" to="/create">
        Ads show up here as soon as they begin, and stay.
      </EmptyState>
    </Screen>
  );
}
