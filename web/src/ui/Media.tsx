import { AspectRatio, Skeleton } from '@mantine/core';
import { IconPhotoOff } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { forgetMedia, useMediaUrl } from '@/api/media';
import classes from './Media.module.css';

/** `name` is a stored object's (or null); `url` an address that an operation answered with. `ratio` is width by height. */
type Source = { name?: string | null; url?: string | null; ratio?: number };

/** A stored picture. Its place is there before it is. */
export function MediaImage({ name = null, url, alt, ratio = 9 / 16 }: Source & { alt: string }) {
  return (
    <Frame name={name} url={url} ratio={ratio} alt={alt}>
      {(src, failed) => <img src={src} alt={alt} loading="lazy" decoding="async" onError={failed} />}
    </Frame>
  );
}

/** A stored film with the browser's controls; `poster` is a stored picture's name. */
export function MediaVideo({
  name = null,
  url,
  poster = null,
  label,
  ratio = 9 / 16,
}: Source & {
  poster?: string | null;
  label: string;
}) {
  const still = useMediaUrl(poster);
  return (
    <Frame name={name} url={url} ratio={ratio} alt={label}>
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
  ratio,
  alt,
  children,
}: Source & {
  alt: string;
  children: (src: string, failed: () => void) => ReactNode;
}) {
  const fetched = useMediaUrl(url ? null : name);
  const src = url ?? fetched;
  const [broken, setBroken] = useState<string | null>(null);
  const failed = () => {
    if (name) forgetMedia(name); // it may have run out; the next look fetches another
    setBroken(src ?? null);
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
