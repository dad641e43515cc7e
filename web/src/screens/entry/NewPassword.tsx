import { Anchor, Button, PasswordInput, Stack, Text, Title } from '@mantine/core';
import { confirmPasswordReset, verifyPasswordResetCode } from 'firebase/auth';
import { useEffect, useState } from 'react';
import { Link } from 'react-router';
import { auth } from '@/firebase/auth';
import { Problem } from './Problem';
import { MIN_PASSWORD, passwordProblem } from './password';
import { useEntry } from './useEntry';
import { wordsOf } from './words';

export function NewPassword({ code }: { code: string }) {
  const { busy, problem, attempt } = useEntry();
  const [email, setEmail] = useState<string | null>(null);
  const [stale, setStale] = useState<string | null>(null);
  const [weak, setWeak] = useState<string | null>(null);
  const [done, setDone] = useState(false);
  useEffect(() => {
    verifyPasswordResetCode(auth, code).then(setEmail, (thrown) => setStale(wordsOf(thrown)));
  }, [code]);
  const submit = async (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const password = String(new FormData(event.currentTarget).get('password'));
    const wrong = passwordProblem(password);
    setWeak(wrong);
    if (!wrong && (await attempt(() => confirmPasswordReset(auth, code, password)))) setDone(true);
  };
  if (stale) {
    return (
      <Stack>
        <Title order={1}>This link does not work</Title>
        <Problem text={stale} />
        <Button component={Link} to="/reset" size="md">
          Ask for a new link
        </Button>
      </Stack>
    );
  }
  if (done) {
    return (
      <Stack role="status">
        <Title order={1}>The password is changed</Title>
        <Text>Sign in with the new one. Wherever else you were signed in, you are not any more.</Text>
        <Button component={Link} to="/login" size="md">
          Sign in
        </Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1}>Choose a new password</Title>
        <Text>{email ? `For ${email}.` : 'Looking at the link.'}</Text>
        <Problem text={problem} />
        <PasswordInput
          name="password"
          label="New password"
          description={`At least ${MIN_PASSWORD} characters`}
          autoComplete="new-password"
          size="md"
          required
          error={weak}
          visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
        />
        <Button type="submit" size="md" loading={busy} disabled={!email}>
          Change the password
        </Button>
        <Anchor component={Link} to="/login" ta="center">
          Back to signing in
        </Anchor>
      </Stack>
    </form>
  );
}
