import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { IconAdjustments, IconPlus } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useDocument } from '@/api/live';
import type { Job } from '@/api/types';
import { JobProgress } from '@/job/JobProgress';
import { StoryboardReview } from '@/job/StoryboardReview';
import { posterOf } from '@/job/scenes';
import { EmptyState } from '@/ui/EmptyState';
import { Loaded } from '@/ui/Loaded';
import { MediaVideo } from '@/ui/Media';
import { CardsShimmer } from '@/ui/Shimmer';
import { StepFrame } from './StepFrame';
import { useWizard } from './useWizard';
import { STEPS } from './wishes';
import { blank } from './wizard';

/** Step 6: the ad as it is made, scene by scene, with the free animatic before anything is filmed. */
export function FilmStep({ jobId }: { jobId: string }) {
  const [{ product, person, brief }, change] = useWizard();
  const live = useDocument<Job>('jobs', jobId);
  const another = () => change({ ...blank(), product, person, brief: { ...brief, prompt: '' } });
  return (
    <Loaded live={live} skeleton={<CardsShimmer count={3} />}>
      {(job) =>
        job ? (
          <StepFrame
            title={job.status === 'completed' ? 'Your ad is finished' : STEPS[5].title}
            about={
              job.status === 'completed'
                ? 'Watch it, change it, or make another.'
                : 'You may leave this page: it goes on, and waits for you where it needs you.'
            }
            next={
              <Button variant="default" leftSection={<IconPlus size={18} />} onClick={another}>
                Make another ad
              </Button>
            }
          >
            {job.status === 'completed' && <Finished job={job} />}
            <JobProgress job={job} />
            {job.animatic_url && job.status !== 'completed' && <Animatic name={job.animatic_url} />}
            {job.storyboard_scenes.length > 0 && job.status !== 'completed' && <StoryboardReview job={job} />}
          </StepFrame>
        ) : (
          <EmptyState
            icon={IconPlus}
            title="This ad is not here any more"
            action="Make another ad"
            onAction={another}
          >
            It was deleted. Your product and the person are still at hand.
          </EmptyState>
        )
      }
    </Loaded>
  );
}

function Finished({ job }: { job: Job }) {
  return (
    <Group align="flex-start" gap="lg">
      <div style={{ width: 280, maxWidth: '100%' }}>
        {job.final_video_url && (
          <MediaVideo name={job.final_video_url} poster={posterOf(job)} label={job.title} />
        )}
      </div>
      <Stack>
        <Button component={Link} to={`/jobs/${job.id}`}>
          Open the ad
        </Button>
        <Button
          component={Link}
          to={`/jobs/${job.id}/edit`}
          variant="default"
          leftSection={<IconAdjustments size={18} />}
        >
          Change it
        </Button>
      </Stack>
    </Group>
  );
}

/** The storyboard in motion, with its words and its times: free, and before anything is filmed. */
function Animatic({ name }: { name: string }) {
  return (
    <Paper component="section" withBorder p="md" bg="var(--surface)" aria-label="Animatic">
      <Group align="flex-start" gap="lg">
        <div style={{ width: 200, maxWidth: '100%' }}>
          <MediaVideo name={name} label="Animatic" />
        </div>
        <Stack gap={4} flex="1 1 240px">
          <Title order={3}>See it before it is filmed</Title>
          <Text c="dimmed">
            The frames in their order and time, at no cost. If it does not hold together here, have frames
            drawn again: that costs cents, clips cost more.
          </Text>
        </Stack>
      </Group>
    </Paper>
  );
}
