import { Discover } from './Discover';

export function Component() {
  return <Discover category={null} />;
}
