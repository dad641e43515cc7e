import { expect, it } from 'vitest';
import { factsOf } from './lines';

it('makes lines of nested fields and leaves out what says nothing to people', () => {
  const bible = {
    product_dna: { colors: { primary: 'blue' }, branding_text: ['Lumi', 'Glow'] },
    character: null,
    photos: [{ image: 'users/u/p.jpg', sharpness: 0.5 }],
    shown: true,
    background: 'modern_bedroom',
    materials: [],
  };
  expect(factsOf(bible)).toEqual([
    ['Product DNA, colors, primary', 'blue'],
    ['Product DNA, branding text', 'Lumi, Glow'],
    ['Photos, 1, sharpness', '0.5'],
    ['Shown', 'yes'],
    ['Background', 'modern bedroom'],
  ]);
});
