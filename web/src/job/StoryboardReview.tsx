import { Button, Group, Stack, Text } from '@mantine/core';
import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { money } from '@/ui/format';
import { tried } from '@/ui/undo';
import { priceAfterApproval } from './money';
import { Retake } from './Retake';
import { SceneFrames } from './SceneFrames';
import { useScenes } from './useScenes';

/** The storyboard: frames side by side with their scores, to choose, draw again, approve. While the job does not wait
 * for a decision it is there to be looked at. */
export function StoryboardReview({ job }: { job: Job }) {
  const scenes = useScenes(job);
  const [retaken, setRetaken] = useState<number[] | null>(null);
  const [busy, setBusy] = useState(false);
  const asks = job.status === 'paused' && job.paused_for.some(({ reason }) => reason === 'storyboard_review');
  const approve = async () => {
    setBusy(true);
    await tried(() => call('decideStoryboard', { job_id: job.id, decision: 'approve' }));
    setBusy(false);
  };
  return (
    <Stack gap="xl" component="section" aria-label="Storyboard">
      {scenes.map((scene) => (
        <SceneFrames
          key={scene.number}
          job={job}
          scene={scene}
          asks={asks}
          onRetake={() => setRetaken([scene.number])}
        />
      ))}
      {asks && (
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed" flex="1 1 240px">
            Nothing is filmed before you approve. Filming, voice and cutting cost at most{' '}
            {money(priceAfterApproval(job.quote))}.
          </Text>
          <Group gap="xs">
            <Button
              variant="default"
              leftSection={<IconRefresh size={18} />}
              onClick={() => setRetaken(scenes.map(({ number }) => number))}
            >
              Draw all again
            </Button>
            <Button leftSection={<IconCheck size={18} />} onClick={approve} loading={busy}>
              Approve and film
            </Button>
          </Group>
        </Group>
      )}
      {retaken && <Retake job={job} scenes={retaken} close={() => setRetaken(null)} />}
    </Stack>
  );
}
