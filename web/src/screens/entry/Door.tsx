import { Box, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { Outlet } from 'react-router';
import { Mark } from '@/shell/Mark';
import { PageTitle } from '@/shell/PageTitle';
import { SchemeSwitch } from '@/shell/SchemeSwitch';
import classes from './Door.module.css';

/** The page around signing in: the form on one side, what it is for on the other. */
export function Component() {
  return (
    <div className={classes.page}>
      <PageTitle />
      <Stack className={classes.side} gap={0}>
        <Group justify="space-between">
          <Mark />
          <SchemeSwitch />
        </Group>
        <Box component="main" w="100%" maw={400} m="auto" py="xl">
          <Outlet />
        </Box>
      </Stack>
      <Box component="aside" className={classes.promise} visibleFrom="md">
        <div className={classes.film} aria-hidden>
          <Paper className={classes.frame} />
          <Paper className={classes.frame} />
          <Paper className={classes.frame} />
        </div>
        <Title order={2} c="inherit" fz={34} lh={1.15}>
          A brief and a few photos in. A finished vertical ad out.
        </Title>
        <Text maw={440}>
          The same person and the same product in every scene, at a price you know before the first cent is
          spent.
        </Text>
      </Box>
    </div>
  );
}
