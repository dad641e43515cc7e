import { limit, orderBy } from 'firebase/firestore';
import { useEffect, useMemo, useState } from 'react';
import { below, useQuery } from '@/api/live';
import type { Message } from '@/api/types';

const PAGE = 50;

/** The end of a conversation as the store has it, oldest first. What is known stays while earlier ones are fetched. */
export function useMessages(chatId: string) {
  const [count, setCount] = useState(PAGE);
  const live = useQuery<Message>(
    () => below(['chats', chatId, 'messages'], orderBy('created_at', 'desc'), limit(count)),
    [chatId, count],
  );
  const [kept, setKept] = useState<Message[] | null>(null);
  const found = useMemo(() => (live.state === 'ready' ? live.data.toReversed() : null), [live]);
  useEffect(() => {
    if (found) setKept(found);
  }, [found]);
  const stored = found ?? kept;
  return {
    stored,
    failed: live.state === 'error' ? live : null,
    earlier: stored && stored.length >= count ? () => setCount(count + PAGE) : null,
  };
}
