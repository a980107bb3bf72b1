import { Button, Divider, Popover, Stack, Text } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/queries.ts';
import { logOut, useUser } from '../session/session.ts';
import { AccountFace } from './account-button.tsx';
import { Preferences } from './preferences.tsx';

/** Who is logged in, language, colour scheme, and the way out; opens as soon as it is there. */
export function AccountMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const leave = async () => {
    await logOut();
    queryClient.clear();
  };
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
      </Popover.Dropdown>
    </Popover>
  );
}
