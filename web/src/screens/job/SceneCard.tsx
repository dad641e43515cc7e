import { Alert, Badge, Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconPencil, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { Retake } from '@/job/Retake';
import { READABLE } from '@/job/readable';
import { asksForReview } from '@/job/StoryboardReview';
import { points, ratioOf, type ShownScene, sceneWork } from '@/job/scenes';
import { clock } from '@/ui/format';
import { MediaImage, MediaVideo } from '@/ui/Media';
import { tried } from '@/ui/undo';
import { WordMeter } from '@/ui/WordMeter';
import { faultsOf, retakesOf } from './found';
import classes from './job.module.css';

const EDITABLE = ['queued', 'running', 'paused', 'completed', 'failed'];

/** One scene: what is said and done in it, what was made, how good that is, and how to change it. */
export function SceneCard({ job, scene, edit }: { job: Job; scene: ShownScene; edit: () => void }) {
  const [wanted, setWanted] = useState(false);
  const { number, planned, view } = scene;
  const { doing } = sceneWork(job, scene);
  const asks = asksForReview(job);
  const drawAgain = async () => {
    setWanted(true);
    // A finished film's storyboard has to be opened first; the film stays until another is there.
    if (asks || (await tried(() => call('reopenJob', { job_id: job.id })))) return;
    setWanted(false);
  };
  const ratio = ratioOf(job);
  const faults = faultsOf(job, number);
  return (
    <section className={classes.scene} aria-labelledby={`scene-${number}`}>
      {view.clip ? (
        <MediaVideo
          name={view.clip}
          poster={view.storyboard}
          posterSize="card"
          label={`Clip of scene ${number}`}
          ratio={ratio}
        />
      ) : (
        <MediaImage name={view.storyboard} alt={`Scene ${number}`} ratio={ratio} />
      )}
      <Stack gap="sm">
        <Group justify="space-between" gap="xs">
          <Group gap="xs">
            <Title order={2} size="h3" id={`scene-${number}`}>
              Scene {number}
            </Title>
            <Text size="sm" c="dimmed">
              {planned.scene_type.replace('_', ' ')}, {clock(planned.seconds)} · {doing}
            </Text>
            {job.edits.scenes[number] && (
              <Badge variant="default" radius="sm">
                edited
              </Badge>
            )}
          </Group>
          <Group gap={6}>
            {(asks || job.status === 'completed') && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconRefresh size={16} aria-hidden />}
                onClick={drawAgain}
                loading={wanted && !asks}
                aria-label={`Draw again, scene ${number}`}
              >
                Draw again
              </Button>
            )}
            {job.script && EDITABLE.includes(job.status) && (
              <Button
                size="xs"
                variant="default"
                leftSection={<IconPencil size={16} aria-hidden />}
                aria-label={`Edit scene ${number}`}
                onClick={edit}
              >
                Edit
              </Button>
            )}
          </Group>
        </Group>
        {scene.dialogue && <Text fz="lg">“{scene.dialogue}”</Text>}
        {scene.action && <Text c="dimmed">{scene.action}</Text>}
        <WordMeter text={scene.dialogue} most={planned.max_words} />
        <Score what="Frame" score={view.storyboard_score} reason={view.storyboard_reason} />
        <Score what="Clip" score={view.clip_score} reason={view.clip_reason} />
        {retakesOf(job, number).map((line) => (
          <Text key={line} size="sm" c="dimmed">
            {line}
          </Text>
        ))}
        {faults.length > 0 && (
          <Alert styles={READABLE} color="yellow" title="Look at this" py="xs">
            <Text size="sm" c="var(--mantine-color-text)">
              {faults.join(' ')}
            </Text>
          </Alert>
        )}
        {view.notice && <Text size="sm">{view.notice}</Text>}
      </Stack>
      {wanted && asks && (
        <Retake job={job} scenes={[number]} began={() => {}} close={() => setWanted(false)} />
      )}
    </section>
  );
}

function Score({ what, score, reason }: { what: string; score: number | null; reason: string }) {
  if (score === null) return null;
  return (
    <Text size="sm">
      <strong>
        {what}: {points(score)} of 100.
      </strong>{' '}
      {reason}
    </Text>
  );
}
