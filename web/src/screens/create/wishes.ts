// From what was gathered to what is asked of the service, and back to where somebody may go. Pure.
import type {
  BriefInput,
  GenerateBible,
  PlannedScene,
  QuoteRequest,
  Requirement,
  Script,
  StartGeneration,
  Strategy,
} from '@/api/types';
import type { Wizard } from './wizard';
import { edited } from './words';

export const STEPS = [
  { label: 'Product', title: 'What do you sell?' },
  { label: 'Person', title: 'Who speaks for it?' },
  { label: 'Brief', title: 'What should the ad say?' },
  { label: 'Script', title: 'Word by word' },
  { label: 'Price', title: 'What it will cost' },
  { label: 'Film', title: 'Your ad is made' },
] as const;

export function briefOf(wizard: Wizard): BriefInput {
  const { name, brand } = wizard.product;
  return { ...wizard.brief, product_name: name.trim(), brand: brand.trim() };
}

/** What the price is asked for; null while there is too little to ask with. */
export function quoteRequest(wizard: Wizard): QuoteRequest | null {
  const brief = briefOf(wizard);
  if (!brief.product_name || !brief.prompt.trim()) return null;
  return {
    brief,
    product_images: wizard.product.images.length,
    avatar_images: wizard.person?.photos ?? 0,
  };
}

export const NO_STRATEGY: Strategy = {
  hook_strategy: '',
  pain_point: '',
  key_selling_points: [],
  emotional_journey: '',
  cta_approach: '',
};

/** What a script is written from. What was not taken over is left to the writer. */
export function scriptRequest(wizard: Wizard): GenerateBible {
  return {
    brief: briefOf(wizard),
    strategy: wizard.strategy ?? {
      ...NO_STRATEGY,
      key_selling_points: wizard.brief.selling_points ?? [],
    },
    product_id: wizard.product.id,
    avatar_id: wizard.person?.avatarId ?? null,
  };
}

/** The part of the request that a script's words depend on, to tell when they are of another brief. */
export function sourceOf(wizard: Wizard): string {
  const { brief, ...rest } = scriptRequest(wizard);
  const { cut: _cut, music: _music, voice: _voice, variants: _variants, models: _models, ...worded } = brief;
  return JSON.stringify([worded, rest]);
}

export function startRequest(wizard: Wizard): StartGeneration {
  const { product, person, words, strategy, cap } = wizard;
  return {
    request_id: wizard.requestId,
    parent_job_id: wizard.parentId,
    brief: briefOf(wizard),
    product_id: product.id,
    avatar_id: person?.avatarId ?? null,
    strategy: words.written ? scriptRequest(wizard).strategy : strategy,
    script: words.written && edited(words.written, words.changes),
    auto_approve: !wizard.reviewed,
    budget_usd: cap === null ? null : cap / 1_000_000,
  };
}

/** Whether a script can be filmed by this outline. */
export function fits(script: Script, outline: readonly PlannedScene[]): boolean {
  return (
    script.scenes.length === outline.length &&
    script.scenes.every(
      (scene, at) =>
        scene.duration_seconds === outline[at]?.seconds && scene.scene_type === outline[at]?.scene_type,
    )
  );
}

/** The last step that somebody may be on: every one before it is done. */
export function reachable(wizard: Wizard): number {
  if (wizard.jobId) return 5;
  if (!wizard.product.id || !wizard.product.dna) return 0;
  if (!wizard.person) return 1;
  if (!wizard.brief.prompt.trim()) return 2;
  return 4;
}

/** Where somebody is: no further than they may be, and with their job once there is one. */
export function stepOf(wizard: Wizard): number {
  return wizard.jobId ? 5 : Math.min(wizard.step, reachable(wizard));
}

const FIXED_AT: Record<string, number> = { product_images: 0, avatar_images: 1, avatar: 1 };

/** Where a requirement is met: a step, or an address. */
export function fixOf({ field }: Pick<Requirement, 'field'>): { step: number } | { to: string } {
  if (field === 'api_key') return { to: '/settings/keys' };
  return { step: FIXED_AT[field] ?? 2 };
}

/** Where the refused field of a request to start is changed. */
export function stepOfField(field: string | null): number | null {
  if (field === null) return null;
  if (field.startsWith('script')) return 3;
  if (field.startsWith('product')) return 0;
  if (field.startsWith('avatar')) return 1;
  return field.startsWith('brief') ? 2 : null;
}
