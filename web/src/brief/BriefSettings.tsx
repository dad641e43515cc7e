import { Stack } from '@mantine/core';
import { ModelSettings } from './ModelSettings';
import { FormatSettings, PictureSettings, StorySettings } from './PictureSettings';
import { CutSettings, VoiceSettings } from './SoundSettings';
import { changed, type Settings, whole } from './settings';

/** All settings of an ad, in sections. `value` holds those that are not as usual, and may be a whole brief. */
export function BriefSettings<T extends Settings>({
  value,
  onChange,
}: {
  value: T;
  onChange: (value: T) => void;
}) {
  const section = { now: whole(value), set: (change: Settings) => onChange(changed(value, change)) };
  return (
    <Stack gap="xl">
      <FormatSettings {...section} />
      <StorySettings {...section} />
      <PictureSettings {...section} />
      <VoiceSettings {...section} />
      <CutSettings {...section} />
      <ModelSettings {...section} />
    </Stack>
  );
}
