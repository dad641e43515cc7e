import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { IconBoxSeam } from '@tabler/icons-react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { Product } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { MediaImage } from '@/ui/Media';
import { CardsShimmer } from '@/ui/Shimmer';
import { useAct } from '@/ui/useAct';
import classes from './Cards.module.css';

const MOST = 60;

/** The products on the shelf, to take one. */
export function PickProduct({ onPicked }: { onPicked: (product: Product) => void }) {
  const { live } = useAsked(() => call('listProducts', { limit: MOST }), []);
  const { busy, error, act, clear } = useAct();
  const pick = (product_id: string) =>
    act(async () => {
      const { product } = await call('getProduct', { product_id });
      onPicked(product);
    });
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={4} ratio={1} />}>
      {({ products }) =>
        products.length ? (
          <>
            {error && <FailureNote error={error} onAction={clear} action="Choose again" />}
            <SimpleGrid cols={{ base: 2, xs: 3, md: 4 }} aria-busy={busy}>
              {products.map(({ product_id, name, brand, thumbnail }) => (
                <UnstyledButton key={product_id} className={classes.card} onClick={() => pick(product_id)}>
                  <MediaImage url={thumbnail} alt="" ratio={1} />
                  <Text fw={600} mt={6} lineClamp={2}>
                    {name}
                  </Text>
                  <Text size="sm" c="dimmed" truncate>
                    {brand}
                  </Text>
                </UnstyledButton>
              ))}
            </SimpleGrid>
          </>
        ) : (
          <EmptyState icon={IconBoxSeam} title="No products yet">
            A product that you make an ad of is kept here, with its photos and how it looks, for the next one.
          </EmptyState>
        )
      }
    </Loaded>
  );
}
