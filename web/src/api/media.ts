// Addresses of stored objects. They are signed and hold for a while, so they are fetched when something shows them.
import { useEffect, useState } from 'react';
import { call } from './call';

const GATHER_MS = 15;
const KEEP_MS = 10 * 60_000;
const AT_ONCE = 100;

type Address = Promise<string | null>;

let kept = new Map<string, { address: Address; at: number }>();
let gathered = new Map<string, (url: string | null) => void>();

/** The address of an object, null where it cannot be had. Those asked for at the same time are fetched in one call. */
export function mediaUrl(name: string): Address {
  const known = kept.get(name);
  if (known && Date.now() - known.at < KEEP_MS) return known.address;
  const address: Address = new Promise((resolve) => {
    if (gathered.size === 0) setTimeout(fetchGathered, GATHER_MS);
    gathered.set(name, resolve);
  });
  kept.set(name, { address, at: Date.now() });
  return address;
}

/** Take over addresses that another operation answered with. */
export function keepMedia(media: Record<string, string>): void {
  for (const [name, url] of Object.entries(media))
    kept.set(name, { address: Promise.resolve(url), at: Date.now() });
}

/** Forget all addresses: somebody else signs in, or one has run out. */
export function forgetMedia(name?: string): void {
  if (name === undefined) kept = new Map();
  else kept.delete(name);
}

async function fetchGathered(): Promise<void> {
  const asked = [...gathered];
  gathered = new Map();
  for (let at = 0; at < asked.length; at += AT_ONCE) {
    const some = asked.slice(at, at + AT_ONCE);
    try {
      const { urls } = await call('mediaUrls', { objects: some.map(([name]) => name) });
      for (const [name, resolve] of some) resolve(urls[name] ?? null);
    } catch {
      for (const [name, resolve] of some) {
        kept.delete(name);
        resolve(null);
      }
    }
  }
}

/** The address of an object: undefined while it is fetched, null where it cannot be had or `name` is null. */
export function useMediaUrl(name: string | null): string | null | undefined {
  const [found, setFound] = useState<{ name: string | null; url: string | null }>({ name: null, url: null });
  useEffect(() => {
    if (name === null) return;
    let wanted = true;
    mediaUrl(name).then((url) => wanted && setFound({ name, url }));
    return () => {
      wanted = false;
    };
  }, [name]);
  if (name === null) return null;
  return found.name === name ? found.url : undefined;
}
