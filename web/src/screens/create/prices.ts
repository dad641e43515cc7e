// A quote as people read it: by scene and by kind of work. Pure.
import type { PlannedScene, Quote, QuoteLine } from '@/api/types';

export type Row = {
  scene: number | null;
  label: string;
  low: number;
  price: number;
  high: number;
  work: string[];
};

/** What is spent at most, in micros: the cap, within what the quote can come to. */
export function capped({ low, high }: Pick<Quote, 'low' | 'high'>, cap: number | null): number {
  return cap === null ? high : Math.min(Math.max(cap, low), high);
}

/** A row for each scene, and one for the whole ad. */
export function rows({ lines }: Quote, outline: readonly PlannedScene[]): Row[] {
  const scenes = outline.map(({ scene_number, seconds }) =>
    row(`Scene ${scene_number}, ${seconds} s`, scene_number, lines),
  );
  const whole = row('The whole ad', null, lines);
  return whole.work.length ? [whole, ...scenes] : scenes;
}

function row(label: string, scene: number | null, lines: readonly QuoteLine[]): Row {
  const own = lines.filter((line) => line.scene === scene);
  const sum = (part: 'low' | 'price' | 'high') => own.reduce((total, line) => total + line[part], 0);
  return {
    scene,
    label,
    low: sum('low'),
    price: sum('price'),
    high: sum('high'),
    work: own.map(({ what }) => what),
  };
}
