// What lies beside a chat: what is chosen for its ad, and what is typed but not sent. Both outlive a reload.
import { useEffect, useState } from 'react';
import { useDefaults } from '@/brief/defaults';
import type { Run, Settings } from '@/brief/settings';

export type Desk = { product_id: string | null; avatar_id: string | null; settings: Settings; run: Run };

const EMPTY: Desk = {
  product_id: null,
  avatar_id: null,
  settings: {},
  run: { auto_approve: false, budget_usd: null },
};

/** The desk is there tomorrow as well; it belongs to one chat, and begins as new ads do on this device. */
export function useDesk(chatId: string) {
  const [fresh] = useState<Desk>(() => ({ ...EMPTY, settings: useDefaults.getState().settings }));
  return useKept<Desk>(localStorage, `desk/${chatId}`, fresh);
}

/** Text that is not sent goes with the tab. */
export const useDraft = (chatId: string) => useKept(sessionStorage, `draft/${chatId}`, '');

/** For a component that is keyed by what `key` names. Storage that is full or forbidden only forgets. */
function useKept<T>(storage: Storage, key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    try {
      return (JSON.parse(storage.getItem(key) ?? 'null') as T | null) ?? initial;
    } catch {
      return initial;
    }
  });
  useEffect(() => {
    try {
      if (value === initial) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(value));
    } catch {
      // nothing is lost but the next reload's memory
    }
  }, [storage, key, value, initial]);
  return [value, setValue];
}
