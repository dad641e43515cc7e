import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { type ReactNode, useEffect, useRef } from 'react';

/** One step: its question, its body, and the way on and back. It is read from its heading on. */
export function StepFrame({
  title,
  about,
  onBack,
  next,
  aside,
  children,
}: {
  title: string;
  about: ReactNode;
  onBack?: () => void;
  /** The way on. */
  next?: ReactNode;
  /** What stands beside it: the price as it is now. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, []);
  return (
    <Stack gap="lg">
      <div>
        <Title order={2} ref={heading} tabIndex={-1} style={{ outline: 'none' }}>
          {title}
        </Title>
        <Text c="dimmed" maw={640}>
          {about}
        </Text>
      </div>
      {children}
      {(onBack || next) && (
        <Group
          justify="space-between"
          gap="sm"
          pt="md"
          style={{ borderTop: '1px solid var(--line)' }}
          wrap="wrap-reverse"
        >
          {onBack ? (
            <Button
              variant="subtle"
              color="gray"
              c="var(--mantine-color-text)"
              leftSection={<IconArrowLeft size={18} />}
              onClick={onBack}
            >
              Back
            </Button>
          ) : (
            <span />
          )}
          <Group gap="md" justify="flex-end">
            {aside}
            {next}
          </Group>
        </Group>
      )}
    </Stack>
  );
}
