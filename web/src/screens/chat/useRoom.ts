import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { type Live, useDocument } from '@/api/live';
import type { Avatar, Chat, Message, Product, SendMessage } from '@/api/types';
import { useUploads } from '@/ui/useUploads';
import { useDesk, useDraft } from './desk';
import { pictures } from './pictures';
import { question } from './thread';
import { useSending } from './useSending';

/** What a link to a chat may bring along: text for the composer, or to be sent at once. */
export type Arrival = { text?: string; send?: boolean };

const NONE: Message[] = [];

/** All that a conversation's screen knows and can do. */
export function useRoom(chat: Chat, stored: Message[] | null) {
  const [desk, setDesk] = useDesk(chat.id);
  const [text, setText] = useDraft(chat.id);
  const [refused, setRefused] = useState<string | null>(null);
  const uploads = useUploads();
  const sending = useSending(chat.id, stored ?? NONE);
  const { unsent, late } = sending;
  const avatarId = desk.avatar_id ?? chat.avatar_id;
  const person = useDocument<Avatar>('avatars', avatarId ?? '');
  const product = useDocument<Product>('products', desk.product_id ?? '');

  const send = (request: SendMessage) => {
    const gone = uploads.photos.map(({ key }) => key);
    setText('');
    sending.send(request, () => uploads.drop(...gone));
  };
  const asking = (content: string, attachments: string[]): SendMessage => ({
    chat_id: chat.id,
    request_id: crypto.randomUUID(),
    content,
    attachments,
    ad: desk.settings,
    ...(avatarId && !isGone(person) && { avatar_id: avatarId }),
    ...(desk.product_id && !isGone(product) && { product_id: desk.product_id }),
    ...desk.run,
  });
  const submit = () => send(asking(text.trim(), uploads.objects));
  const again = (answer: Message) => {
    const asked = question(sending.shown, answer);
    if (asked) sending.send(asking(asked.content, asked.attachments), () => {});
  };
  const attach = (files: File[]) => {
    const { taken, refused } = pictures(files, uploads.photos.length);
    setRefused(refused);
    if (taken.length) uploads.add(taken);
  };

  // What did not arrive stands in the composer again, unless something else is there by now.
  const typed = useRef(text);
  typed.current = text;
  useEffect(() => {
    if (unsent && typed.current === '') setText(unsent.request.content);
  }, [unsent, setText]);
  useEffect(() => {
    if (late && typed.current.trim() === late.content) setText('');
  }, [late, setText]);

  const navigate = useNavigate();
  const brought = useLocation().state as Arrival | null;
  const taken = useRef(false);
  useEffect(() => {
    if (taken.current || !stored || !brought?.text) return;
    taken.current = true;
    navigate('.', { replace: true, state: null });
    if (brought.send) send(asking(brought.text, []));
    else setText(brought.text);
  });

  return {
    ...{ desk, setDesk, text, setText, uploads, attach, refused, sending, submit, again },
    retry: () => unsent && send(unsent.request),
    person: person.state === 'ready' ? person.data : null,
    product: product.state === 'ready' ? product.data : null,
  };
}

/** What was chosen may have been deleted since. */
function isGone(live: Live<unknown>): boolean {
  return live.state === 'error' || (live.state === 'ready' && live.data === null);
}
