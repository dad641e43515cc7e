import { Avatar } from '@mantine/core';
import { useDocument } from '@/api/live';
import { useMediaUrl } from '@/api/media';
import type { Person } from './session';

/** Somebody's picture: their own choice, or that of their sign-in. */
export default function Face({ person }: { person: Person }) {
  const live = useDocument<{ image: string | null }>('users', person.uid);
  const chosen = useMediaUrl(live.state === 'ready' ? (live.data?.image ?? null) : null, 'line');
  return <Avatar src={chosen ?? person.picture} size={34} color="clay" alt="" />;
}
