import { Link } from 'react-router';
import { ratioOf } from '@/job/scenes';
import { MediaImage } from '@/ui/Media';
import { Nothing, Rows } from './Rows';
import classes from './Rows.module.css';
import type { Ad } from './useNear';

/** The library as storyboards. */
export function Component() {
  return <Rows view="storyboard" Shown={Frames} />;
}

function Frames({ job, scenes, to }: Ad & { to: string }) {
  const drawn = scenes.filter(({ view }) => view.storyboard);
  if (drawn.length === 0) return <Nothing>Nothing of it is drawn.</Nothing>;
  const [ratio, title] = [ratioOf(job), job.title || job.product_name];
  return (
    <ol className={classes.frames} data-wide={ratio > 1 || undefined}>
      {drawn.map(({ number, view }) => (
        <li key={number}>
          <Link to={to} className={classes.frame} tabIndex={-1}>
            <MediaImage
              name={view.storyboard}
              size={ratio > 1 ? 'card' : 'line'}
              alt={`Scene ${number} of ${title}`}
              ratio={ratio}
            />
          </Link>
        </li>
      ))}
    </ol>
  );
}
