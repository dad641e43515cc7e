import { Button, Drawer, Group, Stack, Text } from '@mantine/core';
import { BriefSettings } from '@/brief/BriefSettings';
import { RunSettings } from '@/brief/RunSettings';
import { differences } from '@/brief/settings';
import type { Desk } from './desk';

/** All settings of the ad that this chat would make. They hold from the next message on. */
export default function SettingsPanel({
  desk,
  onChange,
  close,
}: {
  desk: Desk;
  onChange: (desk: Desk) => void;
  close: () => void;
}) {
  const set = differences(desk.settings);
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="lg"
      title="Settings of the ad"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Stack gap="xl">
        <Group justify="space-between" mih={36}>
          <Text size="sm" c="dimmed">
            They hold from the next message on.
          </Text>
          {set > 0 && (
            <Button size="compact-sm" variant="default" onClick={() => onChange({ ...desk, settings: {} })}>
              All as usual
            </Button>
          )}
        </Group>
        <RunSettings value={desk.run} onChange={(run) => onChange({ ...desk, run })} />
        <BriefSettings value={desk.settings} onChange={(settings) => onChange({ ...desk, settings })} />
        <Button onClick={close}>Done</Button>
      </Stack>
    </Drawer>
  );
}
