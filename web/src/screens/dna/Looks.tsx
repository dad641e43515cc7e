import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconDna } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { LinesShimmer } from '@/ui/Shimmer';

/** What was read from photos, in `children`; or, before that, what reading them is for. Without `read` they are not
 * somebody's own to be read again. */
export function Looks({
  of,
  photos,
  reading,
  disabled = false,
  read,
  children,
}: {
  /** What the photos tell, in words. */
  of: string;
  photos: number;
  reading: boolean;
  disabled?: boolean;
  read?: () => void;
  children?: ReactNode;
}) {
  return (
    <section aria-labelledby="dna">
      <Group justify="space-between" mb="sm">
        <Title order={2} id="dna">
          Looks
        </Title>
        {read && children && (
          <Button
            variant="default"
            size="xs"
            onClick={read}
            loading={reading}
            disabled={disabled || photos === 0}
          >
            Read the photos again
          </Button>
        )}
      </Group>
      {children ?? (
        <Paper p="lg" withBorder bg="var(--surface)">
          {reading ? (
            <div role="status" aria-label="The photos are being read">
              <LinesShimmer count={5} />
            </div>
          ) : (
            <Stack align="flex-start" gap="sm">
              <Text maw={600}>
                The looks are read from the photos: {of}. You look them over and correct what is wrong, and
                every scene is held to them. Reading counts towards the day’s allowance.
              </Text>
              <Button
                onClick={read}
                leftSection={<IconDna size={18} aria-hidden />}
                disabled={disabled || photos === 0}
              >
                Read the photos
              </Button>
              {photos === 0 && (
                <Text size="sm" c="dimmed">
                  Add photos first.
                </Text>
              )}
            </Stack>
          )}
        </Paper>
      )}
    </section>
  );
}
