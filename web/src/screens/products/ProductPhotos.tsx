import { Button, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import type { Product } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { tried } from '@/ui/undo';
import { AddPhotos } from '../photos/AddPhotos';
import classes from '../photos/Photos.module.css';
import { PhotoTile } from '../photos/PhotoTile';

/** The photos of a product in their order. `show` puts others in their place. */
export function ProductPhotos({
  product,
  show,
}: {
  product: Product;
  show: (images: string[]) => Promise<void>;
}) {
  const { images } = product;
  const [leaving, setLeaving] = useState<string | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `show` means the same as long as the photos are the same
  const add = useCallback((fresh: string[]) => show([...images, ...fresh]), [images]);
  const others = (image: string) => images.filter((each) => each !== image);
  return (
    <Stack>
      {images.length > 0 && (
        <ul className={classes.tiles} aria-label="Photos">
          {images.map((image, index) => (
            <PhotoTile key={image} name={image} alt={`Photo ${index + 1}`} remove={() => setLeaving(image)}>
              {index === 0 ? (
                <Text size="sm" mt={4}>
                  The main one
                </Text>
              ) : (
                <Button
                  size="compact-xs"
                  variant="default"
                  mt={6}
                  aria-label={`Make main: photo ${index + 1}`}
                  onClick={() => tried(() => show([image, ...others(image)]))}
                >
                  Make main
                </Button>
              )}
            </PhotoTile>
          ))}
        </ul>
      )}
      <AddPhotos
        label="Add photos"
        hint="Drop them here or press to choose. The whole product, its label sharp."
        add={add}
      />
      {leaving && (
        <Confirm
          title="Remove this photo?"
          action="Remove it"
          act={() => show(others(leaving))}
          close={() => setLeaving(null)}
        >
          It is not shown to the models any more. Ads that were made with it stay as they are.
        </Confirm>
      )}
    </Stack>
  );
}
