import { IconBoxSeam } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Product">
      <EmptyState icon={IconBoxSeam} title="What this is" action="All products" to="/products">
        Photos and looks of a product stand here.
      </EmptyState>
    </Screen>
  );
}
