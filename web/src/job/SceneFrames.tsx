import { Button, Group, Text, Title, UnstyledButton } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { MediaImage } from '@/ui/Media';
import { tried } from '@/ui/undo';
import classes from './StoryboardReview.module.css';
import { points, ratioOf, type ShownScene } from './scenes';

/** One scene's frames as a choice of one. */
export function SceneFrames({
  job,
  scene,
  asks,
  onRetake,
}: {
  job: Job;
  scene: ShownScene;
  asks: boolean;
  onRetake: () => void;
}) {
  const [choosing, setChoosing] = useState<number | null>(null);
  const { frame, number } = scene;
  const variants = frame?.variants ?? [];
  const choose = async (index: number) => {
    if (!asks || index === frame?.chosen) return;
    setChoosing(index);
    const request = { job_id: job.id, decision: 'choose', chosen: { [number]: index } } as const;
    await tried(() => call('decideStoryboard', request));
    setChoosing(null);
  };
  return (
    <section aria-labelledby={`frames-${number}`}>
      <Group justify="space-between" mb="xs">
        <div>
          <Title order={3} id={`frames-${number}`}>
            Scene {number}
          </Title>
          <Text size="sm" c="dimmed">
            {scene.dialogue ? `“${scene.dialogue}”` : scene.action}
          </Text>
        </div>
        {asks && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconRefresh size={16} />}
            onClick={onRetake}
            aria-label={`Draw scene ${number} again`}
          >
            Draw again
          </Button>
        )}
      </Group>
      <div className={classes.variants} role="radiogroup" aria-labelledby={`frames-${number}`}>
        {variants.map((variant, index) => (
          <UnstyledButton
            key={variant.image}
            className={classes.variant}
            role="radio"
            aria-checked={index === (choosing ?? frame?.chosen)}
            aria-disabled={!asks || undefined}
            aria-label={`Frame ${index + 1} of scene ${number}, ${points(variant.score)} of 100`}
            onClick={() => choose(index)}
          >
            <MediaImage name={variant.image} alt="" ratio={ratioOf(job)} />
            <div style={{ padding: '8px 10px 10px' }}>
              <Text size="sm" fw={600}>
                {points(variant.score)} of 100
              </Text>
              <Text size="xs" c="dimmed">
                {variant.reason}
              </Text>
            </div>
          </UnstyledButton>
        ))}
      </div>
    </section>
  );
}
