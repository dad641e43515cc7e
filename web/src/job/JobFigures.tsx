import { Group, Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { Job } from '@/api/types';
import { clock } from '@/ui/format';
import { Money } from '@/ui/Money';
import { roughly, secondsLeft, workedSeconds } from './timing';

const TICK_MS = 1000;

/** Time and money: at work for so long, so much left, so much spent of what may be spent. */
export function JobFigures({ job }: { job: Job }) {
  const [now, setNow] = useState(Date.now);
  const moves = job.status === 'running' || job.status === 'queued' || job.status === 'cancelling';
  useEffect(() => {
    if (!moves) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [moves]);
  const left = secondsLeft(job, now);
  const share = job.money.cap ? (100 * job.money.spent) / job.money.cap : 0;
  return (
    <Group gap="xl" wrap="wrap" align="flex-start">
      {/* Of another version nobody knows when it was begun. */}
      {job.version === 1 && (
        <div style={{ minWidth: 170, fontVariantNumeric: 'tabular-nums' }}>
          <Text size="sm" c="dimmed">
            Time
          </Text>
          <Text fw={600}>{clock(workedSeconds(job, now))}</Text>
          {job.status === 'running' && (
            <Text size="sm" c="dimmed" mih={22}>
              {left !== null && roughly(left)}
            </Text>
          )}
        </div>
      )}
      <div style={{ flex: '1 1 200px', maxWidth: 320 }}>
        <Text size="sm" c="dimmed">
          Spent of the budget
        </Text>
        <Text fw={600}>
          <Money micros={job.money.spent} /> of{' '}
          <Money micros={job.money.cap} simulated={job.money.simulated} />
        </Text>
        <Progress value={share} size="sm" mt={6} aria-label="Spent of the budget" />
      </div>
    </Group>
  );
}
