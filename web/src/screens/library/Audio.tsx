import { ActionIcon, Group, Progress, Text } from '@mantine/core';
import { IconDownload, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useEffect } from 'react';
import { fileName, save } from '@/ui/save';
import { tried } from '@/ui/undo';
import { play, stop, useHeard } from './player';
import { Nothing, Rows } from './Rows';
import classes from './Rows.module.css';
import type { Ad } from './useNear';

/** The library as what is heard of it. */
export function Component() {
  return <Rows view="audio" Shown={Sounds} />;
}

function Sounds({ job, scenes }: Ad) {
  const title = job.title || job.product_name;
  const music = job.edits.music ?? job.brief.music;
  const sounds = scenes.flatMap(({ number, dialogue, view }) =>
    view.voice ? [{ object: view.voice, what: `Scene ${number}`, words: `“${dialogue}”` }] : [],
  );
  if (job.audio_url) {
    sounds.unshift({
      object: job.audio_url,
      what: 'The whole ad',
      words: music === 'none' ? 'Voice, without music' : `Voice, with ${music} music`,
    });
  }
  if (sounds.length === 0) return <Nothing>Nothing of it can be heard on its own.</Nothing>;
  return (
    <ol className={classes.scenes}>
      {sounds.map((sound) => (
        <Sound key={sound.what} {...sound} title={title} place={`${job.id} ${sound.what}`} />
      ))}
    </ol>
  );
}

type SoundOf = { object: string; what: string; words: string; title: string; place: string };

function Sound({ object, what, words, title, place }: SoundOf) {
  const heard = useHeard(place);
  // What plays stops with its button.
  useEffect(() => () => stop(place), [place]);
  const plays = heard !== null;
  const ending = /\.\w+$/.exec(object)?.[0] ?? '';
  return (
    <li>
      <Group gap="xs" wrap="nowrap" align="flex-start">
        <ActionIcon
          size={40}
          radius="xl"
          variant={plays ? 'filled' : 'light'}
          aria-label={`${plays ? 'Stop' : 'Play'}: ${what} of ${title}`}
          onClick={() => (plays ? stop(place) : play(place, object))}
        >
          {plays ? <IconPlayerStop size={18} aria-hidden /> : <IconPlayerPlay size={18} aria-hidden />}
        </ActionIcon>
        <div style={{ flex: 1, minWidth: 0 }}>
          <Text size="sm" fw={600}>
            {what}
          </Text>
          <Text size="xs" c="dimmed" lineClamp={2}>
            {words}
          </Text>
          <Progress
            value={100 * (heard ?? 0)}
            size={3}
            mt={6}
            aria-label={`Heard of ${what} of ${title}`}
            style={{ visibility: plays ? 'visible' : 'hidden' }}
          />
        </div>
        <ActionIcon
          size={36}
          variant="subtle"
          color="gray"
          aria-label={`Save: ${what} of ${title}`}
          onClick={() => tried(() => save(object, fileName(`${title} ${what}`) + ending))}
        >
          <IconDownload size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </li>
  );
}
