import { Button, Group, Paper, SimpleGrid, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowLeft, IconBulb } from '@tabler/icons-react';
import { call } from '@/api/call';
import type { Strategy } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { useAct } from '@/ui/useAct';
import { useWizard } from './useWizard';
import { briefOf, NO_STRATEGY } from './wishes';

type Part = Exclude<keyof Strategy, 'key_selling_points'>;

const PARTS: Record<Part, { label: string; hint: string }> = {
  hook_strategy: {
    label: 'How it makes people stop',
    hint: 'What is seen and said in the first two seconds',
  },
  pain_point: { label: 'What bothers them', hint: 'The trouble that the product ends' },
  emotional_journey: { label: 'From which feeling to which', hint: 'From doubt through surprise to delight' },
  cta_approach: { label: 'How it asks to act', hint: 'What somebody is to do now' },
};
const NAMES = Object.keys(PARTS) as Part[];

/** How the ad persuades: one's own words beside a suggestion, of which each part is taken or left. */
export function Expansion() {
  const [wizard, change] = useWizard();
  const { suggested, strategy } = wizard;
  const { busy, error, act } = useAct();
  const own = strategy ?? NO_STRATEGY;
  const points = wizard.brief.selling_points ?? [];
  const write = (part: Partial<Strategy>) => {
    const next = { ...own, key_selling_points: suggested?.key_selling_points ?? points, ...part };
    change({ strategy: NAMES.some((name) => next[name]) ? next : null });
  };
  const suggest = () =>
    act(async () => change({ suggested: await call('expandBrief', { brief: briefOf(wizard) }) }));
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="How it persuades">
      <Stack>
        <Group justify="space-between" align="flex-start">
          <div>
            <Title order={3}>How it persuades</Title>
            <Text size="sm" c="dimmed" maw={560}>
              Have your idea thought through, and take what you like of it. What is left empty is left to the
              writer.
            </Text>
          </div>
          <Button
            variant="light"
            leftSection={<IconBulb size={18} />}
            onClick={suggest}
            loading={busy}
            disabled={!wizard.brief.prompt.trim()}
          >
            {suggested ? 'Suggest anew' : 'Suggest'}
          </Button>
        </Group>
        {error && <FailureNote error={error} onAction={suggest} action="Try again" />}
        {suggested && (
          <Group justify="flex-end">
            <Button variant="default" size="xs" onClick={() => write(suggested)}>
              Take all of it
            </Button>
          </Group>
        )}
        {NAMES.map((name) => (
          <SimpleGrid key={name} cols={{ base: 1, sm: suggested ? 2 : 1 }} spacing="sm">
            <Textarea
              label={PARTS[name].label}
              placeholder={PARTS[name].hint}
              autosize
              minRows={1}
              maxLength={500}
              value={own[name]}
              onChange={(event) => write({ [name]: event.currentTarget.value })}
            />
            {suggested && (
              <Stack gap={6} p="xs" bg="var(--surface-sunken)" bdrs="md">
                <Text size="sm" flex={1}>
                  {suggested[name]}
                </Text>
                <Group justify="flex-start">
                  <Button
                    size="compact-sm"
                    variant="default"
                    leftSection={<IconArrowLeft size={14} />}
                    onClick={() => write({ [name]: suggested[name] })}
                    disabled={own[name] === suggested[name]}
                    aria-label={`${own[name] === suggested[name] ? 'Taken' : 'Take it over'}: ${PARTS[name].label}`}
                  >
                    {own[name] === suggested[name] ? 'Taken' : 'Take it over'}
                  </Button>
                </Group>
              </Stack>
            )}
          </SimpleGrid>
        ))}
      </Stack>
    </Paper>
  );
}
