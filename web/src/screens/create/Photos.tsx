import { ActionIcon, Button, Group, Paper, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { Dropzone, type FileRejection } from '@mantine/dropzone';
import { notifications } from '@mantine/notifications';
import { IconPhotoPlus, IconX } from '@tabler/icons-react';
import { useRef } from 'react';
import { explain } from '@/api/error';
import { MediaImage } from '@/ui/Media';
import { type Sending, usePhotos } from './usePhotos';
import '@mantine/dropzone/styles.css';

/** Photos that an ad is made from: dropped or chosen, sent with their progress, shown with what is to be said of each. */
export function Photos({
  images,
  label,
  hint,
  onAdd,
  onRemove,
  about,
}: {
  images: string[];
  label: string;
  hint: string;
  onAdd: (object: string) => void;
  onRemove: (object: string) => void;
  about?: (object: string) => React.ReactNode;
}) {
  const open = useRef<() => void>(null);
  const { sending, send, drop, again } = usePhotos(onAdd);
  return (
    <Stack gap="sm">
      <Dropzone
        openRef={open}
        onDrop={send}
        onReject={tell}
        accept={['image/jpeg', 'image/png', 'image/webp']}
        inputProps={{ 'aria-label': label }}
        activateOnKeyboard={false}
        activateOnClick={false}
        tabIndex={-1}
        role="group"
        aria-label={label}
        bg="var(--surface-sunken)"
      >
        <Group justify="center" gap="md" mih={88}>
          <IconPhotoPlus size={32} stroke={1.5} aria-hidden />
          <div>
            <Text fw={600}>Drop photos here</Text>
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          </div>
          <Button variant="default" onClick={() => open.current?.()}>
            Choose photos
          </Button>
        </Group>
      </Dropzone>
      {images.length + sending.length > 0 && (
        <SimpleGrid cols={{ base: 2, xs: 3, md: 4 }} component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
          {images.map((image, at) => (
            <Paper component="li" key={image} withBorder p={6} bg="var(--surface)">
              <div style={{ position: 'relative' }}>
                <MediaImage name={image} alt={`${label}, ${at + 1}`} ratio={1} />
                <ActionIcon
                  variant="default"
                  radius="xl"
                  style={{ position: 'absolute', top: 6, right: 6 }}
                  aria-label={`Remove photo ${at + 1}`}
                  onClick={() => onRemove(image)}
                >
                  <IconX size={16} />
                </ActionIcon>
              </div>
              {about?.(image)}
            </Paper>
          ))}
          {sending.map((one) => (
            <OnItsWay key={one.key} one={one} drop={() => drop(one.key)} again={() => again(one)} />
          ))}
        </SimpleGrid>
      )}
    </Stack>
  );
}

function OnItsWay({ one, drop, again }: { one: Sending; drop: () => void; again: () => void }) {
  const { file, share, error } = one;
  return (
    <Paper component="li" withBorder p="sm" bg="var(--surface)">
      <Stack justify="space-between" h="100%" gap="xs">
        <Text size="sm" truncate>
          {file.name}
        </Text>
        {error ? (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {explain(error).sentence}
          </Text>
        ) : (
          <Progress value={share * 100} aria-label={`Sending ${file.name}`} animated={share === 1} />
        )}
        <Group gap="xs">
          {error && (
            <Button size="compact-sm" variant="default" onClick={again}>
              Try again
            </Button>
          )}
          <Button size="compact-sm" variant="subtle" color="gray" onClick={drop}>
            {error ? 'Leave it out' : 'Stop'}
          </Button>
        </Group>
      </Stack>
    </Paper>
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
