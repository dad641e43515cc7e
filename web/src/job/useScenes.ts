import { orderBy } from 'firebase/firestore';
import { useMemo } from 'react';
import { below, useQuery } from '@/api/live';
import type { Job, SceneView } from '@/api/types';
import { type ShownScene, shownScenes } from './scenes';

/** The scenes of a job as they become. */
export function useScenes(job: Job): ShownScene[] {
  const live = useQuery<SceneView>(
    () => below(['jobs', job.id, 'scenes'], orderBy('scene_number')),
    [job.id],
  );
  const views = live.state === 'ready' ? live.data : null;
  return useMemo(() => shownScenes(job, views ?? []), [job, views]);
}
