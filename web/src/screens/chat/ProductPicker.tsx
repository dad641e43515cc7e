import { Button, Modal, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { Loaded } from '@/ui/Loaded';
import { CardsShimmer } from '@/ui/Shimmer';
import { AddProduct } from './AddProduct';
import { Picker } from './Picker';

const products = () => call('listProducts', { limit: 60 });

/** What the ad is for: a product that is kept, or a new one by its name and photos. */
export default function ProductPicker({
  chosen,
  choose,
  close,
}: {
  chosen: string | null;
  choose: (productId: string) => void;
  close: () => void;
}) {
  const { live } = useAsked(products, []);
  const [adding, setAdding] = useState(false);
  return (
    <Modal opened onClose={close} title="What is the ad for?" size="lg">
      <Loaded live={live} skeleton={<CardsShimmer count={4} ratio={1} />}>
        {({ products }) =>
          adding || products.length === 0 ? (
            <AddProduct onMade={choose} {...(products.length ? { back: () => setAdding(false) } : {})} />
          ) : (
            <Stack>
              <Picker
                label="Your products"
                items={products.map(({ product_id, name, brand, thumbnail }) => ({
                  id: product_id,
                  name,
                  about: brand,
                  thumbnail,
                }))}
                {...{ chosen, choose }}
                ratio={1}
              />
              <Text size="sm" c="dimmed" component="div">
                Not among them?{' '}
                <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
                  Add a product
                </Button>
              </Text>
            </Stack>
          )
        }
      </Loaded>
    </Modal>
  );
}
