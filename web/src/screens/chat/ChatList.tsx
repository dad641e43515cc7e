import { Button, Skeleton, Stack, Text, Title } from '@mantine/core';
import { limit, orderBy } from 'firebase/firestore';
import { useState } from 'react';
import { Link } from 'react-router';
import { own, useQuery } from '@/api/live';
import type { Chat } from '@/api/types';
import { Ago } from '@/ui/Ago';
import { Loaded } from '@/ui/Loaded';
import { ChatMenu } from './ChatMenu';
import classes from './chat.module.css';

const PAGE = 20;

/** The conversations, those talked in last first. */
export function ChatList() {
  const [count, setCount] = useState(PAGE);
  const live = useQuery<Chat>(() => own('chats', orderBy('updated_at', 'desc'), limit(count)), [count]);
  return (
    <section aria-labelledby="conversations">
      <Title order={2} size="h3" id="conversations" tabIndex={-1} mb="sm">
        Conversations
      </Title>
      <Loaded live={live} skeleton={<Shimmer rows={Math.min(count - PAGE + 4, 12)} />}>
        {(chats) =>
          chats.length === 0 ? (
            <Text c="dimmed">
              None yet. What you and the copilot plan together is kept here, with the ads that came of it.
            </Text>
          ) : (
            <Stack gap="sm">
              <ul className={classes.chats}>
                {chats.map((chat) => (
                  <li key={chat.id}>
                    <Link to={`/chat/${chat.id}`}>
                      <span className={classes.title}>{chat.title}</span>
                      <Text span size="sm" c="dimmed">
                        {chat.answering ? 'An answer is being written' : <Ago time={chat.updated_at} />}
                      </Text>
                    </Link>
                    <ChatMenu
                      chat={chat}
                      onDeleted={() => document.getElementById('conversations')?.focus()}
                    />
                  </li>
                ))}
              </ul>
              {chats.length >= count && (
                <Button variant="default" mx="auto" onClick={() => setCount(count + PAGE)}>
                  Show more
                </Button>
              )}
            </Stack>
          )
        }
      </Loaded>
    </section>
  );
}

function Shimmer({ rows }: { rows: number }) {
  return (
    <Stack gap={6}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={index} h={58} radius="md" />
      ))}
    </Stack>
  );
}
