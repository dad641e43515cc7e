import { Button, CloseButton, Progress, Text } from '@mantine/core';
import { explain } from '@/api/error';
import type { useUploads } from '@/ui/useUploads';
import classes from './chat.module.css';

/** The pictures that go with the next message, and how far each of them is. */
export function Attachments({ uploads }: { uploads: ReturnType<typeof useUploads> }) {
  if (uploads.photos.length === 0) return null;
  return (
    <ul className={classes.attachments} aria-label="Pictures of this message">
      {uploads.photos.map((photo) => {
        const { key, file, preview, share, object, error } = photo;
        return (
          <li key={key}>
            <img src={preview} alt={file.name} data-waiting={object ? undefined : true} />
            <CloseButton
              className={classes.leave}
              variant="default"
              size="sm"
              aria-label={`Leave out ${file.name}`}
              onClick={() => uploads.drop(key)}
            />
            {!object && !error && (
              <Progress
                className={classes.share}
                value={share * 100}
                size="sm"
                aria-label={`Sending ${file.name}`}
              />
            )}
            {error && (
              <Text size="xs" c="var(--mantine-color-error)" role="alert">
                {explain(error).sentence}{' '}
                <Button size="compact-xs" variant="default" onClick={() => uploads.retry(photo)}>
                  Try again
                </Button>
              </Text>
            )}
          </li>
        );
      })}
    </ul>
  );
}
