import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useLocation, useNavigate } from 'react-router';
import { type ApiError, explain } from '@/api/error';
import { doorTo } from '@/shell/session';

/** What happened, and one button that does something about it. Signing in and going back it does itself; for the rest
 * (`retry`, `wait`, `change`, `budget`) give `onAction`, without which there is no button. `action` renames it. */
export function FailureNote({
  error,
  onAction,
  action,
  onClose,
}: {
  error: ApiError;
  onAction?: () => void;
  action?: string;
  onClose?: () => void;
}) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const failure = explain(error);
  const own: Partial<Record<typeof failure.remedy, () => void>> = {
    'sign-in': () => navigate(doorTo({ pathname, search })),
    leave: () => navigate(-1),
  };
  const act = own[failure.remedy] ?? onAction;
  return (
    <Alert
      role="alert"
      color="red"
      icon={<IconAlertTriangle aria-hidden />}
      title={failure.title}
      withCloseButton={Boolean(onClose)}
      onClose={onClose}
      closeButtonLabel="Close"
    >
      <Group justify="space-between" align="center" gap="sm">
        <Text size="sm" c="var(--mantine-color-text)" flex="1 1 220px">
          {failure.sentence}
        </Text>
        {act && (
          <Button size="xs" variant="default" onClick={act}>
            {action ?? failure.action}
          </Button>
        )}
      </Group>
    </Alert>
  );
}
