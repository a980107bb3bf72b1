import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { hasCode } from '../../app/api/errors.ts';
import type { SaveBarProps } from '../../shared/save-bar.tsx';

export interface Saving<Stored> {
  /** `settle`: what is changed is stored, as its argument says; what was typed since it was sent stays a change. */
  draft: { isDirty: boolean; version: number; discard: () => void; settle: (after: Stored) => void };
  /** As the server has it now. */
  storedVersion: number;
  /** The mutation that stores it. */
  save: { isPending: boolean; error: Error | null; reset: () => void };
  /** @param version  that the server must still have */
  write: (version: number) => Promise<Stored>;
}

/**
 * What a save bar says and does about a draft: stores it over the version it is based on, and when somebody else was
 * faster leaves the choice whose version stays.
 */
export function useSaving<Stored>({ draft, storedVersion, save, write }: Saving<Stored>): SaveBarProps {
  const { t } = useTranslation('admin');
  const { isDirty, version, discard, settle } = draft;
  const isStale = hasCode(save.error, 'VERSION_STALE');
  const store = (over: number): void => {
    write(over).then(
      (after) => {
        settle(after);
        notifications.show({ message: t('save.saved') });
      },
      // the bar shows what is wrong
      () => undefined,
    );
  };
  return {
    isDirty,
    isSaving: save.isPending,
    error: isStale ? null : save.error,
    isOvertaken: isDirty && (isStale || storedVersion !== version),
    onSave: () => store(version),
    onOverwrite: () => store(storedVersion),
    onDiscard: () => {
      save.reset();
      discard();
    },
  };
}
