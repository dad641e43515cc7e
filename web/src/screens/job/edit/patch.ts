// JSON merge patches (RFC 7396), in which null takes a field back. Pure.

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value with a patch over it. */
export function merged<T>(value: T, patch: unknown): T {
  if (!isFields(patch)) return patch as T;
  const result: Fields = isFields(value) ? { ...value } : {};
  for (const [name, each] of Object.entries(patch)) {
    if (each === null) delete result[name];
    else result[name] = merged(result[name], each);
  }
  return result as T;
}

/** The patch that makes `after` of `before`; undefined where they are the same. What is null is as good as absent. */
export function difference(before: unknown, after: unknown): unknown {
  if (isFields(before) && isFields(after)) {
    const patch: Fields = {};
    for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const changed = difference(before[name] ?? null, after[name] ?? null);
      if (changed !== undefined) patch[name] = changed;
    }
    return Object.keys(patch).length ? patch : undefined;
  }
  return JSON.stringify(before) === JSON.stringify(after) ? undefined : (after ?? null);
}
