import { Skeleton, Stack } from '@mantine/core';
import { IconLayoutGrid, IconMicrophone, IconMovie, IconScript } from '@tabler/icons-react';
import { CardsShimmer } from '@/ui/Shimmer';

const ROWS = (
  <Stack gap="md">
    <Skeleton height={220} radius="md" />
    <Skeleton height={220} radius="md" />
    <Skeleton height={220} radius="md" />
  </Stack>
);

const FILMS = {
  path: '/library',
  label: 'Films',
  icon: IconLayoutGrid,
  shimmer: <CardsShimmer count={10} />,
  empty: 'Nothing made yet',
  teaches:
    'Ads show up here as soon as they begin, and stay. From here they are downloaded, made again with another brief, talked over in chat or shown to everybody.',
};

/** The views of the library, what each shows while it waits, and what it teaches where there is nothing. */
export const VIEWS: [typeof FILMS, ...(typeof FILMS)[]] = [
  FILMS,
  {
    path: '/library/scripts',
    label: 'Scripts',
    icon: IconScript,
    shimmer: ROWS,
    empty: 'No scripts yet',
    teaches:
      'Every ad begins with its words. They are collected here, scene by scene, to be read, copied and taken further.',
  },
  {
    path: '/library/audio',
    label: 'Audio',
    icon: IconMicrophone,
    shimmer: ROWS,
    empty: 'Nothing to hear yet',
    teaches:
      'What is spoken in your ads and the sound of each as a whole are collected here, to be heard and saved without the pictures.',
  },
  {
    path: '/library/storyboards',
    label: 'Storyboards',
    icon: IconMovie,
    shimmer: ROWS,
    empty: 'No storyboards yet',
    teaches:
      'Before anything is filmed, every scene is drawn. The frames that you chose are collected here, ad by ad.',
  },
];
