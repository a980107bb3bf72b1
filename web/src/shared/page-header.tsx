import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface PageHeaderProps {
  title: string;
  lead?: ReactNode;
  /** Address of the page this one belongs to. */
  back?: string;
  /** Buttons; on a phone they go below the title. */
  actions?: ReactNode;
  /** Beside the title: a badge, for example. */
  aside?: ReactNode;
}

/** The head of every page: its one first-level heading, which also names the tab. */
export function PageHeader({ title, lead, back, actions, aside }: PageHeaderProps) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`;
  }, [title, t]);
  return (
    <Stack gap={4} mb="lg">
      {back && (
        <Anchor component={Link} to={back} c="dimmed" fz="sm" w="fit-content">
          <Group gap={4} mih={44} component="span">
            <IconArrowLeft size={16} aria-hidden />
            {t('action.back')}
          </Group>
        </Anchor>
      )}
      <Group justify="space-between" align="flex-start" gap="md">
        <Stack gap={4} miw={0}>
          <Group gap="sm">
            <Title order={1} size="h2">
              {title}
            </Title>
            {aside}
          </Group>
          {lead && (
            <Text c="dimmed" component="div">
              {lead}
            </Text>
          )}
        </Stack>
        {actions && <Group gap="sm">{actions}</Group>}
      </Group>
    </Stack>
  );
}
