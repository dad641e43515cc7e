import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { MediaImage } from '@/ui/Media';
import classes from './Photos.module.css';

/** A photo that is kept, what is known of it, and a way to remove it where there is one. */
export function PhotoTile({
  name,
  alt,
  remove,
  children,
}: {
  name: string;
  alt: string;
  remove?: () => void;
  children?: ReactNode;
}) {
  return (
    <li className={classes.tile}>
      <MediaImage name={name} alt={alt} ratio={3 / 4} />
      {remove && (
        <CloseButton
          className={classes.remove}
          variant="default"
          aria-label={`Remove ${alt.toLowerCase()}`}
          onClick={remove}
        />
      )}
      {children}
    </li>
  );
}
