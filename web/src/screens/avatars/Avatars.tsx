import { Button, Stack, Title } from '@mantine/core';
import { IconPlus, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { AvatarCard, AvatarList } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Screen } from '@/ui/Screen';
import { CardsShimmer } from '@/ui/Shimmer';
import { tried } from '@/ui/undo';
import classes from '../photos/Photos.module.css';
import { ShelfCard } from '../photos/ShelfCard';

const NewAvatar = lazy(() => import('./NewAvatar'));

export function Component() {
  const { live, set } = useAsked(() => call('listAvatars', { limit: 48 }), []);
  const [adding, setAdding] = useState(false);
  const add = () => setAdding(true);
  return (
    <Screen
      title="Avatars"
      about="Who plays in your ads: the same person in every scene."
      actions={
        <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={add}>
          New avatar
        </Button>
      }
    >
      <Loaded live={live} skeleton={<CardsShimmer count={6} ratio={3 / 4} />}>
        {(list) => <Shown list={list} set={set} add={add} />}
      </Loaded>
      {adding && (
        <Suspense>
          <NewAvatar close={() => setAdding(false)} />
        </Suspense>
      )}
    </Screen>
  );
}

function Shown({ list, set, add }: { list: AvatarList; set: (list: AvatarList) => void; add: () => void }) {
  const [turning, setTurning] = useState(false);
  const more = async () => {
    setTurning(true);
    await tried(async () => {
      const next = await call('listAvatars', { limit: 48, cursor: list.next_cursor });
      set({ ...list, avatars: [...list.avatars, ...next.avatars], next_cursor: next.next_cursor });
    });
    setTurning(false);
  };
  return (
    <Stack gap="xl">
      <section aria-labelledby="yours">
        <Title order={2} id="yours" mb="sm">
          Yours
        </Title>
        {list.avatars.length === 0 ? (
          <EmptyState icon={IconUserPlus} title="Nobody yet" action="Add somebody" onAction={add}>
            Three photos are enough: from the front and of both sides. From them the looks are read once, and
            then held in every scene of every ad.
          </EmptyState>
        ) : (
          <People people={list.avatars} />
        )}
        {list.next_cursor && (
          <Button variant="default" onClick={more} loading={turning} mt="md">
            Show more
          </Button>
        )}
      </section>
      <section aria-labelledby="system">
        <Title order={2} id="system" mb="sm">
          Come with UGCGen
        </Title>
        <People people={list.system} />
      </section>
    </Stack>
  );
}

function People({ people }: { people: AvatarCard[] }) {
  return (
    <ul className={classes.cards}>
      {people.map((person) => (
        <ShelfCard
          key={person.avatar_id}
          to={`/avatars/${person.avatar_id}`}
          name={person.name}
          about={person.tag}
          thumbnail={person.thumbnail}
          images={person.images}
          hasDna={person.has_dna}
        />
      ))}
    </ul>
  );
}
