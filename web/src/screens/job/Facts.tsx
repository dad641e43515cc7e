import classes from './job.module.css';
import { factsOf } from './lines';

/** Anything with fields, as a list of names and values. What is empty is left out. */
export function Facts({ of }: { of: object }) {
  return (
    <dl className={classes.facts}>
      {factsOf(of).map(([name, value]) => (
        <div key={name} style={{ display: 'contents' }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
