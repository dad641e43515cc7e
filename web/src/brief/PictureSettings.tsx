import { Autocomplete, NativeSelect, NumberInput, Textarea } from '@mantine/core';
import type { Brief } from '@/api/types';
import { Choice } from './Choice';
import { Section } from './Section';
import type { Settings } from './settings';
import {
  BACKGROUNDS,
  JOINS,
  LANGUAGES,
  LIGHTS,
  PACINGS,
  PLATFORMS,
  QUALITIES,
  RATIOS,
  STYLES,
  TONES,
  TRANSITIONS,
} from './words';

export type SectionProps = { now: Brief; set: (change: Settings) => void };

export function FormatSettings({ now, set }: SectionProps) {
  return (
    <Section title="Format">
      <Choice
        label="Platform"
        words={PLATFORMS}
        value={now.platform}
        onChange={(platform) => set({ platform })}
      />
      <Choice
        label="Shape"
        words={RATIOS}
        value={now.aspect_ratio}
        onChange={(aspect_ratio) => set({ aspect_ratio })}
      />
      <NumberInput
        label="Length in seconds"
        placeholder="As the platform likes it"
        value={now.total_seconds ?? ''}
        onChange={(seconds) => set({ total_seconds: Number(seconds) || null })}
        min={1}
        max={180}
      />
      <NumberInput
        label="Longest scene in seconds"
        value={now.max_scene_duration}
        onChange={(seconds) => seconds && set({ max_scene_duration: Number(seconds) })}
        min={1}
        max={60}
        allowDecimal={false}
      />
      <Choice
        label="Quality"
        words={QUALITIES}
        value={now.quality}
        onChange={(quality) => set({ quality })}
      />
      <NativeSelect
        label="Frames to choose from"
        value={now.variants}
        onChange={(event) => set({ variants: Number(event.currentTarget.value) })}
        data={['2', '3', '4']}
      />
    </Section>
  );
}

export function StorySettings({ now, set }: SectionProps) {
  return (
    <Section title="Story">
      <Choice label="Style" words={STYLES} value={now.style} onChange={(style) => set({ style })} />
      <Autocomplete
        label="Tone"
        data={TONES}
        value={now.tone}
        onChange={(tone) => set({ tone })}
        maxLength={200}
        // All of them while it is opened, not only those that begin as what stands there.
        filter={({ options }) => options}
      />
      <Choice label="Pacing" words={PACINGS} value={now.pacing} onChange={(pacing) => set({ pacing })} />
      <Choice
        label="Language"
        words={{ ...LANGUAGES, [now.language]: LANGUAGES[now.language] ?? now.language }}
        value={now.language}
        onChange={(language) => set({ language })}
      />
      <NumberInput
        label="Words a minute"
        value={now.words_per_minute}
        onChange={(words) => words && set({ words_per_minute: Number(words) })}
        min={60}
        max={240}
        step={10}
        allowDecimal={false}
      />
    </Section>
  );
}

export function PictureSettings({ now, set }: SectionProps) {
  return (
    <Section title="Picture">
      <Choice
        label="Background"
        words={BACKGROUNDS}
        value={now.background}
        onChange={(background) => set({ background })}
      />
      <Choice label="Light" words={LIGHTS} value={now.lighting} onChange={(lighting) => set({ lighting })} />
      <Textarea
        label="About the place"
        placeholder="A bright bathroom with green tiles"
        value={now.background_note}
        onChange={(event) => set({ background_note: event.currentTarget.value })}
        maxLength={300}
        autosize
        minRows={1}
      />
      <Choice label="A scene begins" words={JOINS} value={now.join} onChange={(join) => set({ join })} />
      <Choice
        label="Between scenes"
        words={TRANSITIONS}
        value={now.transition}
        onChange={(transition) => set({ transition })}
      />
    </Section>
  );
}
