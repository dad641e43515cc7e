import { ColorSwatch, Paper, SimpleGrid, TagsInput, Text, TextInput, Title } from '@mantine/core';
import type { ProductColors, ProductDNA } from '@/api/types';

import { Note } from './Note';

type Texts = 'product_type' | 'shape' | 'texture' | 'logo_description';
type Lists = 'materials' | 'branding_text' | 'distinctive_features' | 'prohibited_variations';

const TEXTS: Record<Texts, string> = {
  product_type: 'What it is',
  shape: 'Shape',
  texture: 'Surface',
  logo_description: 'Logo',
};
const COLORS: Record<keyof ProductColors, string> = {
  primary: 'Main colour',
  secondary: 'Second colour',
  packaging: 'Packaging',
};
const LISTS: Record<Lists, string> = {
  branding_text: 'Words on it',
  materials: 'Materials',
  distinctive_features: 'What tells it from others',
  prohibited_variations: 'What must never change',
};

const HEX = /^#[0-9a-f]{6}$/i;

/** What was seen of the product, each part to be corrected: every picture of the ad is held to it. */
export function ProductDNAForm({
  dna,
  stale,
  onChange,
}: {
  dna: ProductDNA;
  stale: boolean;
  onChange: (dna: ProductDNA) => void;
}) {
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="How it looks">
      <Title order={3}>How it looks</Title>
      <Text size="sm" c="dimmed" mb="md">
        Read from your photos. Every frame and clip is held to it, so put right what is not.
      </Text>
      {stale && (
        <Note mb="md" title="The photos have changed">
          This is what was seen on those before. Look at the photos again to go on.
        </Note>
      )}
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        {names(TEXTS).map((name) => (
          <TextInput
            key={name}
            label={TEXTS[name]}
            value={dna[name]}
            onChange={(event) => onChange({ ...dna, [name]: event.currentTarget.value })}
            maxLength={300}
          />
        ))}
        {names(COLORS).map((name) => (
          <TextInput
            key={name}
            label={COLORS[name]}
            value={dna.colors[name]}
            onChange={(event) =>
              onChange({ ...dna, colors: { ...dna.colors, [name]: event.currentTarget.value } })
            }
            maxLength={300}
            leftSection={HEX.test(dna.colors[name]) && <ColorSwatch size={18} color={dna.colors[name]} />}
          />
        ))}
        {names(LISTS).map((name) => (
          <TagsInput
            key={name}
            label={LISTS[name]}
            value={dna[name]}
            onChange={(words) => onChange({ ...dna, [name]: words })}
            maxTags={20}
            splitChars={[]}
            acceptValueOnBlur
          />
        ))}
      </SimpleGrid>
    </Paper>
  );
}

function names<Name extends string>(words: Record<Name, string>): Name[] {
  return Object.keys(words) as Name[];
}
