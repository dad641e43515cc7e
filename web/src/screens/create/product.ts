// A product between the shelf and the wizard. Pure.
import type {
  CreateProduct,
  Product,
  ProductDNA,
  ProductDNAEditInput,
  ProductDNARecord,
  UpdateProduct,
} from '@/api/types';
import type { ProductDraft } from './wizard';

/** The DNA as it stands: what people corrected over what was extracted. */
export function currentDNA({ extracted, edits }: ProductDNARecord): ProductDNA {
  const { colors, ...rest } = edits;
  return { ...extracted, ...said(rest), colors: { ...extracted.colors, ...said(colors ?? {}) } };
}

export function draftOf(product: Product): ProductDraft {
  const { id, name, brand, description, price, url, images, photos } = product;
  const draft: ProductDraft = {
    id,
    name,
    brand,
    description,
    price,
    url: url ?? '',
    images,
    photos,
    advice: {},
    dna: product.dna && currentDNA(product.dna),
    studied: product.dna ? images : [],
    kept: null,
  };
  return { ...draft, kept: content(draft) };
}

/** What the shelf has to hold of it, to compare with what it holds. */
export function content({ name, brand, description, price, url, images, dna }: ProductDraft): string {
  return JSON.stringify([name, brand, description, price, url, images, dna]);
}

export function isStudied(draft: ProductDraft): boolean {
  return draft.dna !== null && JSON.stringify(draft.studied) === JSON.stringify(draft.images);
}

export function toCreate(draft: ProductDraft): CreateProduct {
  const { name, brand, description, price, images, dna } = draft;
  return { name: name.trim(), brand: brand.trim(), description, price, url: draft.url || null, images, dna };
}

export function toUpdate(draft: ProductDraft, id: string): UpdateProduct {
  const { name, brand, description, price, images, dna } = draft;
  return {
    product_id: id,
    name: name.trim(),
    brand: brand.trim(),
    description,
    price,
    url: draft.url || null,
    images,
    ...(dna && { dna: asEdit(dna) }),
  };
}

/** All of a DNA as an edit. What is empty is left as it was extracted. */
function asEdit({ colors, ...rest }: ProductDNA): ProductDNAEditInput {
  return { ...said(rest), colors: said(colors) };
}

function said<T extends object>(fields: T): { [Name in keyof T]: NonNullable<T[Name]> } {
  const kept = Object.entries(fields).filter(([, value]) => value !== null && value !== '');
  return Object.fromEntries(kept) as { [Name in keyof T]: NonNullable<T[Name]> };
}
