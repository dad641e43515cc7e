import { Button, CloseButton, Group, Progress, Stack, Text } from '@mantine/core';
import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconPhotoPlus } from '@tabler/icons-react';
import { useRef } from 'react';
import { explain } from '@/api/error';
import classes from './PhotoDrop.module.css';
import type { useUploads } from './useUploads';
import '@mantine/dropzone/styles.css';

/** Where photos are dropped or chosen, and how far each of them is. */
export function PhotoDrop({
  uploads,
  label,
  hint,
}: {
  uploads: ReturnType<typeof useUploads>;
  label: string;
  hint: string;
}) {
  const { photos, add, drop, retry } = uploads;
  const choose = useRef<() => void>(null);
  return (
    <div>
      <Dropzone
        openRef={choose}
        onDrop={add}
        onReject={tell}
        accept={['image/jpeg', 'image/png', 'image/webp']}
        className={classes.zone}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        inputProps={{ 'aria-label': label }}
      >
        <Group gap="md" wrap="nowrap">
          <IconPhotoPlus size={32} stroke={1.5} aria-hidden />
          <Stack gap={6}>
            <Button variant="light" size="xs" onClick={() => choose.current?.()} w="fit-content">
              {label}
            </Button>
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          </Stack>
        </Group>
      </Dropzone>
      {photos.length > 0 && (
        <ul className={classes.row} aria-label="Photos on their way">
          {photos.map((photo) => {
            const { key, file, preview, share, object, error } = photo;
            return (
              <li key={key}>
                <div className={classes.photo} data-waiting={object ? undefined : true}>
                  <img src={preview} alt={file.name} />
                  <CloseButton
                    className={classes.close}
                    variant="default"
                    size="sm"
                    aria-label={`Leave out ${file.name}`}
                    onClick={() => drop(key)}
                  />
                  {!object && !error && (
                    <Progress
                      className={classes.bar}
                      value={share * 100}
                      size="sm"
                      aria-label={`Sending ${file.name}`}
                    />
                  )}
                </div>
                {error && (
                  <Text size="xs" c="var(--mantine-color-error)" role="alert" mt={4}>
                    {explain(error).sentence}
                    <Button size="compact-xs" variant="default" mt={4} onClick={() => retry(photo)}>
                      Try again
                    </Button>
                  </Text>
                )}
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

function tell(refused: FileRejection[]) {
  notifications.show({
    color: 'red',
    withBorder: true,
    role: 'alert',
    title: 'Not taken',
    message: `${refused.map(({ file }) => file.name).join(', ')}: send JPEG, PNG or WebP pictures.`,
  });
}
