import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core';
import { IconArrowRight, IconPencil, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { call } from '@/api/call';
import type { PlannedScene, Script } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { LinesShimmer } from '@/ui/Shimmer';
import { useAct } from '@/ui/useAct';
import { meter } from '@/ui/words';
import { Note } from './Note';
import { PriceNow } from './PriceNow';
import { SceneWords } from './SceneWords';
import { StepFrame } from './StepFrame';
import { useQuote } from './useQuote';
import { useWizard } from './useWizard';
import { fits, quoteRequest, STEPS, scriptRequest, sourceOf } from './wishes';
import { NO_WORDS } from './wizard';
import { edited, feedbackOn, rewritten, withChange } from './words';

/** Step 4: the script, before a single picture is paid for. */
export function ScriptStep({ onNext, onBack }: { onNext: () => void; onBack: () => void }) {
  const [wizard, change] = useWizard();
  const { words } = wizard;
  const priced = useQuote(quoteRequest(wizard));
  const outline = priced.quote?.outline ?? [];
  const { busy, error, act } = useAct();
  const source = sourceOf(wizard);
  const write = () =>
    act(async () => {
      const { script } = await call('generateScript', scriptRequest(wizard));
      change({ words: { written: script, changes: {}, of: source } });
    });
  const script = words.written && edited(words.written, words.changes);
  const filmable = !script || outline.length === 0 || fits(script, outline);
  const tooLong = script?.scenes.some((scene) => {
    const most = outline[scene.scene_number - 1]?.max_words;
    return most !== undefined && meter(scene.dialogue, most).over > 0;
  });
  return (
    <StepFrame
      title={STEPS[3].title}
      about="What is said and done in each scene. It is yours to change, and the ad is filmed by it. Writing is paid out of your day’s allowance, not out of the ad’s price."
      onBack={onBack}
      aside={<PriceNow priced={priced} />}
      next={
        <Button
          onClick={onNext}
          disabled={!script || !filmable || tooLong || busy}
          rightSection={<IconArrowRight size={18} />}
        >
          Go on
        </Button>
      }
    >
      {priced.error && <FailureNote error={priced.error} onAction={onBack} action="Change the brief" />}
      {error && <FailureNote error={error} onAction={write} action="Try again" />}
      {!script && (
        <Stack align="flex-start" aria-busy={busy}>
          {busy ? (
            <div style={{ width: '100%' }}>
              <LinesShimmer count={6} />
            </div>
          ) : (
            <Text maw={560}>
              The writer knows your brief, how the product looks and who speaks. It takes a few seconds.
            </Text>
          )}
          <Group>
            <Button onClick={write} loading={busy} leftSection={<IconPencil size={18} />}>
              Write the script
            </Button>
            <Button variant="subtle" onClick={onNext} disabled={busy}>
              Go on without, it is written with the ad
            </Button>
          </Group>
        </Stack>
      )}
      {script && words.of !== source && (
        <Note title={filmable ? 'The brief has changed since' : 'The scenes have changed since'}>
          <Group justify="space-between">
            <Text size="sm" flex="1 1 260px">
              {filmable
                ? 'This script was written for the brief as it was. Have it written again, or keep it as it is.'
                : 'This script is for other scenes than the brief now has, so it cannot be filmed. Have it written again.'}
            </Text>
            <Group gap="xs">
              <Button size="xs" onClick={write} loading={busy}>
                Write it again
              </Button>
              {filmable && (
                <Button
                  size="xs"
                  variant="default"
                  onClick={() => change({ words: { ...words, of: source } })}
                >
                  Keep it
                </Button>
              )}
            </Group>
          </Group>
        </Note>
      )}
      {script && words.written && <Scenes written={words.written} script={script} outline={outline} />}
    </StepFrame>
  );
}

/** The scenes with somebody's changes, and a rewrite of some of them. */
function Scenes({ written, script, outline }: { written: Script; script: Script; outline: PlannedScene[] }) {
  const [wizard, change] = useWizard();
  const { changes, of } = wizard.words;
  const [picked, setPicked] = useState<number[] | null>(null);
  const [note, setNote] = useState('');
  const { busy, error, act } = useAct();
  const mine = Object.keys(changes).map(Number);
  const scenes = (picked ?? mine).toSorted((a, b) => a - b);
  const rewrite = () =>
    act(async () => {
      const answer = await call('refineScript', {
        ...scriptRequest(wizard),
        script,
        feedback: feedbackOn(scenes, note),
      });
      const rest = scenes.reduce((all, number) => withChange(all, number, undefined), changes);
      change({ words: { written: rewritten(script, answer.script, scenes), changes: rest, of } });
      setPicked(null);
      setNote('');
    });
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Title order={3}>{script.title}</Title>
        <Group gap="xs">
          {mine.length > 0 && (
            <Button
              size="xs"
              variant="subtle"
              onClick={() => change({ words: { written, changes: {}, of } })}
            >
              Undo all my changes
            </Button>
          )}
          <Button size="xs" variant="subtle" onClick={() => change({ words: NO_WORDS })} disabled={busy}>
            Begin anew
          </Button>
        </Group>
      </Group>
      {written.scenes.map((scene, at) => (
        <SceneWords
          key={scene.scene_number}
          written={scene}
          changes={changes[scene.scene_number]}
          most={outline[at]?.max_words ?? null}
          picked={scenes.includes(scene.scene_number)}
          busy={busy && scenes.includes(scene.scene_number)}
          onPick={(yes) =>
            setPicked(
              yes ? [...scenes, scene.scene_number] : scenes.filter((each) => each !== scene.scene_number),
            )
          }
          onChange={(part) =>
            change({ words: { written, changes: withChange(changes, scene.scene_number, part), of } })
          }
        />
      ))}
      {error && <FailureNote error={error} onAction={rewrite} action="Try again" />}
      <Group align="flex-end">
        <Textarea
          label="Have scenes written again"
          description="What should be better about those that are ticked; all others stay word for word"
          placeholder="Shorter, and funnier"
          autosize
          maxLength={900}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
          flex="1 1 300px"
        />
        <Button
          variant="default"
          leftSection={<IconRefresh size={18} />}
          onClick={rewrite}
          loading={busy}
          disabled={scenes.length === 0}
        >
          {scenes.length === 1 ? `Write scene ${scenes[0]} again` : `Write ${scenes.length} scenes again`}
        </Button>
      </Group>
    </Stack>
  );
}
