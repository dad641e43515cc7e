import { IconUsers } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Avatars" about="Who appears in your ads.">
      <EmptyState icon={IconUsers} title="Nobody here yet">
        An avatar is a person with a few photos from several sides. The same face then appears in every scene.
      </EmptyState>
    </Screen>
  );
}
