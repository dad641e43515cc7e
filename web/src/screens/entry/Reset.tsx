import { useSearchParams } from 'react-router';
import { AskForReset } from './AskForReset';
import { NewPassword } from './NewPassword';

/** Both ends of a reset: asking for the mail, and what its link leads to. */
export function Component() {
  const [search] = useSearchParams();
  const code = search.get('oobCode');
  return code ? <NewPassword code={code} /> : <AskForReset />;
}
