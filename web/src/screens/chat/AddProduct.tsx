import { Button, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { call } from '@/api/call';
import { ApiError } from '@/api/error';
import { FailureNote } from '@/ui/FailureNote';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';

/** As much of a product as a chat needs. The rest can be said on its own screen. */
export function AddProduct({ onMade, back }: { onMade: (productId: string) => void; back?: () => void }) {
  const uploads = useUploads();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const make = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, brand] = ['name', 'brand'].map((field) => String(form.get(field)).trim());
    setBusy(true);
    setError(null);
    try {
      const { product } = await call('createProduct', {
        name: name ?? '',
        brand: brand ?? '',
        images: uploads.objects,
      });
      onMade(product.id);
    } catch (thrown) {
      setError(ApiError.of(thrown));
      setBusy(false);
    }
  };
  return (
    <form onSubmit={make}>
      <Stack>
        <TextInput name="name" label="Product" required maxLength={120} data-autofocus autoComplete="off" />
        <TextInput name="brand" label="Brand" maxLength={120} autoComplete="off" />
        <PhotoDrop
          uploads={uploads}
          label="Add photos of the product"
          hint="One in which its label can be read is enough; two from different sides are better."
        />
        {error && <FailureNote error={error} onClose={() => setError(null)} />}
        <Group justify="flex-end">
          {back && (
            <Button variant="default" onClick={back}>
              Back
            </Button>
          )}
          <Button type="submit" loading={busy} disabled={uploads.busy || uploads.objects.length === 0}>
            {uploads.busy ? 'Photos are being sent' : 'Use this product'}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
