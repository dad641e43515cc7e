import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { IconArrowDown } from '@tabler/icons-react';
import { useEffect } from 'react';
import type { Message } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import classes from './chat.module.css';
import { MessageView } from './MessageView';
import type { useMessages } from './useMessages';
import { useStick } from './useStick';

/** What was said so far. It follows its end for whoever is there. */
export function Thread({
  messages: { stored, failed, earlier },
  shown,
  again,
}: {
  messages: ReturnType<typeof useMessages>;
  shown: Message[];
  again: (answer: Message) => void;
}) {
  const last = shown.at(-1);
  const { scroller, content, unseen, toEnd } = useStick(`${last?.id}/${last?.content.length}`);
  const brokeOff = last && (last.state === 'failed' || last.state === 'stopped') ? last.id : null;
  // Whoever sends something wants to see what becomes of it.
  const asked = shown.findLast(({ role }) => role === 'user')?.id.startsWith('sent-');
  useEffect(() => {
    if (asked) toEnd();
  }, [asked, toEnd]);
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <div ref={scroller} className={classes.scroller} tabIndex={0} role="log" aria-label="Messages">
        <div ref={content} className={classes.thread}>
          {earlier && (
            <Button variant="default" size="compact-sm" mx="auto" onClick={earlier}>
              Show earlier messages
            </Button>
          )}
          {failed && <FailureNote error={failed.error} onAction={failed.again} />}
          {!stored && !failed && <Shimmer />}
          {stored && shown.length === 0 && <Nothing />}
          {shown.map((message) => (
            <MessageView
              key={message.id}
              message={message}
              again={message.id === brokeOff ? again : undefined}
            />
          ))}
        </div>
      </div>
      {unseen && (
        <Button
          className={classes.unseen}
          size="compact-md"
          radius="xl"
          leftSection={<IconArrowDown size={16} aria-hidden />}
          onClick={() => toEnd('smooth')}
        >
          New messages
        </Button>
      )}
    </div>
  );
}

function Nothing() {
  return (
    <Stack align="center" ta="center" py="xl" gap={4}>
      <Text fw={600}>Tell the copilot about your product</Text>
      <Text c="dimmed" maw={440}>
        Ask for ideas, hooks or a script. When a product and a person are chosen, say “make the video”: it
        names the price, then starts.
      </Text>
    </Stack>
  );
}

function Shimmer() {
  return (
    <Stack aria-busy="true">
      <Skeleton h={44} w="50%" ml="auto" radius="lg" />
      <Skeleton h={90} w="75%" radius="lg" />
    </Stack>
  );
}
