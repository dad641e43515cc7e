import { useCallback, useState } from 'react';
import { ApiError } from '@/api/error';

/** Something that is asked of the service, one at a time: whether it runs, and why it did not work. */
export function useAct() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const act = useCallback(async (run: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setError(null);
    try {
      await run();
      return true;
    } catch (thrown) {
      setError(ApiError.of(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, act, clear: () => setError(null) };
}
