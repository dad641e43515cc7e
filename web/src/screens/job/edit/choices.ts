// What can be chosen for a cut, in words. Pure.
import type { CaptionPreset, Corner, Cut, Grade, Music, Output, TransitionKind } from '@/api/types';

/** The name of a choice: "dip_to_black" as "Dip to black". */
export function named(choice: string): string {
  const words = choice.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

export const MUSIC_NAMES: Record<Music, string> = {
  none: 'No music',
  calm: 'Calm',
  warm: 'Warm',
  upbeat: 'Upbeat',
  bright: 'Bright',
  dreamy: 'Dreamy',
  lofi: 'Lo-fi',
  groove: 'Groove',
  cinematic: 'Cinematic',
};

const CAPTION_NAMES: Record<CaptionPreset, string> = {
  highlight: 'Highlight: the spoken word has a colour',
  karaoke: 'Karaoke: words fill as they are spoken',
  box: 'Box: a box behind the line',
  pop: 'Pop: words spring up',
  clean: 'Clean: plain subtitles',
};

const GRADE_NAMES: Record<Grade, string> = {
  none: 'As filmed',
  natural: 'Natural',
  warm: 'Warm',
  cool: 'Cool',
  film: 'Film',
  vibrant: 'Vibrant',
  mono: 'Black and white',
};

const KINDS: TransitionKind[] = [
  'cut',
  'crossfade',
  'dissolve',
  'fade',
  'dip_to_black',
  'dip_to_white',
  'whip',
  'whip_right',
  'zoom',
  'zoom_out',
  'slide_left',
  'slide_right',
  'slide_up',
  'slide_down',
  'wipe_left',
  'wipe_right',
  'wipe_up',
  'wipe_down',
  'smooth_left',
  'smooth_right',
  'circle_open',
  'circle_close',
  'radial',
  'pixelize',
];
const CORNERS: Corner[] = ['top_left', 'top_right', 'bottom_left', 'bottom_right'];

const options = <T extends string>(names: Record<T, string>) =>
  (Object.entries(names) as [T, string][]).map(([value, label]) => ({ value, label }));

export const MUSIC = options(MUSIC_NAMES);
export const CAPTIONS = options(CAPTION_NAMES);
export const GRADES = options(GRADE_NAMES);
export const TRANSITIONS = KINDS.map((value) => ({ value, label: named(value) }));
export const PLACES = CORNERS.map((value) => ({ value, label: named(value) }));

/** Files that can be had beside the film. */
export const FORMATS: { label: string; output: Output }[] = [
  {
    label: 'Square, 1080p',
    output: { ratio: '1:1', resolution: '1080p', container: 'mp4', quality: 'standard' },
  },
  {
    label: 'Landscape, 1080p',
    output: { ratio: '16:9', resolution: '1080p', container: 'mp4', quality: 'standard' },
  },
  {
    label: 'Portrait, 1080p',
    output: { ratio: '9:16', resolution: '1080p', container: 'mp4', quality: 'standard' },
  },
  {
    label: 'Portrait, small (720p WebM)',
    output: { ratio: '9:16', resolution: '720p', container: 'webm', quality: 'draft' },
  },
];

export const isSame = (a: Output, b: Output) =>
  a.ratio === b.ratio &&
  a.resolution === b.resolution &&
  a.container === b.container &&
  a.quality === b.quality;

/** The cut with a format among its files, or without it. */
export function withOutput(cut: Cut, output: Output, wanted: boolean): Output[] {
  const others = cut.outputs.filter((each) => !isSame(each, output));
  return wanted ? [...others, output] : others;
}
