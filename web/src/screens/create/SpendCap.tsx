import { Paper, Slider, Text, Title } from '@mantine/core';
import type { Quote } from '@/api/types';
import { money } from '@/ui/format';
import { capped } from './prices';

/** The cent is the smallest step that somebody sets. */
const CENT = 10_000;

/** What is never to be exceeded. All the way up it is the quote with every retake. */
export function SpendCap({
  quote,
  cap,
  onChange,
}: {
  quote: Quote;
  cap: number | null;
  onChange: (cap: number | null) => void;
}) {
  const least = Math.ceil(quote.low / CENT) * CENT;
  const most = Math.max(Math.ceil(quote.high / CENT) * CENT, least + CENT);
  const now = capped(quote, cap);
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="Spend cap">
      <Title order={3}>Never more than {money(now)}</Title>
      <Text size="sm" c="dimmed" mb="md">
        {now < quote.total
          ? 'This is less than the price. When it is reached, the ad waits for you, and what was made is kept.'
          : now < quote.high
            ? 'Enough for the ad, with fewer retakes of what does not come out well.'
            : 'Enough for every retake. What is not needed is not spent.'}
      </Text>
      <Slider
        thumbLabel="Never more than"
        min={least}
        max={most}
        step={CENT}
        value={Math.min(Math.max(now, least), most)}
        onChange={(micros) => onChange(micros >= most ? null : micros)}
        label={money}
        maw={560}
      />
    </Paper>
  );
}
