// As much Markdown as a copilot's answer has: paragraphs, headings, lists, code, bold, italics and links. The result is
// data that is drawn as text, so that nothing in an answer can become markup.

export type Span =
  | { kind: 'text' | 'strong' | 'em' | 'code'; text: string }
  | { kind: 'link'; text: string; href: string };

export type Block =
  | { kind: 'paragraph'; spans: Span[] }
  | { kind: 'heading'; spans: Span[] }
  | { kind: 'list'; ordered: boolean; start: number; items: Span[][] }
  | { kind: 'code'; text: string };

const FENCE = /^\s*```/;
const HEADING = /^#{1,6}\s+/;
const BULLET = /^\s*[-*+]\s+/;
const NUMBER = /^\s*(\d{1,9})[.)]\s+/;
const SPAN =
  /`([^`\n]+)`|\*\*(\S(?:[^\n]*?\S)?)\*\*|\*(\S(?:[^*\n]*?\S)?)\*|\[([^\]\n]+)\]\((https?:\/\/[^\s)]+)\)|(https?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?])/g;

export function blocksOf(markdown: string): Block[] {
  const blocks: Block[] = [];
  const lines = markdown.replaceAll('\r\n', '\n').split('\n');
  for (let at = 0; at < lines.length; ) {
    const line = lines[at] ?? '';
    if (FENCE.test(line)) {
      const from = ++at;
      while (at < lines.length && !FENCE.test(lines[at] ?? '')) at++;
      blocks.push({ kind: 'code', text: lines.slice(from, at++).join('\n') });
    } else if (HEADING.test(line)) {
      blocks.push({ kind: 'heading', spans: spansOf(line.replace(HEADING, '')) });
      at++;
    } else if (BULLET.test(line) || NUMBER.test(line)) {
      at = list(lines, at, blocks);
    } else if (line.trim() === '') {
      at++;
    } else {
      const from = at;
      while (at < lines.length && isProse(lines[at] ?? '')) at++;
      blocks.push({ kind: 'paragraph', spans: spansOf(lines.slice(from, at).join('\n')) });
    }
  }
  return blocks;
}

function isProse(line: string): boolean {
  return line.trim() !== '' && ![FENCE, HEADING, BULLET, NUMBER].some((mark) => mark.test(line));
}

/** Takes the list that begins at a line; returns the line behind it. Lines without a mark go on with their item. */
function list(lines: string[], at: number, blocks: Block[]): number {
  const mark = NUMBER.test(lines[at] ?? '') ? NUMBER : BULLET;
  const start = Number(NUMBER.exec(lines[at] ?? '')?.[1] ?? 1);
  const items: string[] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    if (mark.test(line)) items.push(line.replace(mark, ''));
    else if (isProse(line)) items.push(`${items.pop()}\n${line.trim()}`);
    else if (line.trim() !== '' || !mark.test(lines[next + 1] ?? '')) break;
  }
  blocks.push({ kind: 'list', ordered: mark === NUMBER, start, items: items.map(spansOf) });
  return next;
}

export function spansOf(text: string): Span[] {
  const spans: Span[] = [];
  let from = 0;
  for (const found of text.matchAll(SPAN)) {
    if (found.index > from) spans.push({ kind: 'text', text: text.slice(from, found.index) });
    const [whole, code, strong, em, linked, href, address] = found;
    if (code !== undefined) spans.push({ kind: 'code', text: code });
    else if (strong !== undefined) spans.push({ kind: 'strong', text: strong });
    else if (em !== undefined) spans.push({ kind: 'em', text: em });
    else spans.push({ kind: 'link', text: linked ?? whole, href: href ?? address ?? whole });
    from = found.index + whole.length;
  }
  if (from < text.length) spans.push({ kind: 'text', text: text.slice(from) });
  return spans;
}
