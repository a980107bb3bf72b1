import { Button, Stack, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Unsent } from '../../warehouse/offline/unsent.ts';
import { isOnline } from '../api/reachability.ts';
import { mayEnter } from '../session/desks.ts';
import { logOut, useUser, type User } from '../session/session.ts';

/** The way out. It asks when something is left behind: work that only this device has, or a server that hears nothing. */
export function LogOut() {
  const { t } = useTranslation();
  const user = useUser();
  const [left, setLeft] = useState<Left>();
  const leave = async () => {
    const found = { ...(await unsentBy(user)), isOffline: !isOnline() };
    if (found.steps || found.photos || found.isOffline) setLeft(found);
    else await logOut();
  };
  if (left) return <Question left={left} onStay={() => setLeft(undefined)} />;
  return (
    <Button
      variant="subtle"
      fullWidth
      justify="flex-start"
      h={48}
      leftSection={<IconLogout size={20} aria-hidden />}
      onClick={() => void leave()}
    >
      {t('menu.logout')}
    </Button>
  );
}

interface Left extends Unsent {
  isOffline: boolean;
}

function Question({ left, onStay }: { left: Left; onStay: () => void }) {
  const { t } = useTranslation();
  const { steps, photos, isOffline } = left;
  const things = [
    ...(steps ? [t('leave.steps', { count: steps })] : []),
    ...(photos ? [t('leave.photos', { count: photos })] : []),
  ];
  return (
    <Stack gap="xs" p="sm">
      <div role="alert">
        <Text fw={600}>{t('leave.question')}</Text>
        {things.length > 0 && <Text fz="sm">{t('leave.unsent', { what: things.join(t('leave.and')) })}</Text>}
        {isOffline && <Text fz="sm">{t('leave.offline')}</Text>}
      </div>
      <Button h={48} variant="default" data-autofocus autoFocus onClick={onStay}>
        {t('leave.stay')}
      </Button>
      <Button h={48} color="var(--k-bad-fill)" c="#fff" onClick={() => void logOut()}>
        {t('menu.logout')}
      </Button>
    </Stack>
  );
}

/** Only those who work in the warehouse leave anything on a device. */
async function unsentBy(user: User): Promise<Unsent> {
  const nothing = { steps: 0, photos: 0 };
  if (!mayEnter(user, 'warehouse')) return nothing;
  try {
    return await (await import('../../warehouse/offline/unsent.ts')).unsentHere(user.id);
  } catch {
    // a store that cannot be read keeps nobody logged in
    return nothing;
  }
}
