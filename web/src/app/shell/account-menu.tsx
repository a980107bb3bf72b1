import {
  ActionIcon,
  Avatar,
  Button,
  Divider,
  Popover,
  SegmentedControl,
  Stack,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { IconLogout, IconUser } from '@tabler/icons-react';
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
    <Popover shadow="md" width={300} position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon size={48} radius="xl" aria-label={t('menu.user', { name: user.displayName })}>
          <Avatar color="kontor" radius="xl" size={38}>
            <IconUser size={22} aria-hidden />
          </Avatar>
        </ActionIcon>
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
