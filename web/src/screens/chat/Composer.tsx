import { ActionIcon, Group, Text, Textarea } from '@mantine/core';
import { IconArrowUp, IconPlayerStopFilled } from '@tabler/icons-react';
import type { ClipboardEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import type { useUploads } from '@/ui/useUploads';
import { Attachments } from './Attachments';
import classes from './chat.module.css';

/** As many characters as a message may have. */
const LONGEST = 4000;

/** Where a message is written. Enter sends, Shift and Enter begin a line, Escape stops the answer. */
export function Composer({
  text,
  onText,
  uploads,
  onFiles,
  refused,
  writing,
  onSend,
  onStop,
  toolbar,
  input,
}: {
  text: string;
  onText: (text: string) => void;
  uploads: ReturnType<typeof useUploads>;
  onFiles: (files: File[]) => void;
  refused: string | null;
  /** Whether an answer is being written. */
  writing: boolean;
  onSend: () => void;
  onStop: () => void;
  toolbar: ReactNode;
  input: Ref<HTMLTextAreaElement>;
}) {
  const failed = uploads.photos.some(({ error }) => error);
  const hint = refused ?? (uploads.busy ? 'The pictures are still on their way.' : null);
  const ready = text.trim() !== '' && !writing && !uploads.busy && !failed;
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (ready) onSend();
    } else if (event.key === 'Escape' && writing) onStop();
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    onFiles(files);
  };
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend();
      }}
    >
      <Attachments uploads={uploads} />
      <Textarea
        ref={input}
        aria-label="Message"
        placeholder="Say what the ad should tell"
        variant="unstyled"
        rows={1}
        maxLength={LONGEST}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={keys}
        onPaste={paste}
        classNames={{ input: classes.input }}
      />
      {hint && (
        <Text size="sm" c="dimmed" role="status">
          {hint}
        </Text>
      )}
      <Group gap="xs" wrap="nowrap">
        {toolbar}
        {writing ? (
          <ActionIcon
            key="stop"
            size={40}
            radius="xl"
            ml="auto"
            aria-label="Stop generating"
            onClick={onStop}
          >
            <IconPlayerStopFilled size={18} />
          </ActionIcon>
        ) : (
          <ActionIcon
            key="send"
            type="submit"
            size={40}
            radius="xl"
            ml="auto"
            aria-label="Send"
            disabled={!ready}
          >
            <IconArrowUp size={20} />
          </ActionIcon>
        )}
      </Group>
    </form>
  );
}
