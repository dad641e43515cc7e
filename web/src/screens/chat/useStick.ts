import { useCallback, useEffect, useRef, useState } from 'react';

/** Whoever is this near to the end, in pixels, is following the conversation. */
const NEAR = 150;

/** Keeps a scrolling element at its end for somebody who is there, and leaves everybody else where they read.
 * `end` names what stands at the end; `unseen` says that it changed out of sight. */
export function useStick(end: string) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const [unseen, setUnseen] = useState(false);

  const toEnd = useCallback((behavior: ScrollBehavior = 'auto') => {
    const box = scroller.current;
    if (!box) return;
    following.current = true;
    setUnseen(false);
    box.scrollTo({ top: box.scrollHeight, behavior });
  }, []);

  useEffect(() => {
    const box = scroller.current;
    if (!box || !content.current) return;
    // Only upwards is a decision to read elsewhere: what grows leaves its end behind by itself.
    let top = box.scrollTop;
    const look = () => {
      const near = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
      if (near || box.scrollTop < top) following.current = near;
      if (near) setUnseen(false);
      top = box.scrollTop;
    };
    const grown = new ResizeObserver(() => {
      if (following.current) box.scrollTop = box.scrollHeight;
    });
    box.addEventListener('scroll', look, { passive: true });
    grown.observe(content.current);
    grown.observe(box);
    return () => {
      box.removeEventListener('scroll', look);
      grown.disconnect();
    };
  }, []);

  const seen = useRef(end);
  useEffect(() => {
    if (seen.current !== end && !following.current) setUnseen(true);
    seen.current = end;
  }, [end]);

  return { scroller, content, unseen, toEnd };
}
