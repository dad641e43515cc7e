// Who is signed in, and whether there is a connection: what the whole client depends on.
import { signOut as leave, onIdTokenChanged } from 'firebase/auth';
import { type LoaderFunctionArgs, redirect } from 'react-router';
import { create } from 'zustand';
import { auth } from '@/firebase/auth';

export type Person = { uid: string; email: string; name: string; picture: string | null };

export const useSession = create<{ person: Person | null }>(() => ({ person: null }));

onIdTokenChanged(auth, (user) => {
  const { uid, email, displayName, photoURL } = user ?? {};
  const person = uid ? { uid, email: email ?? '', name: displayName ?? '', picture: photoURL ?? null } : null;
  useSession.setState({ person });
});

export const signOut = () => leave(auth);

/** Lets only those in who are signed in; the others come back here when they are. */
export async function guard({ request }: LoaderFunctionArgs): Promise<Response | null> {
  await auth.authStateReady();
  if (auth.currentUser) return null;
  return redirect(doorTo(new URL(request.url)));
}

/** The way in for somebody who asked for an address of this client. */
export function doorTo({ pathname, search }: { pathname: string; search: string }): string {
  const next = pathname + search;
  return next === '/' ? '/login' : `/login?next=${encodeURIComponent(next)}`;
}

/** Those who are signed in have nothing to do at the door. */
export async function inside({ request }: LoaderFunctionArgs): Promise<Response | null> {
  await auth.authStateReady();
  return auth.currentUser ? redirect(nextOf(new URL(request.url).searchParams)) : null;
}

/** Where somebody wanted to go: a path of this client, never another site. */
export function nextOf(asked: URLSearchParams): string {
  const next = asked.get('next') ?? '/';
  return /^\/(?![/\\])/.test(next) ? next : '/';
}
