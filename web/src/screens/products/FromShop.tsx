import { Button, Checkbox, Group, Image, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import type { ImportedPage } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { textOf } from '@/ui/FormDialog';
import { useAct } from '@/ui/useAct';
import { type Facts, FactsFields, factsIn, factsOn } from './Facts';
import classes from './FromShop.module.css';

/** So many of a page's photos are chosen to begin with: the first ones show the product. */
const CHOSEN = 3;

type Take = (facts: Facts, images: string[]) => unknown;

/** A product as the page of a shop has it: its address, then what to take of it. `take` gets what stands in the fields
 * and the objects of the photos. */
export function FromShop({ take, close }: { take: Take; close?: () => void }) {
  const [page, setPage] = useState<ImportedPage | null>(null);
  return page ? (
    <Choose page={page} take={take} back={() => setPage(null)} />
  ) : (
    <Address found={setPage} close={close} />
  );
}

function Address({ found, close }: { found: (page: ImportedPage) => void; close?: () => void }) {
  const { busy, error, act, clear } = useAct();
  const read = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const url = textOf(new FormData(event.currentTarget), 'url');
    act(async () => found(await call('importProductPage', { url })));
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
        {error && <FailureNote error={error} onClose={clear} />}
        <Group justify="flex-end">
          {close && (
            <Button variant="default" onClick={close}>
              Not now
            </Button>
          )}
          <Button type="submit" loading={busy}>
            Read the page
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function Choose({ page, take, back }: { page: ImportedPage; take: Take; back: () => void }) {
  const { photos } = page.product;
  const [chosen, setChosen] = useState(photos.slice(0, CHOSEN));
  const [taken, setTaken] = useState(0);
  const { busy, error, act, clear } = useAct();

  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const facts = factsIn(new FormData(event.currentTarget));
    setTaken(0);
    act(async () => {
      const images = await Promise.all(
        chosen.map(async (url) => {
          const { object } = await call('importPhoto', { url });
          setTaken((count) => count + 1);
          return object;
        }),
      );
      await take(facts, [...new Set(images)]);
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        {photos.length > 0 ? (
          <Checkbox.Group
            label="Which photos show the product?"
            value={chosen}
            onChange={setChosen}
            readOnly={busy}
          >
            <ul className={classes.photos}>
              {photos.map((url, index) => (
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
          <Text>The page names no photos. Add your own in the next step.</Text>
        )}
        <FactsFields facts={factsOn(page)} />
        {error && <FailureNote error={error} onClose={clear} />}
        <Group justify="flex-end">
          {busy && (
            <Text size="sm" role="status" mr="auto">
              {taken} of {chosen.length} photos taken over
            </Text>
          )}
          <Button variant="default" onClick={back} disabled={busy}>
            Another page
          </Button>
          <Button type="submit" loading={busy}>
            {chosen.length === 1 ? 'Take it with 1 photo' : `Take it with ${chosen.length} photos`}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
