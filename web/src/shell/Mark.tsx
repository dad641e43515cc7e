import { Group, Text } from '@mantine/core';

export function Mark({ size = 28 }: { size?: number }) {
  return (
    <Group gap={10} wrap="nowrap">
      <img src="/mark.svg" width={size} height={size} alt="" />
      <Text span fz={size * 0.68} fw={700} ff="heading" lh={1}>
        UGCGen
      </Text>
    </Group>
  );
}
