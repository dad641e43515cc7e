import { Alert } from '@mantine/core';

/** What went wrong, read out as it appears. */
export function Problem({ text }: { text: string | null }) {
  if (text === null) return null;
  return (
    <Alert color="red" variant="light" p="sm">
      {text}
    </Alert>
  );
}
