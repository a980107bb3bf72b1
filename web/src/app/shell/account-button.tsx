import { ActionIcon, Avatar, type ActionIconProps } from '@mantine/core';
import { IconUser } from '@tabler/icons-react';
import { lazy, Suspense, useState, type ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';

const load = () => import('./account-menu.tsx');
const AccountMenu = lazy(async () => ({ default: (await load()).AccountMenu }));

/** The button of the account; what it opens is fetched when somebody reaches for it. */
export function AccountButton() {
  const [wanted, setWanted] = useState(false);
  const button = (
    <AccountFace
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <AccountMenu />
    </Suspense>
  );
}

/** How the account looks in the header. */
export function AccountFace(props: ActionIconProps & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation();
  const { displayName } = useUser();
  return (
    <ActionIcon size={48} radius="xl" {...props} aria-label={t('menu.user', { name: displayName })}>
      <Avatar color="kontor" radius="xl" size={38}>
        <IconUser size={22} aria-hidden />
      </Avatar>
    </ActionIcon>
  );
}
