/** A note's title in the colour of text: in its own it does not read at 4.5 to 1 on every ground. */
export const READABLE = { title: { color: 'var(--mantine-color-text)' } };
