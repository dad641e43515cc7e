import { describe, expect, it } from 'vitest';
import { meter, said } from './words';

describe('the word meter', () => {
  it.each([
    ['', 10, 0, 0, '0 of 10 words'],
    ['  one\n two ', 4, 0.5, 0, '2 of 4 words'],
    ['one two three', 2, 1, 1, '3 of 2 words: 1 too many to be spoken in time'],
  ])('of %j with room for %d', (text, most, share, over, told) => {
    const now = meter(text, most);
    expect([now.share, now.over, said(now)]).toEqual([share, over, told]);
  });
});
