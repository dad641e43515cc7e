import { Button, Stack, Text, Title } from '@mantine/core';
import { useRouteError } from 'react-router';

/** In place of a screen that failed to load or to draw. After a new version its files have other names: load anew. */
export function Broken() {
  const error = useRouteError();
  console.error(error);
  return (
    <Stack component="section" align="center" ta="center" py={80} px="md" role="alert">
      <Title order={1}>This screen did not come up</Title>
      <Text c="dimmed" maw={420}>
        Nothing you made is lost. There may be a new version of the page, or the connection broke off.
      </Text>
      <Button onClick={() => location.reload()}>Load it again</Button>
    </Stack>
  );
}
