import { Button, SegmentedControl, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconArrowRight, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import classes from '@/screens/photos/Photos.module.css';
import { PhotoTile } from '@/screens/photos/PhotoTile';
import { FromShop } from '@/screens/products/FromShop';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useAct } from '@/ui/useAct';
import { useUploads } from '@/ui/useUploads';
import { PhotoFacts } from './PhotoFacts';
import { PickProduct } from './PickProduct';
import { ProductDNAForm } from './ProductDNAForm';
import { content, draftOf, isStudied, toCreate, toUpdate } from './product';
import { StepFrame } from './StepFrame';
import { productChange, useWizard } from './useWizard';
import { STEPS } from './wishes';
import { NO_PRODUCT, type ProductDraft } from './wizard';

const WAYS = [
  { value: 'photos', label: 'Photos' },
  { value: 'page', label: 'A shop’s page' },
  { value: 'shelf', label: 'My products' },
];

/** Step 1: photos of the product, wherever they are from, and what was seen on them. */
export function ProductStep({ onNext }: { onNext: () => void }) {
  const [{ product }, change] = useWizard();
  const [way, setWay] = useState('photos');
  const { busy, error, act, clear } = useAct();
  const set = productChange(change);
  const uploads = useUploads((image) =>
    change((now) => ({ product: { ...now.product, images: [...new Set([...now.product.images, image])] } })),
  );
  const take = (draft: ProductDraft) => {
    set(draft);
    setWay('photos');
    clear();
  };
  const isNamed = product.name.trim() !== '';
  const ready = isNamed && product.images.length > 0;
  const study = () => act(async () => set(await studied(product)));
  const goOn = async () => {
    if (await act(async () => set(await kept(product)))) onNext();
  };
  return (
    <StepFrame
      title={STEPS[0].title}
      about="One photo in which the label can be read is enough; two from different sides are better."
      next={
        isStudied(product) ? (
          <Button onClick={goOn} loading={busy} rightSection={<IconArrowRight size={18} />}>
            Go on
          </Button>
        ) : (
          <Button onClick={study} loading={busy} disabled={!ready} leftSection={<IconEye size={18} />}>
            Look at the photos
          </Button>
        )
      }
      aside={
        !ready && (
          <Text size="sm" c="dimmed">
            {isNamed ? 'Add a photo to go on.' : 'Give it a name and a photo to go on.'}
          </Text>
        )
      }
    >
      <SegmentedControl
        aria-label="Where the product is from"
        data={WAYS}
        value={way}
        onChange={setWay}
        maw={480}
      />
      {way === 'page' && (
        <FromShop take={(facts, images) => take({ ...NO_PRODUCT, ...facts, url: facts.url ?? '', images })} />
      )}
      {way === 'shelf' && <PickProduct onPicked={(found) => take(draftOf(found))} />}
      {way === 'photos' && (
        <Stack gap="lg">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Product"
              description="As it is spoken of in the ad"
              value={product.name}
              onChange={(event) => set({ name: event.currentTarget.value })}
              maxLength={120}
              required
            />
            <TextInput
              label="Brand"
              description="As it stands on the label"
              value={product.brand}
              onChange={(event) => set({ brand: event.currentTarget.value })}
              maxLength={120}
            />
          </SimpleGrid>
          {product.images.length > 0 && (
            <ul className={classes.tiles} aria-label="Photos">
              {product.images.map((image, at) => (
                <PhotoTile
                  key={image}
                  name={image}
                  alt={`Photo ${at + 1}`}
                  remove={() => set({ images: product.images.filter((each) => each !== image) })}
                >
                  <PhotoFacts
                    photo={product.photos.find((each) => each.image === image)}
                    advice={product.advice[image]}
                  />
                </PhotoTile>
              ))}
            </ul>
          )}
          <PhotoDrop
            uploads={uploads}
            label="Add photos of the product"
            hint="Drop them here or press to choose: JPEG, PNG or WebP."
          />
        </Stack>
      )}
      {error && (
        <FailureNote
          error={error}
          onAction={isStudied(product) ? goOn : study}
          action="Try again"
          onClose={clear}
        />
      )}
      {way === 'photos' && product.dna && (
        <ProductDNAForm dna={product.dna} stale={!isStudied(product)} onChange={(dna) => set({ dna })} />
      )}
    </StepFrame>
  );
}

/** What is seen on the photos. Of a product on the shelf, what somebody corrected stays. */
async function studied(draft: ProductDraft): Promise<Partial<ProductDraft>> {
  if (draft.id) {
    const { dna: _dna, ...rest } = toUpdate(draft, draft.id);
    await call('updateProduct', rest);
    const { product } = await call('extractProductDna', { product_id: draft.id });
    return draftOf(product);
  }
  const { name, brand, images } = toCreate(draft);
  const { dna, photos, advice } = await call('analyzeProduct', {
    name,
    brand: brand ?? '',
    images: images ?? [],
  });
  const seen = photos.map(({ image }) => image);
  return { dna, photos, advice, images: seen, studied: seen };
}

/** The product as the shelf has it from now on. */
async function kept(draft: ProductDraft): Promise<Partial<ProductDraft>> {
  if (draft.id && draft.kept === content(draft)) return {};
  const { product } = draft.id
    ? await call('updateProduct', toUpdate(draft, draft.id))
    : await call('createProduct', toCreate(draft));
  const { images, dna } = draftOf(product);
  const now = { ...draft, id: product.id, images, dna: dna ?? draft.dna, studied: images };
  return { ...now, kept: content(now) };
}
