// Written by `make web-types` from the Python models; a test fails where it is stale. Do not edit.
// Money is in micros (millionths of a US dollar), times are ISO 8601 in UTC, media are names of stored objects.

export type Accepted = {
  job_id: string;
  status: JobStatus;
};
export type AddAvatarImages = {
  avatar_id: string;
  images: string[];
};
export type AddKey = {
  label: string;
  service?: PoolType;
  key: string;
};
export type AddWebhook = {
  url: string;
  description?: string;
  events?: Milestone[];
};
export type AnalyzeProduct = {
  name: string;
  brand?: string;
  images: string[];
};
export type AnalyzedProduct = {
  dna: ProductDNA;
  photos: ProductPhoto[];
  advice: Record<string, string>;
};
export type ApiKey = {
  id: string;
  user_id: string | null;
  label: string;
  service: PoolType;
  hint: string;
  status: ApiKeyStatus;
  until: string | null;
  no_credit: boolean;
  error_count: number;
  reason: string | null;
  last_used_at: string | null;
  created_at: string;
};
export type ApiKeyStatus = 'active' | 'rate_limited' | 'exhausted' | 'error' | 'disabled';
export type AspectRatio = '9:16' | '16:9' | '1:1';
export type AssistantMessage = {
  event: 'assistant_message';
  message: Message;
};
export type Attempt = {
  at: string;
  status: number | null;
  problem: string | null;
  seconds: number;
};
export type Avatar = {
  id: string;
  name: string;
  tag: string;
  unique_identifier: string;
  is_system: boolean;
  thumbnail_url: string | null;
  reference_sheet: string | null;
  reference_images: string[];
  photos: ReferencePhoto[];
  dna: AvatarDNARecord | null;
  detailed_dna: string | null;
  reference_angles: Record<string, string>;
  angle_validation: Record<string, boolean>;
  user_id: string | null;
  created_at: string;
  updated_at: string;
};
export type AvatarAnswer = {
  avatar: Avatar;
  coverage: Coverage;
  media: Record<string, string>;
};
export type AvatarCard = {
  avatar_id: string;
  name: string;
  tag: string;
  is_system: boolean;
  images: number;
  has_dna: boolean;
  thumbnail: string | null;
  created_at: string;
};
export type AvatarDNA = {
  face: string;
  skin: string;
  eyes: string;
  hair: string;
  body: string;
  voice: string;
  wardrobe: string;
  prohibited_drift: string;
};
export type AvatarDNAEdit = {
  face: string | null;
  skin: string | null;
  eyes: string | null;
  hair: string | null;
  body: string | null;
  voice: string | null;
  wardrobe: string | null;
  prohibited_drift: string | null;
};
export type AvatarDNAEditInput = {
  face?: string | null;
  skin?: string | null;
  eyes?: string | null;
  hair?: string | null;
  body?: string | null;
  voice?: string | null;
  wardrobe?: string | null;
  prohibited_drift?: string | null;
};
export type AvatarDNARecord = {
  extracted: AvatarDNA;
  edits: AvatarDNAEdit;
  version: number;
};
export type AvatarList = {
  avatars: AvatarCard[];
  system: AvatarCard[];
  next_cursor: string | null;
};
export type AvatarRequest = {
  avatar_id: string;
};
export type BackgroundSetting = 'modern_bedroom' | 'kitchen' | 'office' | 'car' | 'outdoor' | 'custom';
export type BibleEdit = {
  product_dna: ProductDNAEdit | null;
  avatar_dna: AvatarDNAEdit | null;
  style: StyleEdit | null;
  setting: string | null;
  creative_brief: CreativeBriefEdit | null;
  camera: CameraLanguageEdit | null;
  lighting: LightingEdit | null;
  realism: RealismEdit | null;
  master_prompt: MasterPromptEdit | null;
};
export type BibleEditInput = {
  product_dna?: ProductDNAEditInput | null;
  avatar_dna?: AvatarDNAEditInput | null;
  style?: StyleEditInput | null;
  setting?: string | null;
  creative_brief?: CreativeBriefEditInput | null;
  camera?: CameraLanguageEditInput | null;
  lighting?: LightingEditInput | null;
  realism?: RealismEditInput | null;
  master_prompt?: MasterPromptEditInput | null;
};
export type Brief = {
  product_name: string;
  prompt: string;
  brand: string;
  selling_points: string[];
  avatar_name: string;
  platform: Platform;
  style: VideoStyle;
  tone: string;
  pacing: Pacing;
  background: BackgroundSetting;
  background_note: string;
  lighting: LightingPreset;
  language: string;
  voice: VoiceConfig;
  speech: SpeechMode;
  voiceover: EnumsVoiceover;
  aspect_ratio: AspectRatio;
  quality: Quality;
  total_seconds: number | null;
  scenes: SceneWish[] | null;
  max_scene_duration: number;
  variants: number;
  words_per_minute: number;
  join: SceneJoin;
  transition: TransitionKind;
  music: Music;
  cut: Cut;
  models: ModelChoice;
};
export type BriefInput = {
  product_name: string;
  prompt: string;
  brand?: string;
  selling_points?: string[];
  avatar_name?: string;
  platform?: Platform;
  style?: VideoStyle;
  tone?: string;
  pacing?: Pacing;
  background?: BackgroundSetting;
  background_note?: string;
  lighting?: LightingPreset;
  language?: string;
  voice?: VoiceConfigInput;
  speech?: SpeechMode;
  voiceover?: Voiceover;
  aspect_ratio?: AspectRatio;
  quality?: Quality;
  total_seconds?: number | null;
  scenes?: SceneWishInput[] | null;
  max_scene_duration?: number;
  variants?: number;
  words_per_minute?: number;
  join?: SceneJoin;
  transition?: TransitionKind;
  music?: Music;
  cut?: CutInput;
  models?: ModelChoiceInput;
};
export type Brought = {
  product: ProductDNA | null;
  avatar: AvatarDNA | null;
  unique_identifier: string | null;
  dna_version: number;
  strategy: Strategy | null;
  script: Script | null;
};
export type CameraAngle = 'eye_level' | 'low_angle' | 'high_angle' | 'dutch_angle' | 'birds_eye';
export type CameraEdit = {
  body: string | null;
  lens: string | null;
  focus: string | null;
  shot_type: ShotType | null;
  angle: CameraAngle | null;
  movement: CameraMovement | null;
};
export type CameraEditInput = {
  body?: string | null;
  lens?: string | null;
  focus?: string | null;
  shot_type?: ShotType | null;
  angle?: CameraAngle | null;
  movement?: CameraMovement | null;
};
export type CameraLanguage = {
  body: string;
  lens: string;
  focus: string;
  default: Shot;
  by_scene_type: Record<string, Shot>;
};
export type CameraLanguageEdit = {
  body: string | null;
  lens: string | null;
  focus: string | null;
  default: ShotEdit | null;
  by_scene_type: Record<string, ShotEdit>;
};
export type CameraLanguageEditInput = {
  body?: string | null;
  lens?: string | null;
  focus?: string | null;
  default?: ShotEditInput | null;
  by_scene_type?: Record<string, ShotEditInput>;
};
export type CameraMovement = 'static' | 'pan_left' | 'pan_right' | 'tilt_up' | 'tilt_down' | 'dolly_in' | 'dolly_out' | 'tracking' | 'handheld';
export type CameraSetup = {
  body: string;
  lens: string;
  shot_type: ShotType;
  angle: CameraAngle;
  movement: CameraMovement;
  focus: string;
};
export type CameraSetupInput = {
  body?: string;
  lens?: string;
  shot_type?: ShotType;
  angle?: CameraAngle;
  movement?: CameraMovement;
  focus?: string;
};
export type Cancelling = {
  job_id: string;
  status: JobStatus;
  spent: number;
};
export type Caption = {
  text: string;
  start: number;
  end: number;
  style: CaptionStyle | null;
};
export type CaptionAnimation = 'none' | 'fade' | 'rise' | 'grow';
export type CaptionFont = 'roboto' | 'noto_sans';
export type CaptionInput = {
  text: string;
  start: number;
  end: number;
  style?: CaptionStyleInput | null;
};
export type CaptionPreset = 'highlight' | 'karaoke' | 'box' | 'pop' | 'clean';
export type CaptionStyle = {
  shown: boolean;
  preset: CaptionPreset;
  font: CaptionFont;
  weight: number | null;
  color: string;
  highlight: string;
  outline: string;
  outline_width: number | null;
  background: string;
  background_opacity: number | null;
  animation: CaptionAnimation | null;
  text_height: number;
  text_width: number;
  bottom: number | null;
  max_words: number;
  max_characters: number;
};
export type CaptionStyleInput = {
  shown?: boolean;
  preset?: CaptionPreset;
  font?: CaptionFont;
  weight?: number | null;
  color?: string;
  highlight?: string;
  outline?: string;
  outline_width?: number | null;
  background?: string;
  background_opacity?: number | null;
  animation?: CaptionAnimation | null;
  text_height?: number;
  text_width?: number;
  bottom?: number | null;
  max_words?: number;
  max_characters?: number;
};
export type Category = {
  id: string;
  name: string;
};
export type Character = {
  unique_identifier: string;
  reference_sheet: string | null;
  detailed_dna: string;
  photos: ReferencePhoto[];
  coverage: Coverage;
  dna_version: number;
};
export type Chat = {
  id: string;
  user_id: string;
  title: string;
  avatar_id: string | null;
  answering: string | null;
  created_at: string;
  updated_at: string;
};
export type ChatDeleted = {
  chat_id: string;
  messages: number;
};
export type ChatList = {
  chats: Chat[];
  next_cursor: string | null;
};
export type ChatRequest = {
  chat_id: string;
};
export type CheckedFile = {
  object: string;
  media_type: string;
  size: number;
  url: string;
};
export type ClipEdit = {
  source: string | null;
  trim_start: number;
  seconds: number | null;
  speed: number;
  crop: Crop;
  volume: number | null;
  muted: boolean;
  fade_in: number;
  fade_out: number;
};
export type ClipEditInput = {
  source?: string | null;
  trim_start?: number;
  seconds?: number | null;
  speed?: number;
  crop?: CropInput;
  volume?: number | null;
  muted?: boolean;
  fade_in?: number;
  fade_out?: number;
};
export type CompileEdit = {
  edit_id: string;
  preview?: boolean;
};
export type Container = 'mp4' | 'webm';
export type Corner = 'top_left' | 'top_right' | 'bottom_left' | 'bottom_right';
export type Coverage = {
  angles: Record<string, string>;
  missing: ReferenceAngle[];
  advice: string[];
};
export type CreateAvatar = {
  name: string;
  tag?: string;
  reference_images?: string[];
  dna?: AvatarDNA | null;
};
export type CreateChat = {
  title?: string;
};
export type CreateProduct = {
  name: string;
  brand?: string;
  description?: string;
  price?: string;
  url?: string | null;
  images?: string[];
  dna?: ProductDNAInput | null;
};
export type CreativeBrief = {
  hook_strategy: string;
  pain_point: string;
  key_selling_points: string[];
  emotional_journey: string;
  cta_approach: string;
  prompt: string;
  selling_points: string[];
};
export type CreativeBriefEdit = {
  prompt: string | null;
  selling_points: string[] | null;
  hook_strategy: string | null;
  pain_point: string | null;
  key_selling_points: string[] | null;
  emotional_journey: string | null;
  cta_approach: string | null;
};
export type CreativeBriefEditInput = {
  prompt?: string | null;
  selling_points?: string[] | null;
  hook_strategy?: string | null;
  pain_point?: string | null;
  key_selling_points?: string[] | null;
  emotional_journey?: string | null;
  cta_approach?: string | null;
};
export type Crop = {
  left: number;
  top: number;
  right: number;
  bottom: number;
};
export type CropInput = {
  left?: number;
  top?: number;
  right?: number;
  bottom?: number;
};
export type Cut = {
  transitions: Record<string, Transition>;
  clips: Record<string, ClipEdit>;
  captions: CaptionStyle;
  lines: Caption[] | null;
  sounds: SoundClip[];
  music_volume: number;
  master_volume: number;
  look: Look;
  disclosure: Disclosure;
  outputs: Output[];
  metadata: FileMetadata;
};
export type CutInput = {
  transitions?: Record<string, TransitionInput>;
  clips?: Record<string, ClipEditInput>;
  captions?: CaptionStyleInput;
  lines?: CaptionInput[] | null;
  sounds?: SoundClipInput[];
  music_volume?: number;
  master_volume?: number;
  look?: LookInput;
  disclosure?: DisclosureInput;
  outputs?: OutputInput[];
  metadata?: FileMetadataInput;
};
export type DecideStoryboard = {
  job_id: string;
  decision: 'approve' | 'retake' | 'choose';
  scenes?: number[];
  chosen?: Record<string, number>;
  note?: string;
};
export type DeleteJob = {
  job_id: string;
  for_good?: boolean;
};
export type Deleted = {
  job_id: string;
  purge_at: string;
  removed: number;
  kept: number;
};
export type Deliveries = {
  deliveries: Delivery[];
};
export type Delivery = {
  id: string;
  webhook_id: string;
  milestone: Milestone;
  body: Record<string, unknown>;
  state: DeliveryState;
  round: number;
  tries: number;
  attempts: Attempt[];
  wake_by: string | null;
  created_at: string;
  expires_at: string;
};
export type DeliveryState = 'pending' | 'delivered' | 'failed';
export type Disclosure = {
  shown: boolean;
  text: string;
  corner: Corner;
};
export type DisclosureInput = {
  shown?: boolean;
  text?: string;
  corner?: Corner;
};
export type Draft = {
  product_name?: string;
  prompt?: string;
  brand?: string;
  selling_points?: string[];
  avatar_name?: string;
  platform?: Platform;
  style?: VideoStyle;
  tone?: string;
  pacing?: Pacing;
  background?: BackgroundSetting;
  background_note?: string;
  lighting?: LightingPreset;
  language?: string;
  voice?: VoiceConfigInput;
  speech?: SpeechMode;
  voiceover?: Voiceover;
  aspect_ratio?: AspectRatio;
  quality?: Quality;
  total_seconds?: number | null;
  scenes?: SceneWishInput[] | null;
  max_scene_duration?: number;
  variants?: number;
  words_per_minute?: number;
  join?: SceneJoin;
  transition?: TransitionKind;
  music?: Music;
  cut?: CutInput;
  models?: ModelChoiceInput;
};
export type EditDocument = {
  id: string;
  user_id: string;
  job_id: string;
  title: string;
  cut: Cut;
  version: number;
  compiled: number | null;
  created_at: string;
  updated_at: string;
};
export type EditJob = {
  job_id: string;
  script_note?: string | null;
  scenes?: Record<string, SceneEditInput | null> | null;
  bible?: BibleEditInput | null;
  voice?: VoiceEditInput | null;
  music?: Music | null;
  cut?: Record<string, unknown> | null;
  preview?: boolean;
};
export type EditList = {
  edits: EditDocument[];
  next_cursor: string | null;
};
export type EditRequest = {
  edit_id: string;
};
export type Edited = {
  job_id: string;
  version: number;
  edits: JobEdits;
  units: string[];
  cost: number;
};
export type EnumsVoiceover = 'per_scene' | 'continuous';
export type Evidence = {
  trait: Trait;
  source: Source;
  raw: number | null;
  score: number | null;
  against: string[];
  read: string[];
  reason: string;
};
export type Example = {
  id: string;
  title: string;
  category: string;
  platform: Platform;
  style: VideoStyle;
  aspect_ratio: AspectRatio;
  seconds: number;
  video: string;
  thumbnail: string | null;
  published_at: string;
};
export type ExampleList = {
  examples: Example[];
  next_cursor: string | null;
};
export type ExpandBrief = {
  brief: BriefInput;
};
export type ExtractDNA = {
  images: string[];
  name?: string;
};
export type ExtractedDNA = {
  dna: AvatarDNA;
  photos: ReferencePhoto[];
  coverage: Coverage;
  reference_sheet: string | null;
};
export type Fault = {
  kind: FaultKind;
  source: Source;
  reason: string;
  words: string[];
};
export type FaultKind = 'other_person' | 'extra_person' | 'plastic_look' | 'wrong_label' | 'wrong_colors' | 'wrong_shape' | 'no_product';
export type FileMetadata = {
  title: string | null;
  comment: string | null;
  created_at: string | null;
  device: string | null;
  location: string | null;
};
export type FileMetadataInput = {
  title?: string | null;
  comment?: string | null;
  created_at?: string | null;
  device?: string | null;
  location?: string | null;
};
export type FrameScore = {
  frame: string;
  at: number | null;
  evidence: Evidence[];
  faults: Fault[];
  person: number | null;
  product: number | null;
  score: number | null;
};
export type GenerateBible = {
  brief: BriefInput;
  strategy: Strategy;
  product_id?: string | null;
  product_dna?: ProductDNAInput | null;
  avatar_id?: string | null;
  avatar_dna?: AvatarDNA | null;
};
export type GenerateVoiceover = {
  text: string;
  voice?: VoiceConfigInput;
  language?: string;
};
export type GetUsage = {
  first?: string;
  last?: string;
};
export type Grade = 'none' | 'natural' | 'warm' | 'cool' | 'film' | 'vibrant' | 'mono';
export type Health = {
  status: 'ok';
  version: string;
};
export type ImportPage = {
  url: string;
};
export type ImportPhoto = {
  url: string;
};
export type ImportedPage = {
  url: string;
  product: ProductFacts;
};
export type ImportedPhoto = {
  object: string;
  url: string;
};
export type Intent = 'CHAT' | 'VIDEO_NEEDS_INPUT' | 'VIDEO_READY';
export type Job = {
  id: string;
  chat_id: string | null;
  avatar_id: string | null;
  product_id: string | null;
  user_id: string;
  request_id: string;
  title: string;
  search: string[];
  status: JobStatus;
  current_step: PipelineStep;
  progress: number;
  message: string;
  brief: Brief;
  outline: PlannedScene[];
  auto_approve: boolean;
  quote: Quote;
  money: Money;
  bible: ProductionBible | null;
  script: Script | null;
  storyboard: Record<string, unknown> | null;
  storyboard_scenes: StoryboardFrame[];
  video_urls: string[];
  video_scenes: VideoScene[];
  audio_url: string | null;
  final_video_url: string | null;
  animatic_url: string | null;
  files: Record<string, string>;
  error_message: string | null;
  product_name: string;
  product_images: string[];
  background_setting: BackgroundSetting | null;
  platform: Platform | null;
  max_scene_duration: number;
  words_per_minute: number;
  consistency_scores: Record<string, unknown> | null;
  regeneration_log: Record<string, unknown>[];
  avatar_dna: AvatarDNA | null;
  avatar_ref_images: string[];
  brought: Brought;
  last_completed_step: PipelineStep | null;
  step_artifacts: Record<string, Record<string, unknown>>;
  paused_for: PauseReason[];
  spoken_by: string | null;
  version: number;
  edits: JobEdits;
  parent_job_id: string | null;
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  deleted_at: string | null;
  purge_at: string | null;
  published_at: string | null;
};
export type JobAnswer = {
  job: Job;
  scenes: SceneView[];
  media: Record<string, string>;
  report: Record<string, unknown> | null;
};
export type JobCard = {
  job_id: string;
  chat_id: string | null;
  title: string;
  product_name: string;
  status: JobStatus;
  current_step: PipelineStep;
  progress: number;
  message: string;
  version: number;
  platform: Platform | null;
  spent: number;
  thumbnail: string | null;
  video: string | null;
  created_at: string;
  updated_at: string;
  completed_at: string | null;
  purge_at: string | null;
  published_at: string | null;
};
export type JobEdits = {
  script_note: string | null;
  scenes: Record<string, SceneEdit>;
  bible: BibleEdit;
  voice: VoiceEdit | null;
  music: Music | null;
  cut: Record<string, unknown>;
};
export type JobList = {
  jobs: JobCard[];
  next_cursor: string | null;
};
export type JobProgress = {
  event: 'progress';
  job_id: string;
  status: JobStatus;
  current_step: PipelineStep;
  progress: number;
  message: string;
  version: number;
  spent: number;
  paused_for: PauseReason[];
  error_message: string | null;
};
export type JobRequest = {
  job_id: string;
};
export type JobStatus = 'queued' | 'running' | 'paused' | 'cancelling' | 'cancelled' | 'completed' | 'failed';
export type KeyRequest = {
  key_id: string;
};
export type Keys = {
  keys: ApiKey[];
};
export type LibrarySound = {
  source: string;
  kind: SoundKind;
  name: string;
  character: string;
};
export type Lifecycle = 'served' | 'soon_retired' | 'retired' | 'unknown';
export type LightingEdit = {
  type: string | null;
  direction: string | null;
  color_temp: string | null;
  intensity: string | null;
  key_intensity: number | null;
  fill_intensity: number | null;
  rim: boolean | null;
};
export type LightingEditInput = {
  type?: string | null;
  direction?: string | null;
  color_temp?: string | null;
  intensity?: string | null;
  key_intensity?: number | null;
  fill_intensity?: number | null;
  rim?: boolean | null;
};
export type LightingPreset = 'natural' | 'golden_hour' | 'studio' | 'soft' | 'dramatic';
export type LightingSetup = {
  type: string;
  direction: string;
  color_temp: string;
  intensity: string;
  key_intensity: number;
  fill_intensity: number;
  rim: boolean;
};
export type LightingSetupInput = {
  type?: string;
  direction?: string;
  color_temp?: string;
  intensity?: string;
  key_intensity?: number;
  fill_intensity?: number;
  rim?: boolean;
};
export type Line = {
  name: string | null;
  calls: number;
  cost: number;
};
export type ListExamples = {
  limit?: number;
  cursor?: string | null;
  category?: string | null;
};
export type ListJobs = {
  limit?: number;
  cursor?: string | null;
  status?: JobStatus[];
  search?: string;
};
export type ListMessages = {
  limit?: number;
  cursor?: string | null;
  chat_id: string;
};
export type Look = {
  grade: Grade;
  lut: string | null;
  strength: number;
  saturation: number;
  grain: number;
  vignette: number;
  shake: number;
  aberration: number;
  distortion: number;
  match_colors: boolean;
};
export type LookInput = {
  grade?: Grade;
  lut?: string | null;
  strength?: number;
  saturation?: number;
  grain?: number;
  vignette?: number;
  shake?: number;
  aberration?: number;
  distortion?: number;
  match_colors?: boolean;
};
export type MakeAgain = {
  job_id: string;
  request_id: string;
  brief?: Record<string, unknown>;
  auto_approve?: boolean;
  budget_usd?: number | null;
};
export type MasterPrompt = {
  realism_header: string;
  character_dna: string;
  environment: string;
  skin_realism: string;
  consistency_lock: string;
  negative_prompt: string;
};
export type MasterPromptEdit = {
  realism_header: string | null;
  character_dna: string | null;
  environment: string | null;
  skin_realism: string | null;
  consistency_lock: string | null;
  negative_prompt: string | null;
};
export type MasterPromptEditInput = {
  realism_header?: string | null;
  character_dna?: string | null;
  environment?: string | null;
  skin_realism?: string | null;
  consistency_lock?: string | null;
  negative_prompt?: string | null;
};
export type MediaAddresses = {
  urls: Record<string, string>;
};
export type MediaRequest = {
  objects: string[];
  width?: 200 | 480 | 720 | null;
};
export type Message = {
  id: string;
  chat_id: string;
  role: Speaker;
  content: string;
  state: MessageState;
  attachments: string[];
  intent: Intent | null;
  job_id: string | null;
  error: string | null;
  created_at: string;
  updated_at: string;
};
export type MessageList = {
  messages: Message[];
  next_cursor: string | null;
};
export type MessageRequest = {
  chat_id: string;
  message_id: string;
};
export type MessageState = 'streaming' | 'complete' | 'stopped' | 'failed';
export type Milestone = 'storyboard.ready' | 'job.paused' | 'job.completed' | 'job.failed' | 'job.cancelled';
export type Missing = 'product_images' | 'avatar' | 'angle_coverage' | 'platform' | 'script' | 'arc' | 'api_key';
export type ModelChoice = {
  text: string | null;
  image: string | null;
  video: string | null;
  speech: string | null;
};
export type ModelChoiceInput = {
  text?: string | null;
  image?: string | null;
  video?: string | null;
  speech?: string | null;
};
export type ModelFacts = {
  role: Role;
  id: string;
  provider: Provider;
  places: Record<string, number>;
  abilities: string;
  price: string;
  lifecycle: Lifecycle;
  shutdown: string | null;
  replacement: string | null;
};
export type ModelList = {
  models: ModelFacts[];
};
export type Money = {
  cap: number;
  allotted: number;
  spent: number;
  simulated: boolean;
};
export type Music = 'none' | 'calm' | 'warm' | 'upbeat' | 'bright' | 'dreamy' | 'lofi' | 'groove' | 'cinematic';
export type Nothing = {
};
export type OpenUpload = {
  media_type: string;
  size: number;
};
export type Output = {
  ratio: AspectRatio;
  resolution: Resolution;
  container: Container;
  quality: Quality;
};
export type OutputInput = {
  ratio?: AspectRatio;
  resolution?: Resolution;
  container?: Container;
  quality?: Quality;
};
export type Pacing = 'calm' | 'natural' | 'fast';
export type PageRequest = {
  limit?: number;
  cursor?: string | null;
};
export type PauseReason = {
  unit: string;
  reason: string;
  message: string;
};
export type PhotoFault = 'no_face' | 'several_people' | 'too_small' | 'face_too_small' | 'blurred';
export type PipelineStep = 'script_generation' | 'scene_prompts' | 'storyboard' | 'storyboard_review' | 'video_generation' | 'video_extension' | 'audio_generation' | 'post_production' | 'quality_check' | 'complete';
export type PlannedScene = {
  scene_number: number;
  scene_type: SceneType;
  seconds: number;
  clip_seconds: number;
  extension_seconds: number;
  join: SceneJoin;
  transition: TransitionKind;
  max_words: number;
  note: string;
};
export type Platform = 'instagram_reels' | 'tiktok' | 'youtube_shorts' | 'youtube' | 'general' | 'custom';
export type PoolType = 'google_ai' | 'gcs';
export type Product = {
  id: string;
  user_id: string;
  name: string;
  brand: string;
  description: string;
  price: string;
  url: string | null;
  images: string[];
  photos: ProductPhoto[];
  dna: ProductDNARecord | null;
  created_at: string;
  updated_at: string;
};
export type ProductAnswer = {
  product: Product;
  media: Record<string, string>;
};
export type ProductCard = {
  product_id: string;
  name: string;
  brand: string;
  images: number;
  has_dna: boolean;
  thumbnail: string | null;
  created_at: string;
};
export type ProductColors = {
  primary: string;
  secondary: string;
  packaging: string;
};
export type ProductColorsEdit = {
  primary: string | null;
  secondary: string | null;
  packaging: string | null;
};
export type ProductColorsEditInput = {
  primary?: string | null;
  secondary?: string | null;
  packaging?: string | null;
};
export type ProductDNA = {
  product_type: string;
  product_name: string;
  colors: ProductColors;
  shape: string;
  materials: string[];
  texture: string;
  branding_text: string[];
  logo_description: string;
  distinctive_features: string[];
  prohibited_variations: string[];
};
export type ProductDNAEdit = {
  product_type: string | null;
  product_name: string | null;
  colors: ProductColorsEdit | null;
  shape: string | null;
  materials: string[] | null;
  texture: string | null;
  branding_text: string[] | null;
  logo_description: string | null;
  distinctive_features: string[] | null;
  prohibited_variations: string[] | null;
};
export type ProductDNAEditInput = {
  product_type?: string | null;
  product_name?: string | null;
  colors?: ProductColorsEditInput | null;
  shape?: string | null;
  materials?: string[] | null;
  texture?: string | null;
  branding_text?: string[] | null;
  logo_description?: string | null;
  distinctive_features?: string[] | null;
  prohibited_variations?: string[] | null;
};
export type ProductDNAInput = {
  product_type: string;
  product_name: string;
  colors: ProductColors;
  shape: string;
  materials?: string[];
  texture?: string;
  branding_text?: string[];
  logo_description?: string;
  distinctive_features?: string[];
  prohibited_variations?: string[];
};
export type ProductDNARecord = {
  extracted: ProductDNA;
  edits: ProductDNAEdit;
  version: number;
};
export type ProductFacts = {
  name: string;
  description: string;
  price: string | null;
  currency: string | null;
  photos: string[];
};
export type ProductList = {
  products: ProductCard[];
  next_cursor: string | null;
};
export type ProductPhoto = {
  image: string;
  sha256: string;
  width: number;
  height: number;
  sharpness: number;
  colors: string[];
  words: string[];
};
export type ProductRequest = {
  product_id: string;
};
export type ProductVisibility = 'primary' | 'secondary' | 'background' | 'none';
export type ProductionBible = {
  product_name: string;
  product_dna: ProductDNA;
  avatar_dna: AvatarDNA | null;
  character: Character | null;
  style: StyleConfig;
  creative_brief: CreativeBrief;
  camera: CameraLanguage;
  lighting: LightingSetup;
  realism: RealismRules;
  master_prompt: MasterPrompt;
};
export type ProfileAnswer = {
  user_id: string;
  email: string | null;
  name: string | null;
  image: string | null;
  image_url: string | null;
};
export type Provider = 'gemini' | 'agent-platform' | 'cloud-tts';
export type PublishJob = {
  job_id: string;
  category: string;
};
export type Quality = 'draft' | 'standard' | 'high';
export type Quote = {
  lines: QuoteLine[];
  low: number;
  total: number;
  high: number;
  after_storyboard: number;
  models: Record<string, string>;
  fallbacks: Record<string, string[]>;
  notices: string[];
};
export type QuoteAnswer = {
  outline: PlannedScene[];
  quote: Quote;
  seconds: number;
  requirements: Requirement[];
};
export type QuoteLine = {
  unit: string;
  scene: number | null;
  model: string;
  what: string;
  low: number;
  price: number;
  high: number;
};
export type QuoteRequest = {
  brief: BriefInput;
  product_images?: number;
  avatar_images?: number;
};
export type RealismEdit = {
  skin: string | null;
  face: string | null;
  hands: string | null;
  environment: string | null;
  product_fidelity: string | null;
  text_overlays: string | null;
};
export type RealismEditInput = {
  skin?: string | null;
  face?: string | null;
  hands?: string | null;
  environment?: string | null;
  product_fidelity?: string | null;
  text_overlays?: string | null;
};
export type RealismRules = {
  skin: string;
  face: string;
  hands: string;
  environment: string;
  product_fidelity: string;
  text_overlays: string;
};
export type ReferenceAngle = 'front' | 'left_profile' | 'right_profile' | 'back' | 'three_quarter_left' | 'three_quarter_right';
export type ReferencePhoto = {
  image: string;
  sha256: string;
  width: number;
  height: number;
  faces: number;
  face_pixels: number | null;
  sharpness: number;
  angle: ReferenceAngle | null;
  faults: PhotoFault[];
  advice: string;
};
export type RefineScript = {
  brief: BriefInput;
  strategy: Strategy;
  product_id?: string | null;
  product_dna?: ProductDNAInput | null;
  avatar_id?: string | null;
  avatar_dna?: AvatarDNA | null;
  script: ScriptInput;
  feedback: string;
};
export type RegenerateAll = {
  job_id: string;
  note?: string;
};
export type RegenerateScene = {
  job_id: string;
  note?: string;
  scene_number: number;
};
export type RemoveAvatarImage = {
  avatar_id: string;
  image: string;
};
export type RenameChat = {
  chat_id: string;
  title: string;
};
export type ReplayDelivery = {
  webhook_id: string;
  event_id: string;
};
export type Requirement = {
  code: Missing;
  sentence: string;
  field: string;
  blocks: boolean;
};
export type Resealing = {
  resealed: number;
  remaining: number;
  damaged: number;
};
export type Resolution = '720p' | '1080p' | '4k';
export type ResumeJob = {
  job_id: string;
  budget_usd?: number | null;
};
export type Role = 'text' | 'vision' | 'image' | 'video' | 'speech';
export type SceneEdit = {
  dialogue: string | null;
  action: string | null;
  expression: string | null;
  product_action: string | null;
  camera: CameraEdit | null;
  lighting: LightingEdit | null;
};
export type SceneEditInput = {
  dialogue?: string | null;
  action?: string | null;
  expression?: string | null;
  product_action?: string | null;
  camera?: CameraEditInput | null;
  lighting?: LightingEditInput | null;
};
export type SceneJoin = 'chain' | 'cut' | 'match';
export type SceneType = 'intro' | 'hook' | 'problem' | 'solution' | 'demonstration' | 'unboxing' | 'application' | 'testimonial' | 'cta';
export type SceneView = {
  scene_number: number;
  stage: PipelineStep;
  dialogue: string;
  action: string;
  storyboard: string | null;
  storyboard_score: number | null;
  storyboard_reason: string;
  variants: string[];
  clip: string | null;
  clip_score: number | null;
  clip_reason: string;
  voice: string | null;
  message: string;
  notice: string;
  updated_at: string | null;
};
export type SceneWish = {
  seconds: number;
  scene_type: SceneType | null;
  note: string;
  join: SceneJoin | null;
};
export type SceneWishInput = {
  seconds: number;
  scene_type?: SceneType | null;
  note?: string;
  join?: SceneJoin | null;
};
export type Script = {
  title: string;
  total_duration: number;
  scenes: ScriptScene[];
  audio_direction: string;
};
export type ScriptAnswer = {
  script: Script;
  writing: Writing;
};
export type ScriptInput = {
  title: string;
  total_duration: number;
  scenes: ScriptSceneInput[];
  audio_direction?: string;
};
export type ScriptScene = {
  scene_number: number;
  scene_type: SceneType;
  duration_seconds: number;
  dialogue: string;
  action: string;
  expression: string;
  camera: CameraSetup;
  lighting: LightingSetup;
  product_visibility: ProductVisibility;
  product_action: string;
  audio_notes: string;
};
export type ScriptSceneInput = {
  scene_number: number;
  scene_type: SceneType;
  duration_seconds: number;
  dialogue: string;
  action: string;
  expression: string;
  camera?: CameraSetupInput;
  lighting?: LightingSetupInput;
  product_visibility?: ProductVisibility;
  product_action?: string;
  audio_notes?: string;
};
export type SendMessage = {
  chat_id: string;
  request_id: string;
  content: string;
  attachments?: string[];
  ad?: Draft;
  product_id?: string | null;
  product_images?: string[];
  avatar_id?: string | null;
  avatar_images?: string[];
  auto_approve?: boolean;
  budget_usd?: number | null;
};
export type SentFile = {
  object: string;
};
export type Shot = {
  shot_type: ShotType;
  angle: CameraAngle;
  movement: CameraMovement;
};
export type ShotEdit = {
  shot_type: ShotType | null;
  angle: CameraAngle | null;
  movement: CameraMovement | null;
};
export type ShotEditInput = {
  shot_type?: ShotType | null;
  angle?: CameraAngle | null;
  movement?: CameraMovement | null;
};
export type ShotType = 'close_up' | 'extreme_close_up' | 'medium' | 'wide' | 'over_shoulder';
export type SoundClip = {
  kind: SoundKind;
  source: string;
  start: number;
  trim_start: number;
  seconds: number | null;
  volume: number;
  fade_in: number;
  fade_out: number;
};
export type SoundClipInput = {
  kind: SoundKind;
  source: string;
  start?: number;
  trim_start?: number;
  seconds?: number | null;
  volume?: number;
  fade_in?: number;
  fade_out?: number;
};
export type SoundKind = 'voiceover' | 'music' | 'effect';
export type SoundLibrary = {
  sounds: LibrarySound[];
};
export type SoundsVoiceover = {
  source: string;
  url: string;
  seconds: number;
};
export type Source = 'measured' | 'judged';
export type Speaker = 'user' | 'assistant';
export type SpeechMode = 'voiceover' | 'native';
export type StartGeneration = {
  request_id: string;
  brief: BriefInput;
  product_id?: string | null;
  product_images?: string[];
  avatar_id?: string | null;
  avatar_images?: string[];
  strategy?: Strategy | null;
  script?: ScriptInput | null;
  auto_approve?: boolean;
  budget_usd?: number | null;
  chat_id?: string | null;
  parent_job_id?: string | null;
};
export type Started = {
  job_id: string;
  quoted: number;
  cap: number;
  notices: string[];
  requirements: Requirement[];
};
export type StoryboardFrame = {
  scene_number: number;
  variants: StoryboardVariant[];
  chosen: number;
  consistency_score: number | null;
};
export type StoryboardVariant = {
  image: string;
  sha256: string;
  take: number;
  score: number | null;
  reason: string;
  likeness: FrameScore | null;
};
export type Strategy = {
  hook_strategy: string;
  pain_point: string;
  key_selling_points: string[];
  emotional_journey: string;
  cta_approach: string;
};
export type StyleConfig = {
  platform: Platform;
  duration_seconds: number;
  style: VideoStyle;
  tone: string;
  pacing: Pacing;
  setting: string;
  aspect_ratio: AspectRatio;
};
export type StyleEdit = {
  style: VideoStyle | null;
  tone: string | null;
  pacing: Pacing | null;
};
export type StyleEditInput = {
  style?: VideoStyle | null;
  tone?: string | null;
  pacing?: Pacing | null;
};
export type Template = {
  id: string;
  category: string;
  title: string;
  about: string;
  brief: Record<string, unknown>;
};
export type Templates = {
  categories: Category[];
  templates: Template[];
};
export type Trait = 'face' | 'person' | 'colors' | 'shape' | 'label' | 'product';
export type Transition = {
  kind: TransitionKind;
  seconds: number | null;
};
export type TransitionInput = {
  kind: TransitionKind;
  seconds?: number | null;
};
export type TransitionKind = 'cut' | 'dissolve' | 'crossfade' | 'fade' | 'dip_to_black' | 'dip_to_white' | 'whip' | 'whip_right' | 'zoom' | 'zoom_out' | 'slide_left' | 'slide_right' | 'slide_up' | 'slide_down' | 'wipe_left' | 'wipe_right' | 'wipe_up' | 'wipe_down' | 'smooth_left' | 'smooth_right' | 'circle_open' | 'circle_close' | 'radial' | 'pixelize';
export type UpdateAvatar = {
  avatar_id: string;
  name?: string | null;
  tag?: string | null;
  dna?: AvatarDNAEditInput | null;
};
export type UpdateEdit = {
  edit_id: string;
  version: number;
  title?: string | null;
  cut?: Record<string, unknown>;
};
export type UpdateKey = {
  key_id: string;
  label?: string | null;
  enabled?: boolean | null;
};
export type UpdateProduct = {
  product_id: string;
  name?: string | null;
  brand?: string | null;
  description?: string | null;
  price?: string | null;
  url?: string | null;
  images?: string[] | null;
  dna?: ProductDNAEditInput | null;
};
export type UpdateProfile = {
  name?: string | null;
  image?: string | null;
};
export type UpdateWebhook = {
  webhook_id: string;
  url?: string | null;
  description?: string | null;
  events?: Milestone[] | null;
  enabled?: boolean | null;
};
export type UploadSession = {
  object: string;
  url: string;
};
export type Usage = {
  cost: number;
  calls: number;
  days: Line[];
  jobs: Line[];
  models: Line[];
};
export type UsageAnswer = {
  first: string;
  last: string;
  usage: Usage;
  allowance_owed: number;
  simulated: boolean;
};
export type UserMessage = {
  event: 'user_message';
  message: Message;
  answer_id: string;
};
export type VideoScene = {
  scene_number: number;
  video_url: string;
  first_frame_url: string | null;
  last_frame_url: string | null;
  consistency_score: number | null;
};
export type VideoStyle = 'testimonial' | 'product_showcase' | 'brand_story' | 'social_reel' | 'comparison_review';
export type VoiceConfig = {
  name: string;
  pitch: number;
  rate: number;
  style: string;
};
export type VoiceConfigInput = {
  name?: string;
  pitch?: number;
  rate?: number;
  style?: string;
};
export type VoiceEdit = {
  name: string | null;
  pitch: number | null;
  rate: number | null;
  style: string | null;
};
export type VoiceEditInput = {
  name?: string | null;
  pitch?: number | null;
  rate?: number | null;
  style?: string | null;
};
export type Voiceover = 'per_scene' | 'continuous';
export type WebhookEndpoint = {
  id: string;
  user_id: string;
  url: string;
  description: string;
  events: Milestone[];
  enabled: boolean;
  reason: string | null;
  created_at: string;
};
export type WebhookRequest = {
  webhook_id: string;
};
export type WebhookWithSecret = {
  webhook: WebhookEndpoint;
  secret: string;
};
export type Webhooks = {
  webhooks: WebhookEndpoint[];
};
export type Words = {
  event: 'stream';
  content: string;
};
export type Writing = {
  json_repairs: number;
  json_retries: number;
  violations: string[];
  put_right_by_rule: string[];
};

