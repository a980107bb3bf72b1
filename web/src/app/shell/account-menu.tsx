import { Divider, Popover, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUser } from '../session/session.ts';
import { AccountFace } from './account-button.tsx';
import { LogOut } from './log-out.tsx';
import { Preferences } from './preferences.tsx';

/** Who is logged in, language, colour scheme, and the way out; opens as soon as it is there. */
export function AccountMenu() {
  const { t } = useTranslation();
  const user = useUser();
  return (
    <Popover shadow="md" width={300} position="bottom-end" trapFocus returnFocus defaultOpened>
      <Popover.Target>
        <AccountFace />
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('menu.user', { name: user.displayName })}>
        <Stack gap={0} px="sm" py="xs">
          <Text fw={600}>{user.displayName}</Text>
          <Text fz="sm" c="dimmed">
            {user.email}
          </Text>
        </Stack>
        <Divider my="xs" />
        <Preferences />
        <Divider my="xs" />
        <LogOut />
      </Popover.Dropdown>
    </Popover>
  );
}
