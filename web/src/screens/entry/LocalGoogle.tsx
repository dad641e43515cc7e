import { Button, Modal, Stack, Text, TextInput } from '@mantine/core';
import { GoogleAuthProvider, signInWithCredential } from 'firebase/auth';
import { auth } from '@/firebase/auth';

/** Stands in for Google's window where there is no Google: whoever names an address has it. */
export default function LocalGoogle({
  enter,
  close,
}: {
  enter: (act: () => Promise<unknown>) => void;
  close: () => void;
}) {
  const choose = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation(); // it would reach the form behind
    const email = String(new FormData(event.currentTarget).get('email'));
    const said = JSON.stringify({ sub: email, email, email_verified: true, name: email.split('@')[0] });
    close();
    enter(() => signInWithCredential(auth, GoogleAuthProvider.credential(said)));
  };
  return (
    <Modal opened onClose={close} title="Sign in with Google, locally">
      <form onSubmit={choose}>
        <Stack>
          <Text size="sm">There is no Google here. Whoever you say you are, you are.</Text>
          <TextInput
            name="email"
            type="email"
            label="Google address"
            required
            data-autofocus
            autoComplete="off"
          />
          <Button type="submit">Continue</Button>
        </Stack>
      </form>
    </Modal>
  );
}
