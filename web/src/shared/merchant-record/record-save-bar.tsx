import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { SaveBar } from '../save-bar.tsx';
import type { MerchantDraft } from './draft.ts';

export interface RecordSaveBarProps {
  draft: MerchantDraft;
  /** Where something is wrong, when that is not on the screen. */
  hint?: string | undefined;
}

/** Stores what was changed of a merchant. */
export function RecordSaveBar({ draft, hint }: RecordSaveBarProps) {
  const { t } = useTranslation('admin');
  const save = (over: boolean) => {
    draft.save(over).then(
      () => notifications.show({ message: t('save.saved') }),
      // the bar shows what is wrong
      () => undefined,
    );
  };
  return (
    <SaveBar
      isDirty={draft.changed.length > 0}
      isSaving={draft.isSaving}
      error={draft.error}
      isOvertaken={draft.isOvertaken}
      hint={hint}
      onSave={() => save(false)}
      onOverwrite={() => save(true)}
      onDiscard={draft.discard}
    />
  );
}
