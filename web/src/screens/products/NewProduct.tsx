import { Button, Group, Modal, Stack } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';
import { FactsFields, factsIn, NO_FACTS } from './Facts';

/** What is said of a product, and photos; what the photos say is read on the next screen. */
export default function NewProduct({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const uploads = useUploads();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const create = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const facts = factsIn(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const { product } = await call('createProduct', { ...facts, images: uploads.objects });
      navigate(`/products/${product.id}`);
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={close} title="New product" size="lg">
      <form onSubmit={create}>
        <Stack>
          <PhotoDrop
            uploads={uploads}
            label="Add photos of the product"
            hint="Drop them here or press to choose, the best first: the whole product, its label sharp."
          />
          <FactsFields facts={NO_FACTS} />
          {error && <FailureNote error={error} onClose={() => setError(null)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={close}>
              Not now
            </Button>
            <Button type="submit" loading={busy} disabled={uploads.busy}>
              {uploads.busy ? 'Photos are being sent' : 'Create'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
