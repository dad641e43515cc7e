import { SimpleGrid, Text } from '@mantine/core';
import { IconPlus, IconUser } from '@tabler/icons-react';
import type { Coverage, ReferenceAngle } from '@/api/types';
import { MediaImage } from '@/ui/Media';
import classes from './Cards.module.css';

const ANGLES: Record<ReferenceAngle, string> = {
  left_profile: 'Left side',
  three_quarter_left: 'Half left',
  front: 'Front',
  three_quarter_right: 'Half right',
  right_profile: 'Right side',
  back: 'Behind',
};

/** The person once around: which photo stands for each angle, and which are missing. */
export function Angles({ coverage }: { coverage: Coverage }) {
  return (
    <SimpleGrid
      component="ul"
      cols={{ base: 3, sm: 6 }}
      spacing="xs"
      p={0}
      m={0}
      style={{ listStyle: 'none' }}
      aria-label="Angles"
    >
      {(Object.keys(ANGLES) as ReferenceAngle[]).map((angle) => {
        const photo = coverage.angles[angle];
        const wanted = coverage.missing.includes(angle);
        const Mark = wanted ? IconPlus : IconUser;
        return (
          <li key={angle}>
            {photo ? (
              <MediaImage name={photo} alt={`${ANGLES[angle]}, a photo`} ratio={4 / 5} />
            ) : (
              <div className={classes.angle} data-wanted={wanted || undefined}>
                <Mark size={24} stroke={1.5} aria-hidden />
              </div>
            )}
            <Text size="sm" ta="center" mt={4}>
              {ANGLES[angle]}
              {!photo && (
                <Text span inherit c="dimmed">
                  {wanted ? ', missing' : ', none'}
                </Text>
              )}
            </Text>
          </li>
        );
      })}
    </SimpleGrid>
  );
}
