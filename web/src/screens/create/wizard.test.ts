import { describe, expect, it } from 'vitest';
import type { PlannedScene, Product, Strategy } from '@/api/types';
import { capped, rows } from './prices';
import { content, currentDNA, draftOf, isStudied, toUpdate } from './product';
import { scene, script } from './sample';
import {
  fits,
  fixOf,
  quoteRequest,
  reachable,
  scriptRequest,
  sourceOf,
  startRequest,
  stepOf,
  stepOfField,
} from './wishes';
import { blank, NO_PRODUCT, SHAPE, type Wizard, wizardStore } from './wizard';

const DNA = {
  product_type: 'serum',
  product_name: 'Lumi Glow',
  colors: { primary: 'amber', secondary: 'white', packaging: 'glass' },
  shape: 'round',
  materials: ['glass'],
  texture: '',
  branding_text: ['LUMI'],
  logo_description: 'a sun',
  distinctive_features: [],
  prohibited_variations: [],
};
const STRATEGY: Strategy = {
  hook_strategy: 'She laughs',
  pain_point: 'dull skin',
  key_selling_points: [],
  emotional_journey: 'from doubt to delight',
  cta_approach: 'ask a friend',
};

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

function gathered(): Wizard {
  const images = ['users/a/media/1.jpg'];
  return {
    ...blank(),
    product: { ...NO_PRODUCT, name: ' Lumi Glow ', id: 'p1', images, dna: DNA, studied: images },
    person: { avatarId: 'system-ada', photos: 3, name: 'Ada' },
    brief: { prompt: 'A glow', selling_points: ['light'] },
  };
}

describe('what was gathered', () => {
  it('outlives a reload, for the one who gathered it', () => {
    const browser = storage();
    wizardStore('ann', () => browser).setState(gathered());
    const reloaded = wizardStore('ann', () => browser).getState();
    expect(reloaded.product.images).toEqual(['users/a/media/1.jpg']);
    expect(wizardStore('bob', () => browser).getState().product).toEqual(NO_PRODUCT);
  });

  it('keeps the name of the wish to start, and lets another shape go', () => {
    const browser = storage();
    const first = wizardStore('ann', () => browser);
    first.setState({ step: 4 });
    const { requestId } = first.getState();
    expect(wizardStore('ann', () => browser).getState().requestId).toBe(requestId);
    browser.setItem('ugcgen-create-ann', JSON.stringify({ state: { step: 'two' }, version: SHAPE + 1 }));
    expect(wizardStore('ann', () => browser).getState().step).toBe(0);
  });
});

describe('the steps', () => {
  it('are reached one after the other', () => {
    const all = gathered();
    expect(reachable(blank())).toBe(0);
    expect(reachable({ ...all, person: null })).toBe(1);
    expect(reachable({ ...all, brief: { prompt: ' ' } })).toBe(2);
    expect(reachable(all)).toBe(4);
    expect(stepOf({ ...all, step: 5 })).toBe(4);
    expect(stepOf({ ...all, step: 1, jobId: 'j1' })).toBe(5);
  });

  it('are where something missing or refused is put right', () => {
    expect(fixOf({ field: 'product_images' })).toEqual({ step: 0 });
    expect(fixOf({ field: 'api_key' })).toEqual({ to: '/settings/keys' });
    expect(fixOf({ field: 'prompt' })).toEqual({ step: 2 });
    expect(['script.scenes.0.action', 'avatar_id', 'brief.scenes.1', null].map(stepOfField)).toEqual([
      3,
      1,
      2,
      null,
    ]);
  });
});

describe('what is asked', () => {
  it('is the price, once there is something to price', () => {
    expect(quoteRequest(blank())).toBeNull();
    expect(quoteRequest(gathered())).toMatchObject({
      brief: { product_name: 'Lumi Glow', brand: '' },
      product_images: 1,
      avatar_images: 3,
    });
  });

  it('is a start with the script as it was changed', () => {
    const words = { written: script(scene(1)), changes: { 1: { dialogue: 'Mine.' } }, of: '' };
    const start = startRequest({ ...gathered(), words, strategy: STRATEGY, cap: 1_250_000, reviewed: false });
    expect(start).toMatchObject({
      product_id: 'p1',
      avatar_id: 'system-ada',
      budget_usd: 1.25,
      auto_approve: true,
      strategy: STRATEGY,
    });
    expect(start.script?.scenes[0]?.dialogue).toBe('Mine.');
    expect(startRequest(gathered())).toMatchObject({ script: null, strategy: null, budget_usd: null });
  });

  it('is a script of the brief, which another music does not change', () => {
    const all = gathered();
    expect(scriptRequest(all).strategy.key_selling_points).toEqual(['light']);
    expect(sourceOf({ ...all, brief: { ...all.brief, music: 'calm' } })).toBe(sourceOf(all));
    expect(sourceOf({ ...all, brief: { ...all.brief, tone: 'dry' } })).not.toBe(sourceOf(all));
  });

  it('fits the outline or does not', () => {
    const planned = { scene_type: 'hook', seconds: 4 } as PlannedScene;
    expect(fits(script(scene(1)), [planned])).toBe(true);
    expect(fits(script(scene(1)), [{ ...planned, seconds: 6 }])).toBe(false);
    expect(fits(script(scene(1)), [planned, planned])).toBe(false);
  });
});

describe('a product', () => {
  const record = {
    extracted: DNA,
    version: 2,
    edits: {
      ...Object.fromEntries(Object.keys(DNA).map((name) => [name, null])),
      shape: 'tall',
      colors: { primary: 'green', secondary: null, packaging: null },
    },
  } as unknown as NonNullable<Product['dna']>;

  it('is what people made of what was seen', () => {
    expect(currentDNA(record)).toEqual({
      ...DNA,
      shape: 'tall',
      colors: { ...DNA.colors, primary: 'green' },
    });
  });

  it('is studied while its photos are those that were', () => {
    const images = ['a.jpg'];
    const draft = draftOf({ ...NO_PRODUCT, id: 'p1', images, dna: record } as unknown as Product);
    expect([isStudied(draft), draft.kept === content(draft)]).toEqual([true, true]);
    expect(isStudied({ ...draft, images: ['a.jpg', 'b.jpg'] })).toBe(false);
    expect(toUpdate(draft, 'p1').dna).not.toHaveProperty('texture');
  });
});

it('adds a quote up by scene', () => {
  const line = { unit: 'u', model: 'm', what: 'draw 2 frames', low: 1, price: 2, high: 3 };
  const lines = [
    { ...line, scene: null },
    { ...line, scene: 1 },
    { ...line, scene: 1, what: 'film 4 s' },
  ];
  const sums = { low: 3, total: 6, high: 9, after_storyboard: 2 };
  const quote = { ...sums, lines, models: {}, fallbacks: {}, notices: [] };
  const found = rows(quote, [{ scene_number: 1, seconds: 4 } as PlannedScene]);
  expect(found.map(({ label, price }) => [label, price])).toEqual([
    ['The whole ad', 2],
    ['Scene 1, 4 s', 4],
  ]);
  expect(found[1]?.work).toEqual(['draw 2 frames', 'film 4 s']);
});

it.each([
  [null, 9],
  [5, 5],
  [1, 3],
  [20, 9],
])('spends at most what the quote can come to: a cap of %s is %d', (cap, most) =>
  expect(capped({ low: 3, high: 9 }, cap)).toBe(most),
);
