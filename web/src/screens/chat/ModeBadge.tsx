import classes from './chat.module.css';
import type { Mode } from './thread';

/** What the chat is at. The words say what the colour does. */
export function ModeBadge({ mode }: { mode: Mode }) {
  return (
    <span className={classes.mode} data-state={mode.state} role="status" aria-label="Mode">
      <span className={classes.dot} aria-hidden />
      {mode.words}
    </span>
  );
}
