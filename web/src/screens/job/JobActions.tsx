import { ActionIcon, Button, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import {
  IconAdjustments,
  IconDots,
  IconMessageCircle,
  IconPhotoEdit,
  IconRefresh,
  IconTrash,
  IconWorld,
  IconWorldOff,
} from '@tabler/icons-react';
import { Link } from 'react-router';
import { call } from '@/api/call';
import type { Job } from '@/api/types';
import { PublishDialog } from '@/screens/library/PublishDialog';
import { tried, undoable } from '@/ui/undo';

const AT_WORK = ['queued', 'running', 'cancelling'];

/** What can be done with a job as a whole. */
export function JobActions({ job }: { job: Job }) {
  const [publishes, { open, close }] = useDisclosure();
  const title = job.title || job.product_name;
  const request = { job_id: job.id };
  const remove = () =>
    undoable(
      `“${title}” was deleted.`,
      () => call('deleteJob', request),
      () => call('restoreJob', request),
    );
  return (
    <>
      {job.script && job.status !== 'cancelled' && job.status !== 'cancelling' && (
        <Button
          component={Link}
          to={`/jobs/${job.id}/edit`}
          variant="default"
          leftSection={<IconAdjustments size={18} aria-hidden />}
        >
          Change the cut
        </Button>
      )}
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label="More to do with this ad">
            <IconDots size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item component={Link} to={`/create?again=${job.id}`} leftSection={<IconRefresh size={16} />}>
            Make again
          </Menu.Item>
          {job.chat_id && (
            <Menu.Item
              component={Link}
              to={`/chat/${job.chat_id}`}
              leftSection={<IconMessageCircle size={16} />}
            >
              Continue in chat
            </Menu.Item>
          )}
          {job.status === 'completed' && (
            <Menu.Item
              leftSection={<IconPhotoEdit size={16} />}
              onClick={() => tried(() => call('reopenJob', request))}
            >
              Open the storyboard again
            </Menu.Item>
          )}
          {job.status === 'completed' && !job.published_at && (
            <Menu.Item leftSection={<IconWorld size={16} />} onClick={open}>
              Publish in Explore
            </Menu.Item>
          )}
          {job.published_at && (
            <Menu.Item
              leftSection={<IconWorldOff size={16} />}
              onClick={() => tried(() => call('unpublishJob', request))}
            >
              Take out of Explore
            </Menu.Item>
          )}
          <Menu.Divider />
          <Menu.Item
            color="red.8"
            leftSection={<IconTrash size={16} />}
            onClick={remove}
            disabled={AT_WORK.includes(job.status)}
          >
            {AT_WORK.includes(job.status) ? 'Delete: cancel it first' : 'Delete'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {publishes && (
        <PublishDialog
          job={{ job_id: job.id, title: job.title, product_name: job.product_name }}
          published={() => {}}
          close={close}
        />
      )}
    </>
  );
}
