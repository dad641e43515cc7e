import { expect, it } from 'vitest';
import { everyDay, spanOf } from './usage';

it('a span ends today', () => {
  expect(spanOf(7, new Date('2026-03-02T23:30:00Z'))).toEqual({ first: '2026-02-24', last: '2026-03-02' });
});

it('days without work are there, too', () => {
  const usage = {
    cost: 0,
    calls: 0,
    jobs: [],
    models: [],
    days: [{ name: '2026-02-28', calls: 3, cost: 1_500_000 }],
  };
  const days = everyDay({ first: '2026-02-27', last: '2026-03-01', usage });
  expect(days.map(({ day, cost, calls }) => [day, cost, calls])).toEqual([
    ['2026-02-27', 0, 0],
    ['2026-02-28', 1.5, 3],
    ['2026-03-01', 0, 0],
  ]);
});
