import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/error';
import { upload } from '@/api/upload';

const MOST = 10;

/** A picture that goes with the next message. `object` is there when it has arrived. */
export type Attachment = {
  id: string;
  file: File;
  preview: string;
  share: number;
  object: string | null;
  error: ApiError | null;
};

/** Pictures are sent as soon as they are added. `refused` says why some of the last ones were not. */
export function useAttachments() {
  const [attachments, setAttachments] = useState<Attachment[]>([]);
  const [refused, setRefused] = useState<string | null>(null);
  const running = useRef(new Map<string, AbortController>());

  const change = useCallback((id: string, facts: Partial<Attachment>) => {
    setAttachments((all) => all.map((each) => (each.id === id ? { ...each, ...facts } : each)));
  }, []);

  const start = useCallback(
    async ({ id, file }: Attachment) => {
      const control = new AbortController();
      running.current.set(id, control);
      change(id, { share: 0, error: null });
      try {
        const onProgress = (share: number) => change(id, { share });
        const { object } = await upload(file, { onProgress, signal: control.signal });
        change(id, { share: 1, object });
      } catch (thrown) {
        if (!control.signal.aborted) change(id, { error: ApiError.of(thrown) });
      } finally {
        running.current.delete(id);
      }
    },
    [change],
  );

  const add = (files: Iterable<File>) => {
    const given = [...files];
    const pictures = given.filter(({ type }) => type.startsWith('image/'));
    const room = Math.max(0, MOST - attachments.length);
    const taken = pictures.slice(0, room).map((file) => ({
      id: crypto.randomUUID(),
      file,
      preview: URL.createObjectURL(file),
      share: 0,
      object: null,
      error: null,
    }));
    if (pictures.length < given.length) setRefused('Only pictures can go with a message.');
    else if (pictures.length > room) setRefused(`A message takes ${MOST} pictures.`);
    else setRefused(null);
    setAttachments((all) => [...all, ...taken]);
    for (const each of taken) start(each);
  };

  const remove = (id: string) => {
    running.current.get(id)?.abort();
    const gone = attachments.find((each) => each.id === id);
    if (gone) URL.revokeObjectURL(gone.preview);
    setAttachments((all) => all.filter((each) => each.id !== id));
    setRefused(null);
  };

  /** They have gone with a message, whose own pictures are shown from now on. */
  const clear = () => setAttachments([]);

  useEffect(() => {
    const still = running.current;
    return () => {
      for (const control of still.values()) control.abort();
    };
  }, []);

  return { attachments, refused, add, remove, retry: start, clear, put: setAttachments };
}