export type Operations = {
  /** Whether the service answers, and its version. Nothing behind it is asked. */
  checkHealth: { request: Record<string, never>; answer: Health };
  /** What a brief would cost, scene by scene, and what it still wants. Nothing is stored. */
  quoteGeneration: { request: QuoteRequest; answer: QuoteAnswer };
  /** Create the job and wake its first unit: it writes the script and draws the storyboard, which waits for approval unless it is approved at once. The same request id gives the same job. */
  startGeneration: { request: StartGeneration; answer: Started };
  /** The caller's jobs, newest first, a page at a time. Deleted ones are not among them. */
  listJobs: { request: ListJobs; answer: JobList };
  /** The caller's jobs that can still be restored, the last deleted first. */
  listDeletedJobs: { request: PageRequest; answer: JobList };
  /** A job with its scenes, addresses under which its media can be read for a while, and at its end the report. */
  getJob: { request: JobRequest; answer: JobAnswer };
  /** Record the decision in the units it concerns, then wake them; approved, the clips are filmed. */
  decideStoryboard: { request: DecideStoryboard; answer: Accepted };
  /** No new work is started; open operations are stopped or collected. Repeating it changes nothing. The answer says what was already spent, what open operations may still cost included. */
  cancelJob: { request: JobRequest; answer: Cancelling };
  /** Raise the cap if asked, then let blocked and failed units go on. */
  resumeJob: { request: ResumeJob; answer: Accepted };
  /** Ask for a completed job's storyboard again, so that frames can be retaken or chosen anew. */
  reopenJob: { request: JobRequest; answer: Accepted };
  /** Draw one scene again. */
  regenerateScene: { request: RegenerateScene; answer: Accepted };
  /** Draw every scene again. */
  regenerateAll: { request: RegenerateAll; answer: Accepted };
  /** Begin a chat with the copilot. Without a title it takes one from the first message. */
  createChat: { request: CreateChat; answer: Chat };
  /** The caller's chats, a page at a time, those talked in last first. */
  listChats: { request: PageRequest; answer: ChatList };
  /** A chat without its messages. */
  getChat: { request: ChatRequest; answer: Chat };
  /** Give a chat another title. */
  renameChat: { request: RenameChat; answer: Chat };
  /** Delete a chat and its messages. Its jobs go on, and stay in the library. Called again after it was interrupted, it goes on. */
  deleteChat: { request: ChatRequest; answer: ChatDeleted };
  /** The messages of a chat, newest first, a page at a time. */
  listMessages: { request: ListMessages; answer: MessageList };
  /** Stop an answer that is being written, from wherever. What has come is kept; an answer that ended stays as it is. */
  stopMessage: { request: MessageRequest; answer: Message };
  /** Apply the edit and run what depends on it again, in one commit. */
  editJob: { request: EditJob; answer: Edited };
  /** Change what a step wrote, within what editJob allows: status, step, owner and money are not among it. */
  updateArtifacts: { request: EditJob; answer: Edited };
  /** Delete a job that is over or paused; for thirty days it can be restored. Called again after it was interrupted, it goes on. */
  deleteJob: { request: DeleteJob; answer: Deleted };
  /** Take a deleted job back. */
  restoreJob: { request: JobRequest; answer: Accepted };
  /** Start a job with the photos and the brief of another, changed. What comes to the same is not paid again; what was edited stays with the version that it was edited in. */
  makeAgain: { request: MakeAgain; answer: Started };
  /** A job with all those that it was made from and that were made from it, the first one first. */
  listVersions: { request: JobRequest; answer: JobList };
  /** Every model of the catalog that is deployed, as it stands today. */
  listModels: { request: Record<string, never>; answer: ModelList };
  /** What was paid for, by day, by job and by model. What another job had paid for already costs nothing again. */
  getUsage: { request: GetUsage; answer: UsageAnswer };
  /** A resumable session for a photo, sound, video or colour table. */
  openUpload: { request: OpenUpload; answer: UploadSession };
  /** Check a file that was sent by what is in it, and keep it under its content. A photo becomes an upright JPEG without metadata; any other file is kept as it is. It costs nothing to skip this: whatever takes an upload checks it. */
  checkUpload: { request: SentFile; answer: CheckedFile };
  /** Addresses under which objects of the caller can be read for a while. */
  mediaUrls: { request: MediaRequest; answer: MediaAddresses };
  /** The caller's own avatars, newest first, and those that come with the product. */
  listAvatars: { request: PageRequest; answer: AvatarList };
  /** Keep a person with their photos. */
  createAvatar: { request: CreateAvatar; answer: AvatarAnswer };
  /** One avatar with its DNA and what its photos cover. */
  getAvatar: { request: AvatarRequest; answer: AvatarAnswer };
  /** Rename an avatar or correct its DNA. */
  updateAvatar: { request: UpdateAvatar; answer: AvatarAnswer };
  /** Forget an avatar. Photos that a job still uses stay. */
  deleteAvatar: { request: AvatarRequest; answer: AvatarRequest };
  /** The reference photos, each with its angle, faults and advice where it was looked at. */
  getAvatarImages: { request: AvatarRequest; answer: AvatarAnswer };
  /** Add reference photos. */
  addAvatarImages: { request: AddAvatarImages; answer: AvatarAnswer };
  /** Remove a reference photo. */
  removeAvatarImage: { request: RemoveAvatarImage; answer: AvatarAnswer };
  /** The DNA of the person on some photos, to look over before an avatar is made of it. */
  extractDna: { request: ExtractDNA; answer: ExtractedDNA };
  /** Extract an avatar's DNA from its photos anew; what somebody corrected stays corrected. */
  extractAvatarDna: { request: AvatarRequest; answer: AvatarAnswer };
  /** Which angles the photos cover, what is wrong with each and what to add. */
  validateAngles: { request: AvatarRequest; answer: AvatarAnswer };
  /** The caller's products, newest first, a page at a time. */
  listProducts: { request: PageRequest; answer: ProductList };
  /** Keep a product with its photos. */
  createProduct: { request: CreateProduct; answer: ProductAnswer };
  /** One product with its DNA. */
  getProduct: { request: ProductRequest; answer: ProductAnswer };
  /** Change a product or correct its DNA. */
  updateProduct: { request: UpdateProduct; answer: ProductAnswer };
  /** Forget a product. Photos that a job still uses stay. */
  deleteProduct: { request: ProductRequest; answer: ProductRequest };
  /** Extract a product's DNA from its photos anew; what somebody corrected stays corrected. */
  extractProductDna: { request: ProductRequest; answer: ProductAnswer };
  /** The DNA of a product, to look over before it is kept. */
  analyzeProduct: { request: AnalyzeProduct; answer: AnalyzedProduct };
  /** How the ad is to persuade: hook, pain point, selling points, emotions, call to action. */
  expandBrief: { request: ExpandBrief; answer: Strategy };
  /** The production bible as a job of this brief would begin with it. Nothing is paid or stored. */
  generateBible: { request: GenerateBible; answer: ProductionBible };
  /** Write the script of a brief. */
  generateScript: { request: GenerateBible; answer: ScriptAnswer };
  /** Change a script as the feedback says, within the outline of the brief. */
  refineScript: { request: RefineScript; answer: ScriptAnswer };
  /** The caller's editor documents, the last changed first. */
  listEdits: { request: PageRequest; answer: EditList };
  /** Begin to work on a job's cut, as it is now. */
  createEdit: { request: JobRequest; answer: EditDocument };
  /** One editor document. */
  getEdit: { request: EditRequest; answer: EditDocument };
  /** Change the cut of a document; the job stays as it is. */
  updateEdit: { request: UpdateEdit; answer: EditDocument };
  /** Forget an editor document; what was compiled of it stays in its job. */
  deleteEdit: { request: EditRequest; answer: EditRequest };
  /** Give the document's cut to its job, which renders again what shows it. */
  compileEdit: { request: CompileEdit; answer: Edited };
  /** The music and the effects that come with the product; a film may use them wherever it is shown. */
  listMusic: { request: Record<string, never>; answer: SoundLibrary };
  /** Speak a text, to be placed in a cut. */
  generateVoiceover: { request: GenerateVoiceover; answer: SoundsVoiceover };
  /** Categories, and templates to begin a brief from. */
  listTemplates: { request: Record<string, never>; answer: Templates };
  /** Films that their owners published, newest first. */
  listExamples: { request: ListExamples; answer: ExampleList };
  /** Show a finished film to everybody who is signed in, as it is now. */
  publishJob: { request: PublishJob; answer: Example };
  /** Show a film to nobody else any more. Repeating it changes nothing. */
  unpublishJob: { request: JobRequest; answer: JobRequest };
  /** Who the caller is. */
  getProfile: { request: Record<string, never>; answer: ProfileAnswer };
  /** Change name or picture; the address of the sign-in stays. */
  updateProfile: { request: UpdateProfile; answer: ProfileAnswer };
  /** Keep a key that the provider accepts. Adding it again renames it. */
  addApiKey: { request: AddKey; answer: ApiKey };
  /** The caller's own keys. The keys themselves are shown to nobody. */
  listApiKeys: { request: Record<string, never>; answer: Keys };
  /** Rename a key, disable it or bring it into use again. */
  updateApiKey: { request: UpdateKey; answer: ApiKey };
  /** Forget a key for good; what it began at the provider can be looked at no more. */
  removeApiKey: { request: KeyRequest; answer: ApiKey };
  /** Keep a key for everybody that the provider accepts. */
  addPoolKey: { request: AddKey; answer: ApiKey };
  /** The pool's keys and, once it was used, the environment's. */
  listPoolKeys: { request: Record<string, never>; answer: Keys };
  /** Rename a key of the pool, disable it or bring it into use again. */
  updatePoolKey: { request: UpdateKey; answer: ApiKey };
  /** Forget a key of the pool for good. */
  removePoolKey: { request: KeyRequest; answer: ApiKey };
  /** Seal by the newest master key what older ones sealed. Call it again until nothing remains. */
  rotateMasterKey: { request: Record<string, never>; answer: Resealing };
  /** Have events told to an address of the caller's. */
  addWebhook: { request: AddWebhook; answer: WebhookWithSecret };
  /** The caller's webhooks. Their secrets are shown to nobody. */
  listWebhooks: { request: Record<string, never>; answer: Webhooks };
  /** Change where events are told and which, or disable and enable. */
  updateWebhook: { request: UpdateWebhook; answer: WebhookEndpoint };
  /** A new secret, which signs from now on; what was lined up before is signed with it too. */
  rotateWebhookSecret: { request: WebhookRequest; answer: WebhookWithSecret };
  /** What was sent to a webhook and what came of it, newest first. The last hundred are kept for thirty days. */
  listDeliveries: { request: WebhookRequest; answer: Deliveries };
  /** Send an event once more, under the same id, also where it is still tried. */
  replayDelivery: { request: ReplayDelivery; answer: Delivery };
  /** Tell the address nothing any more, and forget what was told. */
  removeWebhook: { request: WebhookRequest; answer: WebhookEndpoint };
  /** What a shop's page says of its product, by schema.org and Open Graph. Nothing is stored. */
  importProductPage: { request: ImportPage; answer: ImportedPage };
  /** Take over a photo that a page named, checked as an upload is. */
  importPhoto: { request: ImportPhoto; answer: ImportedPhoto };
};

