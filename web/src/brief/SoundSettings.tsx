import { Input, NativeSelect, Slider, Switch, TextInput } from '@mantine/core';
import { VOICES } from '@/api/types';
import { Choice } from './Choice';
import type { SectionProps } from './PictureSettings';
import { Section } from './Section';
import { CAPTIONS, GRADES, MUSIC, SPEECH, VOICEOVERS } from './words';

export function VoiceSettings({ now, set }: SectionProps) {
  const { voice } = now;
  return (
    <Section title="Voice">
      <Choice label="Who speaks" words={SPEECH} value={now.speech} onChange={(speech) => set({ speech })} />
      {now.speech === 'voiceover' && (
        <>
          <Choice
            label="Spoken"
            words={VOICEOVERS}
            value={now.voiceover}
            onChange={(voiceover) => set({ voiceover })}
          />
          <NativeSelect
            label="Voice"
            value={voice.name}
            onChange={(event) => set({ voice: { ...voice, name: event.currentTarget.value } })}
            data={[...VOICES]}
          />
          <TextInput
            label="How it speaks"
            placeholder="As the tone of the ad"
            value={voice.style}
            onChange={(event) => set({ voice: { ...voice, style: event.currentTarget.value } })}
            maxLength={200}
          />
          <Input.Wrapper label="Pace" labelElement="div">
            <Slider
              thumbLabel="Pace"
              min={0.8}
              max={1.25}
              step={0.05}
              value={voice.rate}
              onChange={(rate) => set({ voice: { ...voice, rate: Number(rate.toFixed(2)) } })}
              label={(rate) => `${rate.toFixed(2)} times`}
              marks={[{ value: 1 }]}
              mt={6}
            />
          </Input.Wrapper>
          <Input.Wrapper label="Pitch" labelElement="div">
            <Slider
              thumbLabel="Pitch"
              min={-6}
              max={6}
              step={0.5}
              value={voice.pitch}
              onChange={(pitch) => set({ voice: { ...voice, pitch } })}
              label={(pitch) => `${pitch > 0 ? '+' : ''}${pitch} semitones`}
              marks={[{ value: 0 }]}
              mt={6}
            />
          </Input.Wrapper>
        </>
      )}
    </Section>
  );
}

export function CutSettings({ now, set }: SectionProps) {
  const { cut } = now;
  return (
    <Section title="Music, captions and look">
      <Choice label="Music" words={MUSIC} value={now.music} onChange={(music) => set({ music })} />
      <Choice
        label="Colours"
        words={GRADES}
        value={cut.look.grade}
        onChange={(grade) => set({ cut: { ...cut, look: { ...cut.look, grade } } })}
      />
      <Choice
        label="Captions"
        words={{ off: 'No captions', ...CAPTIONS }}
        value={cut.captions.shown ? cut.captions.preset : 'off'}
        onChange={(preset) => {
          const captions =
            preset === 'off' ? { ...cut.captions, shown: false } : { ...cut.captions, shown: true, preset };
          set({ cut: { ...cut, captions } });
        }}
      />
      <Switch
        label="Show that it was made with AI"
        description="Platforms that have no label of their own need it"
        checked={cut.disclosure.shown}
        onChange={(event) =>
          set({ cut: { ...cut, disclosure: { ...cut.disclosure, shown: event.currentTarget.checked } } })
        }
        mt="lg"
      />
    </Section>
  );
}
