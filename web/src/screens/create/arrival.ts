// With what somebody arrives from another screen: a product, a person, a template, the brief of somebody's film, or an
// ad to make again.
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import type { BriefInput, Job } from '@/api/types';
import { draftOf } from './product';
import { blank, NO_PRODUCT, type Person, type ProductDraft, type Wizard } from './wizard';

/** What they bring, as a change of what was gathered; null where the address names nothing and no brief came along.
 * Throws ApiError. */
export async function arrival(
  search: URLSearchParams,
  like: BriefInput | null,
  now: Wizard,
): Promise<Wizard | null> {
  const again = search.get('again');
  if (again) return { ...blank(), ...(await another(again)) };
  const [product, avatar, template] = ['product', 'avatar', 'template'].map((name) => search.get(name));
  if (!product && !avatar && !template && !like) return null;
  const base = now.jobId ? { ...blank(), product: now.product, person: now.person } : now;
  return {
    ...base,
    ...(product && { product: await productOf(product), step: 0 }),
    ...(avatar && { person: await personOf(avatar), step: 1 }),
    ...(template && { brief: await briefFrom(template), step: 2 }),
    ...(like && { brief: withoutProduct(like), step: 2 }),
  };
}

async function productOf(product_id: string): Promise<ProductDraft> {
  const { product } = await call('getProduct', { product_id });
  return draftOf(product);
}

/** Null for somebody whose photos were not looked at yet. */
async function personOf(avatar_id: string): Promise<Person | null> {
  const { avatar } = await call('getAvatar', { avatar_id });
  if (!avatar.dna) return null;
  return { avatarId: avatar.id, name: avatar.name, photos: avatar.reference_images.length };
}

async function briefFrom(template: string): Promise<Wizard['brief']> {
  const { templates } = await call('listTemplates', {});
  const found = templates.find(({ id }) => id === template);
  if (!found) throw new ApiError('not_found', 'There is no such template.');
  return withoutProduct(found.brief);
}

function withoutProduct({
  product_name: _name,
  brand: _brand,
  ...brief
}: Partial<BriefInput>): Wizard['brief'] {
  return { prompt: '', ...brief };
}

/** The product, the person and the brief of an ad. */
async function another(job_id: string): Promise<Partial<Wizard>> {
  const { job } = await call('getJob', { job_id });
  const { product_name: _name, brand: _brand, avatar_name: _avatar, ...brief } = job.brief;
  return {
    brief,
    parentId: job.id,
    reviewed: !job.auto_approve,
    product: (job.product_id && (await productOf(job.product_id).catch(() => null))) || productIn(job),
    person: job.avatar_id ? await personOf(job.avatar_id).catch(() => null) : null,
    step: 2,
  };
}

/** A product that is not on the shelf, as its ad has it. */
export function productIn({ brief, product_images: images, bible }: Job): ProductDraft {
  return {
    ...NO_PRODUCT,
    name: brief.product_name,
    brand: brief.brand,
    images,
    dna: bible?.product_dna ?? null,
    studied: bible ? images : [],
  };
}
