import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError } from '@/api/error';
import { undoable } from '@/ui/undo';
import { arrival } from './arrival';
import type { Change } from './useWizard';
import type { Wizard } from './wizard';

/** Takes over what somebody arrives with, once; what it takes the place of can be taken back. */
export function useArrival(now: Wizard, change: Change) {
  const [search, setSearch] = useSearchParams();
  const [error, setError] = useState<ApiError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const asked = search.toString();
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address, whatever is gathered meanwhile
  useEffect(() => {
    if (!asked) return;
    let wanted = true;
    setError(null);
    arrival(new URLSearchParams(asked), now).then(
      (next) => {
        if (!wanted) return;
        setSearch({}, { replace: true });
        if (!next) return;
        const had = now.product.name !== '' || (now.brief.prompt ?? '') !== '';
        if (!had || now.jobId) return change(next);
        void undoable(
          'Taken over into your ad',
          async () => change(next),
          async () => change(now),
        );
      },
      (thrown) => wanted && setError(ApiError.of(thrown)),
    );
    return () => {
      wanted = false;
    };
  }, [asked, attempt]);
  return {
    busy: asked !== '' && error === null,
    error,
    again: () => setAttempt((count) => count + 1),
    leave: () => {
      setError(null);
      setSearch({}, { replace: true });
    },
  };
}
