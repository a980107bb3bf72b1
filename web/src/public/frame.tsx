import { Anchor, Box, Button, Group, Text } from '@mantine/core';
import { IconLanguage } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, currentLanguage } from '../app/i18n/texts.ts';
import classes from './public.module.css';

/** The frame of a page that a link opens: whose it is, the language, the way to the portal. */
export function PublicFrame({ children }: { children: ReactNode }) {
  const { t } = useTranslation('public');
  const { t: c } = useTranslation();
  const other = currentLanguage() === 'de' ? 'en' : 'de';
  return (
    <div className={classes.page}>
      <header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <img src="/logo.svg" alt="" width={30} height={30} />
          <Text span fw={650} fz="lg">
            {c('app.name')}
          </Text>
        </Group>
        <Group gap="xs" wrap="nowrap">
          <Button
            variant="subtle"
            lang={other}
            leftSection={<IconLanguage size={18} aria-hidden />}
            onClick={() => void changeLanguage(other)}
          >
            {t('frame.language')}
          </Button>
        </Group>
      </header>
      <Box component="main" className={classes.main}>
        {children}
      </Box>
      <footer className={classes.footer}>
        <Anchor component={Link} to="/merchant">
          {t('frame.portal')}
        </Anchor>
      </footer>
    </div>
  );
}
