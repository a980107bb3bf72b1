import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { registerSW } from 'virtual:pwa-register';
import classes from './update-prompt.module.css';

const CHECK_MS = 30 * 60_000;

/** Keeps the app for use without network, and asks before a new version replaces the one in use. */
export function UpdatePrompt() {
  const { t } = useTranslation();
  const [update, setUpdate] = useState<{ apply: () => Promise<void> }>();
  useEffect(() => {
    const apply = registerSW({
      onNeedRefresh: () => setUpdate({ apply: () => apply(true) }),
      onRegisteredSW: (_url, registration) => {
        if (registration) setInterval(() => void registration.update().catch(() => undefined), CHECK_MS);
      },
    });
  }, []);
  if (!update) return null;
  return (
    <Paper className={classes.prompt} p="md" shadow="lg" withBorder role="status">
      <Stack gap="xs">
        <Text fw={600}>{t('update.title')}</Text>
        <Text fz="sm" c="dimmed">
          {t('update.text')}
        </Text>
        <Group>
          <Button onClick={() => void update.apply()}>{t('update.now')}</Button>
          <Button variant="default" onClick={() => setUpdate(undefined)}>
            {t('update.later')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
