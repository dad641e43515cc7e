// Units of work in words, as operations name them. Pure.
const THINGS: Record<string, string> = {
  script_generation: 'script',
  scene_prompts: 'plan',
  storyboard: 'storyboard',
  video_generation: 'clip',
  video_extension: 'longer clip',
  audio_generation: 'voice',
};
const LIST = new Intl.ListFormat('en', { type: 'conjunction' });

/** What is made again: "scene 2's plan and voice, and the film". */
export function unitsInWords(units: string[]): string {
  const scenes = new Map<number, string[]>();
  const whole = new Set<string>();
  for (const unit of units) {
    const [step = '', rest] = unit.split('-');
    const thing = THINGS[step];
    if (thing && rest && /^\d+$/.test(rest)) {
      scenes.set(Number(rest), [...(scenes.get(Number(rest)) ?? []), thing]);
    } else if (thing) whole.add(`the ${thing}`);
    else if (step === 'storyboard_review') whole.add('your review');
    else whole.add('the film');
  }
  const parts = [...scenes].map(([scene, things]) => `scene ${scene}’s ${LIST.format(things)}`);
  return LIST.format([...parts, ...whole]);
}
