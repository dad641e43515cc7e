import { Button, CopyButton, Group, Text, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { meter, said } from '@/ui/words';
import { Nothing, Rows } from './Rows';
import classes from './Rows.module.css';
import { asText, headOf, lengthOf } from './script';
import type { Ad } from './useNear';

/** The library as scripts. */
export function Component() {
  return <Rows view="script" Shown={Script} />;
}

function Script({ job, scenes }: Ad) {
  if (!job.script) return <Nothing>Its script is not written.</Nothing>;
  const title = job.title || job.product_name;
  return (
    <>
      <Group justify="space-between" gap="xs" mb="sm">
        <Text size="sm" c="dimmed">
          {lengthOf(scenes)}
        </Text>
        <CopyButton value={asText(title, scenes)}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />}
              onClick={copy}
            >
              {copied ? 'Copied' : 'Copy'}
              <VisuallyHidden>&nbsp;the script of {title}</VisuallyHidden>
            </Button>
          )}
        </CopyButton>
      </Group>
      <ol className={classes.scenes}>
        {scenes.map((scene) => (
          <li key={scene.number}>
            <Text size="xs" c="dimmed">
              {headOf(scene)} · {said(meter(scene.dialogue, scene.planned.max_words))}
            </Text>
            <Text size="sm" mt={2}>
              {scene.dialogue ? `“${scene.dialogue}”` : 'Nothing is said.'}
            </Text>
          </li>
        ))}
      </ol>
    </>
  );
}
