import { Button, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';

/** Where there is nothing yet: what will be here, and the one thing to do for it. */
export function EmptyState({
  icon: Shown,
  title,
  children,
  to,
  action,
  onAction,
}: {
  icon: Icon;
  title: string;
  children: ReactNode;
  action?: string;
  /** Where the action leads; or `onAction`, what it does. */
  to?: string;
  onAction?: () => void;
}) {
  return (
    <Stack align="center" ta="center" py={64} px="md" gap="sm">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>
        <Shown size={28} stroke={1.6} />
      </ThemeIcon>
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={440}>
        {children}
      </Text>
      {action && to && (
        <Button component={Link} to={to} mt="xs">
          {action}
        </Button>
      )}
      {action && onAction && (
        <Button onClick={onAction} mt="xs">
          {action}
        </Button>
      )}
    </Stack>
  );
}
