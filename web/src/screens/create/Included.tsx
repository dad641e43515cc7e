import { List, Paper, Text, Title } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import type { Quote } from '@/api/types';
import { ROLES } from '@/brief/words';
import { clock } from '@/ui/format';

/** What is paid with the price, and by which models it is made. */
export function Included({ quote, seconds }: { quote: Quote; seconds: number }) {
  const models = Object.entries(ROLES).filter(([role]) => quote.models[role]);
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="What is included">
      <Title order={3} mb="sm">
        What is included
      </Title>
      <List icon={<IconCheck size={18} aria-hidden />} spacing={6} size="sm">
        <List.Item>
          A finished film of {clock(seconds)}, with captions, music and sound, ready to post
        </List.Item>
        <List.Item>
          Frames to choose from for every scene, and an animatic of them before anything is filmed
        </List.Item>
        <List.Item>
          A score for every frame and clip, and retakes of those that are not like the person or the product
        </List.Item>
        <List.Item>Cutting, captions, music and look, as often as you change them</List.Item>
      </List>
      <Text size="sm" c="dimmed" mt="sm">
        {models.map(([role, word]) => `${word} by ${quote.models[role]}`).join(', ')}.
      </Text>
    </Paper>
  );
}
