import { Anchor, Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconScript } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import type { ShownScene } from '@/job/scenes';
import { usePreviewed } from '@/job/usePreviewed';
import { WhatItTakes } from '@/job/WhatItTakes';
import { EmptyState } from '@/ui/EmptyState';
import { clock } from '@/ui/format';
import { tried } from '@/ui/undo';
import { WordMeter } from '@/ui/WordMeter';
import classes from './job.module.css';

/** The script to be read through, and a note by which it is written better. */
export function ScriptView({
  job,
  scenes,
  edit,
}: {
  job: Job;
  scenes: ShownScene[];
  edit: (scene: number) => void;
}) {
  if (!job.script) {
    return (
      <EmptyState icon={IconScript} title="Being written">
        The script comes first, and takes a few seconds. Each line can be changed as soon as it is here.
      </EmptyState>
    );
  }
  const fixed = job.status === 'cancelled' || job.status === 'cancelling';
  return (
    <Stack gap="lg">
      <article className={classes.panel}>
        <Title order={2}>{job.script.title}</Title>
        {job.script.audio_direction && (
          <Text size="sm" c="dimmed">
            {job.script.audio_direction}
          </Text>
        )}
        {scenes.map((scene) => (
          <section key={scene.number} style={{ marginTop: 20 }}>
            <Group justify="space-between" gap="xs">
              <Text size="sm" c="dimmed">
                Scene {scene.number}, {scene.planned.scene_type.replace('_', ' ')},{' '}
                {clock(scene.planned.seconds)}
              </Text>
              {!fixed && (
                <Anchor component="button" type="button" size="sm" onClick={() => edit(scene.number)}>
                  Edit scene {scene.number}
                </Anchor>
              )}
            </Group>
            <Text fz="lg">{scene.dialogue ? `“${scene.dialogue}”` : 'Nothing is said.'}</Text>
            <Text size="sm" c="dimmed" mb={6}>
              {scene.action}
            </Text>
            <WordMeter text={scene.dialogue} most={scene.planned.max_words} />
          </section>
        ))}
      </article>
      {!fixed && <Better job={job} />}
    </Stack>
  );
}

function Better({ job }: { job: Job }) {
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const wanted = note.trim();
  const previewed = usePreviewed(wanted || null, () =>
    call('editJob', { job_id: job.id, script_note: wanted, preview: true }),
  );
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    if (await tried(() => call('editJob', { job_id: job.id, script_note: wanted }))) setNote('');
    setBusy(false);
  };
  return (
    <form onSubmit={submit} className={classes.panel}>
      <Stack gap="xs">
        <Textarea
          label="Have the script written better"
          description="Say what should be different. Lines that you edited yourself stay."
          placeholder="The first scene should sound more cheerful"
          autosize
          minRows={2}
          maxLength={1000}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <WhatItTakes previewed={previewed} />
        <Button
          type="submit"
          variant="default"
          loading={busy}
          disabled={previewed.state !== 'told'}
          style={{ alignSelf: 'flex-start' }}
        >
          Write it better
        </Button>
      </Stack>
    </form>
  );
}
