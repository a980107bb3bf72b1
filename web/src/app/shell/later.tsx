import { Notifications } from '@mantine/notifications';
import { UpdatePrompt } from './update-prompt.tsx';

/** What a page can do without until it is there: messages and updates. */
export function Later() {
  return (
    <>
      <Notifications position="top-center" />
      <UpdatePrompt />
    </>
  );
}
