import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { tried } from '@/ui/undo';
import type { Arrival } from './useRoom';

/** Begin a conversation and go there, with what is to be said. */
export function useBegin() {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const begin = async (arrival: Arrival) => {
    setBusy(true);
    await tried(async () => {
      const { id } = await call('createChat', {});
      navigate(`/chat/${id}`, { state: arrival });
    });
    setBusy(false);
  };
  return { begin, busy };
}
