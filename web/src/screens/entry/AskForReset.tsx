import { Anchor, Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { sendPasswordResetEmail } from 'firebase/auth';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { local } from '@/firebase/app';
import { auth } from '@/firebase/auth';
import { Problem } from './Problem';
import { useEntry } from './useEntry';

const LocalMail = lazy(() => import('./LocalMail'));

export function AskForReset() {
  const { busy, problem, attempt, query } = useEntry();
  const [sentTo, setSentTo] = useState<string | null>(null);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const email = String(new FormData(event.currentTarget).get('email')).trim();
    if (await attempt(() => sendPasswordResetEmail(auth, email))) setSentTo(email);
  };
  if (sentTo) {
    return (
      <Stack role="status">
        <Title order={1}>Look into your mail</Title>
        <Text>
          If there is an account for {sentTo}, a link to choose a new password is on its way. Look among spam,
          too.
        </Text>
        {local && (
          <Suspense>
            <LocalMail to={sentTo} />
          </Suspense>
        )}
        <Anchor component={Link} to={`/login${query}`}>
          Back to signing in
        </Anchor>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1}>Reset the password</Title>
        <Text>Name the address of your account. A link to choose a new password comes by mail.</Text>
        <Problem text={problem} />
        <TextInput
          name="email"
          type="email"
          label="E-mail"
          autoComplete="email"
          size="md"
          required
          autoFocus
        />
        <Button type="submit" size="md" loading={busy}>
          Send the link
        </Button>
        <Anchor component={Link} to={`/login${query}`} ta="center">
          Back to signing in
        </Anchor>
      </Stack>
    </form>
  );
}
