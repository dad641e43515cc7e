import {
  Checkbox,
  ColorInput,
  Fieldset,
  SegmentedControl,
  Select,
  SimpleGrid,
  Slider,
  Stack,
  Switch,
  Text,
  TextInput,
} from '@mantine/core';
import type { Job, Music } from '@/api/types';
import type { Draft } from './changes';
import { CAPTIONS, FORMATS, GRADES, isSame, MUSIC, PLACES, TRANSITIONS, withOutput } from './choices';

const SPEEDS = ['0.75', '1', '1.25', '1.5', '2'].map((value) => ({ value, label: `${value}×` }));
const percent = (share: number) => `${Math.round(share * 100)} %`;

/** All settings of a cut. `change` takes a patch of the draft. */
export function CutForm({ job, draft, change }: { job: Job; draft: Draft; change: (patch: object) => void }) {
  const { cut, music } = draft;
  const set = (patch: object) => change({ cut: patch });
  return (
    <Stack gap="lg">
      {job.outline.length > 1 && (
        <Fieldset legend="Transitions">
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            {job.outline.slice(0, -1).map(({ scene_number: number, transition }) => (
              <Select
                key={number}
                label={`From scene ${number} to ${number + 1}`}
                data={TRANSITIONS}
                value={cut.transitions[number]?.kind ?? transition}
                onChange={(kind) => set({ transitions: { [number]: { kind, seconds: null } } })}
                allowDeselect={false}
                searchable
              />
            ))}
          </SimpleGrid>
        </Fieldset>
      )}
      <Fieldset legend="Captions">
        <Stack>
          <Switch
            label="Show what is said"
            checked={cut.captions.shown}
            onChange={(event) => set({ captions: { shown: event.currentTarget.checked } })}
          />
          {cut.captions.shown && (
            <>
              <Select
                label="Style"
                data={CAPTIONS}
                value={cut.captions.preset}
                onChange={(preset) => set({ captions: { preset } })}
                allowDeselect={false}
              />
              <SimpleGrid cols={{ base: 1, sm: 2 }}>
                <ColorInput
                  withEyeDropper={false}
                  label="Colour"
                  value={cut.captions.color}
                  onChange={(color) => set({ captions: { color } })}
                />
                <ColorInput
                  withEyeDropper={false}
                  label="Colour of the spoken word"
                  value={cut.captions.highlight}
                  onChange={(highlight) => set({ captions: { highlight } })}
                />
              </SimpleGrid>
              <Share
                label="Size"
                min={0.03}
                max={0.1}
                step={0.002}
                value={cut.captions.text_height}
                told={(value) => `${(value * 100).toFixed(1)} % of the height`}
                set={(text_height) => set({ captions: { text_height } })}
              />
            </>
          )}
        </Stack>
      </Fieldset>
      <Fieldset legend="Sound">
        <Stack>
          <Select
            label="Music"
            data={MUSIC}
            value={music}
            onChange={(value) => change({ music: value as Music })}
            allowDeselect={false}
          />
          {music !== 'none' && (
            <Share
              label="Loudness of the music"
              min={0.05}
              max={1}
              step={0.05}
              value={cut.music_volume}
              told={percent}
              set={(music_volume) => set({ music_volume })}
            />
          )}
        </Stack>
      </Fieldset>
      <Fieldset legend="Look">
        <Stack>
          <Select
            label="Colours"
            data={GRADES}
            value={cut.look.grade}
            onChange={(grade) => set({ look: { grade } })}
            allowDeselect={false}
          />
          {cut.look.grade !== 'none' && (
            <Share
              label="How strong"
              min={0}
              max={1}
              step={0.05}
              value={cut.look.strength}
              told={percent}
              set={(strength) => set({ look: { strength } })}
            />
          )}
          <Share
            label="Grain"
            min={0}
            max={0.1}
            step={0.01}
            value={cut.look.grain}
            told={(value) => (value ? percent(value * 10) : 'none')}
            set={(grain) => set({ look: { grain } })}
          />
          <Switch
            label="Make the scenes’ colours alike"
            checked={cut.look.match_colors}
            onChange={(event) => set({ look: { match_colors: event.currentTarget.checked } })}
          />
        </Stack>
      </Fieldset>
      <Fieldset legend="Speed">
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          {job.outline.map(({ scene_number: number }) => (
            <div key={number}>
              <Text size="sm" fw={500} mb={4}>
                Scene {number}
              </Text>
              <SegmentedControl
                aria-label={`Speed of scene ${number}`}
                data={SPEEDS}
                value={String(cut.clips[number]?.speed ?? 1)}
                onChange={(speed) => set({ clips: { [number]: { speed: Number(speed) } } })}
              />
            </div>
          ))}
        </SimpleGrid>
      </Fieldset>
      <Fieldset legend="“Made with AI”">
        <Stack>
          <Switch
            label="Show it in the picture"
            description="Some platforms have a label of their own; there it may be left out."
            checked={cut.disclosure.shown}
            onChange={(event) => set({ disclosure: { shown: event.currentTarget.checked } })}
          />
          {cut.disclosure.shown && (
            <SimpleGrid cols={{ base: 1, sm: 2 }}>
              <TextInput
                label="Words"
                maxLength={60}
                value={cut.disclosure.text}
                onChange={(event) =>
                  set({ disclosure: { text: event.currentTarget.value || 'Made with AI' } })
                }
              />
              <Select
                label="Corner"
                data={PLACES}
                value={cut.disclosure.corner}
                onChange={(corner) => set({ disclosure: { corner } })}
                allowDeselect={false}
              />
            </SimpleGrid>
          )}
        </Stack>
      </Fieldset>
      <Fieldset legend="More files">
        <Stack gap="sm">
          {FORMATS.map(({ label, output }) => (
            <Checkbox
              key={label}
              label={label}
              checked={cut.outputs.some((each) => isSame(each, output))}
              onChange={(event) => set({ outputs: withOutput(cut, output, event.currentTarget.checked) })}
            />
          ))}
        </Stack>
      </Fieldset>
    </Stack>
  );
}

function Share({
  label,
  value,
  told,
  set,
  ...range
}: {
  label: string;
  value: number;
  min: number;
  max: number;
  step: number;
  told: (value: number) => string;
  set: (value: number) => void;
}) {
  return (
    <div>
      <Text size="sm" fw={500}>
        {label}: {told(value)}
      </Text>
      <Slider
        {...range}
        value={value}
        onChange={(next) => set(Math.round(next * 1000) / 1000)}
        label={told}
        thumbLabel={label}
        maw={360}
        mt={6}
      />
    </div>
  );
}
