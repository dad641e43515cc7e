import { Text } from '@mantine/core';
import { clock, money } from '@/ui/format';
import type { Priced } from './useQuote';

/** How long the ad is and what it costs, as it stands. */
export function PriceNow({ priced: { quote, error, busy } }: { priced: Priced }) {
  if (!quote || error)
    return busy && !error ? (
      <Text size="sm" c="dimmed">
        Asking for the price
      </Text>
    ) : null;
  const { outline, seconds, quote: price } = quote;
  const scenes = outline.length === 1 ? '1 scene' : `${outline.length} scenes`;
  return (
    <Text size="sm" c="dimmed" aria-busy={busy} aria-live="polite">
      {scenes}, {clock(seconds)}, about {money(price.total)}
    </Text>
  );
}
