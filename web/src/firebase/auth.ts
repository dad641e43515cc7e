import {
  browserLocalPersistence,
  connectAuthEmulator,
  indexedDBLocalPersistence,
  initializeAuth,
} from 'firebase/auth';
import { app, local } from './app';

// Without the popup's resolver, which is a third of the SDK and loads scripts from Google: see google.ts.
export const auth = initializeAuth(app, {
  persistence: [indexedDBLocalPersistence, browserLocalPersistence],
});
if (local) connectAuthEmulator(auth, location.origin, { disableWarnings: true });
