import { httpsCallable } from 'firebase/functions';
import { functions } from '@/firebase/functions';
import { ApiError, cancelled } from './error';
import type { Operations, Streams } from './types';

const TIMEOUT_MS = 60_000;

/** Run an operation: `await call('getJob', { job_id })`. Throws ApiError. */
export async function call<Name extends keyof Operations>(
  name: Name,
  request: Operations[Name]['request'],
): Promise<Operations[Name]['answer']> {
  try {
    const run = httpsCallable<unknown, Operations[Name]['answer']>(functions, `call/${name}`, {
      timeout: TIMEOUT_MS,
    });
    return (await run(request)).data;
  } catch (thrown) {
    throw ApiError.of(thrown);
  }
}

/** Run an operation that answers bit by bit, each bit given to `onEvent`. Throws ApiError: also where the stream breaks
 * off before its end, and `cancelled` after `signal` was aborted. */
export async function stream<Name extends keyof Streams>(
  name: Name,
  request: Streams[Name]['request'],
  onEvent: (event: Streams[Name]['answer']) => void,
  signal?: AbortSignal,
): Promise<void> {
  let whole = false;
  try {
    const run = httpsCallable<unknown, unknown, Streams[Name]['answer']>(functions, `stream/${name}`);
    const answer = await run.stream(request, signal ? { signal } : {});
    // It never settles where the stream ends without a result, so nobody may wait for it.
    answer.data.then(
      () => {
        whole = true;
      },
      () => {},
    );
    for await (const event of answer.stream) onEvent(event);
  } catch (thrown) {
    throw signal?.aborted ? cancelled() : ApiError.of(thrown);
  }
  if (signal?.aborted) throw cancelled();
  await Promise.resolve();
  if (!whole) throw new ApiError('unavailable', 'The connection broke off before the answer was whole.');
}
