import { Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconMicrophone } from '@tabler/icons-react';
import { useMediaUrl } from '@/api/media';
import type { Job } from '@/api/types';
import type { ShownScene } from '@/job/scenes';
import { EmptyState } from '@/ui/EmptyState';
import classes from './job.module.css';

/** What is heard: the whole sound, and each scene's voice. */
export function Audio({ job, scenes }: { job: Job; scenes: ShownScene[] }) {
  const voices = scenes.filter(({ view }) => view.voice);
  if (!job.audio_url && voices.length === 0) {
    return (
      <EmptyState icon={IconMicrophone} title="Nothing to hear yet">
        The voice is spoken after the clips are filmed. Where the clips speak themselves, there is none of its
        own.
      </EmptyState>
    );
  }
  return (
    <Stack gap="lg">
      {job.audio_url && (
        <section className={classes.panel}>
          <Title order={2} size="h3" mb="xs">
            The whole sound
          </Title>
          <Text size="sm" c="dimmed" mb="sm">
            Voice, music and effects, as the film has them.
          </Text>
          <Sound name={job.audio_url} label="The whole sound" />
        </section>
      )}
      {voices.map(({ number, dialogue, view }) => (
        <section key={number} className={classes.panel}>
          <Title order={2} size="h3" mb="xs">
            Scene {number}
          </Title>
          <Text mb="sm">“{dialogue}”</Text>
          <Sound name={view.voice} label={`Voice of scene ${number}`} />
        </section>
      ))}
    </Stack>
  );
}

function Sound({ name, label }: { name: string | null; label: string }) {
  const url = useMediaUrl(name);
  if (url === undefined) return <Skeleton height={54} radius="xl" />;
  if (url === null) return <Text size="sm">It is not available.</Text>;
  // biome-ignore lint/a11y/useMediaCaption: its words stand beside it
  return <audio src={url} controls preload="metadata" aria-label={label} style={{ width: '100%' }} />;
}
