import { Badge, Group, Stack, Text } from '@mantine/core';
import { useCallback, useState } from 'react';
import { call } from '@/api/call';
import type { Avatar, AvatarAnswer } from '@/api/types';
import { Confirm } from '@/ui/Confirm';
import { AddPhotos } from '../photos/AddPhotos';
import classes from '../photos/Photos.module.css';
import { PhotoTile } from '../photos/PhotoTile';
import { angleLabel, FAULTS } from './words';

/** The reference photos, each with what is known of it. */
export function Photos({
  avatar,
  take,
}: {
  avatar: Avatar;
  take: (asked: Promise<AvatarAnswer>) => Promise<void>;
}) {
  const [leaving, setLeaving] = useState<string | null>(null);
  const { id } = avatar;
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is made anew with each answer, and means the same
  const add = useCallback(
    (images: string[]) => take(call('addAvatarImages', { avatar_id: id, images })),
    [id],
  );
  return (
    <Stack>
      {avatar.reference_images.length > 0 && (
        <ul className={classes.tiles} aria-label="Photos">
          {avatar.reference_images.map((image, index) => {
            const seen = avatar.photos.find((photo) => photo.image === image);
            return (
              <PhotoTile
                key={image}
                name={image}
                alt={`Photo ${index + 1}`}
                remove={avatar.is_system ? undefined : () => setLeaving(image)}
              >
                <Text size="sm" mt={4}>
                  {seen ? angleLabel(seen.angle) : 'Not looked at yet'}
                </Text>
                {seen && seen.faults.length > 0 && (
                  <>
                    <Group gap={4} mt={2}>
                      {seen.faults.map((fault) => (
                        <Badge key={fault} size="sm" radius="sm" color="red.9">
                          {FAULTS[fault]}
                        </Badge>
                      ))}
                    </Group>
                    <Text size="xs" c="dimmed" mt={4}>
                      {seen.advice}
                    </Text>
                  </>
                )}
              </PhotoTile>
            );
          })}
        </ul>
      )}
      {!avatar.is_system && (
        <AddPhotos
          label="Add photos"
          hint="Drop them here or press to choose. Three to ten of one person, alone, in good light."
          add={add}
        />
      )}
      {leaving && (
        <Confirm
          title="Remove this photo?"
          action="Remove it"
          act={() => take(call('removeAvatarImage', { avatar_id: id, image: leaving }))}
          close={() => setLeaving(null)}
        >
          It is not shown to the models any more. Ads that were made with it stay as they are.
        </Confirm>
      )}
    </Stack>
  );
}
