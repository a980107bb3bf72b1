import { ActionIcon, Avatar, Menu, SegmentedControl, Stack, Text, useMantineColorScheme } from '@mantine/core';
import { IconLogout } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { queryClient } from '../api/queries.ts';
import { changeLanguage, currentLanguage, type Language } from '../i18n/texts.ts';
import { logOut, useUser } from '../session/session.ts';

/** Who is logged in, language, colour scheme, and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const user = useUser();
  const leave = async () => {
    await logOut();
    queryClient.clear();
  };
  return (
    <Menu shadow="md" width={290} position="bottom-end" closeOnItemClick={false}>
      <Menu.Target>
        <ActionIcon size={48} radius="xl" aria-label={t('menu.user', { name: user.displayName })}>
          <Avatar name={user.displayName} color="kontor" radius="xl" size={38} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Stack gap={0} px="sm" py="xs">
          <Text fw={600}>{user.displayName}</Text>
          <Text fz="sm" c="dimmed">
            {user.email}
          </Text>
        </Stack>
        <Menu.Divider />
        <Preferences />
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={20} aria-hidden />} onClick={() => void leave()} h={48}>
          {t('menu.logout')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Language and colour scheme; on the log-in page, too. */
export function Preferences() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Stack gap="sm" px="sm" py="xs">
      <Stack gap={4}>
        <Text fz="sm" fw={500} id="language-label">
          {t('menu.language')}
        </Text>
        <SegmentedControl
          aria-labelledby="language-label"
          fullWidth
          size="md"
          value={currentLanguage()}
          onChange={(value) => void changeLanguage(value as Language)}
          data={[
            { value: 'de', label: 'Deutsch' },
            { value: 'en', label: 'English' },
          ]}
        />
      </Stack>
      <Stack gap={4}>
        <Text fz="sm" fw={500} id="scheme-label">
          {t('menu.scheme')}
        </Text>
        <SegmentedControl
          aria-labelledby="scheme-label"
          fullWidth
          value={colorScheme}
          onChange={(value) => setColorScheme(value as typeof colorScheme)}
          data={(['light', 'dark', 'auto'] as const).map((value) => ({ value, label: t(`menu.${value}`) }))}
        />
      </Stack>
    </Stack>
  );
}
