// What a job hands over.
import type { Job } from '@/api/types';
import { fileName } from '@/ui/save';

export type StoredFile = { name: string; label: string; saveAs: string };

const LABELS: Record<string, string> = {
  'preview.mp4': 'Short silent preview',
  'poster.jpg': 'Poster',
  'thumbnail.jpg': 'Thumbnail',
};
const RATIOS = /^(\d+)x(\d+)-(\w+)-(\w+)\.(\w+)$/;

/** The film first, then its other files; what only editors need is left out. */
export function filesOf(
  job: Pick<Job, 'title' | 'product_name' | 'final_video_url' | 'files'>,
): StoredFile[] {
  const base = fileName(job.title || job.product_name);
  const film = job.final_video_url
    ? [{ name: job.final_video_url, label: 'Download the film', saveAs: `${base}.mp4` }]
    : [];
  const others = Object.entries(job.files).flatMap(([file, name]) => {
    const label = LABELS[file] ?? outputLabel(file);
    return label ? [{ name, label, saveAs: `${base}-${file}` }] : [];
  });
  return [...film, ...others.toSorted((a, b) => rank(a.label) - rank(b.label))];
}

function outputLabel(file: string): string | null {
  const [, width, height, resolution, quality, container = ''] = RATIOS.exec(file) ?? [];
  return width ? `${width}:${height}, ${resolution}, ${quality}, ${container.toUpperCase()}` : null;
}

const rank = (label: string) => Object.values(LABELS).indexOf(label);
