import { SimpleGrid, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './brief.module.css';

/** Settings that belong together; side by side where there is room. */
export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={classes.section}>
      <Text component="legend" fw={650} ff="heading" fz="lg">
        {title}
      </Text>
      <SimpleGrid type="container" cols={{ base: 1, '420px': 2 }} spacing="sm" verticalSpacing="sm">
        {children}
      </SimpleGrid>
    </fieldset>
  );
}
