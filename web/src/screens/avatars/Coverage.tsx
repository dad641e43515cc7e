import { List, Text } from '@mantine/core';
import type { Coverage as Covered } from '@/api/types';
import { MediaImage } from '@/ui/Media';
import classes from './Coverage.module.css';
import { Head } from './Head';
import { ANGLES } from './words';

/** From which sides the photos show the person, and a drawing of each that is not shown yet. */
export function Coverage({ coverage }: { coverage: Covered }) {
  return (
    <>
      <ul className={classes.angles} aria-label="Angles">
        {ANGLES.map(({ angle, label }) => {
          const image = coverage.angles[angle];
          const state = image ? 'covered' : coverage.missing.includes(angle) ? 'missing' : 'optional';
          return (
            <li key={angle} className={classes.angle}>
              <div className={classes.place} data-state={state}>
                {image ? <MediaImage name={image} alt="" ratio={80 / 96} /> : <Head angle={angle} />}
              </div>
              <Text size="sm" fw={600} mt={4}>
                {label}
              </Text>
              <Text size="xs" c="dimmed">
                {state === 'covered' ? 'there' : state === 'missing' ? 'needed' : 'helps'}
              </Text>
            </li>
          );
        })}
      </ul>
      {coverage.advice.length > 0 && (
        <List size="sm" mt="md">
          {coverage.advice.map((advice) => (
            <List.Item key={advice}>{advice}</List.Item>
          ))}
        </List>
      )}
    </>
  );
}
