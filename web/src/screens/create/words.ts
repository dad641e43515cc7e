// The words of a script: what was changed, and what comes back from a rewrite. Pure.
import type { Script, ScriptScene } from '@/api/types';
import type { SceneChange } from './wizard';

/** The script with somebody's changes. */
export function edited(script: Script, changes: Record<number, SceneChange>): Script {
  return {
    ...script,
    scenes: script.scenes.map((scene) => ({ ...scene, ...changes[scene.scene_number] })),
  };
}

/** One change more; a field that is again as it was written is no change. */
export function changed(
  written: ScriptScene,
  before: SceneChange | undefined,
  change: SceneChange,
): SceneChange | undefined {
  const all = Object.entries({ ...before, ...change }).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(written[name as keyof SceneChange]),
  );
  return all.length ? Object.fromEntries(all) : undefined;
}

/** Changes by scene, without those of scene `number` where `change` is none. */
export function withChange(
  changes: Record<number, SceneChange>,
  number: number,
  change: SceneChange | undefined,
): Record<number, SceneChange> {
  const { [number]: _before, ...others } = changes;
  return change ? { ...others, [number]: change } : others;
}

/** The script with some scenes as they were written again, and all others as they are. */
export function rewritten(script: Script, again: Script, scenes: readonly number[]): Script {
  const anew = new Map(again.scenes.map((scene) => [scene.scene_number, scene]));
  return {
    ...script,
    scenes: script.scenes.map((scene) =>
      scenes.includes(scene.scene_number) ? (anew.get(scene.scene_number) ?? scene) : scene,
    ),
  };
}

/** What the writer is told about the scenes that are to be written again. */
export function feedbackOn(scenes: readonly number[], note: string): string {
  const which = scenes.length === 1 ? `scene ${scenes[0]}` : `scenes ${scenes.join(', ')}`;
  const wish = note.trim() || 'Keep what they say, and say it better.';
  return `Change ${which} alone. ${wish}`;
}
