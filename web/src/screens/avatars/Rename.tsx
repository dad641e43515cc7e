import { TextInput } from '@mantine/core';
import { call } from '@/api/call';
import type { Avatar, AvatarAnswer } from '@/api/types';
import { FormDialog, textOf } from '@/ui/FormDialog';

export function Rename({
  avatar,
  take,
  close,
}: {
  avatar: Avatar;
  take: (asked: Promise<AvatarAnswer>) => Promise<void>;
  close: () => void;
}) {
  const save = (form: FormData) =>
    take(
      call('updateAvatar', { avatar_id: avatar.id, name: textOf(form, 'name'), tag: textOf(form, 'tag') }),
    );
  return (
    <FormDialog title="Rename" submit={save} close={close}>
      <TextInput name="name" label="Name" defaultValue={avatar.name} required maxLength={80} data-autofocus />
      <TextInput name="tag" label="What they are for" defaultValue={avatar.tag} maxLength={60} />
    </FormDialog>
  );
}
