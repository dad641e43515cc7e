import { SimpleGrid, Textarea, TextInput } from '@mantine/core';
import type { CreateProduct, ImportedPage } from '@/api/types';
import { textOf } from '@/ui/FormDialog';

export type Facts = Pick<CreateProduct, 'name'> &
  Required<Pick<CreateProduct, 'brand' | 'price' | 'description'>> & { url: string | null };

export const NO_FACTS: Facts = { name: '', brand: '', price: '', description: '', url: null };

const LONGEST_NAME = 120;
const LONGEST_TEXT = 2000;

/** What a shop's page says of a product, as far as there is room for it. */
export function factsOn({ url, product }: ImportedPage): Facts {
  const { name, description, price, currency } = product;
  return {
    name: name.slice(0, LONGEST_NAME),
    brand: '',
    price: price ? `${price} ${currency ?? ''}`.trim() : '',
    description: description.slice(0, LONGEST_TEXT),
    url,
  };
}

/** What is said of a product, as fields of a form. */
export function FactsFields({ facts }: { facts: Facts }) {
  return (
    <>
      <TextInput
        name="name"
        label="Name"
        defaultValue={facts.name}
        required
        maxLength={LONGEST_NAME}
        data-autofocus
      />
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput name="brand" label="Brand" defaultValue={facts.brand} maxLength={120} />
        <TextInput
          name="price"
          label="Price"
          description="As buyers see it."
          defaultValue={facts.price}
          maxLength={60}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
        />
      </SimpleGrid>
      <Textarea
        name="description"
        label="What it does"
        defaultValue={facts.description}
        maxLength={LONGEST_TEXT}
        autosize
        minRows={2}
        maxRows={8}
      />
      <TextInput
        name="url"
        type="url"
        label="Page"
        placeholder="https://"
        defaultValue={facts.url ?? ''}
        maxLength={2000}
      />
    </>
  );
}

/** What stands in the fields. */
export function factsIn(form: FormData): Facts {
  return {
    name: textOf(form, 'name'),
    brand: textOf(form, 'brand'),
    price: textOf(form, 'price'),
    description: textOf(form, 'description'),
    url: textOf(form, 'url') || null,
  };
}
