import { Stack, Text } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useOnline } from '../../app/api/reachability.ts';
import { callApi } from '../../app/api/client.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { NetworkButton } from '../feedback/needs-network.tsx';
import type { ReturnView } from '../offline/model.ts';
import { retryReturn } from '../offline/ways-out.ts';
import { useDesk } from '../use-desk.ts';
import classes from './notes.module.css';

/** Somebody else has this return on the table (A9). */
export function LockNote({ id, holder }: { id: string; holder: NonNullable<ReturnView['lock']> }) {
  const { t } = useTranslation('warehouse');
  const { time } = useFormats();
  const takeOver = useTakeOver(id);
  return (
    <section className={classes.note} data-tone="warn" aria-label={t('lock.title', { name: holder.name })}>
      <IconLock size={28} aria-hidden />
      <Stack gap={2} flex={1} miw={220}>
        <Text fw={650}>{t('lock.title', { name: holder.name })}</Text>
        <Text>{t('lock.text', { time: time(holder.expiresAt) })}</Text>
      </Stack>
      <NetworkButton label={t('lock.takeOver')} h={56} onClick={takeOver} />
    </section>
  );
}

const LOOK_AGAIN_MS = 30_000;

/**
 * Somebody else who holds the return. The server knows when a lock has ended; without a network the device's own clock
 * decides, so that nobody waits for somebody who went home.
 */
export function useHolder({ id, lock }: ReturnView, userId: string): ReturnView['lock'] {
  const desk = useDesk();
  const online = useOnline();
  const held = lock !== null && lock.userId !== userId && (online || new Date(lock.expiresAt) > new Date());
  useEffect(() => {
    if (!held) return;
    const timer = setInterval(() => void desk.refresh(id).catch(() => undefined), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [held, desk, id]);
  return held ? lock : null;
}

/** Takes the lock from whoever has it, on purpose, and lets go out what waited for it. */
export function useTakeOver(id: string): () => Promise<void> {
  const desk = useDesk();
  return async () => {
    const view = await callApi('POST /returns/{id}/lock', { id, takeOver: true });
    await desk.outbox.keep({ putReturns: [view] });
    await retryReturn(desk.outbox, id);
    desk.sendNow();
  };
}
