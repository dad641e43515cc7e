import { AspectRatio, Skeleton } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { forgetMedia, type Size, useMediaUrl } from '@/api/media';
import classes from './Media.module.css';

/** `name` is a stored object's (or null); `url` an address that an operation answered with. `ratio` is width by height. */
type Source = { name?: string | null; url?: string | null; ratio?: number };

/** A stored picture, as large as it shows. Its place is there before it is. */
export function MediaImage({
  name = null,
  url,
  size = 'card',
  alt,
  ratio = 9 / 16,
}: Source & { size?: Size; alt: string }) {
  return (
    <Frame name={name} url={url} size={size} ratio={ratio} alt={alt}>
      {(src, failed) => <img src={src} alt={alt} loading="lazy" decoding="async" onError={failed} />}
    </Frame>
  );
}

/** A stored film with the browser's controls; `poster` is a stored picture's name. */
export function MediaVideo({
  name = null,
  url,
  poster = null,
  posterSize = 'film',
  label,
  ratio = 9 / 16,
}: Source & {
  poster?: string | null;
  posterSize?: Size;
  label: string;
}) {
  const still = useMediaUrl(poster, posterSize);
  return (
    <Frame name={name} url={url} size="whole" ratio={ratio} alt={label}>
      {(src, failed) => (
        // biome-ignore lint/a11y/useMediaCaption: captions are burnt into the film
        <video
          src={src}
          poster={still ?? undefined}
          controls
          playsInline
          preload="metadata"
          aria-label={label}
          onError={failed}
        />
      )}
    </Frame>
  );
}

function Frame({
  name = null,
  url,
  size,
  ratio,
  alt,
  children,
}: Source & {
  size: Size;
  alt: string;
  children: (src: string, failed: () => void) => ReactNode;
}) {
  const [wholeOf, setWholeOf] = useState<string | null>(null);
  const [broken, setBroken] = useState<string | null>(null);
  const fetched = useMediaUrl(url ? null : name, wholeOf === name ? 'whole' : size);
  const src = url ?? fetched;
  const failed = () => {
    if (name) forgetMedia(name); // it may have run out; the next look fetches another
    // The address of a small copy outlives its picture. Where that was sent again since, the whole one shows it.
    if (name && size !== 'whole' && wholeOf !== name) setWholeOf(name);
    else setBroken(src ?? null);
  };
  return (
    <AspectRatio ratio={ratio} className={classes.frame}>
      {src === undefined ? (
        <Skeleton radius={0} />
      ) : src === null || src === broken ? (
        <div className={classes.none} role="img" aria-label={`${alt}, not available`}>
          <IconPhotoOff size={28} stroke={1.5} />
        </div>
      ) : (
        children(src, failed)
      )}
    </AspectRatio>
  );
}
