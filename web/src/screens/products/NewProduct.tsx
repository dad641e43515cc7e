import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { FormDialog } from '@/ui/FormDialog';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';
import { FactsFields, factsIn, NO_FACTS } from './Facts';

/** What is said of a product, and photos; what the photos say is read on the next screen. */
export default function NewProduct({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const uploads = useUploads();
  const create = async (form: FormData) => {
    const { product } = await call('createProduct', { ...factsIn(form), images: uploads.objects });
    navigate(`/products/${product.id}`);
  };
  return (
    <FormDialog
      title="New product"
      action={uploads.busy ? 'Photos are being sent' : 'Create'}
      disabled={uploads.busy}
      size="lg"
      submit={create}
      close={close}
    >
      <PhotoDrop
        uploads={uploads}
        label="Add photos of the product"
        hint="Drop them here or press to choose, the best first: the whole product, its label sharp."
      />
      <FactsFields facts={NO_FACTS} />
    </FormDialog>
  );
}
