import { IconMovie } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

/** Where a link leads that is somebody else's, or to what was removed. */
export function Gone() {
  return (
    <Screen title="Ad">
      <EmptyState icon={IconMovie} title="It is not here" action="To the library" to="/library">
        It was deleted, or it belongs to somebody else.
      </EmptyState>
    </Screen>
  );
}
