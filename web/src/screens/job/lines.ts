// Loose records as lines to read. Pure.

/** Names of fields in words and their values as text, nested ones by their whole path; empty ones and the names of
 * stored objects are left out. */
export function factsOf(value: unknown, path: string[] = []): [string, string][] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) {
    if (value.every((each) => typeof each !== 'object')) return line(path, value.filter(readable).join(', '));
    return value.flatMap((each, index) => factsOf(each, [...path, String(index + 1)]));
  }
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, each]) => factsOf(each, [...path, name]));
  }
  return readable(value)
    ? line(path, typeof value === 'boolean' ? (value ? 'yes' : 'no') : String(value))
    : [];
}

const readable = (value: unknown) =>
  !String(value).startsWith('users/') && !/^[0-9a-f]{64}$/.test(String(value));

function line(path: string[], text: string): [string, string][] {
  const words = path
    .join(', ')
    .replaceAll('_', ' ')
    .replace(/\bdna\b/g, 'DNA')
    .replace(/\bcta\b/g, 'CTA');
  const whole = /^[a-z0-9]+(_[a-z0-9]+)+$/.test(text) ? text.replaceAll('_', ' ') : text;
  return text ? [[words.charAt(0).toUpperCase() + words.slice(1), whole]] : [];
}
