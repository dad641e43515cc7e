import { AspectRatio, Progress, Text } from '@mantine/core';
import type { Job } from '@/api/types';
import { MediaImage } from '@/ui/Media';
import classes from './SceneStrip.module.css';
import { points, ratioOf, type ShownScene, sceneWork } from './scenes';

/** A card per scene: its picture as soon as there is one, its bar, and what happens to it. */
export function SceneStrip({ job, scenes }: { job: Job; scenes: ShownScene[] }) {
  const ratio = ratioOf(job);
  return (
    <ol className={classes.strip} aria-label="Scenes">
      {scenes.map((scene) => {
        const { share, doing, working } = sceneWork(job, scene);
        const { storyboard, storyboard_score, clip_score, notice } = scene.view;
        const score = clip_score ?? storyboard_score;
        return (
          <li key={scene.number} className={classes.card}>
            <div className={classes.picture}>
              {storyboard ? (
                <MediaImage name={storyboard} alt={`Scene ${scene.number}`} ratio={ratio} />
              ) : (
                <AspectRatio ratio={ratio}>
                  <div className={classes.empty} aria-hidden>
                    {scene.number}
                  </div>
                </AspectRatio>
              )}
              {working && <div className={classes.shimmer} />}
              {score !== null && (
                <span className={classes.score} title="How alike, of 100">
                  {points(score)}
                </span>
              )}
            </div>
            <div style={{ padding: '8px 10px 10px' }}>
              <Text size="sm" fw={600}>
                Scene {scene.number}
              </Text>
              <Text size="xs" c="dimmed" lineClamp={2} mih={20}>
                {doing}
              </Text>
              <Progress value={share} size="xs" mt={6} aria-label={`Scene ${scene.number}, progress`} />
              {notice && (
                <Text size="xs" mt={6}>
                  {notice}
                </Text>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
