import { call } from '@/api/call';
import { keepMedia } from '@/api/media';
import { fileName, save } from '@/ui/save';

/** Save the film of a job as a file. Throws ApiError. */
export async function download(jobId: string, title: string): Promise<void> {
  const { job, media } = await call('getJob', { job_id: jobId });
  keepMedia(media);
  if (job.final_video_url) await save(job.final_video_url, `${fileName(title)}.mp4`);
}
