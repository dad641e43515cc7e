import { Alert, type AlertProps } from '@mantine/core';

/** Something to know that is no failure; its title reads as well as its text. */
export function Note(props: AlertProps) {
  return <Alert color="yellow" styles={{ title: { color: 'var(--mantine-color-text)' } }} {...props} />;
}
