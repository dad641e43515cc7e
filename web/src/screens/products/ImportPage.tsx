import { Button, Checkbox, Group, Image, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { ImportedPage } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { FactsFields, factsIn } from './Facts';
import classes from './ImportPage.module.css';

/** So many of a page's photos are chosen to begin with: the first ones show the product. */
const CHOSEN = 3;

/** A product as the page of a shop has it: its address, then which of its photos to take. */
export default function ImportPage({ close }: { close: () => void }) {
  const [page, setPage] = useState<ImportedPage | null>(null);
  return (
    <Modal opened onClose={close} title="From a shop’s page" size="lg">
      {page ? <Choose page={page} back={() => setPage(null)} /> : <Address found={setPage} close={close} />}
    </Modal>
  );
}

function Address({ found, close }: { found: (page: ImportedPage) => void; close: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const read = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = String(new FormData(event.currentTarget).get('url')).trim();
    setBusy(true);
    setError(null);
    try {
      found(await call('importProductPage', { url }));
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={read}>
      <Stack>
        <TextInput
          name="url"
          type="url"
          label="Address of the product’s page"
          placeholder="https://"
          required
          data-autofocus
        />
        {error && <FailureNote error={error} onClose={() => setError(null)} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close}>
            Not now
          </Button>
          <Button type="submit" loading={busy}>
            Read the page
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Choose({ page, back }: { page: ImportedPage; back: () => void }) {
  const { product } = page;
  const navigate = useNavigate();
  const [chosen, setChosen] = useState(product.photos.slice(0, CHOSEN));
  const [taken, setTaken] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const price = [product.price, product.currency].filter(Boolean).join(' ');

  const create = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const facts = factsIn(new FormData(event.currentTarget));
    setTaken(0);
    setError(null);
    try {
      const images = await Promise.all(
        chosen.map(async (url) => {
          const { object } = await call('importPhoto', { url });
          setTaken((count) => (count ?? 0) + 1);
          return object;
        }),
      );
      const kept = await call('createProduct', { ...facts, images });
      navigate(`/products/${kept.product.id}`);
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setTaken(null);
    }
  };
  return (
    <form onSubmit={create}>
      <Stack>
        {product.photos.length > 0 ? (
          <Checkbox.Group
            label="Which photos show the product?"
            value={chosen}
            onChange={setChosen}
            readOnly={taken !== null}
          >
            <ul className={classes.photos}>
              {product.photos.map((url, index) => (
                <li key={url}>
                  <Checkbox
                    value={url}
                    label={<Image src={url} alt={`Photo ${index + 1}`} referrerPolicy="no-referrer" />}
                    classNames={{ body: classes.photo, inner: classes.check, labelWrapper: classes.picture }}
                    styles={{ label: { padding: 0 } }}
                  />
                </li>
              ))}
            </ul>
          </Checkbox.Group>
        ) : (
          <Text>The page names no photos. Add your own on the next screen.</Text>
        )}
        <FactsFields
          facts={{ name: product.name, brand: '', description: product.description, price, url: page.url }}
        />
        {error && <FailureNote error={error} onClose={() => setError(null)} />}
        <Group justify="flex-end">
          {taken !== null && (
            <Text size="sm" role="status" mr="auto">
              {taken} of {chosen.length} photos taken over
            </Text>
          )}
          <Button variant="default" onClick={back} disabled={taken !== null}>
            Another page
          </Button>
          <Button type="submit" loading={taken !== null}>
            {chosen.length === 1 ? 'Take it with 1 photo' : `Take it with ${chosen.length} photos`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
