// What operations answer, for screens that show what no document says alone.
import { useCallback, useEffect, useState } from 'react';
import { ApiError } from './error';
import type { Live } from './live';

/** The answer of an operation, asked when the screen appears and whenever `depends` change. `set` puts a newer answer in
 * its place, such as that of a change. What was there is shown until the next answer is. */
export function useAsked<T>(
  ask: () => Promise<T>,
  depends: readonly unknown[],
): { live: Live<T>; set: (answer: T) => void } {
  const [live, setLive] = useState<Live<T>>({ state: 'loading' });
  const [attempt, setAttempt] = useState(0);
  const set = useCallback((data: T) => setLive({ state: 'ready', data }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names them
  useEffect(() => {
    let wanted = true;
    const again = () => {
      setLive({ state: 'loading' });
      setAttempt((count) => count + 1);
    };
    ask().then(
      (data) => wanted && set(data),
      (thrown) => wanted && setLive({ state: 'error', error: ApiError.of(thrown), again }),
    );
    return () => {
      wanted = false;
    };
  }, [...depends, attempt]);
  return { live, set };
}
