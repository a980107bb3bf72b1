import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../app/api/errors.ts';
import { ErrorState } from '../../../shared/error-state.tsx';
import { Notice } from '../../../shared/notice.tsx';
import type { Warning } from '../card.ts';
import classes from '../rate-cards.module.css';

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

/** Checks and stores a draft; whoever leaves it unsaved is asked first. */
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
          <Button variant="default" loading={isChecking} onClick={onCheck}>
            {t('editor.check')}
          </Button>
          <Button loading={isSaving} onClick={onSave}>
            {saveLabel}
          </Button>
        </Group>
      </Stack>
    </div>
  );
}

const MOST_SHOWN = 8;

function Warnings({ warnings }: { warnings: readonly Warning[] }) {
  const { t } = useTranslation('finance');
  if (!warnings.length) return <Notice tone="good">{t('editor.allGood')}</Notice>;
  const shown = warnings.slice(0, MOST_SHOWN);
  return (
    <Notice tone="warn" title={t('editor.warnings', { count: warnings.length })}>
      {shown.map(({ code, path, rules }, index) => (
        <Text key={`${path}-${code}-${index}`} fz="sm">
          {t(`rateWarning.${code}`, { rule: rules.at(-1) ?? '', winner: rules[0] ?? '', rules: rules.join(', ') })}
        </Text>
      ))}
      {warnings.length > shown.length && (
        <Text fz="sm">{t('editor.moreWarnings', { count: warnings.length - shown.length })}</Text>
      )}
    </Notice>
  );
}

function LeaveGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation('finance');
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && current.pathname !== next.pathname,
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  });
  return (
    <Modal
      opened={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={
        <Text span fw={650} fz="lg">
          {t('editor.leaveTitle')}
        </Text>
      }
      closeButtonProps={{ 'aria-label': t('editor.stay') }}
    >
      <Stack gap="md">
        <Text>{t('editor.leaveText')}</Text>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => blocker.proceed?.()}>
            {t('editor.leave')}
          </Button>
          <Button onClick={() => blocker.reset?.()} data-autofocus>
            {t('editor.stay')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
