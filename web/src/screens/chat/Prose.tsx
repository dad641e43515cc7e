import { Anchor, Code, Text } from '@mantine/core';
import classes from './chat.module.css';
import { type Block, blocksOf, type Span } from './markdown';

/** An answer of the copilot. */
export function Prose({ text }: { text: string }) {
  return (
    <div className={classes.prose}>
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an answer only grows at its end
        <Drawn key={index} block={block} />
      ))}
    </div>
  );
}

function Drawn({ block }: { block: Block }) {
  if (block.kind === 'code') return <Code block>{block.text}</Code>;
  if (block.kind === 'heading') {
    return (
      <Text fw={650} component="p">
        <Spans spans={block.spans} />
      </Text>
    );
  }
  if (block.kind === 'paragraph') {
    return (
      <p>
        <Spans spans={block.spans} />
      </p>
    );
  }
  const items = block.items.map((spans, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an answer only grows at its end
    <li key={index}>
      <Spans spans={spans} />
    </li>
  ));
  return block.ordered ? <ol start={block.start}>{items}</ol> : <ul>{items}</ul>;
}

function Spans({ spans }: { spans: Span[] }) {
  return spans.map((span, index) => {
    const key = `${index}`;
    switch (span.kind) {
      case 'strong':
        return <strong key={key}>{span.text}</strong>;
      case 'em':
        return <em key={key}>{span.text}</em>;
      case 'code':
        return <Code key={key}>{span.text}</Code>;
      case 'link':
        return (
          <Anchor key={key} href={span.href} target="_blank" rel="noreferrer nofollow">
            {span.text}
          </Anchor>
        );
      default:
        return span.text;
    }
  });
}
