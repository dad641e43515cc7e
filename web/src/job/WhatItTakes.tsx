import { Text } from '@mantine/core';
import { explain } from '@/api/error';
import { atMost } from './money';
import { unitsInWords } from './units';
import type { Previewed } from './usePreviewed';

/** What an edit makes again, and the most that it costs. Its place is kept while that is asked. */
export function WhatItTakes({ previewed }: { previewed: Previewed }) {
  const told = () => {
    switch (previewed.state) {
      case 'none':
        return 'Change something to see what is made again and what that costs.';
      case 'asking':
        return 'Looking what that makes again …';
      case 'refused':
        return explain(previewed.error).sentence;
      case 'told': {
        const { units, cost } = previewed.edited;
        if (units.length === 0) return 'Nothing has to be made again.';
        const price = cost > 0 ? `Costs ${atMost(cost)}.` : 'Free.';
        return `Makes again: ${unitsInWords(units)}. ${price}`;
      }
    }
  };
  return (
    <Text
      size="sm"
      c={previewed.state === 'refused' ? 'var(--mantine-color-error)' : 'dimmed'}
      mih={42}
      role="status"
    >
      {told()}
    </Text>
  );
}
