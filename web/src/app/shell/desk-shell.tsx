import { AppShell, Box, Group, NavLink, Text, UnstyledButton } from '@mantine/core';
import { Link, Outlet } from '@tanstack/react-router';
import type { Icon } from '@tabler/icons-react';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { adminNav } from '../../admin/nav.ts';
import { financeNav } from '../../finance/nav.ts';
import { merchantNav } from '../../merchant/nav.ts';
import { warehouseNav } from '../../warehouse/nav.ts';
import { mayEnter, type Desk } from '../session/desks.ts';
import { useUser } from '../session/session.ts';
import { AccountButton } from './account-button.tsx';
import { DeskSwitch } from './desk-switch.tsx';
import { ForbiddenPage } from './message-page.tsx';
import { NetworkBadge } from './network-badge.tsx';
import classes from './shell.module.css';

export interface Entry {
  to: string;
  label: string;
  icon: Icon;
  exact?: boolean;
  outside?: boolean;
}

const NAV: Record<Desk, readonly Entry[]> = {
  warehouse: warehouseNav,
  merchant: merchantNav,
  finance: financeNav,
  admin: adminNav,
};
const BAR_PX = 68;
/** Places in the bar of a phone; with more entries the last place leads to the rest. */
const IN_BAR = 5;
const MoreMenu = lazy(() => import('./more-menu.tsx').then((module) => ({ default: module.MoreMenu })));

/** The frame of a desk: its navigation at the side, on a phone as a bar at the bottom, and the page. */
export function DeskShell({ desk }: { desk: Desk }) {
  const { t } = useTranslation();
  const entries = NAV[desk];
  const allowed = mayEnter(useUser(), desk);
  return (
    <AppShell
      header={{ height: 60 }}
      navbar={{ width: 248, breakpoint: 'sm', collapsed: { mobile: true, desktop: !allowed } }}
      footer={{ height: { base: BAR_PX, sm: 0 }, collapsed: !allowed }}
      padding={{ base: 'md', sm: 'xl' }}
      className={classes.shell}
    >
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <AppShell.Header className={classes.header}>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
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
        </Group>
      </AppShell.Header>
      {allowed && (
        <AppShell.Navbar p="sm" className={classes.navbar} aria-label={t('menu.main')}>
          {entries.map((entry) => (
            <SideEntry key={entry.to} desk={desk} entry={entry} />
          ))}
        </AppShell.Navbar>
      )}
      <AppShell.Main id="content" tabIndex={-1} className={classes.main}>
        <Box maw={1240} mx="auto">
          {allowed ? <Outlet /> : <ForbiddenPage />}
        </Box>
      </AppShell.Main>
      {allowed && (
        <AppShell.Footer hiddenFrom="sm" className={classes.footer}>
          <nav aria-label={t('menu.main')} className={classes.bar}>
            {entries.slice(0, entries.length > IN_BAR ? IN_BAR - 1 : IN_BAR).map((entry) => (
              <BarEntry key={entry.to} desk={desk} entry={entry} />
            ))}
            {entries.length > IN_BAR && (
              <Suspense fallback={<span className={classes.tab} />}>
                <MoreMenu desk={desk} entries={entries.slice(IN_BAR - 1)} />
              </Suspense>
            )}
          </nav>
        </AppShell.Footer>
      )}
    </AppShell>
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
