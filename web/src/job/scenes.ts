// A job's scenes as they are shown: planned, written and edited words, and what has been made of each. Pure.
import type { Job, PlannedScene, SceneView, StoryboardFrame } from '@/api/types';

export type ShownScene = {
  number: number;
  planned: PlannedScene;
  dialogue: string;
  action: string;
  frame: StoryboardFrame | null;
  view: SceneView;
};

const UNSEEN: Omit<SceneView, 'scene_number'> = {
  stage: 'script_generation',
  dialogue: '',
  action: '',
  storyboard: null,
  storyboard_score: null,
  storyboard_reason: '',
  variants: [],
  clip: null,
  clip_score: null,
  clip_reason: '',
  voice: null,
  message: '',
  notice: '',
  updated_at: null,
};

/** One for each planned scene, in order; a scene's document appears with the first thing there is to show. */
export function shownScenes(job: Job, views: SceneView[]): ShownScene[] {
  const known = new Map(views.map((view) => [view.scene_number, view]));
  return job.outline.map((planned) => {
    const number = planned.scene_number;
    const written = job.script?.scenes.find((scene) => scene.scene_number === number);
    const edit = job.edits.scenes[number];
    const view = { ...UNSEEN, scene_number: number, ...known.get(number) };
    return {
      number,
      planned,
      dialogue: edit?.dialogue ?? written?.dialogue ?? view.dialogue,
      action: edit?.action ?? written?.action ?? view.action,
      frame: job.storyboard_scenes.find((frame) => frame.scene_number === number) ?? null,
      view,
    };
  });
}

export type SceneWork = { share: number; doing: string; working: boolean };

/** How far a scene is, in percent, and what is happening to it. */
export function sceneWork(job: Job, scene: ShownScene): SceneWork {
  if (job.status === 'completed') return { share: 100, doing: 'In the film', working: false };
  const working = job.status === 'running' || job.status === 'queued';
  if (job.status === 'cancelled') return { share: 0, doing: 'Not finished', working: false };
  const { view } = scene;
  const at = (share: number, doing: string) => ({ share, doing: view.message || doing, working });
  if (view.clip) return at(view.voice || job.brief.speech === 'native' ? 85 : 70, 'Filmed');
  if (job.current_step === 'storyboard_review') return { share: 40, doing: 'Drawn', working: false };
  if (view.storyboard) {
    return job.current_step === 'storyboard' || job.current_step === 'scene_prompts'
      ? at(30, 'Drawn')
      : at(50, 'Being filmed');
  }
  if (job.script) return at(15, 'Being drawn');
  return at(5, 'Being written');
}

export type Frame = { image: string; score: number | null; reason: string; chosen: boolean };

/** The frames to choose from, best first. The job tells of all scores when its last scene is drawn; until then the
 * scene knows that of the chosen one. */
export function framesOf({ view, frame }: ShownScene): Frame[] {
  const told = new Map(frame?.variants.map((variant) => [variant.image, variant]));
  const names = view.variants.length ? view.variants : [...told.keys()];
  const chosen = view.storyboard ?? frame?.variants[frame.chosen]?.image;
  return names.map((image) => {
    const known = told.get(image);
    const mine = image === view.storyboard;
    return {
      image,
      score: known?.score ?? (mine ? view.storyboard_score : null),
      reason: known?.reason ?? (mine ? view.storyboard_reason : ''),
      chosen: image === chosen,
    };
  });
}

/** Width by height. */
export function ratioOf(job: Job): number {
  const [width = 9, height = 16] = job.brief.aspect_ratio.split(':').map(Number);
  return width / height;
}

/** What there is to show of a job by now: a picture of the film, the first frame, or the product's photo. */
export function pictureOf(job: Job): string | null {
  const frame = job.storyboard_scenes[0];
  return job.files['thumbnail.jpg'] ?? frame?.variants[frame.chosen]?.image ?? job.product_images[0] ?? null;
}

/** What stands for a job's film until it plays. */
export function posterOf(job: Job): string | null {
  return job.files['poster.jpg'] ?? pictureOf(job);
}

/** 0 to 1 as 0 to 100; a dash where nothing could be compared. */
export function points(score: number | null | undefined): string {
  return score === null || score === undefined ? '–' : String(Math.round(score * 100));
}
