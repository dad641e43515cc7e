import { Button, Center } from '@mantine/core';
import { useInViewport } from '@mantine/hooks';
import { useEffect } from 'react';
import type { Listed } from './useLibrary';

/** The end of a page: the next one comes on its own when this is seen, or by its button. */
export function NextPage({ library }: { library: Listed }) {
  const { changing, more, turning, error } = library;
  const { ref, inViewport } = useInViewport();
  useEffect(() => {
    if (inViewport && more && !turning && !error && !changing) more();
  }, [inViewport, more, turning, error, changing]);
  if (!more || changing) return null;
  return (
    <Center ref={ref} py="md">
      <Button variant="default" onClick={more} loading={turning}>
        Show more
      </Button>
    </Center>
  );
}
