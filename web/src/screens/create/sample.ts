// A script for the tests.
import type { Script, ScriptScene } from '@/api/types';

export function scene(number: number, dialogue = `Line ${number}.`): ScriptScene {
  return {
    scene_number: number,
    scene_type: 'hook',
    duration_seconds: 4,
    dialogue,
    action: 'She turns the bottle',
    expression: 'glad',
    camera: {
      body: 'phone',
      lens: '24mm',
      shot_type: 'medium',
      angle: 'eye_level',
      movement: 'handheld',
      focus: 'face',
    },
    lighting: {
      type: 'window',
      direction: 'front_45',
      color_temp: '5200K',
      intensity: 'soft',
      key_intensity: 0.8,
      fill_intensity: 0.4,
      rim: false,
    },
    product_visibility: 'primary',
    product_action: '',
    audio_notes: '',
  };
}

export function script(...scenes: ScriptScene[]): Script {
  return { title: 'One week', total_duration: 4 * scenes.length, scenes, audio_direction: '' };
}
