import { useRef, useState } from 'react';
import { ApiError } from '@/api/error';
import { upload } from '@/api/upload';

/** A photo on its way; `error` says why it did not arrive. */
export type Sending = { key: number; file: File; share: number; error: ApiError | null };

/** Photos that are sent, each with how far it is. `onSent` gets the object of each that arrived. */
export function usePhotos(onSent: (object: string) => void) {
  const [sending, setSending] = useState<Sending[]>([]);
  const stops = useRef(new Map<number, AbortController>());
  const last = useRef(0);
  const change = (key: number, part: Partial<Sending>) =>
    setSending((all) => all.map((one) => (one.key === key ? { ...one, ...part } : one)));
  const drop = (key: number) => {
    stops.current.get(key)?.abort();
    stops.current.delete(key);
    setSending((all) => all.filter((one) => one.key !== key));
  };
  const run = async (key: number, file: File) => {
    const stop = new AbortController();
    stops.current.set(key, stop);
    try {
      const sent = await upload(file, {
        onProgress: (share) => change(key, { share }),
        signal: stop.signal,
      });
      if (stop.signal.aborted) return;
      onSent(sent.object);
      drop(key);
    } catch (thrown) {
      change(key, { error: ApiError.of(thrown) });
    }
  };
  const send = (files: File[]) => {
    for (const file of files) {
      last.current += 1;
      const key = last.current;
      setSending((all) => [...all, { key, file, share: 0, error: null }]);
      void run(key, file);
    }
  };
  const again = ({ key, file }: Sending) => {
    change(key, { share: 0, error: null });
    void run(key, file);
  };
  return { sending, send, drop, again };
}
