import { describe, expect, it } from 'vitest';
import { pictures } from './pictures';

const file = (name: string, type: string) => new File(['x'], name, { type });
const photos = (count: number) => Array.from({ length: count }, (_, i) => file(`${i}.jpg`, 'image/jpeg'));

describe('pictures of a message', () => {
  it('are all taken where there is room', () => {
    expect(pictures(photos(3), 7)).toMatchObject({ taken: { length: 3 }, refused: null });
  });
  it('leave other files out, and say so', () => {
    const { taken, refused } = pictures([...photos(1), file('a.pdf', 'application/pdf')], 0);
    expect(taken).toHaveLength(1);
    expect(refused).toContain('Only pictures');
  });
  it('are ten at most', () => {
    expect(pictures(photos(3), 9)).toMatchObject({
      taken: { length: 1 },
      refused: 'A message takes 10 pictures.',
    });
  });
});
