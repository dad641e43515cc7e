import { IconUser } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Avatar">
      <EmptyState icon={IconUser} title="Who this is" action="All avatars" to="/avatars">
        Photos, angles and looks of a person stand here.
      </EmptyState>
    </Screen>
  );
}
