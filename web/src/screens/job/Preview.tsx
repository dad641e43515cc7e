import { Stack, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useLocation } from 'react-router';
import type { Job } from '@/api/types';
import { JobHead } from '@/job/JobHead';
import { JobProgress } from '@/job/JobProgress';
import { asksForReview, StoryboardReview } from '@/job/StoryboardReview';
import { posterOf, ratioOf } from '@/job/scenes';
import { STORYBOARD, showStoryboard } from '@/job/storyboardPlace';
import { MediaVideo } from '@/ui/Media';
import { Finished } from './Finished';

/** What a job has come to: its film, or how it is getting on with what there is to see by now. */
export function Preview({ job }: { job: Job }) {
  if (job.status === 'completed') return <Finished job={job} />;
  const drawsAgain = job.status === 'running' && job.current_step === 'storyboard';
  const reviews = (asksForReview(job) || drawsAgain) && job.storyboard_scenes.length > 0;
  return (
    <Stack gap={40}>
      {reviews ? <JobHead job={job} /> : <JobProgress job={job} />}
      {reviews && <Review job={job} />}
      {job.animatic_url && !job.final_video_url && (
        <Film
          job={job}
          name={job.animatic_url}
          title="The animatic"
          about="The whole ad from its stills, spoken and cut as the film will be. It is free, so look before you pay for clips."
        />
      )}
      {job.final_video_url && (
        <Film
          job={job}
          name={job.final_video_url}
          title="The film until now"
          about="It stays until the new version is there."
        />
      )}
    </Stack>
  );
}

function Review({ job }: { job: Job }) {
  const { hash, key } = useLocation();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same link leads here again
  useEffect(() => {
    if (hash === `#${STORYBOARD}`) showStoryboard();
  }, [hash, key]);
  return (
    <div>
      <Title order={2} mb="md">
        The storyboard
      </Title>
      <StoryboardReview job={job} />
    </div>
  );
}

function Film({ job, name, title, about }: { job: Job; name: string; title: string; about: string }) {
  const ratio = ratioOf(job);
  return (
    <section aria-label={title}>
      <Title order={2}>{title}</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {about}
      </Text>
      <div style={{ maxWidth: ratio < 1 ? 300 : 640 }}>
        <MediaVideo name={name} poster={posterOf(job)} label={title} ratio={ratio} />
      </div>
    </section>
  );
}
