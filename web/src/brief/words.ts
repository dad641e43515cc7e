// What a brief's closed choices are called. A choice that the API gains has to get a word here before this compiles.
import type {
  AspectRatio,
  BackgroundSetting,
  CaptionPreset,
  Grade,
  LightingPreset,
  Music,
  Pacing,
  Platform,
  Quality,
  Role,
  SceneJoin,
  SpeechMode,
  TransitionKind,
  VideoStyle,
  Voiceover,
} from '@/api/types';

export const PLATFORMS: Record<Platform, string> = {
  instagram_reels: 'Instagram Reels',
  tiktok: 'TikTok',
  youtube_shorts: 'YouTube Shorts',
  youtube: 'YouTube',
  general: 'Anywhere',
  custom: 'Something else',
};
export const STYLES: Record<VideoStyle, string> = {
  testimonial: 'Testimonial',
  product_showcase: 'Product showcase',
  brand_story: 'Brand story',
  social_reel: 'Social reel',
  comparison_review: 'Comparison',
};
export const PACINGS: Record<Pacing, string> = { calm: 'Calm', natural: 'Natural', fast: 'Fast' };
export const RATIOS: Record<AspectRatio, string> = {
  '9:16': 'Upright 9:16',
  '1:1': 'Square 1:1',
  '16:9': 'Wide 16:9',
};
export const QUALITIES: Record<Quality, string> = { draft: 'Draft', standard: 'Standard', high: 'High' };
export const BACKGROUNDS: Record<BackgroundSetting, string> = {
  modern_bedroom: 'Modern bedroom',
  kitchen: 'Kitchen',
  office: 'Office',
  car: 'Car',
  outdoor: 'Outdoors',
  custom: 'As you describe it',
};
export const LIGHTS: Record<LightingPreset, string> = {
  natural: 'Natural',
  golden_hour: 'Golden hour',
  studio: 'Studio',
  soft: 'Soft',
  dramatic: 'Dramatic',
};
export const SPEECH: Record<SpeechMode, string> = {
  voiceover: 'A voice over the picture',
  native: 'The person in the picture',
};
export const VOICEOVERS: Record<Voiceover, string> = {
  per_scene: 'Scene by scene',
  continuous: 'In one breath',
};
export const MUSIC: Record<Music, string> = {
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
export const JOINS: Record<SceneJoin, string> = {
  cut: 'With a picture of its own',
  chain: 'Where the last one ended',
  match: 'The last one leads to it',
};
export const TRANSITIONS: Record<TransitionKind, string> = {
  cut: 'Hard cut',
  crossfade: 'Crossfade',
  dissolve: 'Dissolve',
  fade: 'Fade',
  dip_to_black: 'Through black',
  dip_to_white: 'Through white',
  whip: 'Whip left',
  whip_right: 'Whip right',
  zoom: 'Zoom in',
  zoom_out: 'Zoom out',
  slide_left: 'Slide left',
  slide_right: 'Slide right',
  slide_up: 'Slide up',
  slide_down: 'Slide down',
  wipe_left: 'Wipe left',
  wipe_right: 'Wipe right',
  wipe_up: 'Wipe up',
  wipe_down: 'Wipe down',
  smooth_left: 'Smooth left',
  smooth_right: 'Smooth right',
  circle_open: 'Circle opens',
  circle_close: 'Circle closes',
  radial: 'Clock hand',
  pixelize: 'Pixels',
};
export const CAPTIONS: Record<CaptionPreset, string> = {
  highlight: 'Highlight the word',
  karaoke: 'Karaoke',
  box: 'Boxes',
  pop: 'Words pop up',
  clean: 'Plain subtitles',
};
export const GRADES: Record<Grade, string> = {
  none: 'As filmed',
  natural: 'Natural',
  warm: 'Warm',
  cool: 'Cool',
  film: 'Film',
  vibrant: 'Vibrant',
  mono: 'Black and white',
};
/** The roles for which a brief may name a model. */
export const ROLES: Record<Exclude<Role, 'vision'>, string> = {
  text: 'Script and chat',
  image: 'Storyboard',
  video: 'Clips',
  speech: 'Voice',
};
/** Any tone goes, in words; these are a beginning. */
export const TONES = [
  'warm, conversational',
  'energetic',
  'calm',
  'funny',
  'luxurious',
  'expert',
  'confident',
  'playful',
];
/** Any language goes by its code; these are at hand. */
export const LANGUAGES: Record<string, string> = {
  en: 'English',
  de: 'German',
  fr: 'French',
  es: 'Spanish',
  it: 'Italian',
  pt: 'Portuguese',
  nl: 'Dutch',
  pl: 'Polish',
  ru: 'Russian',
  tr: 'Turkish',
  ar: 'Arabic',
  hi: 'Hindi',
  ja: 'Japanese',
  ko: 'Korean',
  zh: 'Chinese',
};
