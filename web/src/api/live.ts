// Documents as they change. Screens read by listening, and change things by calling operations.
import {
  collection,
  type DocumentData,
  doc,
  onSnapshot,
  type Query,
  type QueryConstraint,
  query,
  Timestamp,
  where,
} from 'firebase/firestore';
import { useEffect, useMemo, useState } from 'react';
import { auth } from '@/firebase/auth';
import { firestore } from '@/firebase/firestore';
import { ApiError } from './error';

/** `again` listens once more after an error. */
export type Live<T> =
  | { state: 'loading' }
  | { state: 'error'; error: ApiError; again: () => void }
  | { state: 'ready'; data: T };

type Listen<T> = (next: (data: T) => void, failed: (error: unknown) => void) => () => void;

/** One document as it is and becomes, null where there is none: `useDocument<Job>('jobs', jobId)`. An empty segment is
 * not listened to yet. Somebody else's document is an error, `not_found`. */
export function useDocument<T>(...path: string[]): Live<T | null> {
  const key = path.join('/');
  const listen = useMemo<Listen<T | null> | null>(() => {
    if (key.split('/').some((segment) => !segment)) return null;
    return (next, failed) =>
      onSnapshot(
        doc(firestore, key),
        (found) => next(found.exists() ? plain<T>(found.data()) : null),
        failed,
      );
  }, [key]);
  return useLive(listen);
}

/** What a query finds. `ask` makes the query and is called anew when `depends` changes; null is not listened to. */
export function useQuery<T>(ask: () => Query | null, depends: readonly unknown[]): Live<T[]> {
  const listen = useMemo<Listen<T[]> | null>(() => {
    const asked = ask();
    return (
      asked &&
      ((next, failed) =>
        onSnapshot(asked, (found) => next(found.docs.map((d) => plain<T>(d.data()))), failed))
    );
    // biome-ignore lint/correctness/useExhaustiveDependencies: the caller names them
  }, depends);
  return useLive(listen);
}

/** The signed-in person's own documents of a collection, as the rules want them asked for. */
export function own(name: string, ...constraints: QueryConstraint[]): Query {
  return query(
    collection(firestore, name),
    where('user_id', '==', auth.currentUser?.uid ?? ''),
    ...constraints,
  );
}

/** The documents below one: `below(['jobs', jobId, 'scenes'], orderBy('scene_number'))`. */
export function below(path: string[], ...constraints: QueryConstraint[]): Query {
  return query(collection(firestore, path.join('/')), ...constraints);
}

function useLive<T>(listen: Listen<T> | null): Live<T> {
  const [attempt, setAttempt] = useState(0);
  const [seen, setSeen] = useState<{ of: unknown; live: Live<T> }>({ of: null, live: { state: 'loading' } });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt listens again
  useEffect(() => {
    if (!listen) return;
    const show = (live: Live<T>) => setSeen({ of: listen, live });
    const again = () => {
      show({ state: 'loading' });
      setAttempt((count) => count + 1);
    };
    return listen(
      (data) => show({ state: 'ready', data }),
      (thrown) => show({ state: 'error', error: refusal(thrown), again }),
    );
  }, [listen, attempt]);
  // What was seen of another document is not this one's.
  return seen.of === listen ? seen.live : { state: 'loading' };
}

/** The rules refuse what is somebody else's and what does not exist in the same way. */
function refusal(thrown: unknown): ApiError {
  const error = ApiError.of(thrown);
  return error.code === 'permission_denied' ? new ApiError('not_found', error.message) : error;
}

/** A stored document as the API answers it: times as text. */
function plain<T>(data: DocumentData): T {
  return converted(data) as T;
}

function converted(value: unknown): unknown {
  if (value instanceof Timestamp) return value.toDate().toISOString();
  if (Array.isArray(value)) return value.map(converted);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, converted(each)]));
  }
  return value;
}
