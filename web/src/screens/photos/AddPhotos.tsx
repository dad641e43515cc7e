import { useEffect, useRef, useState } from 'react';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';

/** Photos that are added to something that is kept, all those that were dropped together in one go. */
export function AddPhotos({
  label,
  hint,
  add,
}: {
  label: string;
  hint: string;
  add: (objects: string[]) => Promise<void>;
}) {
  const uploads = useUploads();
  const { photos, busy, drop } = uploads;
  const [error, setError] = useState<ApiError | null>(null);
  const adding = useRef(false);
  useEffect(() => {
    const ready = photos.filter(({ object }) => object);
    if (busy || ready.length === 0 || adding.current) return;
    adding.current = true;
    setError(null);
    add(ready.flatMap(({ object }) => object ?? []))
      .catch((thrown) => setError(ApiError.of(thrown)))
      .finally(() => {
        adding.current = false;
        drop(...ready.map(({ key }) => key));
      });
  }, [photos, busy, add, drop]);
  return (
    <div>
      <PhotoDrop uploads={uploads} label={label} hint={hint} />
      {error && (
        <div style={{ marginTop: 12 }}>
          <FailureNote error={error} onClose={() => setError(null)} />
        </div>
      )}
    </div>
  );
}
