import { Menu } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { MoreFace, useIsHere, type MoreProps } from './more-button.tsx';

/** What has no place of its own in the bar of a phone; opens as soon as it is there. */
export function MoreMenu({ desk, entries }: MoreProps) {
  const { t } = useTranslation(desk);
  const isHere = useIsHere();
  return (
    <Menu position="top-end" shadow="md" width={240} defaultOpened>
      <Menu.Target>
        <MoreFace entries={entries} />
      </Menu.Target>
      <Menu.Dropdown>
        {entries.map((entry) => (
          <Menu.Item
            key={entry.to}
            h={48}
            aria-current={isHere(entry) ? 'page' : undefined}
            leftSection={<entry.icon size={20} stroke={1.8} aria-hidden />}
            renderRoot={(props: Record<string, unknown>) =>
              entry.outside ? <a href={entry.to} {...props} /> : <Link to={entry.to} {...props} />
            }
          >
            {t(entry.label as never) as string}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
