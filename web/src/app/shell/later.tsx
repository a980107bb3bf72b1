import { MantineThemeProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { UpdatePrompt } from './update-prompt.tsx';

/** What a page can do without until it is there: messages and updates. */
export function Later() {
  const { t } = useTranslation();
  // the button that closes a message has no name of its own
  const closeButtonProps = { 'aria-label': t('action.close') };
  return (
    <>
      <MantineThemeProvider theme={{ components: { Notification: { defaultProps: { closeButtonProps } } } }} inherit>
        <Notifications position="top-center" />
      </MantineThemeProvider>
      <UpdatePrompt />
    </>
  );
}
