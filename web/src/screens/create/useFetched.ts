import { useEffect, useState } from 'react';
import { ApiError } from '@/api/error';
import type { Live } from '@/api/live';

/** What an operation answers, asked for once, and again where something changes. */
export function useFetched<T>(ask: () => Promise<T>, depends: readonly unknown[] = []): Live<T> {
  const [live, setLive] = useState<Live<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names them; another attempt asks again
  useEffect(() => {
    let wanted = true;
    const show = (next: Live<T>) => wanted && setLive(next);
    const again = () => setAttempt((count) => count + 1);
    setLive({ state: 'loading' });
    ask().then(
      (data) => show({ state: 'ready', data }),
      (thrown) => show({ state: 'error', error: ApiError.of(thrown), again }),
    );
    return () => {
      wanted = false;
    };
  }, [...depends, attempt]);
  return live;
}
