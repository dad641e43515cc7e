import { useEffect, useRef, useState } from 'react';
import { call, stream } from '@/api/call';
import { ApiError } from '@/api/error';
import type { Message, SendMessage } from '@/api/types';
import { tried } from '@/ui/undo';
import { arrival, type Heard, type Sent, thread, writing } from './thread';

export type Unsent = { request: SendMessage; error: ApiError; sent: Sent };

/** Sending in a chat. `shown` is the conversation as it is known; `unsent` a message that did not arrive.
 * An answer whose stream is lost goes on as the store tells it. */
export function useSending(chatId: string, stored: readonly Message[]) {
  const [sent, setSent] = useState<Sent | null>(null);
  const [heard, setHeard] = useState<Heard | null>(null);
  const [unsent, setUnsent] = useState<Unsent | null>(null);
  const hangUp = useRef<AbortController | null>(null);
  const shown = thread(stored, sent, heard);
  const answer = writing(shown);

  /** `accepted` runs as soon as the message is kept. */
  const send = async (request: SendMessage, accepted: () => void) => {
    const { request_id, content, attachments = [] } = request;
    const known = stored.map(({ id }) => id);
    const message = { request_id, content, attachments, at: new Date().toISOString(), known };
    const control = new AbortController();
    hangUp.current = control;
    setUnsent(null);
    setHeard(null);
    setSent(message);
    let arrived = false;
    try {
      await stream(
        'sendMessage',
        request,
        (event) => {
          if (event.event === 'user_message') {
            arrived = true;
            accepted();
            setHeard({ id: event.answer_id, text: '' });
          } else if (event.event === 'stream') {
            setHeard((now) => now && { ...now, text: now.text + event.content });
          }
        },
        control.signal,
      );
    } catch (thrown) {
      if (!arrived) {
        setSent(null);
        setUnsent({ request, error: ApiError.of(thrown), sent: message });
      }
    }
  };

  /** Whoever writes it hears of it at once; what has come is kept. */
  const stop = () => {
    hangUp.current?.abort();
    const id = heard?.id ?? stored.find(({ state }) => state === 'streaming')?.id;
    if (id) tried(() => call('stopMessage', { chat_id: chatId, message_id: id }));
  };

  useEffect(() => {
    const kept = heard && stored.find(({ id }) => id === heard.id);
    if (kept && kept.state !== 'streaming') {
      setHeard(null);
      setSent(null);
    }
  }, [stored, heard]);

  // It did arrive, only its echo was lost.
  const late = unsent ? arrival(unsent.sent, stored) : undefined;
  useEffect(() => {
    if (late) setUnsent(null);
  }, [late]);

  return { shown, answer, unsent, late, send, stop, dismiss: () => setUnsent(null) };
}
