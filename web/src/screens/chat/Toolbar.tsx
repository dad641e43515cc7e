import { Button, FileButton, Indicator } from '@mantine/core';
import { IconBoxSeam, IconPaperclip, IconSettings, IconUser } from '@tabler/icons-react';
import type { Avatar, Product } from '@/api/types';
import { differences } from '@/brief/settings';
import classes from './chat.module.css';
import type { Desk } from './desk';

export type Panel = 'person' | 'product' | 'settings';

/** Person, product, pictures, settings. What is chosen stands on its button. */
export function Toolbar({
  desk,
  product,
  person,
  open,
  onFiles,
}: {
  desk: Desk;
  product: Product | null;
  person: Avatar | null;
  open: (panel: Panel) => void;
  onFiles: (files: File[]) => void;
}) {
  const set = differences(desk.settings);
  const tools = [
    { panel: 'person', Icon: IconUser, label: 'Person', chosen: person?.name },
    { panel: 'product', Icon: IconBoxSeam, label: 'Product', chosen: product?.name },
  ] as const;
  return (
    <fieldset className={classes.toolbar} aria-label="What the ad is made of">
      {tools.map(({ panel, Icon, label, chosen }) => (
        <Button
          key={panel}
          variant={chosen ? 'light' : 'default'}
          size="sm"
          radius="xl"
          px="sm"
          leftSection={<Icon size={18} aria-hidden />}
          aria-label={chosen ? `${label}: ${chosen}` : `Choose the ${label.toLowerCase()}`}
          onClick={() => open(panel)}
          classNames={{ label: classes.tool }}
        >
          {chosen ?? label}
        </Button>
      ))}
      <FileButton multiple accept="image/*" onChange={onFiles} inputProps={{ 'aria-label': 'Pictures' }}>
        {(props) => (
          <Button {...props} variant="default" size="sm" radius="xl" px="sm" aria-label="Attach pictures">
            <IconPaperclip size={18} aria-hidden />
          </Button>
        )}
      </FileButton>
      <Indicator label={set} size={18} disabled={set === 0} color="clay.8" offset={4}>
        <Button
          variant="default"
          size="sm"
          radius="xl"
          px="sm"
          aria-label={set ? `Settings, ${set} changed` : 'Settings'}
          onClick={() => open('settings')}
        >
          <IconSettings size={18} aria-hidden />
        </Button>
      </Indicator>
    </fieldset>
  );
}
