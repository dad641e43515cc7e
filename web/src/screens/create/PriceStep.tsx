import { Button, Group, Stack, Switch } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { call } from '@/api/call';
import { FailureNote } from '@/ui/FailureNote';
import { money } from '@/ui/format';
import { LinesShimmer } from '@/ui/Shimmer';
import { useAct } from '@/ui/useAct';
import { Included } from './Included';
import { Note } from './Note';
import { PriceByScene } from './PriceByScene';
import { capped } from './prices';
import { Requirements } from './Requirements';
import { SpendCap } from './SpendCap';
import { StepFrame } from './StepFrame';
import { useQuote } from './useQuote';
import { useWizard } from './useWizard';
import { quoteRequest, STEPS, startRequest, stepOfField } from './wishes';

/** Step 5: what it costs, what is in it, what is missing; nothing is paid before the button is pressed. */
export function PriceStep({ go, onBack }: { go: (step: number) => void; onBack: () => void }) {
  const [wizard, change] = useWizard();
  const { quote: answer, error: unpriced, again } = useQuote(quoteRequest(wizard));
  const { busy, error, act } = useAct();
  const blocked = answer?.requirements.some(({ blocks }) => blocks) ?? true;
  const start = () =>
    act(async () => {
      const cap = answer && wizard.cap !== null ? capped(answer.quote, wizard.cap) : null;
      const { job_id } = await call('startGeneration', startRequest({ ...wizard, cap }));
      change({ jobId: job_id, step: 5 });
    });
  const fault = error && stepOfField(error.field);
  return (
    <StepFrame
      title={STEPS[4].title}
      about="The price of every scene, before anything is paid."
      onBack={onBack}
      next={
        answer && (
          <Button
            size="md"
            onClick={start}
            loading={busy}
            disabled={blocked || unpriced !== null}
            leftSection={<IconMovie size={20} />}
          >
            Make the ad, {money(capped(answer.quote, wizard.cap))} at most
          </Button>
        )
      }
    >
      {unpriced && (
        <FailureNote error={unpriced} onAction={unpriced.code === 'invalid_argument' ? () => go(2) : again} />
      )}
      {!answer && !unpriced && <LinesShimmer count={6} />}
      {answer && (
        <Stack gap="lg">
          <Requirements found={answer.requirements} go={go} />
          {answer.quote.notices.map((notice) => (
            <Note key={notice} title="Good to know">
              {notice}
            </Note>
          ))}
          <PriceByScene answer={answer} />
          <Included quote={answer.quote} seconds={answer.seconds} />
          <SpendCap quote={answer.quote} cap={wizard.cap} onChange={(cap) => change({ cap })} />
          <Group>
            <Switch
              label="Show me the storyboard before it is filmed"
              description={
                wizard.reviewed
                  ? 'You choose among the frames, and see the ad as an animatic, before the clips are paid for.'
                  : 'The best frames are chosen for you, and it is filmed at once.'
              }
              checked={wizard.reviewed}
              onChange={(event) => change({ reviewed: event.currentTarget.checked })}
            />
          </Group>
        </Stack>
      )}
      {error && (
        <FailureNote
          error={error}
          onAction={fault === null ? start : () => go(fault)}
          action={fault === null ? 'Try again' : `Change it in ${STEPS[fault]?.label.toLowerCase()}`}
        />
      )}
    </StepFrame>
  );
}
