/** As many as a message takes. */
export const MOST_PICTURES = 10;

/** Those of some files that can go with a message that has `already` some pictures, and why the others cannot. */
export function pictures(files: File[], already: number): { taken: File[]; refused: string | null } {
  const images = files.filter(({ type }) => type.startsWith('image/'));
  const taken = images.slice(0, Math.max(0, MOST_PICTURES - already));
  if (images.length < files.length) return { taken, refused: 'Only pictures can go with a message.' };
  if (taken.length < images.length) return { taken, refused: `A message takes ${MOST_PICTURES} pictures.` };
  return { taken, refused: null };
}
