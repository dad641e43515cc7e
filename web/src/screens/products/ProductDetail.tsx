import { Anchor, Button, Group, Menu, Paper, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft, IconDna, IconDots, IconSparkles } from '@tabler/icons-react';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { ProductAnswer, UpdateProduct } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { FailureNote } from '@/ui/FailureNote';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer, LinesShimmer } from '@/ui/Shimmer';
import { DnaEditor } from '../dna/DnaEditor';
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
        <>
          <Button
            component={Link}
            to="/products"
            variant="default"
            leftSection={<IconArrowLeft size={16} aria-hidden />}
          >
            Products
          </Button>
          <Button
            component={Link}
            to={`/create?product=${product.id}`}
            leftSection={<IconSparkles size={16} aria-hidden />}
          >
            Make an ad
          </Button>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button variant="default" aria-label={`More for ${product.name}`} px="xs">
                <IconDots size={18} aria-hidden />
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => setAsking('edit')}>Change name and facts</Menu.Item>
              <Menu.Item c="var(--mantine-color-error)" onClick={() => setAsking('delete')}>
                Delete
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </>
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
      <section aria-labelledby="dna">
        <Group justify="space-between" mb="sm">
          <Title order={2} id="dna">
            Looks
          </Title>
          {product.dna && (
            <Button
              variant="default"
              size="xs"
              onClick={read}
              loading={reading}
              disabled={product.images.length === 0}
            >
              Read the photos again
            </Button>
          )}
        </Group>
        {product.dna ? (
          <DnaEditor record={product.dna} fields={DNA_FIELDS} save={(dna) => change({ dna })} />
        ) : (
          <Unread reading={reading} read={read} photos={product.images.length} />
        )}
      </section>
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

function Unread({ reading, read, photos }: { reading: boolean; read: () => void; photos: number }) {
  return (
    <Paper p="lg" withBorder bg="var(--surface)">
      {reading ? (
        <div role="status" aria-label="The photos are being read">
          <LinesShimmer count={5} />
        </div>
      ) : (
        <Stack align="flex-start" gap="sm">
          <Text maw={600}>
            The looks are read from the photos: shape, colours, the words on the label. You look them over and
            correct what is wrong, and every scene is held to them. Reading counts towards the day’s
            allowance.
          </Text>
          <Button onClick={read} leftSection={<IconDna size={18} aria-hidden />} disabled={photos === 0}>
            Read the photos
          </Button>
          {photos === 0 && (
            <Text size="sm" c="dimmed">
              Add photos first.
            </Text>
          )}
        </Stack>
      )}
    </Paper>
  );
}
