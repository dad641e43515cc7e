import { Group, Paper, Table, Text, Title } from '@mantine/core';
import type { QuoteAnswer } from '@/api/types';
import { money } from '@/ui/format';
import { Money } from '@/ui/Money';
import { rows } from './prices';

/** The lowest price, that without retakes and that with all of them, for each scene and in all. */
export function PriceByScene({ answer: { quote, outline } }: { answer: QuoteAnswer }) {
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="Price">
      <Group align="baseline" gap="sm" mb="sm">
        <Title order={3} fz={32}>
          <Money micros={quote.total} />
        </Title>
        <Text c="dimmed">
          without retakes; {money(quote.low)} where all goes plainly, {money(quote.high)} with every retake.
        </Text>
      </Group>
      <Table verticalSpacing="xs" horizontalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>For</Table.Th>
            <Table.Th ta="right">Low</Table.Th>
            <Table.Th ta="right">No retake</Table.Th>
            <Table.Th ta="right">All retakes</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows(quote, outline).map(({ label, work, low, price, high }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={500}>
                {label}
                <Text size="sm" c="dimmed" fw={400} visibleFrom="xs">
                  {work.join(', ')}
                </Text>
              </Table.Th>
              {[low, price, high].map((micros, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: three columns
                <Table.Td key={at} ta="right" style={{ whiteSpace: 'nowrap' }}>
                  <Money micros={micros} />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
