import { Button, Stack, Tabs, VisuallyHidden } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconSearchOff, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { Link, Outlet, useLocation, useNavigate, useSearchParams } from 'react-router';
import { EmptyState } from '@/ui/EmptyState';
import { FailureNote } from '@/ui/FailureNote';
import { Screen } from '@/ui/Screen';
import { Narrowing } from './Narrowing';
import { FILTERS } from './pages';
import { useLibrary } from './useLibrary';
import { VIEWS } from './views';

const DEBOUNCE_MS = 250;

/** What somebody made, looked at in four ways. Each has its address; the search and the filter hold for all of them. */
export function Component() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const view = VIEWS.find(({ path }) => path === pathname) ?? VIEWS[0];
  const [asked, ask] = useSearchParams();
  const [text, setText] = useState(asked.get('q') ?? '');
  const [wanted] = useDebouncedValue(text, DEBOUNCE_MS);
  const filter = FILTERS.find(({ id }) => id === asked.get('status')) ?? FILTERS[0];
  const library = useLibrary({ search: wanted, status: filter?.status ?? [] });
  const { jobs, error, changing, renew } = library;

  // The address says what is shown, so that going back and sharing work; and what it says anew is shown.
  const told = asked.get('q') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was typed is told once
  useEffect(() => {
    if (wanted.trim() === told) return;
    ask((before) => named(before, 'q', wanted.trim()), { replace: true, preventScrollReset: true });
  }, [wanted]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when the address changes
  useEffect(() => {
    if (wanted.trim() !== told) setText(told);
  }, [told]);
  const choose = (id: string) =>
    ask((before) => named(before, 'status', id === 'all' ? '' : id), {
      replace: true,
      preventScrollReset: true,
    });
  const narrowed = wanted.trim() !== '' || filter?.id !== 'all';
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
      <Tabs
        value={view.path}
        onChange={(path) => path && navigate({ pathname: path, search }, { preventScrollReset: true })}
        activateTabWithKeyboard={false}
      >
        <Tabs.List>
          {VIEWS.map(({ path, label }) => (
            <Tabs.Tab key={path} value={path} px={{ base: 'xs', sm: 'md' }}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={view.path} pt="lg">
          <Stack gap="lg">
            <Narrowing text={text} setText={setText} filter={filter?.id ?? 'all'} choose={choose} />
            <VisuallyHidden role="status">
              {jobs && !changing && `${jobs.length}${library.more ? ' or more' : ''} shown`}
            </VisuallyHidden>
            {error && <FailureNote error={error} onAction={library.more ?? renew} />}
            {jobs === null && !error && <div aria-busy="true">{view.shimmer}</div>}
            {jobs && (jobs.length > 0 || changing) && <Outlet context={library} />}
            {jobs?.length === 0 &&
              !changing &&
              (narrowed ? (
                <EmptyState
                  icon={IconSearchOff}
                  title="Nothing fits"
                  action="Show everything"
                  onAction={widen}
                >
                  A search finds the beginnings of words of titles and products: “lum gl” finds “Lumi Glow”.
                </EmptyState>
              ) : (
                <EmptyState icon={view.icon} title={view.empty} action="Create the first one" to="/create">
                  {view.teaches}
                </EmptyState>
              ))}
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </Screen>
  );
}

function named(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const next = new URLSearchParams(params);
  if (value) next.set(name, value);
  else next.delete(name);
  return next;
}
