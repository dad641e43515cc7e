import { Button, Text } from '@mantine/core';
import { IconPlayerPlayFilled } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { Example, ExampleList } from '@/api/types';
import { STYLES } from '@/brief/words';
import { Ago } from '@/ui/Ago';
import { clock } from '@/ui/format';
import { Loaded } from '@/ui/Loaded';
import { MediaImage } from '@/ui/Media';
import { CardsShimmer } from '@/ui/Shimmer';
import { tried } from '@/ui/undo';
import classes from './Explore.module.css';

const FilmDialog = lazy(() => import('./FilmDialog'));
const PAGE = 24;

/** What people published: of one category, or all of it. */
export function Films({ category }: { category: string | null }) {
  const { live, set } = useAsked(() => call('listExamples', { limit: PAGE, category }), [category]);
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={5} />}>
      {(list) => <Shown list={list} set={set} category={category} />}
    </Loaded>
  );
}

function Shown({
  list,
  set,
  category,
}: {
  list: ExampleList;
  set: (list: ExampleList) => void;
  category: string | null;
}) {
  const [open, setOpen] = useState<Example | null>(null);
  const [turning, setTurning] = useState(false);
  const more = async () => {
    setTurning(true);
    await tried(async () => {
      const next = await call('listExamples', { limit: PAGE, category, cursor: list.next_cursor });
      set({ ...next, examples: [...list.examples, ...next.examples] });
    });
    setTurning(false);
  };
  if (list.examples.length === 0) {
    return (
      <Text c="dimmed" maw={560}>
        Nobody shows a film here yet. Be the first: in the library, a finished ad’s menu has “Publish in
        Explore”.
      </Text>
    );
  }
  return (
    <>
      <ul className={classes.films}>
        {list.examples.map((example) => (
          <li key={example.id} className={classes.film}>
            <div className={classes.poster}>
              <MediaImage url={example.thumbnail} alt="" />
              <IconPlayerPlayFilled className={classes.play} size={28} aria-hidden />
            </div>
            <div className={classes.words}>
              <button type="button" className={classes.open} onClick={() => setOpen(example)}>
                {example.title}
              </button>
              <Text size="xs" c="dimmed">
                {STYLES[example.style]} · {clock(example.seconds)} · <Ago time={example.published_at} />
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {list.next_cursor && (
        <Button variant="default" onClick={more} loading={turning} mt="md">
          Show more
        </Button>
      )}
      {open && (
        <Suspense>
          <FilmDialog example={open} close={() => setOpen(null)} />
        </Suspense>
      )}
    </>
  );
}
