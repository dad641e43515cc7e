import { Badge } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './Settings.module.css';

/** A state in its colour; the word says the same. */
export function Tone({ tone, children }: { tone: 'good' | 'wait' | 'bad' | 'off'; children: ReactNode }) {
  return (
    <Badge className={classes.badge} data-tone={tone} radius="sm">
      {children}
    </Badge>
  );
}
