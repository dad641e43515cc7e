// DNA as people see it: what was extracted, what was corrected of it, and the patch that a change comes to. Pure.

/** `path` names a value of the DNA, dotted where it is inside another; lists are shown one entry a line. */
export type Field = { path: string; label: string; help?: string; list?: boolean };
export type DnaRecord = { extracted: object; edits: object; version: number };
export type Row = Field & { extracted: string; corrected: boolean; now: string };
type Patch = { [name: string]: string | string[] | null | Patch };

/** Each field with its value as it was extracted and as it is now. */
export function rowsOf(record: DnaRecord, fields: Field[]): Row[] {
  return fields.map((field) => {
    const [extracted, edit] = [valueAt(record.extracted, field.path), valueAt(record.edits, field.path)];
    const corrected = edit !== null && edit !== undefined;
    return { ...field, extracted: shown(extracted), corrected, now: shown(corrected ? edit : extracted) };
  });
}

/** The patch that makes a row read so. What is as it was extracted, or a text that is empty, takes the edit back. */
export function patchOf(row: Row, text: string): Patch {
  const trimmed = text.trim();
  const lines = trimmed.split('\n').flatMap((line) => line.trim() || []);
  const same = trimmed === row.extracted || (trimmed === '' && !row.list);
  return nested(row.path, same ? null : row.list ? lines : trimmed);
}

/** One patch of several, none of which says the same field twice. */
export function together(patches: Patch[]): Patch {
  return patches.reduce<Patch>((all, patch) => merged(all, patch), {});
}

function merged(into: Patch, patch: Patch): Patch {
  const all = { ...into };
  for (const [name, value] of Object.entries(patch)) {
    const before = all[name];
    all[name] = isPatch(before) && isPatch(value) ? merged(before, value) : value;
  }
  return all;
}

const isPatch = (value: unknown): value is Patch =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function nested(path: string, value: string | string[] | null): Patch {
  const [name = '', ...rest] = path.split('.');
  return { [name]: rest.length ? nested(rest.join('.'), value) : value };
}

function valueAt(of: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((at, name) => (isPatch(at) ? at[name] : null), of);
}

const shown = (value: unknown) => (Array.isArray(value) ? value.join('\n') : String(value ?? ''));
