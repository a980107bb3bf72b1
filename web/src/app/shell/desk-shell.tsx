import { Box, Group, NavLink, Text, UnstyledButton } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import type { Icon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hasRole, mayEnter, type Desk, type Role } from '../session/desks.ts';
import { useUser } from '../session/session.ts';
import { AccountButton } from './account-button.tsx';
import { DeskSwitch } from './desk-switch.tsx';
import { ForbiddenPage } from './message-page.tsx';
import { MoreButton } from './more-button.tsx';
import { useNavEntries } from './nav-entries.ts';
import { NetworkBadge } from './network-badge.tsx';
import classes from './shell.module.css';

export interface Entry {
  to: string;
  label: string;
  icon: Icon;
  exact?: boolean;
  roles?: readonly Role[];
  outside?: boolean;
}

/** Places in the bar of a phone; with more entries the last place leads to the rest. A warehouse has long words. */
const IN_BAR: Readonly<Record<Desk, number>> = { warehouse: 4, merchant: 5, finance: 5, admin: 5 };

/** The frame of a desk: its navigation at the side, on a phone as a bar at the bottom, and the page. */
export function DeskShell({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const user = useUser();
  const entries = useNavEntries(desk).filter(({ roles }) => !roles || hasRole(user, ...roles));
  const allowed = mayEnter(user, desk);
  return (
    <div className={classes.shell} data-entered={allowed || undefined}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <Group gap="sm" wrap="nowrap">
          <Link to="/" className={classes.brand} aria-label={t('app.name')}>
            <img src="/logo.svg" alt="" width={30} height={30} />
            <Text span fw={650} fz="lg" visibleFrom="xs">
              {t('app.name')}
            </Text>
          </Link>
          <DeskSwitch current={desk} />
        </Group>
        <Group gap="xs" wrap="nowrap">
          <NetworkBadge />
          <AccountButton />
        </Group>
      </header>
      {allowed && (
        <nav className={classes.navbar} aria-label={t('menu.main')}>
          {entries.map((entry) => (
            <SideEntry key={entry.to} desk={desk} entry={entry} />
          ))}
        </nav>
      )}
      <main id="content" tabIndex={-1} className={classes.main}>
        <Box maw={1240} mx="auto">
          {allowed ? <Outlet /> : <ForbiddenPage />}
        </Box>
      </main>
      {allowed && <BottomBar desk={desk} entries={entries} />}
    </div>
  );
}

/** The navigation of a phone, within reach of the thumb. */
function BottomBar({ desk, entries }: { desk: Desk; entries: readonly Entry[] }) {
  const { t } = useTranslation();
  const inBar = entries.slice(0, entries.length > IN_BAR[desk] ? IN_BAR[desk] - 1 : IN_BAR[desk]);
  return (
    <footer className={classes.footer}>
      <nav aria-label={t('menu.main')} className={classes.bar}>
        {inBar.map((entry) => (
          <BarEntry key={entry.to} desk={desk} entry={entry} />
        ))}
        {inBar.length < entries.length && <MoreButton desk={desk} entries={entries.slice(inBar.length)} />}
      </nav>
    </footer>
  );
}

interface EntryProps {
  desk: Desk;
  entry: Entry;
}

function SideEntry({ desk, entry }: EntryProps) {
  const { label, root } = useEntry(desk, entry);
  return (
    <NavLink
      renderRoot={root}
      label={label}
      leftSection={<entry.icon size={22} stroke={1.8} aria-hidden />}
      className={classes.side}
    />
  );
}

function BarEntry({ desk, entry }: EntryProps) {
  const { label, root } = useEntry(desk, entry);
  return (
    <UnstyledButton renderRoot={root} className={classes.tab}>
      <entry.icon size={26} stroke={1.8} aria-hidden />
      <span>{label}</span>
    </UnstyledButton>
  );
}

function useEntry(desk: Desk, { to, label, exact, outside }: Entry) {
  const { t } = useTranslation(desk);
  return {
    // keys are checked where the entries are written
    label: t(label as never) as string,
    // the link itself says that it is the current page
    root: (props: Record<string, unknown>) =>
      outside ? (
        <a href={to} {...props} />
      ) : (
        <Link to={to} activeOptions={{ exact, includeSearch: false }} {...props} />
      ),
  };
}
