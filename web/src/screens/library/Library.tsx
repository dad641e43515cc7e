import { Button, Chip, Group, TextInput, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconLayoutGrid, IconSearch, IconSearchOff, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { FailureNote } from '@/ui/FailureNote';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { Grid } from './Grid';
import { FILTERS } from './pages';
import { useLibrary } from './useLibrary';

const DEBOUNCE_MS = 250;

export function Component() {
  const [asked, ask] = useSearchParams();
  const [text, setText] = useState(asked.get('q') ?? '');
  const [search] = useDebouncedValue(text, DEBOUNCE_MS);
  const filter = FILTERS.find(({ id }) => id === asked.get('status')) ?? FILTERS[0];
  const library = useLibrary({ search, status: filter?.status ?? [] });
  const { jobs, error, changing, renew } = library;

  // The address says what is shown, so that going back and sharing work; and what it says anew is shown.
  const told = asked.get('q') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is told once
  useEffect(() => {
    if (search.trim() === told) return;
    ask((before) => named(before, 'q', search.trim()), { replace: true, preventScrollReset: true });
  }, [search]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address changes
  useEffect(() => {
    if (search.trim() !== told) setText(told);
  }, [told]);
  const choose = (id: string) =>
    ask((before) => named(before, 'status', id === 'all' ? '' : id), {
      replace: true,
      preventScrollReset: true,
    });
  const narrowed = search.trim() !== '' || filter?.id !== 'all';
  const widen = () => {
    setText('');
    choose('all');
  };

  return (
    <Screen
      title="Library"
      about="Everything you made, the newest first."
      actions={
        <Button
          component={Link}
          to="/library/deleted"
          variant="default"
          leftSection={<IconTrash size={16} aria-hidden />}
        >
          Recently deleted
        </Button>
      }
    >
      <Group gap="sm" role="search">
        <TextInput
          type="search"
          aria-label="Search by title or product"
          placeholder="Title or product"
          leftSection={<IconSearch size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          maxLength={100}
          flex="1 1 240px"
          maw={420}
        />
        <Chip.Group value={filter?.id} onChange={choose}>
          <Group gap={6} role="radiogroup" aria-label="Status">
            {FILTERS.map(({ id, label }) => (
              <Chip key={id} value={id} size="xs" variant="outline">
                {label}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Group>
      <VisuallyHidden role="status">
        {jobs && !changing && `${jobs.length}${library.more ? ' or more' : ''} shown`}
      </VisuallyHidden>
      {error && <FailureNote error={error} onAction={library.more ?? renew} />}
      {jobs === null && !error && (
        <div aria-busy="true">
          <CardsShimmer count={10} />
        </div>
      )}
      {jobs && (jobs.length > 0 || changing) && <Grid library={library} />}
      {jobs?.length === 0 &&
        !changing &&
        (narrowed ? (
          <EmptyState icon={IconSearchOff} title="Nothing fits" action="Show everything" onAction={widen}>
            A search finds the beginnings of words of titles and products: “lum gl” finds “Lumi Glow”.
          </EmptyState>
        ) : (
          <EmptyState
            icon={IconLayoutGrid}
            title="Nothing made yet"
            action="Create the first one"
            to="/create"
          >
            Ads show up here as soon as they begin, and stay. From here they are downloaded, made again with
            another brief, talked over in chat or shown to everybody.
          </EmptyState>
        ))}
    </Screen>
  );
}

function named(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}
