import { Button } from '@mantine/core';
import { IconEraser } from '@tabler/icons-react';
import { useSession } from '@/shell/session';
import { FailureNote } from '@/ui/FailureNote';
import { Screen } from '@/ui/Screen';
import { LinesShimmer } from '@/ui/Shimmer';
import { undoable } from '@/ui/undo';
import { AvatarStep } from './AvatarStep';
import { BriefStep } from './BriefStep';
import { FilmStep } from './FilmStep';
import { PriceStep } from './PriceStep';
import { ProductStep } from './ProductStep';
import { ScriptStep } from './ScriptStep';
import { Steps } from './Steps';
import { useArrival } from './useArrival';
import { useWizard } from './useWizard';
import { reachable, stepOf } from './wishes';
import { blank } from './wizard';

/** Six steps from photos to a film. Whoever leaves comes back to the step they were on. */
export function Component() {
  const uid = useSession(({ person }) => person?.uid);
  return uid ? <Wizard key={uid} /> : null;
}

function Wizard() {
  const [wizard, change] = useWizard();
  const came = useArrival(wizard, change);
  const at = stepOf(wizard);
  const go = (step: number) => change({ step });
  const onBack = () => go(at - 1);
  const onNext = () => go(at + 1);
  const emptied = () =>
    undoable(
      'Begun anew',
      async () => change(blank()),
      async () => change(wizard),
    );
  const isBegun = wizard.product.name !== '' || wizard.product.images.length > 0;
  return (
    <Screen
      title="Create"
      actions={
        isBegun &&
        !wizard.jobId && (
          <Button variant="subtle" size="xs" leftSection={<IconEraser size={16} />} onClick={emptied}>
            Begin anew
          </Button>
        )
      }
    >
      {came.error && (
        <FailureNote error={came.error} onAction={came.again} action="Try again" onClose={came.leave} />
      )}
      {came.busy ? (
        <LinesShimmer count={6} />
      ) : (
        <>
          <Steps at={at} reach={wizard.jobId ? -1 : reachable(wizard)} go={go} />
          {at === 0 && <ProductStep onNext={onNext} />}
          {at === 1 && <AvatarStep onNext={onNext} onBack={onBack} />}
          {at === 2 && <BriefStep onNext={onNext} onBack={onBack} />}
          {at === 3 && <ScriptStep onNext={onNext} onBack={onBack} />}
          {at === 4 && <PriceStep go={go} onBack={onBack} />}
          {at === 5 && wizard.jobId && <FilmStep jobId={wizard.jobId} />}
        </>
      )}
    </Screen>
  );
}
