import { useIntersection } from '@mantine/hooks';
import { orderBy } from 'firebase/firestore';
import { useEffect, useState } from 'react';
import { below, useDocument, useQuery } from '@/api/live';
import type { Job, SceneView } from '@/api/types';
import { type ShownScene, shownScenes } from '@/job/scenes';
import { useSession } from '@/shell/session';

export type Ad = { job: Job; scenes: ShownScene[] };

// Kept while other screens are looked at, so that going back finds everything in its place.
const kept = new Map<string, Ad>();

useSession.subscribe(({ person }, before) => {
  if (person?.uid !== before.person?.uid) kept.clear();
});

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
  const [ad, setAd] = useState(() => kept.get(id) ?? null);
  useEffect(() => {
    if (job.state !== 'ready' || views.state !== 'ready' || !job.data) return;
    const now = { job: job.data, scenes: shownScenes(job.data, views.data) };
    kept.set(id, now);
    setAd(now);
  }, [id, job, views]);
  return { ref, ad };
}
