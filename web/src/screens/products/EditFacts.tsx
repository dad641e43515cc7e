import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { type Facts, FactsFields, factsIn } from './Facts';

export function EditFacts({
  facts,
  save,
  close,
}: {
  facts: Facts;
  save: (facts: Facts) => Promise<void>;
  close: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const changed = factsIn(event.currentTarget);
    setBusy(true);
    try {
      await save(changed);
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="Name and facts" size="lg">
      <form onSubmit={submit}>
        <Stack>
          <FactsFields facts={facts} />
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
