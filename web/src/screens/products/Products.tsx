import { IconBoxSeam } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Products" about="What your ads are about.">
      <EmptyState icon={IconBoxSeam} title="No products yet">
        Photos of a product are read once: its shape, colours and label then stay the same in every scene.
      </EmptyState>
    </Screen>
  );
}
