// Saving stored objects as files.
import { ApiError } from '@/api/error';
import { mediaUrl } from '@/api/media';

const KEEP_MS = 60_000;

/** Save a stored object as a file of that name. Throws ApiError. */
export async function save(object: string, saveAs: string): Promise<void> {
  const url = await mediaUrl(object);
  if (!url) throw new ApiError('unavailable', 'The file cannot be reached.');
  const link = document.createElement('a');
  link.download = saveAs;
  try {
    // A name for the file is heeded only for what is at the page's own address.
    link.href = URL.createObjectURL(await (await fetch(url)).blob());
  } catch {
    link.href = url;
    link.target = '_blank';
  }
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP_MS);
}

/** A title as a file's name that every system takes, without its ending. */
export function fileName(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '');
  const bare = plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return bare.slice(0, 80).toLowerCase() || 'ad';
}
