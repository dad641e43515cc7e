import { Button } from '@mantine/core';
import { IconBoxSeam, IconPlus, IconWorldDownload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { ProductList } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { tried } from '@/ui/undo';
import classes from '../photos/Photos.module.css';
import { ShelfCard } from '../photos/ShelfCard';

const NewProduct = lazy(() => import('./NewProduct'));
const ImportProduct = lazy(() => import('./ImportProduct'));
const PAGE = 48;

export function Component() {
  const { live, set } = useAsked(() => call('listProducts', { limit: PAGE }), []);
  const [adding, setAdding] = useState<'photos' | 'page' | null>(null);
  const close = () => setAdding(null);
  return (
    <Screen
      title="Products"
      about="What your ads are about: the same label and shape in every scene."
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconWorldDownload size={16} aria-hidden />}
            onClick={() => setAdding('page')}
          >
            From a shop’s page
          </Button>
          <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding('photos')}>
            New product
          </Button>
        </>
      }
    >
      <Loaded live={live} skeleton={<CardsShimmer count={6} ratio={3 / 4} />}>
        {(list) => <Shown list={list} set={set} add={() => setAdding('photos')} />}
      </Loaded>
      <Suspense>
        {adding === 'photos' && <NewProduct close={close} />}
        {adding === 'page' && <ImportProduct close={close} />}
      </Suspense>
    </Screen>
  );
}

function Shown({ list, set, add }: { list: ProductList; set: (list: ProductList) => void; add: () => void }) {
  const [turning, setTurning] = useState(false);
  const more = async () => {
    setTurning(true);
    await tried(async () => {
      const next = await call('listProducts', { limit: PAGE, cursor: list.next_cursor });
      set({ ...next, products: [...list.products, ...next.products] });
    });
    setTurning(false);
  };
  if (list.products.length === 0) {
    return (
      <EmptyState icon={IconBoxSeam} title="No products yet" action="Add the first one" onAction={add}>
        Photos of a product are read once: its shape, colours and label then stay the same in every scene. Or
        take them over from the page of a shop.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={classes.cards}>
        {list.products.map((product) => (
          <ShelfCard
            key={product.product_id}
            to={`/products/${product.product_id}`}
            name={product.name}
            about={product.brand}
            thumbnail={product.thumbnail}
            images={product.images}
            hasDna={product.has_dna}
          />
        ))}
      </ul>
      {list.next_cursor && (
        <Button variant="default" onClick={more} loading={turning} mx="auto">
          Show more
        </Button>
      )}
    </>
  );
}
