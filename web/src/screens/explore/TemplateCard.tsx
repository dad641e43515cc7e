import { Button, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import type { Template } from '@/api/types';
import classes from './Explore.module.css';
import { about, partsOf } from './templates';

/** A template with its scenes drawn to scale. */
export function TemplateCard({ template }: { template: Template }) {
  const { id, title, brief } = template;
  return (
    <li className={classes.template}>
      <ol className={classes.parts} aria-label={`Scenes of ${title}`}>
        {partsOf(brief).map(({ kind, seconds }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: scenes have no other name
          <li key={index} style={{ flexGrow: seconds }}>
            {kind}
            <span>{seconds} s</span>
          </li>
        ))}
      </ol>
      <Title order={3}>{title}</Title>
      <Text size="sm" flex={1}>
        {template.about}
      </Text>
      <Text size="sm" c="dimmed">
        {about(brief)}
      </Text>
      <Button component={Link} to={`/create?template=${id}`} variant="light" aria-label={`Use it: ${title}`}>
        Use it
      </Button>
    </li>
  );
}