export type Streams = {
  /** The job's progress now, and again with each change of it. The stream ends when the job is over, or after ten minutes; call it again to go on. */
  streamJob: { request: JobRequest; answer: JobProgress };
  /** Send a message and hear the answer as it is written. To hang up is to stop it; what has come is kept. A message that says to make the video starts its job, after the price was said. Sent again under the same request id, it is answered with what is kept. */
  sendMessage: { request: SendMessage; answer: UserMessage | Words | AssistantMessage };
};

/** A brief as it is where nothing was chosen. */
export const BRIEF: Brief = {
  "product_name": "",
  "prompt": "",
  "brand": "",
  "selling_points": [],
  "avatar_name": "",
  "platform": "instagram_reels",
  "style": "testimonial",
  "tone": "warm, conversational",
  "pacing": "natural",
  "background": "modern_bedroom",
  "background_note": "",
  "lighting": "natural",
  "language": "en",
  "voice": {
    "name": "Kore",
    "pitch": 0.0,
    "rate": 1.0,
    "style": ""
  },
  "speech": "voiceover",
  "voiceover": "per_scene",
  "aspect_ratio": "9:16",
  "quality": "standard",
  "total_seconds": null,
  "scenes": null,
  "max_scene_duration": 8,
  "variants": 2,
  "words_per_minute": 150,
  "join": "cut",
  "transition": "crossfade",
  "music": "none",
  "cut": {
    "transitions": {},
    "clips": {},
    "captions": {
      "shown": true,
      "preset": "highlight",
      "font": "roboto",
      "weight": null,
      "color": "#FFFFFF",
      "highlight": "#FFDD33",
      "outline": "#111111",
      "outline_width": null,
      "background": "#111111",
      "background_opacity": null,
      "animation": null,
      "text_height": 0.058,
      "text_width": 0.78,
      "bottom": null,
      "max_words": 4,
      "max_characters": 22
    },
    "lines": null,
    "sounds": [],
    "music_volume": 0.3,
    "master_volume": 1.0,
    "look": {
      "grade": "none",
      "lut": null,
      "strength": 1.0,
      "saturation": 0.93,
      "grain": 0.03,
      "vignette": 0.07,
      "shake": 1.5,
      "aberration": 1.0,
      "distortion": 0.007,
      "match_colors": true
    },
    "disclosure": {
      "shown": true,
      "text": "Made with AI",
      "corner": "top_left"
    },
    "outputs": [],
    "metadata": {
      "title": null,
      "comment": null,
      "created_at": null,
      "device": null,
      "location": null
    }
  },
  "models": {
    "text": null,
    "image": null,
    "video": null,
    "speech": null
  }
};
/** Voices that a brief may name: the product's own profiles, then the prebuilt ones. */
export const VOICES: readonly string[] = ["Kore", "Sage", "Mica", "Lyra", "Zephyr", "Leda", "Aoede", "Callirrhoe", "Autonoe", "Despina", "Erinome", "Laomedeia", "Achernar", "Gacrux", "Pulcherrima", "Vindemiatrix", "Sulafat", "Puck", "Charon", "Fenrir", "Orus", "Enceladus", "Iapetus", "Umbriel", "Algieba", "Algenib", "Rasalgethi", "Alnilam", "Schedar", "Achird", "Zubenelgenubi", "Sadachbia", "Sadaltager"];
