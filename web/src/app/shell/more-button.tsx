import { UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { useRouterState } from '@tanstack/react-router';
import { lazy, Suspense, useState, type ComponentPropsWithRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Desk } from '../session/desks.ts';
import type { Entry } from './desk-shell.tsx';
import classes from './shell.module.css';

const load = () => import('./more-menu.tsx');
const MoreMenu = lazy(async () => ({ default: (await load()).MoreMenu }));

export interface MoreProps {
  desk: Desk;
  entries: readonly Entry[];
}

/** The last place in the bar of a phone; the menu that it opens is fetched when somebody reaches for it. */
export function MoreButton({ desk, entries }: MoreProps) {
  const [wanted, setWanted] = useState(false);
  const button = (
    <MoreFace
      entries={entries}
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
    />
  );
  if (!wanted) return button;
  return (
    <Suspense fallback={button}>
      <MoreMenu desk={desk} entries={entries} />
    </Suspense>
  );
}

/** Whether a page lies below an entry. */
export function useIsHere(): (entry: Entry) => boolean {
  const path = useRouterState({ select: ({ location }) => location.pathname.replace(/(.)\/$/, '$1') });
  return ({ to, exact }) => (exact ? path === to : path.startsWith(to));
}

/** How it looks in the bar. */
export function MoreFace({ entries, ...props }: Pick<MoreProps, 'entries'> & ComponentPropsWithRef<'button'>) {
  const { t } = useTranslation();
  const isHere = useIsHere();
  return (
    <UnstyledButton {...props} className={classes.tab} data-active={entries.some(isHere) || undefined}>
      <IconDots size={26} stroke={1.8} aria-hidden />
      <span>{t('menu.more')}</span>
    </UnstyledButton>
  );
}
