import { Alert, Button, CopyButton, Group, Modal, Stack } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import classes from './Settings.module.css';

/** What signs for a webhook, this once. It is closed by its button alone. */
export function SecretOnce({ secret, close }: { secret: string; close: () => void }) {
  return (
    <Modal
      opened
      onClose={close}
      title="The secret that signs"
      centered
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      <Stack>
        <Alert color="yellow" variant="light" c="var(--mantine-color-text)">
          Copy it now to where your service finds it. It is not shown again; a new one can be made at any
          time.
        </Alert>
        <code className={classes.code}>{secret}</code>
        <Group justify="flex-end">
          <CopyButton value={secret}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                onClick={copy}
                leftSection={
                  copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
                }
                data-autofocus
              >
                {copied ? 'Copied' : 'Copy'}
              </Button>
            )}
          </CopyButton>
          <Button onClick={close}>I have kept it</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
