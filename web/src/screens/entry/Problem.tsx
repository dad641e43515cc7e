import { Alert } from '@mantine/core';

/** What went wrong, read out as it appears. Its place is there before it is needed. */
export function Problem({ text }: { text: string | null }) {
  return (
    <div role="alert">
      {text && (
        <Alert color="red" variant="light" p="sm" c="var(--mantine-color-error)">
          {text}
        </Alert>
      )}
    </div>
  );
}
