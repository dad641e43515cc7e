import { expect, it, vi } from 'vitest';
import { filesOf } from './files';

vi.mock('@/api/call', () => ({}));

it('hands over the film first, other formats next, pictures last, and nothing for editors', () => {
  const files = {
    'thumbnail.jpg': 't',
    'waveform.json': 'w',
    '1x1-720p-draft.webm': 'o',
    'proxy-540p.mp4': 'p',
  };
  expect(filesOf({ title: 'Glow!', product_name: 'Lumi', final_video_url: 'f', files })).toEqual([
    { name: 'f', label: 'Download the film', saveAs: 'glow.mp4' },
    { name: 'o', label: '1:1, 720p, draft, WEBM', saveAs: 'glow-1x1-720p-draft.webm' },
    { name: 't', label: 'Thumbnail', saveAs: 'glow-thumbnail.jpg' },
  ]);
});
