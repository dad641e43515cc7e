import { Anchor, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { ProductAnswer, UpdateProduct } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { DnaEditor } from '../dna/DnaEditor';
import { Looks } from '../dna/Looks';
import { ShelfActions } from '../photos/ShelfActions';
import { EditFacts } from './EditFacts';
import { ProductPhotos } from './ProductPhotos';
import { DNA_FIELDS } from './words';

export function Component() {
  const { productId = '' } = useParams();
  const { live, set } = useAsked(() => call('getProduct', { product_id: productId }), [productId]);
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={3} ratio={3 / 4} />}>
      {(answer) => <Shown answer={answer} set={set} />}
    </Loaded>
  );
}

function Shown({ answer, set }: { answer: ProductAnswer; set: (answer: ProductAnswer) => void }) {
  const { product } = answer;
  const navigate = useNavigate();
  const [reading, setReading] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [asking, setAsking] = useState<'edit' | 'delete' | null>(null);
  const request = { product_id: product.id };

  const take = async (asked: Promise<ProductAnswer>) => set(await asked);
  const change = (to: Omit<UpdateProduct, 'product_id'>) =>
    take(call('updateProduct', { ...request, ...to }));
  const read = async () => {
    setReading(true);
    setError(null);
    try {
      await take(call('extractProductDna', request));
    } catch (thrown) {
      setError(ApiError.of(thrown));
    }
    setReading(false);
  };

  return (
    <Screen
      title={product.name}
      about={[product.brand, product.price].filter(Boolean).join(' · ') || undefined}
      actions={
        <ShelfActions
          name={product.name}
          shelf={['/products', 'Products']}
          create={`/create?product=${product.id}`}
          own={{
            editing: 'Change name and facts',
            edit: () => setAsking('edit'),
            remove: () => setAsking('delete'),
          }}
        />
      }
    >
      {(product.description || product.url) && (
        <div>
          {product.description && <Text maw={700}>{product.description}</Text>}
          {product.url && (
            <Anchor href={product.url} target="_blank" rel="noreferrer" size="sm">
              {new URL(product.url).hostname}
            </Anchor>
          )}
        </div>
      )}
      <section aria-labelledby="photos">
        <Title order={2} id="photos" mb="sm">
          Photos
        </Title>
        <ProductPhotos product={product} show={(images) => change({ images })} />
      </section>
      {error && <FailureNote error={error} onAction={read} onClose={() => setError(null)} />}
      <Looks
        of="shape, colours, the words on the label"
        photos={product.images.length}
        reading={reading}
        read={read}
      >
        {product.dna && (
          <DnaEditor record={product.dna} fields={DNA_FIELDS} save={(dna) => change({ dna })} />
        )}
      </Looks>
      {asking === 'edit' && <EditFacts facts={product} save={change} close={() => setAsking(null)} />}
      {asking === 'delete' && (
        <Confirm
          title={`Delete ${product.name}?`}
          action="Delete for good"
          act={async () => {
            await call('deleteProduct', request);
            navigate('/products', { replace: true });
          }}
          close={() => setAsking(null)}
        >
          The photos and what was read from them go for good. Ads that were made with {product.name} stay as
          they are.
        </Confirm>
      )}
    </Screen>
  );
}
