import { Button, Group, Modal, NumberInput, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Job } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { money } from '@/ui/format';
import { suggestedCap } from './money';

/** Asks for a larger cap; the job goes on with it. */
export function RaiseBudget({ job, opened, close }: { job: Job; opened: boolean; close: () => void }) {
  const [dollars, setDollars] = useState<number | string>(suggestedCap(job));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const submit = async (event: React.FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await call('resumeJob', { job_id: job.id, budget_usd: Number(dollars) });
      close();
    } catch (thrown) {
      setError(ApiError.of(thrown));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened={opened} onClose={close} title="Raise the budget" centered>
      <form onSubmit={submit}>
        <Stack>
          <Text size="sm">
            {money(job.money.spent)} of {money(job.money.cap)} is spent. Nothing is paid beyond the budget
            that you set here, and what is not needed is not spent.
          </Text>
          <NumberInput
            label="New budget for the whole ad"
            value={dollars}
            onChange={setDollars}
            min={job.money.cap / 1_000_000}
            max={1000}
            step={0.5}
            decimalScale={2}
            fixedDecimalScale
            prefix="$"
            data-autofocus
            error={error?.field === 'budget_usd' && error.message}
          />
          {error && error.field !== 'budget_usd' && <FailureNote error={error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy}>
              Raise and go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
