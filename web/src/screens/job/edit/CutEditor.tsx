import { Anchor, Button, Group, List, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { EditDocument, Job } from '@/api/types';
import { posterOf, ratioOf } from '@/job/scenes';
import { WhatItTakes } from '@/job/WhatItTakes';
import { FailureNote } from '@/ui/FailureNote';
import { MediaVideo } from '@/ui/Media';
import { Screen } from '@/ui/Screen';
import { tried } from '@/ui/undo';
import { CutForm } from './CutForm';
import { changesOf } from './changes';
import classes from './edit.module.css';
import { useDraft } from './useDraft';

/** The settings of a job's cut, with what changing them comes to. Nothing here costs a paid call. */
export function CutEditor({ job, found }: { job: Job; found: EditDocument | null }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const { was, draft, changed, previewed, error, change, render, discard } = useDraft(job, found);
  const title = job.title || job.product_name;
  const film = job.final_video_url ?? job.animatic_url;
  const go = async () => {
    setBusy(true);
    const done = await render();
    setBusy(false);
    if (done) navigate(`/jobs/${job.id}`);
  };
  return (
    <Screen
      title="Change the cut"
      about="Captions, music, look and speed. It is cut anew from what was filmed, which costs nothing."
    >
      <div className={classes.editor}>
        <CutForm job={job} draft={draft} change={change} />
        <aside className={classes.side} aria-label="What changes">
          {film && (
            <div className={classes.film}>
              <MediaVideo name={film} poster={posterOf(job)} label={title} ratio={ratioOf(job)} />
            </div>
          )}
          <Text size="sm">
            The finished files are on{' '}
            <Anchor component={Link} to={`/jobs/${job.id}`}>
              the ad’s page
            </Anchor>
            .
          </Text>
          <Stack gap="xs" className={classes.summary}>
            <Title order={2} size="h3">
              {changed ? 'What changes' : 'As it is now'}
            </Title>
            {changed && (
              <List size="sm" spacing={4}>
                {changesOf(job, was, draft).map((line) => (
                  <List.Item key={line}>{line}</List.Item>
                ))}
              </List>
            )}
            <WhatItTakes previewed={previewed} />
            {error && <FailureNote error={error} />}
            <Group gap="xs">
              <Button onClick={go} loading={busy} disabled={previewed.state !== 'told'}>
                Cut it anew
              </Button>
              <Button variant="default" onClick={() => tried(discard)} disabled={!changed || busy}>
                Discard
              </Button>
            </Group>
            {changed && previewed.state === 'told' && (
              <Text size="sm" c="dimmed">
                Your changes are kept until you cut it anew or discard them.
              </Text>
            )}
          </Stack>
        </aside>
      </div>
    </Screen>
  );
}
