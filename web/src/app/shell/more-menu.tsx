import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../session/desks.ts';
import type { Entry } from './desk-shell.tsx';
import classes from './shell.module.css';

/** The last place in the bar of a phone: what has no place of its own. */
export function MoreMenu({ desk, entries }: { desk: Desk; entries: readonly Entry[] }) {
  const { t } = useTranslation(desk);
  const { t: common } = useTranslation();
  const path = useRouterState({ select: ({ location }) => location.pathname.replace(/(.)\/$/, '$1') });
  const isHere = ({ to, exact }: Entry) => (exact ? path === to : path.startsWith(to));
  return (
    <Menu position="top-end" shadow="md" width={240}>
      <Menu.Target>
        <UnstyledButton className={classes.tab} data-active={entries.some(isHere) || undefined}>
          <IconDots size={26} stroke={1.8} aria-hidden />
          <span>{common('menu.more')}</span>
        </UnstyledButton>
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
