// Addresses of stored objects. They are signed and hold for a while, so they are fetched when something shows them.
import { useEffect, useState } from 'react';
import { call } from './call';

/** How large a picture shows: as a face or beside a line, on a card, in place of a film or to be decided on,
 * or to look closely. */
export type Size = 'line' | 'card' | 'film' | 'whole';

const GATHER_MS = 15;
const KEEP_MS = 10 * 60_000;
const AT_ONCE = 100;
/** Pixels, on a screen of double density. */
const WIDTHS = { line: 200, card: 480, film: 720, whole: null } as const;

type Address = Promise<string | null>;
type Asked = [name: string, resolve: (url: string | null) => void];

let kept = new Map<string, { address: Address; at: number }>();
let gathered = new Map<Size, Asked[]>();

const keyOf = (name: string, size: Size) => `${size} ${name}`;

/** The address of an object, null where it cannot be had. Those asked for at the same time are fetched in one call for
 * each size. */
export function mediaUrl(name: string, size: Size = 'whole'): Address {
  const key = keyOf(name, size);
  const known = kept.get(key);
  if (known && Date.now() - known.at < KEEP_MS) return known.address;
  const address: Address = new Promise((resolve) => {
    if (gathered.size === 0) setTimeout(fetchGathered, GATHER_MS);
    gathered.set(size, [...(gathered.get(size) ?? []), [name, resolve]]);
  });
  kept.set(key, { address, at: Date.now() });
  return address;
}

/** Forget all addresses: somebody else signs in; or those of an object, since one has run out. */
export function forgetMedia(name?: string): void {
  if (name === undefined) kept = new Map();
  else for (const size of Object.keys(WIDTHS) as Size[]) kept.delete(keyOf(name, size));
}

function fetchGathered(): void {
  for (const [size, asked] of gathered)
    for (let at = 0; at < asked.length; at += AT_ONCE) fetchSome(size, asked.slice(at, at + AT_ONCE));
  gathered = new Map();
}

async function fetchSome(size: Size, some: Asked[]): Promise<void> {
  try {
    const { urls } = await call('mediaUrls', { objects: some.map(([name]) => name), width: WIDTHS[size] });
    for (const [name, resolve] of some) resolve(urls[name] ?? null);
  } catch {
    for (const [name, resolve] of some) {
      kept.delete(keyOf(name, size));
      resolve(null);
    }
  }
}

/** The address of an object: undefined while it is fetched, null where it cannot be had or `name` is null. */
export function useMediaUrl(name: string | null, size: Size = 'whole'): string | null | undefined {
  const [found, setFound] = useState<{ key: string; url: string | null } | null>(null);
  useEffect(() => {
    if (name === null) return;
    let wanted = true;
    mediaUrl(name, size).then((url) => wanted && setFound({ key: keyOf(name, size), url }));
    return () => {
      wanted = false;
    };
  }, [name, size]);
  if (name === null) return null;
  return found?.key === keyOf(name, size) ? found.url : undefined;
}
