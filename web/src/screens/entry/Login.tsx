import {
  Anchor,
  Button,
  Divider,
  Group,
  Input,
  PasswordInput,
  Stack,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { signInWithEmailAndPassword } from 'firebase/auth';
import { Link } from 'react-router';
import { auth } from '@/firebase/auth';
import { GoogleButton } from './GoogleButton';
import { Problem } from './Problem';
import { useEntry } from './useEntry';

export function Component() {
  const { busy, problem, enter, query } = useEntry();
  const submit = (event: React.FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    enter(() =>
      signInWithEmailAndPassword(auth, String(form.get('email')).trim(), String(form.get('password'))),
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <Title order={1}>Welcome back</Title>
        <GoogleButton busy={busy} enter={enter} />
        <Divider label="or with your address" c="dimmed" />
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
        <div>
          <Group justify="space-between" mb={4}>
            <Input.Label htmlFor="password" size="md" required>
              Password
            </Input.Label>
            <Anchor component={Link} to={`/reset${query}`} size="sm">
              Forgot it?
            </Anchor>
          </Group>
          <PasswordInput
            id="password"
            name="password"
            autoComplete="current-password"
            size="md"
            required
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
        </div>
        <Button type="submit" size="md" loading={busy}>
          Sign in
        </Button>
        <Text ta="center">
          New here?{' '}
          <Anchor component={Link} to={`/register${query}`}>
            Create an account
          </Anchor>
        </Text>
      </Stack>
    </form>
  );
}
