import { Button, Group, Modal, type ModalProps, Stack } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import { ApiError } from '@/api/error';
import { FailureNote } from './FailureNote';

/** What stands in a field, without the blanks around it. */
export const textOf = (form: FormData, name: string) => String(form.get(name) ?? '').trim();

/** A form in a dialog. Stays open while what was filled in is sent, and tells when it could not be; `disabled` says that
 * it cannot be sent yet. */
export function FormDialog({
  title,
  action = 'Save',
  disabled = false,
  size,
  children,
  submit,
  close,
}: {
  title: string;
  action?: string;
  disabled?: boolean;
  size?: ModalProps['size'];
  children: ReactNode;
  submit: (form: FormData) => Promise<unknown>;
  close: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const send = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await submit(form);
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title={title} size={size} centered={size === undefined}>
      <form onSubmit={send}>
        <Stack>
          {children}
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy} disabled={disabled}>
              {action}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
