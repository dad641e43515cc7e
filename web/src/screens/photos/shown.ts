import { keepMedia } from '@/api/media';

/** An answer whose pictures need not be asked for again. */
export async function shown<T extends { media: Record<string, string> }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  keepMedia(answer.media);
  return answer;
}
