import { useEffect, useState } from 'react';
import { ApiError } from '@/api/error';
import type { Edited } from '@/api/types';

const PAUSE_MS = 500;

export type Previewed =
  | { state: 'none' | 'asking' }
  | { state: 'told'; edited: Edited }
  | { state: 'refused'; error: ApiError };

/** What an edit would make again and cost, asked anew a moment after `key` changed; null asks for nothing. */
export function usePreviewed(key: string | null, ask: () => Promise<Edited>): Previewed {
  const [told, setTold] = useState<{ of: string | null; what: Previewed }>({
    of: null,
    what: { state: 'none' },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is asked follows from the key
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const show = (what: Previewed) => wanted && setTold({ of: key, what });
    const timer = setTimeout(() => {
      ask().then(
        (edited) => show({ state: 'told', edited }),
        (thrown) => show({ state: 'refused', error: ApiError.of(thrown) }),
      );
    }, PAUSE_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key]);
  if (key === null) return { state: 'none' };
  return told.of === key ? told.what : { state: 'asking' };
}
