import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { tried } from '@/ui/undo';
import { atMost } from './money';
import { Retake } from './Retake';
import { SceneFrames } from './SceneFrames';
import classes from './StoryboardReview.module.css';
import { STORYBOARD } from './storyboardPlace';
import { useScenes } from './useScenes';

/** Whether a job waits for a decision on its storyboard. */
export function asksForReview(job: Job): boolean {
  return job.status === 'paused' && job.paused_for.some(({ reason }) => reason === 'storyboard_review');
}

/** The storyboard: frames side by side with their scores, to choose, draw again and approve. While nothing waits for a
 * decision it is there to be looked at. */
export function StoryboardReview({ job }: { job: Job }) {
  const scenes = useScenes(job);
  const [asked, setAsked] = useState<number[] | null>(null);
  /** When each scene that is drawn again was last changed. */
  const [retaken, setRetaken] = useState<Record<number, string | null>>({});
  const [busy, setBusy] = useState(false);
  const asks = asksForReview(job);
  const approve = async () => {
    setBusy(true);
    await tried(() => call('decideStoryboard', { job_id: job.id, decision: 'approve' }));
    setBusy(false);
  };
  const began = (numbers: number[]) =>
    setRetaken(
      Object.fromEntries(
        scenes
          .filter(({ number }) => numbers.includes(number))
          .map(({ number, view }) => [number, view.updated_at]),
      ),
    );
  return (
    <Stack
      gap="xl"
      component="section"
      aria-label="Storyboard"
      id={STORYBOARD}
      tabIndex={-1}
      style={{ scrollMarginTop: 120, outline: 'none' }}
    >
      {scenes.map((scene) => (
        <SceneFrames
          key={scene.number}
          job={job}
          scene={scene}
          asks={asks}
          drawing={!asks && scene.number in retaken && retaken[scene.number] === scene.view.updated_at}
          onRetake={() => setAsked([scene.number])}
        />
      ))}
      {asks && (
        <Group justify="space-between" gap="sm" className={classes.bar}>
          <Text size="sm" c="dimmed" flex="1 1 240px">
            Nothing is filmed before you approve. What comes then costs {atMost(job.quote.after_storyboard)}.
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconRefresh size={18} aria-hidden />}
              onClick={() => setAsked(scenes.map(({ number }) => number))}
            >
              Draw all again
            </Button>
            <Button leftSection={<IconCheck size={18} aria-hidden />} onClick={approve} loading={busy}>
              Approve
            </Button>
          </Group>
        </Group>
      )}
      {asked && <Retake job={job} scenes={asked} began={() => began(asked)} close={() => setAsked(null)} />}
    </Stack>
  );
}
