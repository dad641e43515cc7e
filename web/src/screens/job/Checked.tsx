import { Stack, Table, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Job } from '@/api/types';
import { points } from '@/job/scenes';
import { checksOf, layersOf } from './found';
import { Wide } from './Wide';

/** How alike the pictures are to the photos and to each other, by the layers that look. */
export function Layers({ job }: { job: Job }) {
  const layers = layersOf(job);
  if (layers.length === 0) {
    return (
      <Text c="dimmed">
        Frames are compared with your photos as they are drawn, clips as they are filmed, and the scenes with
        each other at the end.
      </Text>
    );
  }
  return (
    <Stack gap="sm">
      <Text>
        The clips are {points(job.consistency_scores?.mean as number | null)} of 100 alike to your photos.
      </Text>
      <Wide label="What each layer found">
        <Table maw={760}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Layer</Table.Th>
              <Table.Th>Held to</Table.Th>
              <Table.Th>Found</Table.Th>
              <Table.Th>Retakes</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {layers.map((layer) => (
              <Table.Tr key={layer.name}>
                <Table.Td>{layer.name}</Table.Td>
                <Table.Td>{layer.held}</Table.Td>
                <Table.Td>{layer.found}</Table.Td>
                <Table.Td>{layer.retakes}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Stack>
  );
}

/** What the finished film was checked for. */
export function Checks({ report }: { report: Record<string, unknown> | null }) {
  const checks = checksOf(report);
  if (checks.length === 0) return <Text c="dimmed">The film is checked when it is cut.</Text>;
  return (
    <Wide label="What the film was checked for">
      <Table maw={760}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Check</Table.Th>
            <Table.Th>Found</Table.Th>
            <Table.Th>Expected</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {checks.map((check, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a check may stand there for each shape of the film
            <Table.Tr key={`${check.name} ${index}`}>
              <Table.Td>
                {check.ok ? (
                  <IconCheck size={16} role="img" aria-label="good" />
                ) : (
                  <IconAlertTriangle size={16} role="img" aria-label="not good" />
                )}{' '}
                {check.name.replaceAll('_', ' ')}
              </Table.Td>
              <Table.Td>{String(check.value)}</Table.Td>
              <Table.Td>{check.expected}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Wide>
  );
}
