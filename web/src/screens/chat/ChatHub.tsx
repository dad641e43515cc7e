import { Screen } from '@/ui/Screen';
import { ChatList } from './ChatList';
import classes from './chat.module.css';
import { SetupGuide } from './SetupGuide';
import { Start } from './Start';

export function Component() {
  return (
    <Screen title="Chat" about="Say what you want to show, and to whom.">
      <Start />
      <div className={classes.hub}>
        <ChatList />
        <SetupGuide />
      </div>
    </Screen>
  );
}
