import { call } from '@/api/call';

/** Save the film of a job as a file. Addresses run out, so a new one is asked for. Throws ApiError. */
export async function download(jobId: string, title: string): Promise<void> {
  const { job, media } = await call('getJob', { job_id: jobId });
  const url = job.final_video_url ? media[job.final_video_url] : null;
  if (!url) return;
  const link = document.createElement('a');
  link.download = fileName(title);
  try {
    // The name for the file is heeded only for what is at the page's own address.
    link.href = URL.createObjectURL(await (await fetch(url)).blob());
  } catch {
    link.href = url;
    link.target = '_blank';
  }
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A title as a name that every system takes. */
export function fileName(title: string): string {
  const plain = title.normalize('NFKD').replace(/\p{M}/gu, '');
  const bare = plain.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return `${bare.slice(0, 80).toLowerCase() || 'ad'}.mp4`;
}
