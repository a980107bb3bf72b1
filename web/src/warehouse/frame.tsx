import { Anchor, Stack } from '@mantine/core';
import { IconAlertTriangle, IconCloudUpload, IconUserExclamation, IconWifiOff, type Icon } from '@tabler/icons-react';
import { Link, Outlet, useNavigate } from '@tanstack/react-router';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../app/api/reachability.ts';
import { useIsLive } from '../app/live/live.ts';
import { useUser } from '../app/session/session.ts';
import type { Tone } from '../shared/tone.ts';
import classes from './frame.module.css';
import { useScan, useWedge } from './scan/use-scan.ts';
import { useDesk, useKept, useSenderState } from './use-desk.ts';

/** What is the same on every page: the scanner is heard, and the worker sees what waits and why. */
export function Frame() {
  const navigate = useNavigate();
  const desk = useDesk();
  const live = useIsLive();
  useWedge();
  useScan((code) => {
    void navigate({ to: '/warehouse', search: { code } });
    return true;
  });
  useEffect(() => {
    if (live) desk.sendNow();
  }, [desk, live]);
  return (
    <Stack gap="md">
      <Banners />
      <Outlet />
    </Stack>
  );
}

function Banners() {
  const { t } = useTranslation('warehouse');
  const online = useOnline();
  const state = useSenderState();
  const user = useUser();
  const { commands, conflicts } = useKept();
  const waiting = commands.length;
  const others = commands.filter(({ author }) => author.id !== user.id);
  const full = useIsNearlyFull();
  return (
    <div className={classes.banners} aria-live="polite">
      {(!online || state === 'offline') && (
        <Banner tone="warn" icon={IconWifiOff} title={t('banner.offline')} link={waiting > 0}>
          {waiting ? t('banner.offlineWaiting', { count: waiting }) : t('banner.offlineText')}
        </Banner>
      )}
      {online && state === 'sending' && waiting > 0 && (
        <Banner tone="info" icon={IconCloudUpload} title={t('banner.sending', { count: waiting })} link />
      )}
      {state === 'login' && (
        <Banner tone="bad" icon={IconUserExclamation} title={t('banner.login')}>
          {t('banner.loginText', { count: waiting })}
        </Banner>
      )}
      {conflicts.size > 0 && (
        <Banner tone="bad" icon={IconAlertTriangle} title={t('banner.conflicts', { count: conflicts.size })} link />
      )}
      {others.length > 0 && (
        <Banner
          tone="warn"
          icon={IconUserExclamation}
          title={t('banner.others', { name: others[0]!.author.name })}
          link
        >
          {t('banner.othersText', { count: others.length })}
        </Banner>
      )}
      {full && (
        <Banner tone="bad" icon={IconAlertTriangle} title={t('banner.full')}>
          {t('banner.fullText')}
        </Banner>
      )}
    </div>
  );
}

interface BannerProps {
  tone: Tone;
  icon: Icon;
  title: string;
  children?: ReactNode;
  /** Leads to what waits. */
  link?: boolean;
}

function Banner({ tone, icon: Glyph, title, children, link = false }: BannerProps) {
  const { t } = useTranslation('warehouse');
  return (
    <div className={classes.banner} data-tone={tone}>
      <Glyph size={24} aria-hidden />
      <div className={classes.words}>
        <strong>{title}</strong>
        {children && <span>{children}</span>}
      </div>
      {link && (
        <Anchor component={Link} to="/warehouse/waiting" className={classes.more} inherit>
          {t('banner.show')}
        </Anchor>
      )}
    </div>
  );
}

const LOOK_MS = 60_000;
const NEARLY_FULL = 0.9;

/** Said before a photo has to be refused. */
function useIsNearlyFull(): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const look = async () => {
      const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
      setFull(quota > 0 && usage / quota > NEARLY_FULL);
    };
    void look();
    const timer = setInterval(() => void look(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return full;
}
