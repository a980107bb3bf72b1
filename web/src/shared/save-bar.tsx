import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../app/api/errors.ts';
import { ErrorState } from './error-state.tsx';
import { hasNumberFault } from './number-fault.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { NoteBox } from './note-box.tsx';
import classes from './save-bar.module.css';

export interface SaveBarProps {
  isDirty: boolean;
  isSaving: boolean;
  error: unknown;
  /** Somebody else stored something in the meantime. */
  isOvertaken?: boolean;
  /** Where something is wrong, when that is not on the screen. */
  hint?: string | undefined;
  onSave: () => void;
  /** Stores it although somebody else was faster; without it there is only the way to load anew. */
  onOverwrite?: () => void;
  onDiscard: () => void;
}

/**
 * Says that something is not stored yet, and stores it. It stays in sight, and whoever leaves the page is asked first.
 */
export function SaveBar(props: SaveBarProps) {
  const { t } = useTranslation('admin');
  const { isDirty, isSaving, error, isOvertaken, hint, onSave, onDiscard } = props;
  return (
    <>
      <LeaveGuard isDirty={isDirty} />
      {isDirty && (
        <Paper className={classes.bar} withBorder shadow="md" role="region" aria-label={t('save.region')}>
          <Stack gap="sm">
            {isOvertaken && <Overtaken {...props} />}
            {isOfFields(error) && (
              <NoteBox tone="bad">
                <Text>{t('save.checkFields')}</Text>
              </NoteBox>
            )}
            {Boolean(error) && !isOfFields(error) && <ErrorState error={error} />}
            {hint && (
              <Text fz="sm" c="var(--mantine-color-error)">
                {hint}
              </Text>
            )}
            {!isOvertaken && (
              <Group justify="space-between" gap="sm">
                <Text fw={600}>{t('save.unsaved')}</Text>
                <Group gap="sm">
                  <Button variant="default" onClick={onDiscard} disabled={isSaving}>
                    {t('save.discard')}
                  </Button>
                  <Button onClick={() => hasNumberFault(document) || onSave()} loading={isSaving}>
                    {t('save.save')}
                  </Button>
                </Group>
              </Group>
            )}
          </Stack>
        </Paper>
      )}
    </>
  );
}

/** What is told where it belongs is not told twice, and not in the words of the API. */
const isOfFields = (error: unknown): boolean => error instanceof ApiError && error.errors.length > 0;

function Overtaken({ isSaving, onOverwrite, onDiscard }: SaveBarProps) {
  const { t } = useTranslation('admin');
  return (
    <NoteBox tone="warn" title={t('save.overtakenTitle')}>
      <Text>{t('save.overtakenText')}</Text>
      <Group gap="sm" mt="sm">
        <Button variant="default" onClick={onDiscard} disabled={isSaving} {...LONG}>
          {t('save.takeTheirs')}
        </Button>
        {onOverwrite && (
          <Button onClick={() => hasNumberFault(document) || onOverwrite()} loading={isSaving} {...LONG}>
            {t('save.keepMine')}
          </Button>
        )}
      </Group>
    </NoteBox>
  );
}

/** Words that need two lines on a phone. */
const LONG = { h: 'auto', mih: 44, py: 6, styles: { label: { whiteSpace: 'normal' as const } } };
