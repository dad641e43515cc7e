import { Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ProductPhoto } from '@/api/types';

/** What was seen on a photo of the product, and what to take again. */
export function PhotoFacts({ photo, advice }: { photo?: ProductPhoto; advice?: string }) {
  if (!photo) return null;
  const Mark = advice ? IconAlertTriangle : IconCheck;
  return (
    <Stack gap={2} p={4}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <Mark size={16} aria-hidden style={{ flexShrink: 0, marginTop: 2 }} />
        <Text size="sm">{advice ?? 'A good photo'}</Text>
      </Group>
      {photo.words.length > 0 && (
        <Text size="sm" c="dimmed">
          Reads “{photo.words.join(' ')}”
        </Text>
      )}
    </Stack>
  );
}
