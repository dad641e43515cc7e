import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import type { Settings } from './settings';

/** What somebody wants of every new ad where it differs from the usual. Kept on this device. */
export const useDefaults = create<{ settings: Settings }>()(
  persist(() => ({ settings: {} }), { name: 'new-ads', version: 1 }),
);
