import { useParams } from 'react-router';
import { Discover } from './Discover';

export function Component() {
  const { category = '' } = useParams();
  return <Discover key={category} category={category} />;
}
