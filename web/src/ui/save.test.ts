import { expect, it, vi } from 'vitest';

vi.mock('@/api/call', () => ({ call: vi.fn() }));
const { fileName } = await import('./save');

it.each([
  ['Lumi Glow: a week later', 'lumi-glow-a-week-later'],
  ['Crème / brûlée?', 'creme-brulee'],
  ['***', 'ad'],
])('the file of %s is %s', (title, name) => expect(fileName(title)).toBe(name));
