import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { ApiError, explain } from '@/api/error';

const OFFERED_MS = 8_000;

/** Do something that can be taken back, without asking first: `undoable('Ad deleted', remove, restore)`. */
export async function undoable(
  done: string,
  act: () => Promise<unknown>,
  undo: () => Promise<unknown>,
): Promise<void> {
  if (!(await tried(act))) return;
  const id = notifications.show({
    autoClose: OFFERED_MS,
    withBorder: true,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{done}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            tried(undo);
          }}
        >
          Undo
        </Button>
      </Group>
    ),
  });
}

/** Run something that needs no place of its own for its failure: that is told in a corner. Returns whether it worked. */
export async function tried(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (thrown) {
    const { title, sentence } = explain(ApiError.of(thrown));
    notifications.show({ title, message: sentence, color: 'red', withBorder: true, role: 'alert' });
    return false;
  }
}
