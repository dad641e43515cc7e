import { Button, Menu } from '@mantine/core';
import { IconArrowLeft, IconDots, IconSparkles } from '@tabler/icons-react';
import { Link } from 'react-router';

/** What can be done with something that is kept for ads: back to its shelf, an ad made with it, and, of one's own, more. */
export function ShelfActions({
  name,
  shelf,
  create,
  own,
}: {
  name: string;
  /** The shelf's address and its name. */
  shelf: [to: string, label: string];
  create: string;
  own: { editing: string; edit: () => void; remove: () => void } | null;
}) {
  const [to, label] = shelf;
  return (
    <>
      <Button
        component={Link}
        to={to}
        variant="default"
        leftSection={<IconArrowLeft size={16} aria-hidden />}
      >
        {label}
      </Button>
      <Button component={Link} to={create} leftSection={<IconSparkles size={16} aria-hidden />}>
        Make an ad
      </Button>
      {own && (
        <Menu position="bottom-end">
          <Menu.Target>
            <Button variant="default" aria-label={`More for ${name}`} px="xs">
              <IconDots size={18} aria-hidden />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={own.edit}>{own.editing}</Menu.Item>
            <Menu.Item c="var(--mantine-color-error)" onClick={own.remove}>
              Delete
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
