import { Chip, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { FILTERS } from './pages';

/** The words and the status by which the library is narrowed. */
export function Narrowing({
  text,
  setText,
  filter,
  choose,
}: {
  text: string;
  setText: (text: string) => void;
  filter: string;
  choose: (filter: string) => void;
}) {
  return (
    <Group gap="sm" role="search">
      <TextInput
        type="search"
        aria-label="Search by title or product"
        placeholder="Title or product"
        leftSection={<IconSearch size={16} aria-hidden />}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={100}
        flex="1 1 240px"
        maw={420}
      />
      <Chip.Group value={filter} onChange={choose}>
        <Group gap={6} role="radiogroup" aria-label="Status">
          {FILTERS.map(({ id, label }) => (
            <Chip key={id} value={id} size="xs" variant="outline">
              {label}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Group>
  );
}
