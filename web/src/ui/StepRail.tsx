import { Progress, Text, VisuallyHidden } from '@mantine/core';
import { useReducedMotion } from '@mantine/hooks';
import { IconCheck, IconHandStop, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { JobStatus, PipelineStep } from '@/api/types';
import { STATUS, STEPS } from './format';
import classes from './StepRail.module.css';

type Rail = { status: JobStatus; current_step: PipelineStep; progress: number; message: string };
type State = 'done' | 'now' | 'waiting' | 'failed' | 'ahead';

const SAID: Record<State, string> = {
  done: 'done',
  now: 'now',
  waiting: 'waits for you',
  failed: 'failed',
  ahead: 'ahead',
};

/** Where each step of a job is. A job or a `JobCard` fits. */
export function stepStates({ status, current_step }: Pick<Rail, 'status' | 'current_step'>): State[] {
  const at = STEPS.findIndex(({ step }) => step === current_step);
  const here: State =
    status === 'paused' ? 'waiting' : status === 'failed' || status === 'cancelled' ? 'failed' : 'now';
  return STEPS.map((_, index) => {
    if (status === 'completed' || index < at) return 'done';
    return index === at ? here : 'ahead';
  });
}

/** The ten steps of a job, its progress and what it says of itself. On a phone the rail is swiped, and follows. */
export function StepRail({ job }: { job: Rail }) {
  const now = useRef<HTMLLIElement>(null);
  const still = useReducedMotion();
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the step
  useEffect(() => {
    const rail = now.current?.parentElement;
    if (!rail || !now.current) return;
    const left = now.current.offsetLeft - rail.clientWidth / 2 + now.current.clientWidth / 2;
    rail.scrollTo({ left, behavior: still ? 'auto' : 'smooth' });
  }, [job.current_step, still]);
  const states = stepStates(job);
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <ol className={classes.rail} aria-label="Steps" tabIndex={0}>
        {STEPS.map(({ step, label }, index) => {
          const state = states[index] ?? 'ahead';
          const current = state === 'now' || state === 'waiting';
          return (
            <li
              key={step}
              ref={step === job.current_step ? now : undefined}
              className={classes.step}
              data-state={state}
              aria-current={current ? 'step' : undefined}
            >
              <span className={classes.dot} aria-hidden>
                {state === 'done' ? <IconCheck size={14} stroke={3} /> : null}
                {state === 'waiting' ? <IconHandStop size={14} stroke={2.5} /> : null}
                {state === 'failed' ? <IconX size={14} stroke={3} /> : null}
              </span>
              {label}
              <VisuallyHidden>, {SAID[state]}</VisuallyHidden>
            </li>
          );
        })}
      </ol>
      <Progress value={job.progress} aria-label="Progress" mt="xs" />
      <Text size="sm" c="dimmed" mt={6} mih={22} role="status">
        {job.message === job.status ? STATUS[job.status] : job.message}
      </Text>
    </div>
  );
}
