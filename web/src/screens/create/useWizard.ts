import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import { useSession } from '@/shell/session';
import { type ProductDraft, type Wizard, wizardStore } from './wizard';

const stores = new Map<string, StoreApi<Wizard>>();

function storeOf(uid: string): StoreApi<Wizard> {
  const store = stores.get(uid) ?? wizardStore(uid, () => localStorage);
  stores.set(uid, store);
  return store;
}

export type Change = (change: Partial<Wizard> | ((now: Wizard) => Partial<Wizard>)) => void;

/** The wizard of whoever is signed in, and a way to change it: also for what ends after its screen was left. */
export function useWizard(): [Wizard, Change] {
  const uid = useSession(({ person }) => person?.uid ?? '');
  const store = storeOf(uid);
  return [useStore(store), store.setState];
}

export type ChangeProduct = (change: Partial<ProductDraft>) => void;

export function productChange(change: Change): ChangeProduct {
  return (part) => change((now) => ({ product: { ...now.product, ...part } }));
}
