import { SimpleGrid, Skeleton } from '@mantine/core';

/** A grid of cards that are on their way, as wide as the cards will be. */
export function CardsShimmer({ count = 8, ratio = 9 / 16 }: { count?: number; ratio?: number }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 4, lg: 5 }}>
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={index} radius="md" style={{ aspectRatio: ratio }} />
      ))}
    </SimpleGrid>
  );
}

/** Lines of text that are on their way. */
export function LinesShimmer({ count = 4 }: { count?: number }) {
  return Array.from({ length: count }, (_, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
    <Skeleton key={index} height={14} mb="sm" width={index === count - 1 ? '60%' : '100%'} />
  ));
}
