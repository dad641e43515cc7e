// Firebase Auth's errors in plain words.

const WORDS: Record<string, string> = {
  'auth/invalid-credential': 'The address or the password is not right.',
  'auth/wrong-password': 'The address or the password is not right.',
  'auth/user-not-found': 'The address or the password is not right.',
  'auth/invalid-email': 'This is not an e-mail address.',
  'auth/email-already-in-use': 'There is an account with this address already. Sign in instead.',
  'auth/weak-password': 'The password is too short: use at least 8 characters.',
  'auth/user-disabled': 'This account is closed. Ask an administrator.',
  'auth/too-many-requests': 'Too many tries. Wait a few minutes, or reset the password.',
  'auth/network-request-failed': 'The service cannot be reached. Check the connection and try again.',
  'auth/popup-blocked': 'The browser kept Google’s window from opening. Allow it and try again.',
  'auth/invalid-action-code': 'The link was used already or is too old. Ask for a new one.',
  'auth/expired-action-code': 'The link was used already or is too old. Ask for a new one.',
  'auth/account-exists-with-different-credential':
    'There is an account with this address already. Sign in to it.',
};

/** What to tell of a failed sign-in; null where somebody closed the window and knows. */
export function wordsOf(thrown: unknown): string | null {
  const code = (thrown as { code?: string }).code ?? '';
  if (code === 'auth/popup-closed-by-user' || code === 'auth/cancelled-popup-request') return null;
  return WORDS[code] ?? 'Signing in did not work. Try again in a moment.';
}
