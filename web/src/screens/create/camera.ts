import type { CameraAngle, CameraMovement, ShotType } from '@/api/types';

export const SHOTS: Record<ShotType, string> = {
  close_up: 'Close-up',
  extreme_close_up: 'Very close',
  medium: 'Medium',
  wide: 'Wide',
  over_shoulder: 'Over the shoulder',
};
export const ANGLES: Record<CameraAngle, string> = {
  eye_level: 'Eye level',
  low_angle: 'From below',
  high_angle: 'From above',
  dutch_angle: 'Tilted',
  birds_eye: 'From high above',
};
export const MOVEMENTS: Record<CameraMovement, string> = {
  static: 'Still',
  pan_left: 'Turn left',
  pan_right: 'Turn right',
  tilt_up: 'Tilt up',
  tilt_down: 'Tilt down',
  dolly_in: 'Go closer',
  dolly_out: 'Go back',
  tracking: 'Follow',
  handheld: 'Hand-held',
};
