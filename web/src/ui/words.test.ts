import { describe, expect, it } from 'vitest';
import { meter, said, wordCount } from './words';

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

// The examples of `tests/unit/core/test_word_count.py`.
it.each([
  ['', 0],
  ['  one\n two ', 2],
  ["wow - it's 3.50!", 4],
  ['今日はいい天気です。', 5],
  ['この化粧水、すごい！', 4],
  ['Lumiの美容液 daily', 4],
  ['容光焕发', 2],
  ['ผิวสวยใส', 2],
  ['오늘도 빛나는 피부', 3],
])('%j is spoken in the time of %d words', (text, words) => {
  expect(wordCount(text)).toBe(words);
});
