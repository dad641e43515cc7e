import { Box, Progress, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import classes from './Steps.module.css';
import { STEPS } from './wishes';

/** The six steps. Those that were reached can be gone back to; on a phone there is one line instead. */
export function Steps({ at, reach, go }: { at: number; reach: number; go: (step: number) => void }) {
  return (
    <>
      <Box hiddenFrom="sm">
        <Text fw={600} mb={6}>
          Step {at + 1} of {STEPS.length}
          <Text span c="dimmed" fw={400}>
            {' '}
            · {STEPS[at]?.label}
          </Text>
        </Text>
        <Progress value={((at + 1) / STEPS.length) * 100} aria-label="Steps done" size="sm" />
      </Box>
      <Box component="nav" aria-label="Steps of the ad" visibleFrom="sm">
        <ol className={classes.steps}>
          {STEPS.map(({ label }, step) => (
            <li key={label}>
              <UnstyledButton
                className={classes.step}
                data-state={step < at ? 'done' : undefined}
                aria-current={step === at ? 'step' : undefined}
                disabled={step > reach}
                onClick={() => go(step)}
              >
                {step + 1} {label}
                {step < at && <VisuallyHidden>, done</VisuallyHidden>}
              </UnstyledButton>
            </li>
          ))}
        </ol>
      </Box>
    </>
  );
}
