import { IconCompass } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Explore" about="Templates and films of others.">
      <EmptyState icon={IconCompass} title="Nothing published yet" action="Create an ad" to="/create">
        Films that people publish show up here, each with a way to begin one like it.
      </EmptyState>
    </Screen>
  );
}
