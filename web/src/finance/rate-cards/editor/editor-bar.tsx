import { Button, Group, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api/errors.ts';
import { ErrorState } from '../../../shared/error-state.tsx';
import { Notice } from '../../../shared/notice.tsx';
import { LeaveGuard } from '../../../shared/leave-guard.tsx';
import type { Warning } from '../card.ts';
import classes from '../rate-cards.module.css';
import { WarningList } from '../warning-list.tsx';

export interface EditorBarProps {
  isDirty: boolean;
  /** Of the save or of the check, whichever was last. */
  error: unknown;
  /** What the check says of a draft that could be saved; nothing before it was asked. */
  warnings: readonly Warning[] | undefined;
  isChecking: boolean;
  isSaving: boolean;
  saveLabel: string;
  onCheck: () => void;
  onSave: () => void;
}

/** Checks and stores a draft: what is worth a look is told before it is stored; whoever leaves it unsaved is asked first. */
export function EditorBar(props: EditorBarProps) {
  const { t } = useTranslation('finance');
  const { error, warnings, isChecking, isSaving, saveLabel, onCheck, onSave } = props;
  const isOfFields = error instanceof ApiError && error.errors.length > 0;
  return (
    <div className={classes.bar} role="region" aria-label={t('editor.bar')}>
      <LeaveGuard isDirty={props.isDirty} />
      <Stack gap="sm">
        <div role="status">
          {isOfFields && <Notice tone="bad">{t('editor.fieldsWrong', { count: error.errors.length })}</Notice>}
          {warnings && <Warnings warnings={warnings} />}
        </div>
        {Boolean(error) && !isOfFields && <ErrorState error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" disabled={isChecking} onClick={onCheck}>
            {t('editor.check')}
          </Button>
          <Button loading={isSaving || isChecking} onClick={onSave}>
            {warnings?.length ? t('editor.allTheSame', { save: saveLabel }) : saveLabel}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation('finance');
  return warnings.length ? <WarningList warnings={warnings} /> : <Notice tone="good">{t('editor.allGood')}</Notice>;
}
