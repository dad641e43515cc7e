import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/error';
import { upload } from '@/api/upload';

/** A file on its way: `share` of it has arrived, 0 to 1; `object` is its name once it is there and was checked. */
export type Sending = {
  key: string;
  file: File;
  preview: string;
  share: number;
  object: string | null;
  error: ApiError | null;
};

/** Files that are sent as soon as they are added. What is dropped, or left behind with the screen, is sent no further.
 * With `take`, each is handed over when it is there, and is not among them any more. */
export function useUploads(take?: (object: string) => void) {
  const [photos, setPhotos] = useState<Sending[]>([]);
  const stops = useRef(new Map<string, AbortController>());
  const previews = useRef(new Set<string>());

  const change = useCallback((key: string, to: Partial<Sending>) => {
    setPhotos((now) => now.map((photo) => (photo.key === key ? { ...photo, ...to } : photo)));
  }, []);

  const drop = useCallback((...keys: string[]) => {
    for (const key of keys) stops.current.get(key)?.abort();
    setPhotos((now) => now.filter((photo) => !keys.includes(photo.key)));
  }, []);

  const send = useCallback(
    async ({ key, file }: Pick<Sending, 'key' | 'file'>) => {
      const stop = new AbortController();
      stops.current.set(key, stop);
      change(key, { share: 0, error: null });
      try {
        const onProgress = (share: number) => change(key, { share });
        const { object } = await upload(file, { onProgress, signal: stop.signal });
        if (take) {
          take(object);
          drop(key);
        } else change(key, { share: 1, object });
      } catch (thrown) {
        change(key, { error: ApiError.of(thrown) });
      }
    },
    [change, drop, take],
  );

  const add = useCallback(
    (files: File[]) => {
      const fresh = files.map((file) => {
        const preview = URL.createObjectURL(file);
        previews.current.add(preview);
        return { key: crypto.randomUUID(), file, preview, share: 0, object: null, error: null };
      });
      setPhotos((now) => [...now, ...fresh]);
      fresh.forEach(send);
    },
    [send],
  );

  useEffect(() => {
    const [running, shown] = [stops.current, previews.current];
    return () => {
      for (const stop of running.values()) stop.abort();
      for (const preview of shown) URL.revokeObjectURL(preview);
    };
  }, []);

  const busy = photos.some((photo) => !photo.object && !photo.error);
  const objects = [...new Set(photos.flatMap(({ object }) => object ?? []))];
  return { photos, add, drop, retry: send, busy, objects };
}
