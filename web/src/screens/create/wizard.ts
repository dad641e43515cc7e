// What somebody has gathered for an ad, step by step. It outlives a reload and a day; uploads are kept as the names of
// their objects.

import { createJSONStorage, persist, type StateStorage } from 'zustand/middleware';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BriefInput, ProductDNA, ProductPhoto, Script, ScriptScene, Strategy } from '@/api/types';
import { useDefaults } from '@/brief/defaults';

export type ProductDraft = {
  name: string;
  brand: string;
  description: string;
  price: string;
  url: string;
  images: string[];
  /** What was measured of each photo, and what to take again, when the DNA was extracted. */
  photos: ProductPhoto[];
  advice: Record<string, string>;
  dna: ProductDNA | null;
  /** The photos that the DNA is of. */
  studied: string[];
  /** On the shelf; what is there, so that only changes are sent. */
  id: string | null;
  kept: string | null;
};

/** `avatarId` is null where nobody is seen, undefined while nothing was chosen. */
export type Person = { avatarId: string | null; photos: number; name: string };

/** Words of one scene that somebody changed, by the script's own fields. */
export type SceneChange = Partial<
  Pick<ScriptScene, 'dialogue' | 'action' | 'expression' | 'product_action' | 'camera'>
>;

export type Words = {
  written: Script | null;
  changes: Record<number, SceneChange>;
  /** What it was written from; see `sourceOf`. */
  of: string;
};

export type Wizard = {
  step: number;
  product: ProductDraft;
  person: Person | null;
  brief: Omit<BriefInput, 'product_name' | 'brand'>;
  suggested: Strategy | null;
  strategy: Strategy | null;
  words: Words;
  /** Micros; null is the most that the quote foresees. */
  cap: number | null;
  reviewed: boolean;
  /** Names this wish to start, so that it starts one job however often it is sent. */
  requestId: string;
  jobId: string | null;
  /** The ad that this one is another version of. */
  parentId: string | null;
};

export const NO_PRODUCT: ProductDraft = {
  name: '',
  brand: '',
  description: '',
  price: '',
  url: '',
  images: [],
  photos: [],
  advice: {},
  dna: null,
  studied: [],
  id: null,
  kept: null,
};

export const NO_WORDS: Words = { written: null, changes: {}, of: '' };

export function blank(): Wizard {
  return {
    step: 0,
    product: NO_PRODUCT,
    person: null,
    brief: { ...useDefaults.getState().settings, prompt: '' },
    suggested: null,
    strategy: null,
    words: NO_WORDS,
    cap: null,
    reviewed: true,
    requestId: crypto.randomUUID(),
    jobId: null,
    parentId: null,
  };
}

/** Goes up when `Wizard` changes its shape; what was kept in another shape is let go. */
export const SHAPE = 1;

/** The store of one person, kept in this browser. */
export function wizardStore(uid: string, storage: () => StateStorage): StoreApi<Wizard> {
  return createStore<Wizard>()(
    persist(blank, {
      name: `ugcgen-create-${uid}`,
      version: SHAPE,
      migrate: blank,
      storage: createJSONStorage(storage),
    }),
  );
}
