import { describe, expect, it } from 'vitest';
import type { Message } from '@/api/types';
import { mode, question, type Sent, thread, writing } from './thread';

const at = (second: number) => `2026-11-20T12:00:0${second}.000Z`;
const message = (id: string, second: number, more: Partial<Message> = {}): Message => ({
  id,
  chat_id: 'c',
  role: 'user',
  content: id,
  state: 'complete',
  attachments: [],
  intent: null,
  job_id: null,
  error: null,
  created_at: at(second),
  updated_at: at(second),
  ...more,
});
const before = [message('hi', 1), message('hello', 2, { role: 'assistant' })];
const sent: Sent = {
  request_id: 'r',
  content: 'hi',
  attachments: [],
  at: at(3),
  known: before.map(({ id }) => id),
};

describe('a conversation', () => {
  it('shows what was sent at once, with an answer to come', () => {
    const shown = thread(before, sent, null);
    expect(shown.map(({ role, content }) => `${role}: ${content}`).slice(2)).toEqual([
      'user: hi',
      'assistant: ',
    ]);
    expect(writing(shown)?.id).toBe('answer-r');
  });

  it('shows it once when the store has it, also the same words again', () => {
    const stored = [...before, message('u', 3, { content: 'hi' })];
    const shown = thread(stored, sent, { id: 'a', text: 'Well' });
    expect(shown.map(({ id }) => id)).toEqual(['hi', 'hello', 'u', 'a']);
    expect(question(shown, shown[3] as Message)?.id).toBe('u');
    const answer = message('a', 4, { role: 'assistant', state: 'streaming', content: 'We' });
    expect(thread([...stored, answer], sent, null).map(({ id }) => id)).toEqual(['hi', 'hello', 'u', 'a']);
  });

  it('has every word that was heard, until the answer is kept', () => {
    const streaming = message('a', 4, { role: 'assistant', state: 'streaming', content: 'We' });
    const heard = { id: 'a', text: 'Well, then' };
    expect(thread([...before, streaming], null, heard)[2]?.content).toBe('Well, then');
    const stopped = { ...streaming, state: 'stopped' as const };
    expect(thread([...before, stopped], null, heard)[2]?.content).toBe('We');
  });
});

describe('the mode', () => {
  const answered = (intent: Message['intent']) => [message('a', 2, { role: 'assistant', intent })];
  it.each([
    [answered('CHAT'), false, false, 'chat', 'Chat mode'],
    [answered('VIDEO_NEEDS_INPUT'), false, false, 'needs', 'Add product and person'],
    [answered('VIDEO_NEEDS_INPUT'), true, false, 'needs', 'Add person'],
    [answered('VIDEO_NEEDS_INPUT'), true, true, 'ready', 'Ready to generate'],
    [answered('VIDEO_READY'), true, true, 'ready', 'Ready to generate'],
    [[], true, true, 'ready', 'Ready to generate'],
  ] as const)('is what was meant, and what is chosen', (shown, product, person, state, words) => {
    expect(mode(shown, product, person)).toEqual({ state, words });
  });
});
