import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { EditJob, Job, SceneEditInput } from '@/api/types';
import { atMost } from '@/job/money';
import type { ShownScene } from '@/job/scenes';
import { usePreviewed } from '@/job/usePreviewed';
import { WhatItTakes } from '@/job/WhatItTakes';
import { FailureNote } from '@/ui/FailureNote';
import { WordMeter } from '@/ui/WordMeter';

type Words = Pick<SceneEditInput, 'dialogue' | 'action' | 'expression' | 'product_action'>;

/** Changes one scene's words, after saying what that makes again. What is not changed stays as it was made. */
export function SceneEditor({ job, scene, close }: { job: Job; scene: ShownScene; close: () => void }) {
  const { number, planned } = scene;
  const written = job.script?.scenes.find((one) => one.scene_number === number);
  const edits = job.edits.scenes[number];
  const was: Words = {
    dialogue: scene.dialogue,
    action: scene.action,
    expression: edits?.expression ?? written?.expression ?? '',
    product_action: edits?.product_action ?? written?.product_action ?? '',
  };
  const [words, setWords] = useState(was);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);

  const changed = Object.fromEntries(
    (Object.keys(was) as (keyof Words)[])
      .filter((name) => words[name] !== was[name])
      .map((name) => [name, words[name]]),
  );
  const request: EditJob = { job_id: job.id, scenes: { [number]: changed } };
  const previewed = usePreviewed(Object.keys(changed).length ? JSON.stringify(changed) : null, () =>
    call('editJob', { ...request, preview: true }),
  );
  const apply = async (wanted: EditJob) => {
    setBusy(true);
    setError(null);
    try {
      await call('editJob', wanted);
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  const field = (name: keyof Words) => ({
    value: words[name] ?? '',
    onChange: ({ currentTarget }: React.ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      const { value } = currentTarget;
      setWords((before) => ({ ...before, [name]: value }));
    },
  });
  const price = previewed.state === 'told' && previewed.edited.cost > 0 && atMost(previewed.edited.cost);
  return (
    <Modal opened onClose={close} title={`Edit scene ${number}`} size="lg" centered>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          apply(request);
        }}
      >
        <Stack>
          <div>
            <Textarea
              label="What is said"
              autosize
              minRows={2}
              maxLength={1000}
              {...field('dialogue')}
              data-autofocus
            />
            <WordMeter text={words.dialogue ?? ''} most={planned.max_words} />
          </div>
          <Textarea label="What happens" autosize minRows={2} maxLength={500} {...field('action')} />
          <TextInput label="Expression" maxLength={200} {...field('expression')} />
          <TextInput label="What is done with the product" maxLength={300} {...field('product_action')} />
          <WhatItTakes previewed={previewed} />
          {error && <FailureNote error={error} />}
          <Group justify="space-between">
            <Button
              variant="subtle"
              color="gray"
              disabled={!edits || busy}
              onClick={() => apply({ job_id: job.id, scenes: { [number]: null } })}
            >
              Back to the script
            </Button>
            <Group gap="xs">
              <Button variant="default" onClick={close}>
                Leave it
              </Button>
              <Button type="submit" loading={busy} disabled={previewed.state !== 'told'}>
                {price ? `Save, ${price}` : 'Save'}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
