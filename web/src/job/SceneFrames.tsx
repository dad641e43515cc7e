import { Button, Group, Skeleton, Text, Title, UnstyledButton } from '@mantine/core';
import { IconCheck, IconRefresh } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { MediaImage } from '@/ui/Media';
import { tried } from '@/ui/undo';
import classes from './StoryboardReview.module.css';
import { framesOf, points, ratioOf, type ShownScene } from './scenes';

/** One scene's frames side by side, to choose one of. `asks` says whether a decision is waited for, `drawing` whether
 * others are drawn just now. */
export function SceneFrames({
  job,
  scene,
  asks,
  drawing,
  onRetake,
}: {
  job: Job;
  scene: ShownScene;
  asks: boolean;
  drawing: boolean;
  onRetake: () => void;
}) {
  const [wish, setWish] = useState<string | null>(null);
  const group = useRef<HTMLDivElement>(null);
  const { number } = scene;
  const frames = framesOf(scene);
  const chosen = wish ?? frames.find((frame) => frame.chosen)?.image;
  const choose = async (index: number) => {
    const image = frames[index]?.image;
    if (!asks || wish || !image || image === chosen) return;
    setWish(image);
    await tried(() =>
      call('decideStoryboard', { job_id: job.id, decision: 'choose', chosen: { [number]: index } }),
    );
    setWish(null);
  };
  const move = (event: React.KeyboardEvent, index: number) => {
    const by = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const to = (index + by + frames.length) % frames.length;
    group.current?.querySelectorAll<HTMLElement>('[role="radio"]')[to]?.focus();
  };
  return (
    <section aria-labelledby={`frames-${number}`}>
      <Group justify="space-between" mb="sm" gap="xs" wrap="nowrap" align="flex-start">
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
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={16} aria-hidden />}
            onClick={onRetake}
            aria-label={`Draw again, scene ${number}`}
            style={{ flex: 'none' }}
          >
            Draw again
          </Button>
        )}
      </Group>
      <div
        ref={group}
        className={classes.variants}
        role="radiogroup"
        aria-label={`Frames of scene ${number}`}
        aria-busy={drawing || undefined}
      >
        {frames.map((frame, index) => (
          <UnstyledButton
            key={frame.image}
            className={classes.variant}
            role="radio"
            aria-checked={frame.image === chosen}
            aria-disabled={!asks || undefined}
            aria-label={`Frame ${index + 1} of scene ${number}, ${points(frame.score)} of 100. ${frame.reason}`}
            tabIndex={frame.image === chosen ? 0 : -1}
            onClick={() => choose(index)}
            onKeyDown={(event) => move(event, index)}
          >
            <div className={classes.picture} data-drawing={drawing || undefined}>
              <MediaImage name={frame.image} size="film" alt="" ratio={ratioOf(job)} />
              {frame.image === chosen && (
                <span className={classes.mark}>
                  <IconCheck size={14} stroke={3} aria-hidden /> Chosen
                </span>
              )}
            </div>
            <div className={classes.words}>
              <Text size="sm" fw={600}>
                {points(frame.score)} of 100
              </Text>
              <Text size="sm" c="dimmed">
                {frame.reason}
              </Text>
            </div>
          </UnstyledButton>
        ))}
        {frames.length === 0 && <Skeleton radius="md" style={{ aspectRatio: ratioOf(job) }} />}
      </div>
    </section>
  );
}
