import { expect, it, vi } from 'vitest';

vi.mock('@/api/call', () => ({ call: vi.fn() }));
const { fileName } = await import('./download');

it.each([
  ['Lumi Glow: a week later', 'lumi-glow-a-week-later.mp4'],
  ['Crème / brûlée?', 'creme-brulee.mp4'],
  ['***', 'ad.mp4'],
])('the file of %s is %s', (title, name) => expect(fileName(title)).toBe(name));
