// What a conversation shows: the messages of the store, and over them what is known sooner.
import type { Message } from '@/api/types';

/** A message that was sent, until the store has it. `known` are the messages that were there before. */
export type Sent = {
  request_id: string;
  content: string;
  attachments: string[];
  at: string;
  known: readonly string[];
};

/** What is heard of an answer, before the store has it. */
export type Heard = { id: string; text: string };

/** The stored message that a sent one has become. */
export function arrival(sent: Sent, stored: readonly Message[]): Message | undefined {
  return stored.find(
    ({ id, role, content }) => role === 'user' && content === sent.content && !sent.known.includes(id),
  );
}

/** Oldest first. A message that was just sent stands there at once, and its answer has every word that was heard. */
export function thread(stored: readonly Message[], sent: Sent | null, heard: Heard | null): Message[] {
  const shown = stored.map((message) =>
    message.id === heard?.id && message.state === 'streaming' && heard.text.length > message.content.length
      ? { ...message, content: heard.text }
      : message,
  );
  if (!sent) return shown;
  const arrived = arrival(sent, stored);
  if (!arrived) shown.push(made(sent, `sent-${sent.request_id}`, 'user', sent.content, 'complete'));
  const answered = heard
    ? shown.some(({ id }) => id === heard.id)
    : arrived &&
      shown.some(({ role, created_at }) => role === 'assistant' && created_at > arrived.created_at);
  if (!answered) {
    shown.push(
      made(sent, heard?.id ?? `answer-${sent.request_id}`, 'assistant', heard?.text ?? '', 'streaming'),
    );
  }
  return shown;
}

function made(
  sent: Sent,
  id: string,
  role: Message['role'],
  content: string,
  state: Message['state'],
): Message {
  const attachments = role === 'user' ? sent.attachments : [];
  const rest = { intent: null, job_id: null, error: null, created_at: sent.at, updated_at: sent.at };
  return { id, chat_id: '', role, content, state, attachments, ...rest };
}

/** The answer that is being written, by whoever asked for it. */
export function writing(shown: readonly Message[]): Message | undefined {
  return shown.findLast(({ state }) => state === 'streaming');
}

/** The question that an answer belongs to. */
export function question(shown: readonly Message[], answer: Message): Message | undefined {
  const at = shown.findIndex(({ id }) => id === answer.id);
  return shown.slice(0, Math.max(at, 0)).findLast(({ role }) => role === 'user');
}

export type Mode = { state: 'chat' | 'needs' | 'ready'; words: string };

/** What a chat is at: what the last answer took the message for, and what has been chosen since. */
export function mode(shown: readonly Message[], product: boolean, person: boolean): Mode {
  const intent = shown.findLast(({ intent }) => intent !== null)?.intent;
  const wanted = [...(product ? [] : ['product']), ...(person ? [] : ['person'])].join(' and ');
  if (intent === 'VIDEO_NEEDS_INPUT' && wanted) return { state: 'needs', words: `Add ${wanted}` };
  if (!wanted) return { state: 'ready', words: 'Ready to generate' };
  return { state: 'chat', words: 'Chat mode' };
}
