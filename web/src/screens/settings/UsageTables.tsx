import { Anchor, Button, Progress, Table } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useDocument } from '@/api/live';
import type { Job, Line } from '@/api/types';
import { Money } from '@/ui/Money';
import classes from './Settings.module.css';
import type { Day } from './usage';

const AT_FIRST = 10;

export function DayTable({ days }: { days: Day[] }) {
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Day</Table.Th>
            <Table.Th ta="right">Calls</Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {days
            .filter(({ calls, cost }) => calls || cost)
            .toReversed()
            .map(({ day, calls, cost }) => (
              <Table.Tr key={day}>
                <Table.Td>{day}</Table.Td>
                <Table.Td ta="right">{calls}</Table.Td>
                <Table.Td ta="right">
                  <Money micros={cost * 1_000_000} />
                </Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function ModelTable({ lines, total }: { lines: Line[]; total: number }) {
  return <Lines lines={lines} total={total} what="Model" name={(line) => line.name} />;
}

/** The dearest ads first; names are fetched for those that are shown. */
export function JobTable({ lines, total }: { lines: Line[]; total: number }) {
  const [all, setAll] = useState(false);
  return (
    <>
      <Lines
        lines={all ? lines : lines.slice(0, AT_FIRST)}
        total={total}
        what="Ad"
        name={({ name }) => (name === null ? 'Looks, briefs and chats' : <JobName id={name} />)}
      />
      {!all && lines.length > AT_FIRST && (
        <Button variant="default" size="xs" mt="sm" onClick={() => setAll(true)}>
          Show all {lines.length}
        </Button>
      )}
    </>
  );
}

function Lines({
  lines,
  total,
  what,
  name,
}: {
  lines: Line[];
  total: number;
  what: string;
  name: (line: Line) => React.ReactNode;
}) {
  return (
    <div className={classes.scroll}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{what}</Table.Th>
            <Table.Th w="30%" visibleFrom="sm">
              Share
            </Table.Th>
            <Table.Th ta="right">Calls</Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.name}>
              <Table.Td>{name(line)}</Table.Td>
              <Table.Td visibleFrom="sm">
                <Progress value={total ? (line.cost / total) * 100 : 0} aria-label="Share of the cost" />
              </Table.Td>
              <Table.Td ta="right">{line.calls}</Table.Td>
              <Table.Td ta="right">
                <Money micros={line.cost} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function JobName({ id }: { id: string }) {
  const live = useDocument<Job>('jobs', id);
  if (live.state === 'loading') return '…';
  const job = live.state === 'ready' ? live.data : null;
  if (!job || job.deleted_at) return job?.title || 'An ad that is gone';
  return (
    <Anchor component={Link} to={`/jobs/${id}`} inherit>
      {job.title || job.product_name}
    </Anchor>
  );
}
