import { Button, Group, SegmentedControl, Stack, Text, Title, useMantineColorScheme } from '@mantine/core';
import { BriefSettings } from '@/brief/BriefSettings';
import { useDefaults } from '@/brief/defaults';
import { differences } from '@/brief/settings';
import { undoable } from '@/ui/undo';

export default function Preferences() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { settings } = useDefaults();
  const count = differences(settings);
  const reset = () =>
    undoable(
      'New ads begin as usual.',
      async () => useDefaults.setState({ settings: {} }),
      async () => useDefaults.setState({ settings }),
    );
  return (
    <Stack gap="xl" maw={760}>
      <section aria-labelledby="colours">
        <Title order={2} id="colours" mb="sm">
          Colours
        </Title>
        <SegmentedControl
          aria-labelledby="colours"
          value={colorScheme}
          onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}
          data={[
            { value: 'auto', label: 'As the device' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
      </section>
      <section aria-labelledby="new-ads">
        <Group justify="space-between" mb="xs">
          <Title order={2} id="new-ads">
            New ads
          </Title>
          <Button variant="default" size="xs" onClick={reset} disabled={count === 0}>
            Back to the usual
          </Button>
        </Group>
        <Text c="dimmed" mb="md" role="status">
          {count === 0
            ? 'What every new ad begins with. Kept on this device.'
            : `What every new ad begins with. ${count === 1 ? 'One setting is' : `${count} settings are`} not as usual. Kept on this device.`}
        </Text>
        <BriefSettings value={settings} onChange={(next) => useDefaults.setState({ settings: next })} />
      </section>
    </Stack>
  );
}
