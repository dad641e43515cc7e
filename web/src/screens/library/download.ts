import { call } from '@/api/call';
import { fileName, save } from '@/ui/save';

/** Save the film of a job as a file. Throws ApiError. */
export async function download(jobId: string, title: string): Promise<void> {
  const { job } = await call('getJob', { job_id: jobId });
  if (job.final_video_url) await save(job.final_video_url, `${fileName(title)}.mp4`);
}
