import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { nextOf } from '@/shell/session';
import { wordsOf } from './words';

/** One try to get in at a time: `enter` runs it and goes on to where somebody wanted to. */
export function useEntry() {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const attempt = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(null);
    try {
      await act();
      return true;
    } catch (thrown) {
      setProblem(wordsOf(thrown));
      return false;
    } finally {
      setBusy(false);
    }
  };
  const enter = async (act: () => Promise<unknown>) => {
    if (await attempt(act)) navigate(nextOf(search), { replace: true });
  };
  return { busy, problem, attempt, enter, query: search.size ? `?${search}` : '' };
}
