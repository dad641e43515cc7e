import { Title } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { explain } from '@/api/error';
import type { Chat } from '@/api/types';
import { FailureNote } from '@/ui/FailureNote';
import { ChatMenu } from './ChatMenu';
import { Composer } from './Composer';
import classes from './chat.module.css';
import { ModeBadge } from './ModeBadge';
import { Thread } from './Thread';
import { type Panel, Toolbar } from './Toolbar';
import { mode } from './thread';
import { useMessages } from './useMessages';
import { useRoom } from './useRoom';
import '@mantine/dropzone/styles.css';

const PersonPicker = lazy(() => import('./PersonPicker'));
const ProductPicker = lazy(() => import('./ProductPicker'));
const SettingsPanel = lazy(() => import('./SettingsPanel'));

/** One conversation: what was said, and where the next message is written. */
export function Room({ chat }: { chat: Chat }) {
  const navigate = useNavigate();
  const messages = useMessages(chat.id);
  const room = useRoom(chat, messages.stored);
  const { desk, setDesk, sending, person, product } = room;
  const [panel, setPanel] = useState<Panel | null>(null);
  const input = useRef<HTMLTextAreaElement>(null);
  const close = () => setPanel(null);
  // Whoever came with something to say goes on writing.
  const writes = useRef(useLocation().state !== null);
  useEffect(() => {
    if (writes.current) input.current?.focus();
  }, []);
  const error = sending.unsent?.error;
  const help = () => {
    const remedy = error && explain(error).remedy;
    if (remedy === 'budget') setPanel('settings');
    else if (remedy === 'change') input.current?.focus();
    else room.retry();
  };
  return (
    <div className={classes.room}>
      <div className={classes.head}>
        <Title order={1} size="h3" className={classes.title}>
          {chat.title}
        </Title>
        <ModeBadge mode={mode(sending.shown, product !== null, person !== null)} />
        <ChatMenu chat={chat} onDeleted={() => navigate('/', { replace: true })} />
      </div>
      <Thread messages={messages} shown={sending.shown} again={room.again} />
      <div className={classes.below}>
        {error && error.code !== 'cancelled' && (
          <FailureNote error={error} onAction={help} onClose={sending.dismiss} />
        )}
        <Composer
          {...room}
          input={input}
          onText={room.setText}
          onFiles={room.attach}
          writing={sending.answer !== undefined}
          onSend={room.submit}
          onStop={sending.stop}
          toolbar={
            <Toolbar desk={desk} product={product} person={person} open={setPanel} onFiles={room.attach} />
          }
        />
      </div>
      <Dropzone.FullScreen
        active={panel === null}
        onDrop={room.attach}
        activateOnKeyboard={false}
        inputProps={{ 'aria-hidden': true }}
      >
        <div className={classes.drop} aria-hidden>
          Drop pictures for the next message
        </div>
      </Dropzone.FullScreen>
      <Suspense>
        {panel === 'person' && (
          <PersonPicker
            chosen={person?.id ?? null}
            choose={(avatar_id) => {
              setDesk({ ...desk, avatar_id });
              close();
            }}
            close={close}
          />
        )}
        {panel === 'product' && (
          <ProductPicker
            chosen={desk.product_id}
            choose={(product_id) => {
              setDesk({ ...desk, product_id });
              close();
            }}
            close={close}
          />
        )}
        {panel === 'settings' && <SettingsPanel desk={desk} onChange={setDesk} close={close} />}
      </Suspense>
    </div>
  );
}
