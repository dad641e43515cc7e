/** The id of the storyboard on whatever screen shows it. */
export const STORYBOARD = 'storyboard';

/** Bring the storyboard into view, with the focus on it. Returns whether it is there. */
export function showStoryboard(): boolean {
  const place = document.getElementById(STORYBOARD);
  place?.focus({ preventScroll: true });
  place?.scrollIntoView({ block: 'start' });
  return place !== null;
}
