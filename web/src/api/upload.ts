import { call } from './call';
import { ApiError, cancelled } from './error';
import type { CheckedFile } from './types';

const ATTEMPTS = 4;

/** Send a file and have it checked. `object` of the answer is what other operations want. `onProgress` gets 0 to 1.
 * A connection that breaks is taken up where it broke. Throws ApiError. */
export async function upload(
  file: File,
  { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<CheckedFile> {
  const session = await call('openUpload', { media_type: typeOf(file), size: file.size });
  let sent = 0;
  for (let attempt = 1; sent < file.size; attempt++) {
    if (signal?.aborted) throw cancelled();
    try {
      sent = await send(session.url, file, sent, onProgress, signal);
    } catch (thrown) {
      if (signal?.aborted || attempt === ATTEMPTS) throw signal?.aborted ? cancelled() : ApiError.of(thrown);
      await new Promise((go) => setTimeout(go, 500 * 2 ** attempt));
      sent = await arrived(session.url, file.size);
    }
  }
  return call('checkUpload', { object: session.object });
}

/** Browsers do not know every type by its name. */
function typeOf(file: File): string {
  return (
    file.type ||
    (file.name.toLowerCase().endsWith('.cube') ? 'application/x-cube' : 'application/octet-stream')
  );
}

/** Sends what is left of the file; returns how much of it is there then. `fetch` cannot tell how far it is. */
function send(
  url: string,
  file: File,
  from: number,
  onProgress?: (share: number) => void,
  signal?: AbortSignal,
): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', typeOf(file));
    if (from > 0) request.setRequestHeader('Content-Range', `bytes ${from}-${file.size - 1}/${file.size}`);
    request.upload.onprogress = ({ loaded }) => onProgress?.(Math.min(1, (from + loaded) / file.size));
    request.onload = () =>
      request.status < 300
        ? resolve(file.size)
        : reject(new ApiError('unavailable', 'The file did not arrive whole.'));
    request.onerror = () =>
      reject(new ApiError('unavailable', 'The connection broke off while the file was sent.'));
    request.onabort = () => reject(cancelled());
    request.onloadend = () => signal?.removeEventListener('abort', stop);
    signal?.addEventListener('abort', stop);
    request.send(file.slice(from));
  });
}

/** How many bytes of the session's file have arrived. */
async function arrived(url: string, size: number): Promise<number> {
  try {
    const answer = await fetch(url, { method: 'PUT', headers: { 'Content-Range': `bytes */${size}` } });
    if (answer.ok) return size;
    const last = answer.headers.get('Range')?.split('-')[1];
    return last ? Number(last) + 1 : 0;
  } catch {
    return 0;
  }
}
