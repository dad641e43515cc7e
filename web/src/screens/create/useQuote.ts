import { useEffect, useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { QuoteAnswer, QuoteRequest } from '@/api/types';

const SETTLED_MS = 500;

/** What an ad would cost as it stands. `quote` is the last answer while a newer one is fetched; `again` asks anew. */
export type Priced = {
  quote: QuoteAnswer | null;
  error: ApiError | null;
  busy: boolean;
  again: () => void;
};

/** The price of a request, asked for when it has not changed for a moment. */
export function useQuote(request: QuoteRequest | null): Priced {
  const [attempt, setAttempt] = useState(0);
  const [found, setFound] = useState<{
    of: string | null;
    quote: QuoteAnswer | null;
    error: ApiError | null;
  }>({
    of: null,
    quote: null,
    error: null,
  });
  const key = request && JSON.stringify(request);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (key === null) return;
    let wanted = true;
    const show = (change: { quote?: QuoteAnswer; error: ApiError | null }) =>
      wanted && setFound((now) => ({ ...now, ...change, of: key }));
    const timer = setTimeout(() => {
      call('quoteGeneration', JSON.parse(key) as QuoteRequest).then(
        (quote) => show({ quote, error: null }),
        (thrown) => show({ error: ApiError.of(thrown) }),
      );
    }, SETTLED_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [key, attempt]);
  const fresh = found.of === key;
  return {
    quote: key === null ? null : found.quote,
    error: fresh ? found.error : null,
    busy: key !== null && !fresh,
    again: () => {
      setFound((now) => ({ ...now, of: null }));
      setAttempt((count) => count + 1);
    },
  };
}
