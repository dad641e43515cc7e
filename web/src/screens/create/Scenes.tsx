import {
  ActionIcon,
  Button,
  Group,
  NativeSelect,
  NumberInput,
  Paper,
  Stack,
  Switch,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { PlannedScene, SceneType, SceneWishInput } from '@/api/types';
import { SCENE_TYPES } from './sceneTypes';
import { useWizard } from './useWizard';

const TYPES = [
  { value: '', label: 'As the story needs it' },
  ...Object.entries(SCENE_TYPES).map(([value, label]) => ({ value, label })),
];

/** The scenes: planned from the length, or fixed one by one. */
export function Scenes({ outline }: { outline: PlannedScene[] }) {
  const [{ brief }, change] = useWizard();
  const own = brief.scenes ?? null;
  const set = (scenes: SceneWishInput[] | null) =>
    change(({ brief: now }) => ({ brief: { ...now, scenes, total_seconds: null } }));
  const put = (at: number, part: Partial<SceneWishInput>) =>
    own && set(own.map((scene, index) => (index === at ? { ...scene, ...part } : scene)));
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="Scenes">
      <Stack gap="sm">
        <Group justify="space-between">
          <Title order={3}>Scenes</Title>
          <Switch
            label="Set each scene myself"
            checked={own !== null}
            onChange={(event) => set(event.currentTarget.checked ? wishesOf(outline) : null)}
          />
        </Group>
        {own === null ? (
          <Group component="ol" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
            {outline.map((scene) => (
              <Text
                component="li"
                key={scene.scene_number}
                size="sm"
                px="sm"
                py={6}
                bg="var(--surface-sunken)"
                bdrs="md"
              >
                {SCENE_TYPES[scene.scene_type]}, {scene.seconds} s
              </Text>
            ))}
            {outline.length === 0 && (
              <Text component="li" size="sm" c="dimmed">
                They are planned when the idea is written.
              </Text>
            )}
          </Group>
        ) : (
          <>
            {own.map((scene, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a scene is its place in the ad
              <Group key={at} gap="xs" align="flex-end" role="group" aria-label={`Scene ${at + 1}`}>
                <NumberInput
                  label={`Scene ${at + 1}, seconds`}
                  value={scene.seconds}
                  onChange={(seconds) => Number(seconds) > 0 && put(at, { seconds: Number(seconds) })}
                  min={1}
                  max={60}
                  w={140}
                />
                <NativeSelect
                  label="What it is for"
                  data={TYPES}
                  value={scene.scene_type ?? ''}
                  onChange={(event) =>
                    put(at, { scene_type: (event.currentTarget.value || null) as SceneType | null })
                  }
                />
                <TextInput
                  label="What happens"
                  placeholder="Left to the writer"
                  value={scene.note ?? ''}
                  onChange={(event) => put(at, { note: event.currentTarget.value })}
                  maxLength={500}
                  flex="1 1 200px"
                />
                <ActionIcon
                  variant="default"
                  size={36}
                  aria-label={`Remove scene ${at + 1}`}
                  disabled={own.length === 1}
                  onClick={() => set(own.filter((_, index) => index !== at))}
                >
                  <IconX size={18} />
                </ActionIcon>
              </Group>
            ))}
            <Group>
              <Button
                variant="default"
                size="xs"
                leftSection={<IconPlus size={16} />}
                onClick={() => set([...own, { seconds: own.at(-1)?.seconds ?? 4 }])}
              >
                One more scene
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Paper>
  );
}

function wishesOf(outline: PlannedScene[]): SceneWishInput[] {
  return outline.length ? outline.map(({ seconds }) => ({ seconds })) : [{ seconds: 4 }];
}
