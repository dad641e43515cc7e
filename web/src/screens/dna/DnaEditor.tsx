import { Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { undoable } from '@/ui/undo';
import classes from './DnaEditor.module.css';
import { type DnaRecord, type Field, patchOf, type Row, rowsOf, together } from './fields';

/** DNA to look over and to correct. `save` gets a patch of its edits; without it nothing can be changed. */
export function DnaEditor({
  record,
  fields,
  save,
}: {
  record: DnaRecord;
  fields: Field[];
  save?: (patch: object) => Promise<void>;
}) {
  const rows = rowsOf(record, fields);
  const [drafts, setDrafts] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const changed = rows.filter(({ path, now }) => drafts[path] !== undefined && drafts[path].trim() !== now);

  const write = (path: string, text: string) => setDrafts((all) => ({ ...all, [path]: text }));
  const saveAll = async () => {
    setBusy(true);
    setError(null);
    try {
      await save?.(together(changed.map((row) => patchOf(row, drafts[row.path] ?? ''))));
      setDrafts({});
    } catch (thrown) {
      setError(ApiError.of(thrown));
    }
    setBusy(false);
  };
  const reset = (row: Row) => {
    if (!save) return;
    const back = patchOf(row, row.now);
    undoable(
      `${row.label} is as it was read from the photos.`,
      async () => {
        await save(patchOf(row, row.extracted));
        setDrafts(({ [row.path]: _, ...others }) => others);
      },
      () => save(back),
    );
  };

  if (!save) {
    return (
      <dl className={classes.list}>
        {rows
          .filter(({ now }) => now)
          .map(({ path, label, now }) => (
            <div key={path}>
              <dt>{label}</dt>
              <dd>{now}</dd>
            </div>
          ))}
      </dl>
    );
  }
  return (
    <Stack gap="md">
      {rows.map((row) => (
        <div key={row.path}>
          <Textarea
            label={
              <Group component="span" gap={8} display="inline-flex">
                {row.label}
                {row.corrected && (
                  <Badge size="sm" radius="sm" className={classes.corrected}>
                    Corrected
                  </Badge>
                )}
              </Group>
            }
            description={row.list ? [row.help, 'One a line.'].filter(Boolean).join(' ') : row.help}
            value={drafts[row.path] ?? row.now}
            onChange={(event) => write(row.path, event.currentTarget.value)}
            autosize
            minRows={1}
            maxRows={8}
          />
          {row.corrected && (
            <Group gap="xs" mt={6} align="flex-start" wrap="nowrap" justify="space-between">
              <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
                Read from the photos: {row.extracted || 'nothing'}
              </Text>
              <Button
                size="compact-sm"
                variant="default"
                flex="none"
                onClick={() => reset(row)}
                aria-label={`Reset ${row.label}`}
              >
                Reset
              </Button>
            </Group>
          )}
        </div>
      ))}
      {error && <FailureNote error={error} onClose={() => setError(null)} />}
      {changed.length > 0 && (
        <Group className={classes.bar} justify="flex-end">
          <Text size="sm" role="status" mr="auto">
            {changed.length === 1 ? '1 change is not saved' : `${changed.length} changes are not saved`}
          </Text>
          <Button variant="default" onClick={() => setDrafts({})} disabled={busy}>
            Discard
          </Button>
          <Button onClick={saveAll} loading={busy}>
            Save
          </Button>
        </Group>
      )}
    </Stack>
  );
}
