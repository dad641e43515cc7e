import type { ReactNode } from 'react';
import type { Live } from '@/api/live';
import { FailureNote } from './FailureNote';

/** A live document in its three states: a skeleton of the same shape, the failure, or what `children` makes of it. */
export function Loaded<T>({
  live,
  skeleton,
  children,
}: {
  live: Live<T>;
  skeleton: ReactNode;
  children: (data: T) => ReactNode;
}) {
  if (live.state === 'loading') return <div aria-busy="true">{skeleton}</div>;
  if (live.state === 'error') return <FailureNote error={live.error} onAction={live.again} />;
  return children(live.data);
}
