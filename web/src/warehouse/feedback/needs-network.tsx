import { Button, type ButtonProps } from '@mantine/core';
import { useNetwork } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconWifiOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasCode, OfflineError } from '../../app/api/errors.ts';
import { useErrorText } from '../../shared/error-text.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { signalError } from './signals.ts';

/** Says what went wrong where nobody can overlook it; without a network, that this step needs one (K13). */
export function useRefusal(): (error: unknown, text?: string) => void {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const errorText = useErrorText();
  return (error, text) => {
    signalError();
    const offline = error instanceof OfflineError;
    const locked = hasCode(error, 'RETURN_LOCKED') && error.errors.find(({ path }) => path === 'lock.name');
    const known = locked ? t('conflict.codes.RETURN_LOCKED', { name: locked.message }) : text;
    notifications.show({
      // tapping again says it once
      ...(offline ? { id: 'needs-network' } : {}),
      color: 'red',
      title: offline ? t('network.neededTitle') : undefined,
      message: offline ? t('network.needed') : (known ?? errorText(error)),
      autoClose: 8_000,
      closeButtonProps: { 'aria-label': c('action.close') },
    });
  };
}

export interface NetworkButtonProps extends ButtonProps {
  label: string;
  onClick: () => unknown;
}

/** Whether a step is under way, and a function that takes it unless one is; a failure is told. */
export function useStep(): [busy: boolean, take: (step: () => unknown) => void] {
  const [busy, setBusy] = useState(false);
  const [guard] = useState(() => oneAtATime(setBusy));
  const refuse = useRefusal();
  return [busy, (step) => void guard(step).catch(refuse)];
}

/**
 * A step that cannot wait on the device: without a network it says so instead of being done later. While it is under
 * way the button is busy.
 * @param onClick  takes the step; what it returns is waited for
 */
export function NetworkButton({ label, onClick, ...button }: NetworkButtonProps) {
  const { online } = useNetwork();
  const refuse = useRefusal();
  const [busy, take] = useStep();
  const act = () => (online ? take(onClick) : refuse(new OfflineError()));
  return (
    <Button
      loading={busy}
      {...button}
      {...(online ? {} : { leftSection: <IconWifiOff size={20} aria-hidden />, 'data-needs-network': true })}
      onClick={act}
    >
      {label}
    </Button>
  );
}
