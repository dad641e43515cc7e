import { Anchor, Button, Divider, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { createUserWithEmailAndPassword, updateProfile } from 'firebase/auth';
import { useState } from 'react';
import { Link } from 'react-router';
import { auth } from '@/firebase/auth';
import { GoogleButton } from './GoogleButton';
import { Problem } from './Problem';
import { MIN_PASSWORD, passwordProblem } from './password';
import { useEntry } from './useEntry';

export function Component() {
  const { busy, problem, enter, query } = useEntry();
  const [weak, setWeak] = useState<string | null>(null);
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const [name, email, password] = ['name', 'email', 'password'].map((field) => String(form.get(field)));
    const wrong = passwordProblem(password ?? '');
    setWeak(wrong);
    if (wrong) return document.getElementById('password')?.focus();
    enter(async () => {
      const { user } = await createUserWithEmailAndPassword(auth, (email ?? '').trim(), password ?? '');
      await updateProfile(user, { displayName: (name ?? '').trim() });
      await user.getIdToken(true); // which then carries the name
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1}>Create an account</Title>
        <GoogleButton busy={busy} enter={enter} />
        <Divider label="or with your address" c="dimmed" />
        <Problem text={problem} />
        <TextInput
          name="name"
          label="Name"
          autoComplete="name"
          size="md"
          maxLength={100}
          required
          autoFocus
        />
        <TextInput name="email" type="email" label="E-mail" autoComplete="email" size="md" required />
        <PasswordInput
          id="password"
          name="password"
          label="Password"
          description={`At least ${MIN_PASSWORD} characters`}
          autoComplete="new-password"
          size="md"
          required
          error={weak}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        <Button type="submit" size="md" loading={busy}>
          Create the account
        </Button>
        <Text ta="center">
          Have one already?{' '}
          <Anchor component={Link} to={`/login${query}`}>
            Sign in
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
