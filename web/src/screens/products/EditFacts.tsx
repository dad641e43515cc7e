import { FormDialog } from '@/ui/FormDialog';
import { type Facts, FactsFields, factsIn } from './Facts';

export function EditFacts({
  facts,
  save,
  close,
}: {
  facts: Facts;
  save: (facts: Facts) => Promise<void>;
  close: () => void;
}) {
  return (
    <FormDialog title="Name and facts" size="lg" submit={(form) => save(factsIn(form))} close={close}>
      <FactsFields facts={facts} />
    </FormDialog>
  );
}
