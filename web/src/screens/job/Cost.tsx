import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useState } from 'react';
import type { Job } from '@/api/types';
import { money } from '@/ui/format';
import { type CostRow, modelRows, sceneRows, stepRows } from './costs';
import { Wide } from './Wide';

const WAYS = [
  { value: 'scene', label: 'By scene' },
  { value: 'step', label: 'By step' },
  { value: 'model', label: 'By model' },
];

/** What was quoted beside what it cost. */
export function Cost({ job, report }: { job: Job; report: Record<string, unknown> | null }) {
  const [way, setWay] = useState('scene');
  const byModel = way === 'model';
  const models = modelRows(job, report);
  const rows: CostRow[] = byModel ? models : way === 'step' ? stepRows(job) : sceneRows(job, report);
  return (
    <Stack gap="sm">
      <Text>
        {money(job.money.spent)} of {money(job.money.cap)} spent; quoted {money(job.quote.low)} to{' '}
        {money(job.quote.high)}.{job.money.simulated && ' The money is simulated.'}
      </Text>
      <SegmentedControl
        aria-label="How to add it up"
        data={WAYS}
        value={way}
        onChange={setWay}
        style={{ alignSelf: 'flex-start' }}
      />
      <Wide label="Quoted and paid">
        <Table style={{ fontVariantNumeric: 'tabular-nums' }} maw={640}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{byModel ? 'Model' : way === 'step' ? 'Step' : 'Part'}</Table.Th>
              <Table.Th>Quoted</Table.Th>
              <Table.Th>{byModel ? 'Calls' : 'Cost'}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map((row, index) => (
              <Table.Tr key={row.name}>
                <Table.Td>{row.name}</Table.Td>
                <Table.Td>
                  {money(row.low)} to {money(row.high)}
                </Table.Td>
                <Table.Td>
                  {byModel ? (models[index]?.calls ?? '–') : row.actual === null ? '–' : money(row.actual)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Wide>
    </Stack>
  );
}
