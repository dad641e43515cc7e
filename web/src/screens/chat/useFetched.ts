import { useEffect, useState } from 'react';
import { ApiError } from '@/api/error';
import type { Live } from '@/api/live';

/** What an operation answers, asked once; for what no listener may read. `ask` is a function of the module. */
export function useFetched<T>(ask: () => Promise<T>): Live<T> {
  const [attempt, setAttempt] = useState(0);
  const [live, setLive] = useState<Live<T>>({ state: 'loading' });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let wanted = true;
    const again = () => {
      setLive({ state: 'loading' });
      setAttempt((count) => count + 1);
    };
    ask().then(
      (data) => wanted && setLive({ state: 'ready', data }),
      (thrown) => wanted && setLive({ state: 'error', error: ApiError.of(thrown), again }),
    );
    return () => {
      wanted = false;
    };
  }, [ask, attempt]);
  return live;
}
