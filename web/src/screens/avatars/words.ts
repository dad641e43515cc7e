import type { PhotoFault, ReferenceAngle } from '@/api/types';
import type { Field } from '../dna/fields';

/** The angles in the order in which one would take the photos, the needed ones first. */
export const ANGLES: { angle: ReferenceAngle; label: string }[] = [
  { angle: 'front', label: 'Front' },
  { angle: 'left_profile', label: 'Left profile' },
  { angle: 'right_profile', label: 'Right profile' },
  { angle: 'three_quarter_left', label: 'Half left' },
  { angle: 'three_quarter_right', label: 'Half right' },
  { angle: 'back', label: 'From behind' },
];

export const angleLabel = (angle: ReferenceAngle | null) =>
  ANGLES.find((each) => each.angle === angle)?.label ?? 'Angle not known';

export const FAULTS: Record<PhotoFault, string> = {
  no_face: 'No face',
  several_people: 'Several people',
  too_small: 'Too small',
  face_too_small: 'Face too small',
  blurred: 'Blurred',
};

export const DNA_FIELDS: Field[] = [
  { path: 'face', label: 'Face' },
  { path: 'skin', label: 'Skin' },
  { path: 'eyes', label: 'Eyes' },
  { path: 'hair', label: 'Hair' },
  { path: 'body', label: 'Body' },
  { path: 'voice', label: 'Voice' },
  { path: 'wardrobe', label: 'Clothes' },
  {
    path: 'prohibited_drift',
    label: 'Must never change',
    help: 'What makes the person recognisable: it is held in every scene.',
  },
];
