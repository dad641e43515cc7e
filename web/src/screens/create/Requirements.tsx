import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconBulb } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Requirement } from '@/api/types';
import { Note } from './Note';
import { fixOf, STEPS } from './wishes';

/** What is missing and what would be better, each with the way to it. */
export function Requirements({ found, go }: { found: Requirement[]; go: (step: number) => void }) {
  const blocking = found.filter(({ blocks }) => blocks);
  const advice = found.filter(({ blocks }) => !blocks);
  return (
    <>
      {blocking.length > 0 && (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title="Needed before it can begin"
        >
          <Lines found={blocking} go={go} />
        </Alert>
      )}
      {advice.length > 0 && (
        <Note icon={<IconBulb aria-hidden />} title="It would be better with">
          <Lines found={advice} go={go} />
        </Note>
      )}
    </>
  );
}

function Lines({ found, go }: { found: Requirement[]; go: (step: number) => void }) {
  return (
    <Stack component="ul" gap="xs" p={0} m={0} style={{ listStyle: 'none' }}>
      {found.map((each) => {
        const fix = fixOf(each);
        return (
          <Group component="li" key={each.code} justify="space-between" wrap="wrap" gap="xs">
            <Text size="sm" flex="1 1 260px" c="var(--mantine-color-text)">
              {each.sentence}
            </Text>
            {'step' in fix ? (
              <Button size="xs" variant="default" onClick={() => go(fix.step)}>
                To {STEPS[fix.step]?.label.toLowerCase()}
              </Button>
            ) : (
              <Button size="xs" variant="default" component={Link} to={fix.to}>
                Add a key
              </Button>
            )}
          </Group>
        );
      })}
    </Stack>
  );
}
