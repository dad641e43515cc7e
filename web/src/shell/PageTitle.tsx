import { useMatches } from 'react-router';

/** The browser tab's title, as the route says. */
export function PageTitle() {
  const titles = useMatches().map(({ handle }) => (handle as { title?: string } | undefined)?.title);
  const title = titles.findLast(Boolean);
  return <title>{title ? `${title} · UGCGen` : 'UGCGen'}</title>;
}
