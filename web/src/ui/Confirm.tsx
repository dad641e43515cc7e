import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { ApiError } from '@/api/error';
import { FailureNote } from './FailureNote';

/** Asks before something that cannot be taken back. Stays open while it is done, and tells when it could not be. */
export function Confirm({
  title,
  children,
  action,
  act,
  close,
}: {
  title: string;
  children: ReactNode;
  action: string;
  act: () => Promise<unknown>;
  close: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const go = async () => {
    setBusy(true);
    setError(null);
    try {
      await act();
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title={title} centered>
      <Stack>
        <Text>{children}</Text>
        {error && <FailureNote error={error} onAction={go} action="Try again" />}
        <Group justify="flex-end">
          <Button variant="default" onClick={close} data-autofocus>
            Keep it
          </Button>
          <Button color="red.9" onClick={go} loading={busy}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
