import { Button } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { logOut } from '../session/session.ts';
import { MessagePage } from './message-page.tsx';

/** For an account without a role that has a desk. */
export function NoDeskPage() {
  const { t } = useTranslation();
  return (
    <MessagePage icon={IconLock} title={t('pages.forbiddenTitle')} text={t('pages.noDesk')}>
      <Button onClick={() => void logOut()}>{t('menu.logout')}</Button>
    </MessagePage>
  );
}
