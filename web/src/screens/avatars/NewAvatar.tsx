import { TextInput } from '@mantine/core';
import { useNavigate } from 'react-router';
import { call } from '@/api/call';
import { FormDialog, textOf } from '@/ui/FormDialog';
import { PhotoDrop } from '@/ui/PhotoDrop';
import { useUploads } from '@/ui/useUploads';

/** A name and photos; what the photos say is read on the next screen. */
export default function NewAvatar({ close }: { close: () => void }) {
  const navigate = useNavigate();
  const uploads = useUploads();
  const create = async (form: FormData) => {
    const { avatar } = await call('createAvatar', {
      name: textOf(form, 'name'),
      tag: textOf(form, 'tag'),
      reference_images: uploads.objects,
    });
    navigate(`/avatars/${avatar.id}`);
  };
  return (
    <FormDialog
      title="New avatar"
      action={uploads.busy ? 'Photos are being sent' : 'Create'}
      disabled={uploads.busy}
      size="lg"
      submit={create}
      close={close}
    >
      <TextInput name="name" label="Name" required maxLength={80} data-autofocus autoComplete="off" />
      <TextInput
        name="tag"
        label="What they are for"
        description="A word or two, to tell similar ones apart."
        placeholder="casual, office, sport"
        maxLength={60}
        autoComplete="off"
      />
      <PhotoDrop
        uploads={uploads}
        label="Add photos of one person"
        hint="Drop them here or press to choose: from the front and both sides, alone, in good light."
      />
    </FormDialog>
  );
}
