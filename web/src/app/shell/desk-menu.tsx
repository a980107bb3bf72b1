import { Button, Menu, Text } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../session/desks.ts';

/** The way to the other desks. */
export function DeskMenu({ current, desks }: { current: Desk; desks: readonly Desk[] }) {
  const { t } = useTranslation();
  return (
    <Menu shadow="md" width={300} position="bottom-start">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="var(--mantine-color-text)"
          px="xs"
          h={48}
          rightSection={<IconChevronDown size={18} aria-hidden />}
          aria-label={`${t(`desk.${current}`)}, ${t('menu.desks')}`}
        >
          {t(`desk.${current}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {desks.map((desk) => (
          <Menu.Item
            key={desk}
            component={Link}
            to={`/${desk}`}
            rightSection={desk === current && <IconCheck size={18} aria-hidden />}
          >
            <Text fw={600}>{t(`desk.${desk}`)}</Text>
            <Text fz="sm" c="dimmed">
              {t(`deskLead.${desk}`)}
            </Text>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
