import { Text } from '@mantine/core';
import { Link } from 'react-router';
import { MediaImage } from '@/ui/Media';
import classes from './Photos.module.css';

/** A person or a product on the shelf. */
export function ShelfCard({
  to,
  name,
  about,
  thumbnail,
  images,
  hasDna,
}: {
  to: string;
  name: string;
  about: string;
  thumbnail: string | null;
  images: number;
  hasDna: boolean;
}) {
  const photos = images === 1 ? '1 photo' : `${images} photos`;
  return (
    <li>
      <article className={classes.card}>
        <MediaImage url={thumbnail} alt="" ratio={1} />
        <div className={classes.words}>
          <Link to={to} className={classes.title}>
            {name}
          </Link>
          {about && (
            <Text size="sm" lineClamp={1}>
              {about}
            </Text>
          )}
          <Text size="xs" c="dimmed">
            {photos}, {hasDna ? 'looks described' : 'looks not described yet'}
          </Text>
        </div>
      </article>
    </li>
  );
}
