import { ActionIcon, Menu } from '@mantine/core';
import {
  IconDots,
  IconDownload,
  IconMessageCircle,
  IconRefresh,
  IconTrash,
  IconWorld,
  IconWorldOff,
} from '@tabler/icons-react';
import { useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { call } from '@/api/call';
import type { JobCard } from '@/api/types';
import { tried, undoable } from '@/ui/undo';
import type { Acts } from './Card';
import classes from './Card.module.css';
import { download } from './download';
import { isAtWork } from './pages';

/** What can be done with a job without opening it. */
export function CardMenu({ job, acts }: { job: JobCard; acts: Acts }) {
  const navigate = useNavigate();
  const button = useRef<HTMLButtonElement>(null);
  const title = job.title || job.product_name;
  const { job_id } = job;

  const talk = () =>
    tried(async () => {
      const id = job.chat_id ?? (await call('createChat', { title })).id;
      navigate(`/chat/${id}`, { state: { text: `About “${title}”: ` } });
    });
  const withdraw = () =>
    tried(async () => {
      await call('unpublishJob', { job_id });
      acts.include({ ...job, published_at: null });
    });
  const remove = () => {
    const cell = button.current?.closest('li');
    const neighbour = cell?.nextElementSibling ?? cell?.previousElementSibling;
    undoable(
      `“${title}” was deleted.`,
      async () => {
        acts.remove(job_id);
        // Who deletes by keyboard goes on at the next one.
        neighbour?.querySelector('a')?.focus({ preventScroll: true });
        try {
          await call('deleteJob', { job_id });
        } catch (thrown) {
          acts.include(job);
          throw thrown;
        }
      },
      async () => {
        await call('restoreJob', { job_id });
        acts.include({ ...job, published_at: null });
      },
    );
  };

  return (
    <Menu position="bottom-end" width={230} returnFocus={false}>
      <Menu.Target>
        <ActionIcon
          ref={button}
          className={classes.menu}
          variant="subtle"
          color="gray"
          size={36}
          aria-label={`What to do with ${title}`}
        >
          <IconDots size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {job.video && (
          <Menu.Item
            leftSection={<IconDownload size={16} />}
            onClick={() => tried(() => download(job_id, title))}
          >
            Download
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconMessageCircle size={16} />} onClick={talk}>
          Continue in chat
        </Menu.Item>
        <Menu.Item leftSection={<IconRefresh size={16} />} component={Link} to={`/create?again=${job_id}`}>
          Make again
        </Menu.Item>
        {job.video &&
          (job.published_at ? (
            <Menu.Item leftSection={<IconWorldOff size={16} />} onClick={withdraw}>
              Take out of Explore
            </Menu.Item>
          ) : (
            <Menu.Item leftSection={<IconWorld size={16} />} onClick={() => acts.publish(job)}>
              Publish in Explore
            </Menu.Item>
          ))}
        <Menu.Divider />
        {isAtWork(job.status) ? (
          <Menu.Item leftSection={<IconTrash size={16} />} component={Link} to={`/jobs/${job_id}`}>
            Delete: stop it first
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<IconTrash size={16} />} c="var(--mantine-color-error)" onClick={remove}>
            Delete
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
