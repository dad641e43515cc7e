import { useEffect, useState } from 'react';
import { ago } from './format';

const TICK_MS = 30_000;

/** How long ago something was; it stays right while it is looked at. The exact time is its tooltip. */
export function Ago({ time }: { time: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={time} title={new Date(time).toLocaleString()}>
      {ago(time, Math.max(now, Date.parse(time)))}
    </time>
  );
}
