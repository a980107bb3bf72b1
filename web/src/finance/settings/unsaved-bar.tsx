import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../app/api/errors.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import classes from '../rate-cards/rate-cards.module.css';

interface UnsavedBarProps {
  /** Why the last save was refused. */
  error: Error | null;
  /** The fields say by themselves what is wrong. */
  isOfFields: boolean;
  /** What to say where somebody else saved meanwhile. */
  stale: string | false;
  words: { unsaved: string; discard: string; save: string };
  isSaving: boolean;
  onDiscard: () => void;
  onSave: () => void;
}

/** Stands below a form with changes that are not saved, and says why they could not be. */
export function UnsavedBar({ error, isOfFields, stale, words, isSaving, onDiscard, onSave }: UnsavedBarProps) {
  const { t } = useTranslation('finance');
  return (
    <div className={classes.bar} role="region" aria-label={words.unsaved}>
      <Stack gap="sm">
        {stale && <Notice tone="warn">{stale}</Notice>}
        {isOfFields && (
          <Notice tone="bad">{t('editor.fieldsWrong', { count: (error as ApiError).errors.length })}</Notice>
        )}
        {error && !isOfFields && !stale && <ErrorState error={error} />}
        <Group justify="space-between" gap="sm">
          <Text fw={600}>{words.unsaved}</Text>
          <Group gap="sm">
            <Button variant="default" onClick={onDiscard} disabled={isSaving}>
              {words.discard}
            </Button>
            <Button loading={isSaving} onClick={onSave}>
              {words.save}
            </Button>
          </Group>
        </Group>
      </Stack>
    </div>
  );
}
