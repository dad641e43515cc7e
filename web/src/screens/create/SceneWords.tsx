import {
  Badge,
  Button,
  Checkbox,
  Group,
  Paper,
  SimpleGrid,
  Skeleton,
  Stack,
  Textarea,
  TextInput,
  Title,
} from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ScriptScene } from '@/api/types';
import { Choice } from '@/brief/Choice';
import { WordMeter } from '@/ui/WordMeter';
import { ANGLES, MOVEMENTS, SHOTS } from './camera';
import { SCENE_TYPES } from './sceneTypes';
import type { SceneChange } from './wizard';
import { changed } from './words';

/** One scene of the script: what is said, done and seen. */
export function SceneWords({
  written,
  changes,
  most,
  picked,
  busy,
  onPick,
  onChange,
}: {
  written: ScriptScene;
  changes: SceneChange | undefined;
  /** How many words fit; null while that is not known. */
  most: number | null;
  picked: boolean;
  busy: boolean;
  onPick: (picked: boolean) => void;
  onChange: (changes: SceneChange | undefined) => void;
}) {
  const scene = { ...written, ...changes };
  const number = scene.scene_number;
  const set = (part: SceneChange) => onChange(changed(written, changes, part));
  const camera = scene.camera;
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      bg="var(--surface)"
      aria-label={`Scene ${number}`}
      aria-busy={busy}
    >
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            <Title order={4}>
              Scene {number}, {SCENE_TYPES[scene.scene_type].toLowerCase()}, {scene.duration_seconds} s
            </Title>
            {changes && (
              <Badge variant="outline" color="gray" c="var(--mantine-color-text)">
                Changed
              </Badge>
            )}
          </Group>
          <Group gap="sm">
            {changes && (
              <Button
                size="compact-sm"
                variant="subtle"
                leftSection={<IconArrowBackUp size={16} />}
                onClick={() => onChange(undefined)}
                aria-label={`Undo my changes of scene ${number}`}
              >
                Undo
              </Button>
            )}
            <Checkbox
              label={`Write scene ${number} again`}
              checked={picked}
              onChange={(event) => onPick(event.currentTarget.checked)}
            />
          </Group>
        </Group>
        <Skeleton visible={busy}>
          <Stack gap="sm">
            <div>
              <Textarea
                label="What is said"
                autosize
                maxLength={1000}
                value={scene.dialogue}
                onChange={(event) => set({ dialogue: event.currentTarget.value })}
              />
              {most !== null && <WordMeter text={scene.dialogue} most={most} />}
            </div>
            <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
              <Textarea
                label="What happens"
                autosize
                minRows={3}
                maxLength={500}
                value={scene.action}
                onChange={(event) => set({ action: event.currentTarget.value })}
                error={scene.action.trim() ? null : 'Something has to happen.'}
              />
              <Textarea
                label="What is done with the product"
                autosize
                minRows={3}
                maxLength={300}
                value={scene.product_action}
                onChange={(event) => set({ product_action: event.currentTarget.value })}
              />
            </SimpleGrid>
            <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
              <TextInput
                label="Look on the face"
                maxLength={200}
                value={scene.expression}
                onChange={(event) => set({ expression: event.currentTarget.value })}
                error={scene.expression.trim() ? null : 'Say how they look.'}
              />
              <Choice
                label="Shot"
                words={SHOTS}
                value={camera.shot_type}
                onChange={(shot_type) => set({ camera: { ...camera, shot_type } })}
              />
              <Choice
                label="Angle"
                words={ANGLES}
                value={camera.angle}
                onChange={(angle) => set({ camera: { ...camera, angle } })}
              />
              <Choice
                label="Movement"
                words={MOVEMENTS}
                value={camera.movement}
                onChange={(movement) => set({ camera: { ...camera, movement } })}
              />
            </SimpleGrid>
          </Stack>
        </Skeleton>
      </Stack>
    </Paper>
  );
}
