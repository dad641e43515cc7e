import { Anchor, Modal, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import { useAsked } from '@/api/asked';
import { call } from '@/api/call';
import type { AvatarCard } from '@/api/types';
import { Loaded } from '@/ui/Loaded';
import { CardsShimmer } from '@/ui/Shimmer';
import { Picker } from './Picker';

const people = () => call('listAvatars', { limit: 60 });

/** Who is seen in the ad: somebody of one's own, or one of those that come with the product. */
export default function PersonPicker({
  chosen,
  choose,
  close,
}: {
  chosen: string | null;
  choose: (avatarId: string) => void;
  close: () => void;
}) {
  const { live } = useAsked(people, []);
  return (
    <Modal opened onClose={close} title="Who is seen in the ad?" size="lg">
      <Loaded live={live} skeleton={<CardsShimmer count={4} />}>
        {({ avatars, system }) => (
          <Stack>
            {avatars.length > 0 && (
              <Picker label="Your own" items={avatars.map(card)} {...{ chosen, choose }} ratio={3 / 4} />
            )}
            {avatars.length > 0 && <Text fw={600}>They come with UGCGen</Text>}
            <Picker label="With UGCGen" items={system.map(card)} {...{ chosen, choose }} ratio={3 / 4} />
            <Text size="sm" c="dimmed">
              Somebody else?{' '}
              <Anchor component={Link} to="/avatars">
                Add an avatar of your own
              </Anchor>
            </Text>
          </Stack>
        )}
      </Loaded>
    </Modal>
  );
}

const card = ({ avatar_id, name, tag, thumbnail }: AvatarCard) => ({
  id: avatar_id,
  name,
  about: tag,
  thumbnail,
});
