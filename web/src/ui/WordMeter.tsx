import { Progress, Text } from '@mantine/core';
import { meter, said } from './words';

/** How much of a scene's time is spoken for. */
export function WordMeter({ text, most }: { text: string; most: number }) {
  const now = meter(text, most);
  return (
    <>
      <Progress
        value={now.share * 100}
        size="xs"
        mt={6}
        maw={320}
        color={now.over ? 'red' : undefined}
        aria-label="Words of those that fit"
      />
      <Text
        size="sm"
        c={now.over ? 'var(--mantine-color-error)' : 'dimmed'}
        mt={4}
        role={now.over ? 'alert' : undefined}
      >
        {said(now)}
      </Text>
    </>
  );
}
