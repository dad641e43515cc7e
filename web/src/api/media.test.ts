import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { call } from './call';
import { forgetMedia, mediaUrl } from './media';

vi.mock('./call', () => ({ call: vi.fn() }));
const asked = vi.mocked(call);
/** What was asked for, of each call. */
const requests = () => asked.mock.calls.map(([, request]) => request);

beforeEach(() => {
  vi.useFakeTimers();
  asked.mockReset();
  asked.mockImplementation(async (_, request) => {
    const { objects, width } = request as { objects: string[]; width: number | null };
    return { urls: Object.fromEntries(objects.map((name) => [name, `${width ?? 'whole'}/${name}`])) };
  });
});
afterEach(() => {
  forgetMedia();
  vi.useRealTimers();
});

async function shown(...urls: ReturnType<typeof mediaUrl>[]) {
  await vi.advanceTimersByTimeAsync(20);
  return Promise.all(urls);
}

it('asks at once for all that show at a size, and remembers each size apart', async () => {
  const first = shown(mediaUrl('a', 'card'), mediaUrl('b', 'card'), mediaUrl('a', 'line'), mediaUrl('a'));
  expect(await first).toEqual(['480/a', '480/b', '200/a', 'whole/a']);
  expect(requests()).toEqual([
    { objects: ['a', 'b'], width: 480 },
    { objects: ['a'], width: 200 },
    { objects: ['a'], width: null },
  ]);
  expect(await shown(mediaUrl('a', 'card'), mediaUrl('a'))).toEqual(['480/a', 'whole/a']);
  expect(asked).toHaveBeenCalledTimes(3);
  vi.advanceTimersByTime(11 * 60_000);
  await shown(mediaUrl('a', 'card'));
  expect(asked).toHaveBeenCalledTimes(4);
});

it('forgets every size of what has run out', async () => {
  await shown(mediaUrl('a', 'card'), mediaUrl('a', 'film'), mediaUrl('b', 'film'));
  forgetMedia('a');
  await shown(mediaUrl('a', 'card'), mediaUrl('a', 'film'), mediaUrl('b', 'film'));
  expect(requests().slice(2)).toEqual([
    { objects: ['a'], width: 480 },
    { objects: ['a'], width: 720 },
  ]);
});

it('asks for a hundred in a call, and again for those that could not be had', async () => {
  asked.mockRejectedValueOnce(new Error('away'));
  const names = Array.from({ length: 150 }, (_, index) => `n${index}`);
  const urls = await shown(...names.map((name) => mediaUrl(name, 'line')));
  expect([urls[0], urls[99], urls[100]]).toEqual([null, null, '200/n100']);
  expect(await shown(mediaUrl('n0', 'line'), mediaUrl('n100', 'line'))).toEqual(['200/n0', '200/n100']);
  expect(asked).toHaveBeenCalledTimes(3);
});
