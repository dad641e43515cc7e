import { describe, expect, it } from 'vitest';
import { patchOf, rowsOf, together } from './fields';

const RECORD = {
  extracted: {
    shape: 'a jar',
    materials: ['glass', 'metal'],
    colors: { primary: 'gold', packaging: 'white' },
  },
  edits: { shape: null, materials: null, colors: { primary: 'amber', packaging: null } },
  version: 2,
};
const rows = rowsOf(RECORD, [
  { path: 'shape', label: 'Shape' },
  { path: 'materials', label: 'Materials', list: true },
  { path: 'colors.primary', label: 'Main colour' },
  { path: 'colors.packaging', label: 'Packaging' },
]);
const row = (path: string) => rows.find((each) => each.path === path) as (typeof rows)[number];

describe('rows', () => {
  it('show what is corrected beside what was extracted', () => {
    expect(rows.map(({ now, corrected }) => [now, corrected])).toEqual([
      ['a jar', false],
      ['glass\nmetal', false],
      ['amber', true],
      ['white', false],
    ]);
    expect(row('colors.primary').extracted).toBe('gold');
  });

  it('read a record without edits', () => {
    const [shown] = rowsOf({ ...RECORD, edits: { colors: null } }, [{ path: 'colors.primary', label: 'x' }]);
    expect([shown?.now, shown?.corrected]).toEqual(['gold', false]);
  });
});

describe('patches', () => {
  it.each([
    ['shape', ' a tall jar ', { shape: 'a tall jar' }],
    ['shape', 'a jar', { shape: null }],
    ['shape', '  ', { shape: null }],
    ['materials', 'glass\n\n wood ', { materials: ['glass', 'wood'] }],
    ['materials', '', { materials: [] }],
    ['colors.primary', 'gold', { colors: { primary: null } }],
  ])('of %s to %j', (path, text, patch) => expect(patchOf(row(path), text)).toEqual(patch));

  it('go together, also inside one value', () => {
    const both = together([
      patchOf(row('colors.primary'), 'red'),
      patchOf(row('colors.packaging'), 'black'),
      patchOf(row('shape'), 'x'),
    ]);
    expect(both).toEqual({ colors: { primary: 'red', packaging: 'black' }, shape: 'x' });
  });
});
