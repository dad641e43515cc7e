import { SegmentedControl, Stack, Text } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import type { Job } from '@/api/types';
import { StoryboardReview } from '@/job/StoryboardReview';
import { useScenes } from '@/job/useScenes';
import { WaitingNote } from '@/job/WaitingNote';
import { EmptyState } from '@/ui/EmptyState';
import { Audio } from './Audio';
import { SceneCard } from './SceneCard';
import { SceneEditor } from './SceneEditor';
import { ScriptView } from './ScriptView';

const VIEWS = [
  { value: 'scenes', label: 'Scenes' },
  { value: 'script', label: 'Script' },
  { value: 'audio', label: 'Audio' },
  { value: 'storyboard', label: 'Storyboard' },
];

/** A job's scenes, looked at in four ways, each of which can be linked to. */
export function Scenes({ job }: { job: Job }) {
  const scenes = useScenes(job);
  const [search, setSearch] = useSearchParams();
  const [edited, setEdited] = useState<number | null>(null);
  const asked = search.get('view') ?? '';
  const view = VIEWS.some(({ value }) => value === asked) ? asked : 'scenes';
  const scene = scenes.find(({ number }) => number === edited);
  return (
    <Stack gap="lg">
      {view !== 'storyboard' && <WaitingNote job={job} />}
      <SegmentedControl
        aria-label="How to look at the scenes"
        data={VIEWS}
        value={view}
        onChange={(value) => setSearch({ tab: 'scenes', view: value }, { replace: true })}
        style={{ alignSelf: 'flex-start', maxWidth: '100%' }}
      />
      {view === 'scenes' &&
        scenes.map((scene) => (
          <SceneCard key={scene.number} job={job} scene={scene} edit={() => setEdited(scene.number)} />
        ))}
      {view === 'script' && <ScriptView job={job} scenes={scenes} edit={setEdited} />}
      {view === 'audio' && <Audio job={job} scenes={scenes} />}
      {view === 'storyboard' &&
        (scenes.some((scene) => scene.view.storyboard) ? (
          <StoryboardReview job={job} />
        ) : (
          <EmptyState icon={IconMovie} title="Nothing is drawn yet">
            Each scene’s frames appear here as they are drawn, with how alike they are to your photos.
          </EmptyState>
        ))}
      {view !== 'storyboard' && job.edits.script_note && (
        <Text size="sm" c="dimmed">
          Asked of the script: {job.edits.script_note}
        </Text>
      )}
      {scene && <SceneEditor job={job} scene={scene} close={() => setEdited(null)} />}
    </Stack>
  );
}
