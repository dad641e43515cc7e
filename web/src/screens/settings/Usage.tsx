import { Button, Group, Paper, SegmentedControl, Skeleton, Stack, Text, Title } from '@mantine/core';
import { IconChartBar } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { UsageAnswer } from '@/api/types';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { Money } from '@/ui/Money';
import { LinesShimmer } from '@/ui/Shimmer';
import classes from './Settings.module.css';
import { DayTable, JobTable, ModelTable } from './UsageTables';
import { everyDay, type Span, spanOf } from './usage';

const DayChart = lazy(() => import('./DayChart'));
const SPANS = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
];

export default function Usage() {
  const [span, setSpan] = useState('30');
  const { live } = useAsked(() => call('getUsage', spanOf(Number(span) as Span)), [span]);
  return (
    <Stack>
      <SegmentedControl
        aria-label="How far back"
        data={SPANS}
        value={span}
        onChange={setSpan}
        style={{ alignSelf: 'flex-start' }}
      />
      <Loaded live={live} skeleton={<LinesShimmer count={6} />}>
        {(answer) => <Shown answer={answer} />}
      </Loaded>
    </Stack>
  );
}

function Shown({ answer }: { answer: UsageAnswer }) {
  const { usage, allowance_owed, simulated } = answer;
  const [asTable, setAsTable] = useState(false);
  if (usage.calls === 0 && usage.cost === 0) {
    return (
      <EmptyState icon={IconChartBar} title="Nothing was spent" action="Create an ad" to="/create">
        Whatever is paid for stands here: by day, by ad and by model. The price of an ad is told before it
        begins, and never more than its cap is spent.
      </EmptyState>
    );
  }
  const days = everyDay(answer);
  return (
    <Stack gap="xl">
      <div className={classes.figures}>
        <Figure label={simulated ? 'Spent (simulated)' : 'Spent'} value={<Money micros={usage.cost} />} />
        <Figure label="Calls to models" value={usage.calls.toLocaleString()} />
        <Figure label="Of today’s allowance" value={<Money micros={allowance_owed} />} />
      </div>
      <section aria-labelledby="by-day">
        <Group justify="space-between" mb="sm">
          <Title order={2} id="by-day">
            By day
          </Title>
          <Button size="compact-sm" variant="default" onClick={() => setAsTable(!asTable)}>
            {asTable ? 'As a chart' : 'As a table'}
          </Button>
        </Group>
        {asTable ? (
          <DayTable days={days} />
        ) : (
          <Suspense fallback={<Skeleton h={240} />}>
            <DayChart days={days} />
          </Suspense>
        )}
      </section>
      <section aria-labelledby="by-model">
        <Title order={2} id="by-model" mb="sm">
          By model
        </Title>
        <ModelTable lines={usage.models} total={usage.cost} />
      </section>
      <section aria-labelledby="by-ad">
        <Title order={2} id="by-ad" mb="sm">
          By ad
        </Title>
        <JobTable lines={usage.jobs} total={usage.cost} />
      </section>
    </Stack>
  );
}

function Figure({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <Paper p="md" withBorder bg="var(--surface)">
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <Text fz={26} fw={650} ff="heading">
        {value}
      </Text>
    </Paper>
  );
}
