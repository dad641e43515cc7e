import { IconSettings } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Settings">
      <EmptyState icon={IconSettings} title="Your account">
        Profile, keys, webhooks, usage and preferences.
      </EmptyState>
    </Screen>
  );
}
