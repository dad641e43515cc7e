import { PasswordInput, TextInput } from '@mantine/core';
import { call } from '@/api/call';
import { FormDialog, textOf } from '@/ui/FormDialog';

export function AddKey({ close }: { close: () => void }) {
  const add = (form: FormData) =>
    call('addApiKey', { label: textOf(form, 'label'), key: String(form.get('key')) });
  return (
    <FormDialog title="Add a key" action="Add it" submit={add} close={close}>
      <TextInput
        name="label"
        label="Name"
        description="To tell your keys apart."
        required
        maxLength={60}
        data-autofocus
        autoComplete="off"
      />
      <PasswordInput
        name="key"
        label="Key"
        description="It is tried out, sealed, and never shown again."
        required
        autoComplete="off"
        visibilityToggleButtonProps={{ 'aria-label': 'Show the key' }}
      />
    </FormDialog>
  );
}
