import { ActionIcon, SimpleGrid, Text, Textarea, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconBulb, IconListCheck, IconMovie, IconQuote } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Link } from 'react-router';
import classes from './chat.module.css';
import { useBegin } from './useBegin';

const IDEAS = [
  {
    Icon: IconMovie,
    title: 'Plan an ad',
    about: 'From an idea to a brief, together.',
    text: 'Plan an ad with me. It is for ',
  },
  {
    Icon: IconQuote,
    title: 'Write hooks',
    about: 'First lines that make people stop.',
    text: 'Give me three hooks for ',
  },
  {
    Icon: IconBulb,
    title: 'Find an angle',
    about: 'Who buys it, and what moves them.',
    text: 'Who would buy this, and what would convince them? It is ',
  },
];

/** Ways into a conversation: one's own words, or a beginning to complete. */
export function Start() {
  const { begin, busy } = useBegin();
  const [text, setText] = useState('');
  const send = (event?: FormEvent) => {
    event?.preventDefault();
    if (text.trim() && !busy) begin({ text: text.trim(), send: true });
  };
  return (
    <>
      <form className={classes.composer} data-row onSubmit={send}>
        <Textarea
          aria-label="Message"
          placeholder="What do you want to show, and to whom?"
          variant="unstyled"
          rows={1}
          maxLength={4000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) send(event);
          }}
          classNames={{ input: classes.input }}
          flex={1}
        />
        <ActionIcon
          type="submit"
          size={40}
          radius="xl"
          aria-label="Send"
          disabled={!text.trim()}
          loading={busy}
        >
          <IconArrowUp size={20} />
        </ActionIcon>
      </form>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm" component="section" aria-label="Quick actions">
        {IDEAS.map(({ Icon, title, about, text }) => (
          <UnstyledButton
            key={title}
            className={classes.action}
            disabled={busy}
            onClick={() => begin({ text })}
          >
            <Icon size={24} stroke={1.6} aria-hidden />
            <Text fw={600}>{title}</Text>
            <Text size="sm" c="dimmed">
              {about}
            </Text>
          </UnstyledButton>
        ))}
        <UnstyledButton component={Link} to="/create" className={classes.action}>
          <IconListCheck size={24} stroke={1.6} aria-hidden />
          <Text fw={600}>Step by step</Text>
          <Text size="sm" c="dimmed">
            The wizard asks for everything in turn.
          </Text>
        </UnstyledButton>
      </SimpleGrid>
    </>
  );
}
