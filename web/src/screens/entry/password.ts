export const MIN_PASSWORD = 8;

/** What is wrong with a new password, null for a good one. Length is what counts. */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN_PASSWORD) return `Use at least ${MIN_PASSWORD} characters.`;
  return new Set(password).size < 4 ? 'Use more different characters.' : null;
}
