import { describe, expect, it } from 'vitest';
import { ago, clock, days, money } from './format';

describe('money', () => {
  it.each([
    [0, '$0.00'],
    [1_000, 'under $0.01'],
    [1_234_567, '$1.23'],
    [1_234_000_000, '$1,234.00'],
  ])('%d micros are %s', (micros, shown) => expect(money(micros)).toBe(shown));
});

describe('time', () => {
  it.each([
    [42, '0:42'],
    [725, '12:05'],
    [3720, '1:02:00'],
  ])('%d seconds are %s', (seconds, shown) => expect(clock(seconds)).toBe(shown));

  it('is told roughly', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    const told = ['11:59:50', '11:40:00', '09:00:00'].map((time) => ago(`2026-11-20T${time}Z`, now));
    expect(told).toEqual(['just now', '20 minutes ago', '3 hours ago']);
  });

  it('to come is told in days', () => {
    const now = Date.parse('2026-11-20T12:00:00Z');
    expect(days('2026-12-20T12:00:00Z', now)).toBe('in 30 days');
    expect(days('2026-11-20T18:00:00Z', now)).toBe('within a day');
  });
});
