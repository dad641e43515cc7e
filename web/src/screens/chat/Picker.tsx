import { SimpleGrid, Text, UnstyledButton } from '@mantine/core';
import { MediaImage } from '@/ui/Media';
import classes from './chat.module.css';

export type Choosable = { id: string; name: string; about: string; thumbnail: string | null };

/** Cards of which one is chosen. */
export function Picker({
  label,
  items,
  chosen,
  ratio,
  choose,
}: {
  label: string;
  items: Choosable[];
  chosen: string | null;
  ratio: number;
  choose: (id: string) => void;
}) {
  return (
    <SimpleGrid cols={{ base: 2, xs: 3, sm: 4 }} role="group" aria-label={label}>
      {items.map(({ id, name, about, thumbnail }) => (
        <UnstyledButton
          key={id}
          className={classes.card}
          aria-pressed={id === chosen}
          onClick={() => choose(id)}
        >
          <MediaImage url={thumbnail} alt="" ratio={ratio} />
          <Text fw={600} size="sm" mt={6} lineClamp={1}>
            {name}
          </Text>
          <Text size="xs" c="dimmed" lineClamp={1}>
            {about}
          </Text>
        </UnstyledButton>
      ))}
    </SimpleGrid>
  );
}
