import { limit, orderBy, where } from 'firebase/firestore';
import { useCallback, useEffect, useRef, useState } from 'react';
import { create } from 'zustand';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { own, useQuery } from '@/api/live';
import type { Job, JobCard } from '@/api/types';
import { useSession } from '@/shell/session';
import { continued, including, keyOf, type Pages, renewed, type Wish, without } from './pages';

const PAGE = 48;
const NOTHING: Pages = { key: '', jobs: [], cursor: null };

// Kept while other screens are looked at, so that going back finds the list as it was, down to the place in it.
const usePages = create<Pages>(() => NOTHING);

/** The list is read anew when it is looked at again. */
export const forgetPages = () => usePages.setState(NOTHING);

useSession.subscribe(({ person }, before) => {
  if (person?.uid !== before.person?.uid) forgetPages();
});

/** The jobs of a wish. `jobs` is null until the first ones have come; `changing` while those shown are of another wish. */
export function useLibrary(wish: Wish) {
  const key = keyOf(wish);
  const pages = usePages();
  const [error, setError] = useState<ApiError | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [turning, setTurning] = useState(false);
  const renew = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the wish
  useEffect(() => {
    let wanted = true;
    setError(null);
    call('listJobs', { ...wish, limit: PAGE }).then(
      (first) => wanted && usePages.setState((now) => renewed(now, key, first)),
      (thrown) => wanted && setError(ApiError.of(thrown)),
    );
    return () => {
      wanted = false;
    };
  }, [key, attempt]);

  useNewcomers(renew);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is the wish
  const more = useCallback(async () => {
    const { cursor, key: asked } = usePages.getState();
    if (!cursor || asked !== key) return;
    setTurning(true);
    setError(null);
    try {
      const next = await call('listJobs', { ...wish, limit: PAGE, cursor });
      // Another wish may have come up meanwhile.
      usePages.setState((now) => (now.key === asked && now.cursor === cursor ? continued(now, next) : now));
    } catch (thrown) {
      setError(ApiError.of(thrown));
    } finally {
      setTurning(false);
    }
  }, [key]);

  return {
    jobs: pages.key ? pages.jobs : null,
    changing: pages.key !== key,
    error,
    renew,
    turning,
    more: pages.key === key && pages.cursor ? more : null,
    remove: (id: string) => usePages.setState((now) => without(now, id)),
    include: (card: JobCard) => usePages.setState((now) => including(now, card)),
  };
}

/** The library as its views get it. */
export type Listed = ReturnType<typeof useLibrary>;

/** Calls when a job begins that was not there before, here or on another device: one small listener for the whole list. */
function useNewcomers(came: () => void): void {
  const newest = useQuery<Job>(
    () => own('jobs', where('deleted_at', '==', null), orderBy('created_at', 'desc'), limit(1)),
    [],
  );
  const known = useRef<string | null>(null);
  const id = newest.state === 'ready' ? (newest.data[0]?.id ?? '') : null;
  useEffect(() => {
    if (id !== null && known.current !== null && known.current !== id) came();
    if (id !== null) known.current = id;
  }, [id, came]);
}
