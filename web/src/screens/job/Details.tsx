import { Accordion, Anchor, Group, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { Loaded } from '@/ui/Loaded';
import { LinesShimmer } from '@/ui/Shimmer';
import { StatusBadge } from '@/ui/StatusBadge';
import { Checks, Layers } from './Checked';
import { Cost } from './Cost';
import { Facts } from './Facts';

/** Everything that a job was asked for, was made from and was checked for. */
export function Details({ job }: { job: Job }) {
  const { live } = useAsked(() => call('getJob', { job_id: job.id }), [job.id, job.status, job.version]);
  const { cut: _, ...brief } = job.brief; // it has a screen of its own
  const report = live.state === 'ready' ? live.data.report : null;
  const parts: [string, string, React.ReactNode][] = [
    ['cost', 'Cost', <Cost key="cost" job={job} report={report} />],
    ['brief', 'Brief', <Facts key="brief" of={brief} />],
    [
      'bible',
      'Production bible',
      job.bible ? (
        <Facts key="bible" of={job.bible} />
      ) : (
        <Text key="bible" c="dimmed">
          It is put together with the script: what the product and the person look like, light, camera and
          what must not drift.
        </Text>
      ),
    ],
    ['consistency', 'Consistency', <Layers key="consistency" job={job} />],
    ['checks', 'Quality checks', <Checks key="checks" report={report} />],
    ['versions', 'Versions', <Versions key="versions" job={job} />],
    ['provenance', 'Provenance', <Provenance key="provenance" job={job} />],
  ];
  return (
    <Accordion multiple defaultValue={['cost']} variant="separated" keepMounted={false} order={2}>
      {parts.map(([value, title, content]) => (
        <Accordion.Item key={value} value={value}>
          <Accordion.Control>{title}</Accordion.Control>
          <Accordion.Panel>{content}</Accordion.Panel>
        </Accordion.Item>
      ))}
    </Accordion>
  );
}

function Versions({ job }: { job: Job }) {
  const { live } = useAsked(() => call('listVersions', { job_id: job.id }), [job.id]);
  return (
    <Loaded live={live} skeleton={<LinesShimmer count={2} />}>
      {({ jobs }) => (
        <Stack gap="sm">
          {jobs.map((one) => (
            <Group key={one.job_id} gap="sm">
              {one.job_id === job.id ? (
                <Text fw={600}>This one</Text>
              ) : (
                <Anchor component={Link} to={`/jobs/${one.job_id}`}>
                  {one.title || one.product_name}
                </Anchor>
              )}
              <StatusBadge status={one.status} />
              <Text size="sm" c="dimmed">
                <Ago time={one.created_at} />, edited {one.version - 1} times
              </Text>
            </Group>
          ))}
          {jobs.length === 1 && (
            <Text size="sm" c="dimmed">
              Make again starts another version from the same brief and photos; what stays the same is not
              paid for twice.
            </Text>
          )}
        </Stack>
      )}
    </Loaded>
  );
}

function Provenance({ job }: { job: Job }) {
  return (
    <Stack gap="sm">
      <Text size="sm">
        Every file that is handed over says that it was made with AI, in its metadata and, where its format
        allows it, by signed C2PA content credentials that name the clips, stills and product photos it was
        made from. That cannot be turned off; the visible words can, where the platform has a label of its
        own.
      </Text>
      <Facts of={{ models: job.quote.models, instead_where_needed: job.quote.fallbacks }} />
    </Stack>
  );
}
