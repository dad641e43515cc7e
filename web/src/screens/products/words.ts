import type { Field } from '../dna/fields';

export const DNA_FIELDS: Field[] = [
  { path: 'product_type', label: 'What it is' },
  { path: 'product_name', label: 'Name on it' },
  { path: 'colors.primary', label: 'Main colour' },
  { path: 'colors.secondary', label: 'Second colour' },
  { path: 'colors.packaging', label: 'Colour of the packaging' },
  { path: 'shape', label: 'Shape' },
  { path: 'texture', label: 'Surface' },
  { path: 'logo_description', label: 'Logo' },
  { path: 'branding_text', label: 'Words on it', help: 'As they are printed.', list: true },
  { path: 'materials', label: 'Materials', list: true },
  { path: 'distinctive_features', label: 'Makes it recognisable', list: true },
  {
    path: 'prohibited_variations',
    label: 'Must never change',
    help: 'It is held in every scene.',
    list: true,
  },
];
