import { Button, Center, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { IconLock, IconMapOff, type Icon } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** A page that says one thing and offers the next step. */
export function MessagePage({ icon: Glyph, title, text, children }: MessagePageProps) {
  return (
    <Center mih="60vh" p="lg">
      <Stack align="center" ta="center" maw={440} gap="md">
        <ThemeIcon size={64} radius="xl" variant="light">
          <Glyph size={34} aria-hidden />
        </ThemeIcon>
        <Title order={1} size="h2">
          {title}
        </Title>
        <Text c="dimmed">{text}</Text>
        {children}
      </Stack>
    </Center>
  );
}

interface MessagePageProps {
  icon: Icon;
  title: string;
  text: string;
  children?: ReactNode;
}

export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <MessagePage icon={IconMapOff} title={t('pages.notFoundTitle')} text={t('pages.notFoundText')}>
      <HomeButton />
    </MessagePage>
  );
}

export function ForbiddenPage() {
  const { t } = useTranslation();
  return (
    <MessagePage icon={IconLock} title={t('pages.forbiddenTitle')} text={t('pages.forbiddenText')}>
      <HomeButton />
    </MessagePage>
  );
}

function HomeButton() {
  const { t } = useTranslation();
  return (
    <Button component={Link} to="/" size="md">
      {t('pages.home')}
    </Button>
  );
}
