import { Button, SimpleGrid, Stack, Text, Title, UnstyledButton } from '@mantine/core';
import { IconArrowRight, IconHandFinger, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { AvatarCard } from '@/api/types';
import { Loaded } from '@/ui/Loaded';
import { MediaImage } from '@/ui/Media';
import { CardsShimmer } from '@/ui/Shimmer';
import classes from './Cards.module.css';
import { Chosen } from './Chosen';
import { NewPerson } from './NewPerson';
import { StepFrame } from './StepFrame';
import { useWizard } from './useWizard';
import { STEPS } from './wishes';

const MOST = 60;
const NOBODY = { avatarId: null, photos: 0, name: '' };

/** Step 2: who is seen and heard, or nobody but hands. */
export function AvatarStep({ onNext, onBack }: { onNext: () => void; onBack: () => void }) {
  const [{ person }, change] = useWizard();
  const [picked, setPicked] = useState(person?.avatarId ?? null);
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState(0);
  const { live } = useAsked(() => call('listAvatars', { limit: MOST }), [added]);
  const pick = (avatarId: string | null) => {
    setPicked(avatarId);
    setAdding(false);
    change({ person: avatarId === null ? NOBODY : null });
  };
  const card = ({ avatar_id, name, tag, thumbnail }: AvatarCard) => (
    <UnstyledButton
      key={avatar_id}
      className={classes.card}
      aria-pressed={picked === avatar_id}
      onClick={() => pick(avatar_id)}
    >
      <MediaImage url={thumbnail} alt="" ratio={4 / 5} />
      <Text fw={600} mt={6} lineClamp={1}>
        {name}
      </Text>
      <Text size="sm" c="dimmed" lineClamp={1}>
        {tag}
      </Text>
    </UnstyledButton>
  );
  return (
    <StepFrame
      title={STEPS[1].title}
      about="The same face in every scene. Take somebody who comes with UGCGen, or photos of a person who agreed to it."
      onBack={onBack}
      next={
        <Button onClick={onNext} disabled={!person} rightSection={<IconArrowRight size={18} />}>
          Go on
        </Button>
      }
      aside={
        !person && (
          <Text size="sm" c="dimmed">
            {picked ? 'The photos have to be looked at first.' : 'Choose somebody to go on.'}
          </Text>
        )
      }
    >
      <Loaded live={live} skeleton={<CardsShimmer count={5} ratio={4 / 5} />}>
        {({ avatars, system }) => (
          <Stack gap="lg">
            <section aria-label="Your people">
              <Title order={3} mb="xs">
                Your people
              </Title>
              <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }}>
                {avatars.map(card)}
                <UnstyledButton
                  className={classes.card}
                  aria-expanded={adding}
                  onClick={() => setAdding(!adding)}
                >
                  <span className={classes.nobody}>
                    <IconPlus size={32} stroke={1.5} aria-hidden />
                  </span>
                  <Text fw={600} mt={6}>
                    Someone new
                  </Text>
                  <Text size="sm" c="dimmed">
                    From 3 to 10 photos
                  </Text>
                </UnstyledButton>
              </SimpleGrid>
            </section>
            {adding && (
              <NewPerson
                onMade={(avatarId) => {
                  pick(avatarId);
                  setAdded((count) => count + 1);
                }}
              />
            )}
            <section aria-label="Ready to use">
              <Title order={3} mb="xs">
                Ready to use
              </Title>
              <SimpleGrid cols={{ base: 2, xs: 3, md: 5 }}>
                {system.map(card)}
                <UnstyledButton
                  className={classes.card}
                  aria-pressed={person !== null && person.avatarId === null}
                  onClick={() => pick(null)}
                >
                  <span className={classes.nobody}>
                    <IconHandFinger size={32} stroke={1.5} aria-hidden />
                  </span>
                  <Text fw={600} mt={6}>
                    Nobody
                  </Text>
                  <Text size="sm" c="dimmed">
                    Only hands are seen
                  </Text>
                </UnstyledButton>
              </SimpleGrid>
            </section>
          </Stack>
        )}
      </Loaded>
      {picked && !adding && (
        <Chosen key={picked} avatarId={picked} onReady={(ready) => change({ person: ready })} />
      )}
    </StepFrame>
  );
}
