import { useIntersection } from '@mantine/hooks';
import { orderBy } from 'firebase/firestore';
import { useEffect, useState } from 'react';
import { below, useDocument, useQuery } from '@/api/live';
import type { Job, SceneView } from '@/api/types';
import { type ShownScene, shownScenes } from '@/job/scenes';

export type Ad = { job: Job; scenes: ShownScene[] };

/** An ad with its scenes, listened to while the element of `ref` is near what is seen. Farther away it stays as it was,
 * so that nothing moves; null until it has been near. */
export function useNear(id: string) {
  const { ref, entry } = useIntersection({ rootMargin: '600px 0px' });
  const near = entry?.isIntersecting ?? false;
  const job = useDocument<Job>('jobs', near ? id : '');
  const views = useQuery<SceneView>(
    () => (near ? below(['jobs', id, 'scenes'], orderBy('scene_number')) : null),
    [near, id],
  );
  const [ad, setAd] = useState<Ad | null>(null);
  useEffect(() => {
    if (job.state !== 'ready' || views.state !== 'ready' || !job.data) return;
    setAd({ job: job.data, scenes: shownScenes(job.data, views.data) });
  }, [job, views]);
  return { ref, ad };
}
