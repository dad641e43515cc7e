import { IconSparkles } from '@tabler/icons-react';
import { EmptyState } from '@/ui/EmptyState';
import { Screen } from '@/ui/Screen';

export function Component() {
  return (
    <Screen title="Create" about="From photos to a price in five steps.">
      <EmptyState icon={IconSparkles} title="Begin with a product" action="Add a product" to="/products">
        Photos of the product and of a person are what an ad is made from. Keep them once, use them often.
      </EmptyState>
    </Screen>
  );
}
