import { describe, expect, it } from 'vitest';
import { blocksOf, spansOf } from './markdown';

describe('an answer', () => {
  it('has paragraphs, headings and lists', () => {
    const blocks = blocksOf('# Hooks\nThree to try:\n- One\n- Two\n  goes on\n\nThen:\n\n3. Film\n4. Cut');
    expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'list', 'paragraph', 'list']);
    expect(blocks[2]).toMatchObject({
      ordered: false,
      items: [[{ text: 'One' }], [{ text: 'Two\ngoes on' }]],
    });
    expect(blocks[4]).toMatchObject({
      ordered: true,
      start: 3,
      items: [[{ text: 'Film' }], [{ text: 'Cut' }]],
    });
  });

  it('keeps lists together over an empty line, and lists of two kinds apart', () => {
    expect(blocksOf('- a\n\n- b')).toHaveLength(1);
    expect(blocksOf('- a\n1. b')).toHaveLength(2);
  });

  it('shows code as it is, also while its end is still to come', () => {
    expect(blocksOf('```js\n# not a heading')).toEqual([{ kind: 'code', text: '# not a heading' }]);
  });
});

describe('words', () => {
  it('are bold, slanted, code or a link', () => {
    expect(spansOf('**b** *i* `c` [t](https://a.example/x)')).toEqual([
      { kind: 'strong', text: 'b' },
      { kind: 'text', text: ' ' },
      { kind: 'em', text: 'i' },
      { kind: 'text', text: ' ' },
      { kind: 'code', text: 'c' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 't', href: 'https://a.example/x' },
    ]);
  });

  it('stay text where they are no mark', () => {
    expect(spansOf('2 * 3 * 4 and **open')).toEqual([{ kind: 'text', text: '2 * 3 * 4 and **open' }]);
  });

  it('never become markup or a script', () => {
    const evil = '<img src=x onerror=alert(1)> [x](javascript:alert(1))';
    expect(spansOf(evil)).toEqual([{ kind: 'text', text: evil }]);
  });

  it('end an address before the stop', () => {
    expect(spansOf('See https://a.example/b.')[1]).toEqual({
      kind: 'link',
      text: 'https://a.example/b',
      href: 'https://a.example/b',
    });
  });
});
