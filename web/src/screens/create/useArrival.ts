import { useEffect, useState } from 'react';
import { useLocation, useSearchParams } from 'react-router';
import { ApiError } from '@/api/error';
import type { BriefInput } from '@/api/types';
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
  const like = (useLocation().state as { brief?: BriefInput } | null)?.brief ?? null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each address, whatever is gathered meanwhile
  useEffect(() => {
    if (!asked && !like) return;
    let wanted = true;
    setError(null);
    arrival(new URLSearchParams(asked), like, now).then(
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
  }, [asked, like, attempt]);
  return {
    busy: (asked !== '' || like !== null) && error === null,
    error,
    again: () => setAttempt((count) => count + 1),
    leave: () => {
      setError(null);
      setSearch({}, { replace: true });
    },
  };
}
