import { Progress, Text } from '@mantine/core';
import { wordCount } from '@/ui/words';

/** How many words a line has of those that fit into its scene. */
export function WordMeter({ text, most }: { text: string; most: number }) {
  const count = wordCount(text);
  const over = count > most;
  return (
    <div style={{ maxWidth: 260 }}>
      <Text size="sm" c={over ? 'var(--mantine-color-error)' : 'dimmed'} mb={4}>
        {count} of {most} words{over && `, ${count - most} too many`}
      </Text>
      <Progress
        size="sm"
        value={most ? Math.min(100, (100 * count) / most) : 0}
        color={over ? 'red.8' : undefined}
        aria-label="Words of those that fit"
      />
    </div>
  );
}
