import { Button, Checkbox, Group, Paper, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconDownload, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { ImportedPage } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { MediaImage } from '@/ui/Media';
import { useAct } from './useAct';
import type { ProductDraft } from './wizard';

/** A product from the page that sells it: what the page says, and those of its photos that somebody picks. */
export function ImportPage({ onTaken }: { onTaken: (part: Partial<ProductDraft>) => void }) {
  const [url, setUrl] = useState('');
  const [page, setPage] = useState<ImportedPage | null>(null);
  const [picked, setPicked] = useState<string[]>([]);
  const { busy, error, act } = useAct();
  const read = () =>
    act(async () => {
      const found = await call('importProductPage', { url: url.trim() });
      setPage(found);
      setPicked(found.product.photos.slice(0, 2));
    });
  const take = (found: ImportedPage) =>
    act(async () => {
      const photos = await Promise.all(picked.map((photo) => call('importPhoto', { url: photo })));
      const { name, description, price, currency } = found.product;
      onTaken({
        name: name.slice(0, 120),
        description: description.slice(0, 2000),
        price: price ? `${price} ${currency ?? ''}`.trim() : '',
        url: found.url,
        images: [...new Set(photos.map(({ object }) => object))],
      });
    });
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          read();
        }}
      >
        <Group align="flex-end">
          <TextInput
            label="Address of the product’s page"
            type="url"
            placeholder="https://"
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            flex="1 1 280px"
            required
          />
          <Button
            type="submit"
            variant="default"
            loading={busy && !page}
            leftSection={<IconSearch size={18} />}
          >
            Read the page
          </Button>
        </Group>
      </form>
      {error && <FailureNote error={error} onAction={page ? () => take(page) : read} action="Try again" />}
      {page && (
        <Paper withBorder p="md" bg="var(--surface)">
          <Stack>
            <div>
              <Text fw={600}>{page.product.name || 'No name was found'}</Text>
              <Text size="sm" c="dimmed" lineClamp={3}>
                {page.product.description}
              </Text>
            </div>
            <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }}>
              {page.product.photos.map((photo, at) => (
                <Stack key={photo} gap={6}>
                  <MediaImage url={photo} alt={`Photo ${at + 1} of the page`} ratio={1} />
                  <Checkbox
                    label={`Photo ${at + 1}`}
                    checked={picked.includes(photo)}
                    onChange={({ currentTarget: { checked } }) =>
                      setPicked((all) => (checked ? [...all, photo] : all.filter((each) => each !== photo)))
                    }
                  />
                </Stack>
              ))}
            </SimpleGrid>
            <Group>
              <Button onClick={() => take(page)} loading={busy} leftSection={<IconDownload size={18} />}>
                Take it over
              </Button>
              <Text size="sm" c="dimmed">
                {picked.length === 1 ? '1 photo' : `${picked.length} photos`}; it can be changed afterwards.
              </Text>
            </Group>
          </Stack>
        </Paper>
      )}
    </Stack>
  );
}
