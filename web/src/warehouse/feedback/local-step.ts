import { notifications } from '@mantine/notifications';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { newId } from '../offline/ids.ts';
import { notKeptBecause, underOneId } from '../offline/local-step.ts';
import { PhotoRefused } from '../offline/work.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { signalError } from './signals.ts';

/** Shows and sounds that the device did not keep something: what is not kept is lost, so nobody may overlook it. */
export function useNotKept(): (error: unknown) => void {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  return useCallback(
    (error) => {
      signalError();
      const why = notKeptBecause(error);
      const isPhoto = error instanceof PhotoRefused;
      const detail = error instanceof Error ? error.message : String(error);
      notifications.show({
        // a full device refuses every letter that is typed; once is enough to read it
        id: `not-kept-${isPhoto ? error.reason : why}`,
        color: 'red',
        title: isPhoto ? t('photo.refused') : t('notKept.title'),
        message: isPhoto ? t(`photo.refusedBecause.${error.reason}`) : t(`notKept.${why}`, { detail }),
        autoClose: false,
        closeButtonProps: { 'aria-label': c('action.close') },
      });
    },
    [t, c],
  );
}

/** A step that this device keeps: what it fails with is shown, see {@link useNotKept}. */
export function useAttempt(): (step: () => unknown) => Promise<void> {
  const notKept = useNotKept();
  return async (step) => {
    try {
      await step();
    } catch (error) {
      notKept(error);
    }
  };
}

/** As {@link useAttempt}, one at a time, and under one id until it is done. */
export function useOneStep(): { busy: boolean; run: (step: (id: string) => Promise<unknown>) => Promise<void> } {
  const attempt = useAttempt();
  const [busy, setBusy] = useState(false);
  const [guard] = useState(() => oneAtATime(setBusy));
  const [named] = useState(() => underOneId(newId));
  return { busy, run: (step) => attempt(() => guard(() => named(step))) };
}
