import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconDownload, IconWorld } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import type { Job } from '@/api/types';
import { posterOf, ratioOf } from '@/job/scenes';
import { workedSeconds } from '@/job/timing';
import { PublishDialog } from '@/screens/library/PublishDialog';
import { clock, money } from '@/ui/format';
import { MediaVideo } from '@/ui/Media';
import { save } from '@/ui/save';
import { tried } from '@/ui/undo';
import { filesOf } from './files';
import classes from './job.module.css';

/** The finished film with what was made beside it. */
export function Finished({ job }: { job: Job }) {
  const [publishes, { open, close }] = useDisclosure();
  const title = job.title || job.product_name;
  const ratio = ratioOf(job);
  const seconds = job.outline.reduce((sum, scene) => sum + scene.seconds, 0);
  const took = job.version === 1 ? `in ${clock(workedSeconds(job, Date.now()))} ` : '';
  return (
    <div className={classes.finished} data-wide={ratio > 1 || undefined}>
      <MediaVideo name={job.final_video_url} poster={posterOf(job)} label={title} ratio={ratio} />
      <Stack gap="xl">
        <div>
          <Title order={2} mb={4}>
            Finished
          </Title>
          <Text c="dimmed">
            {clock(seconds)} long, made {took}for {money(job.money.spent)}
            {job.money.simulated && ' of simulated money'}.
          </Text>
        </div>
        <section aria-labelledby="downloads">
          <Title order={3} id="downloads" mb="xs">
            Downloads
          </Title>
          <Stack gap={8} align="flex-start">
            {filesOf(job).map((file, index) => (
              <SaveButton key={file.name} file={file} main={index === 0} />
            ))}
          </Stack>
        </section>
        <section aria-labelledby="share">
          <Title order={3} id="share" mb="xs">
            Share
          </Title>
          {job.published_at ? (
            <Text size="sm">
              It is shown in <Link to="/explore">Explore</Link>, to everybody who is signed in.
            </Text>
          ) : (
            <Group gap="sm">
              <Button variant="default" leftSection={<IconWorld size={18} aria-hidden />} onClick={open}>
                Publish in Explore
              </Button>
              <Text size="sm" c="dimmed" flex="1 1 200px">
                Only you can see it now.
              </Text>
            </Group>
          )}
        </section>
      </Stack>
      {publishes && (
        <PublishDialog
          job={{ job_id: job.id, title: job.title, product_name: job.product_name }}
          published={() => {}}
          close={close}
        />
      )}
    </div>
  );
}

function SaveButton({ file, main }: { file: ReturnType<typeof filesOf>[number]; main: boolean }) {
  const [busy, setBusy] = useState(false);
  const act = async () => {
    setBusy(true);
    await tried(() => save(file.name, file.saveAs));
    setBusy(false);
  };
  return (
    <Button
      variant={main ? 'filled' : 'subtle'}
      size={main ? 'sm' : 'xs'}
      leftSection={<IconDownload size={18} aria-hidden />}
      onClick={act}
      loading={busy}
    >
      {file.label}
    </Button>
  );
}
