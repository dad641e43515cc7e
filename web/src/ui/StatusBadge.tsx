import { Badge } from '@mantine/core';
import type { JobStatus } from '@/api/types';
import { STATUS } from './format';
import classes from './StatusBadge.module.css';

/** A job's status in its colour; the word says the same. */
export function StatusBadge({ status }: { status: JobStatus }) {
  return (
    <Badge className={classes.badge} data-status={status} radius="sm">
      {STATUS[status]}
    </Badge>
  );
}
