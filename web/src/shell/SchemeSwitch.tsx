import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';

const SCHEMES: Record<MantineColorScheme, { label: string; Icon: typeof IconSun; next: MantineColorScheme }> =
  {
    auto: { label: 'as the device', Icon: IconDeviceDesktop, next: 'light' },
    light: { label: 'light', Icon: IconSun, next: 'dark' },
    dark: { label: 'dark', Icon: IconMoon, next: 'auto' },
  };

/** Goes round: as the device, light, dark. */
export function SchemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { label, Icon, next } = SCHEMES[colorScheme];
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={36}
      aria-label={`Colours: ${label}`}
      title={`Colours: ${label}. Press for ${SCHEMES[next].label}.`}
      onClick={() => setColorScheme(next)}
    >
      <Icon size={20} stroke={1.7} />
    </ActionIcon>
  );
}
