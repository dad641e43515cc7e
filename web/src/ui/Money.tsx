import { Text, type TextProps } from '@mantine/core';
import { money } from './format';

/** An amount in micros. `simulated` money is the local studio's, and says so. */
export function Money({
  micros,
  simulated = false,
  ...rest
}: { micros: number; simulated?: boolean } & TextProps) {
  return (
    <Text span inherit style={{ fontVariantNumeric: 'tabular-nums' }} {...rest}>
      {money(micros)}
      {simulated && ' (simulated)'}
    </Text>
  );
}
