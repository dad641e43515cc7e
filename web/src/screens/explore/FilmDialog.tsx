import { Button, Group, Modal, Stack } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { Draft, Example } from '@/api/types';
import { MediaVideo } from '@/ui/Media';

const RATIOS: Record<Example['aspect_ratio'], number> = { '9:16': 9 / 16, '1:1': 1, '16:9': 16 / 9 };

/** A film to look at, and the way to one of the same make. */
export default function FilmDialog({ example, close }: { example: Example; close: () => void }) {
  const { title, platform, style, aspect_ratio } = example;
  const brief: Draft = { platform, style, aspect_ratio };
  const ratio = RATIOS[aspect_ratio];
  return (
    <Modal opened onClose={close} title={title} size={ratio < 1 ? 400 : 'lg'} centered>
      <Stack>
        <div style={{ width: `min(100%, calc(68dvh * ${ratio}))`, margin: '0 auto' }}>
          <MediaVideo url={example.video} label={title} ratio={ratio} />
        </div>
        <Group justify="flex-end">
          <Button
            component={Link}
            to="/create"
            state={{ brief }}
            leftSection={<IconSparkles size={16} aria-hidden />}
          >
            Make one like this
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
