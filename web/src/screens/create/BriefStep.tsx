import { Button, Drawer, Group, SimpleGrid, Stack, TagsInput, Text, Textarea } from '@mantine/core';
import { IconAdjustments, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { BriefSettings } from '@/brief/BriefSettings';
import { FormatSettings, StorySettings } from '@/brief/PictureSettings';
import { changed, differences, type Settings, whole } from '@/brief/settings';
import { FailureNote } from '@/ui/FailureNote';
import { Expansion } from './Expansion';
import { PriceNow } from './PriceNow';
import { Scenes } from './Scenes';
import { StepFrame } from './StepFrame';
import { type Priced, useQuote } from './useQuote';
import { useWizard } from './useWizard';
import { quoteRequest, STEPS } from './wishes';

/** Step 3: what the ad should say, how it persuades, and its shape. */
export function BriefStep({ onNext, onBack }: { onNext: () => void; onBack: () => void }) {
  const [wizard, change] = useWizard();
  const { brief } = wizard;
  const [open, setOpen] = useState(false);
  const priced = useQuote(quoteRequest(wizard));
  const set = (part: Partial<typeof brief>) => change({ brief: { ...brief, ...part } });
  const setSettings = (next: typeof brief) => {
    // The length is said once: by the whole, or scene by scene.
    const resized = next.total_seconds && next.total_seconds !== brief.total_seconds;
    change({ brief: resized ? { ...next, scenes: null } : next });
  };
  const section = {
    now: whole(brief as Settings),
    set: (part: Settings) => setSettings(changed(brief, part)),
  };
  const others = differences(brief as Settings);
  return (
    <StepFrame
      title={STEPS[2].title}
      about="Say it as you would to a friend who films it for you. Only what you write here may be claimed of the product."
      onBack={onBack}
      aside={<PriceNow priced={priced} />}
      next={
        <Button
          onClick={onNext}
          disabled={!brief.prompt.trim() || priced.error !== null}
          rightSection={<IconArrowRight size={18} />}
        >
          Go on
        </Button>
      }
    >
      <Stack>
        <Textarea
          label="The idea"
          placeholder="A young woman shows how a vitamin C serum brought the glow back to her skin"
          autosize
          minRows={3}
          maxRows={12}
          maxLength={4000}
          value={brief.prompt}
          onChange={(event) => set({ prompt: event.currentTarget.value })}
          required
        />
        <TagsInput
          label="What speaks for it"
          description="Each point on its own; press Enter after one. Nothing else is claimed."
          placeholder={brief.selling_points?.length ? undefined : 'Absorbs in a minute'}
          value={brief.selling_points ?? []}
          onChange={(selling_points) => set({ selling_points })}
          maxTags={12}
          splitChars={[]}
          acceptValueOnBlur
        />
      </Stack>
      <Expansion />
      <FormatSettings {...section} />
      <StorySettings {...section} />
      <Scenes outline={priced.quote?.outline ?? []} />
      <BriefProblem priced={priced} />
      <Group>
        <Button variant="default" leftSection={<IconAdjustments size={18} />} onClick={() => setOpen(true)}>
          All settings
        </Button>
        <Text size="sm" c="dimmed">
          {others === 0 ? 'Everything is as usual.' : `${others} not as usual.`} Picture, voice, music,
          captions and models.
        </Text>
      </Group>
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        title="All settings"
        position="right"
        size="lg"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <SimpleGrid cols={1}>
          <BriefSettings value={brief} onChange={setSettings} />
        </SimpleGrid>
      </Drawer>
    </StepFrame>
  );
}

/** Why it cannot be made like this; what is to be changed stands in the sentence. */
function BriefProblem({ priced }: { priced: Priced }) {
  if (!priced.error) return null;
  const retry = priced.error.code !== 'invalid_argument';
  return <FailureNote error={priced.error} onAction={retry ? priced.again : undefined} />;
}
