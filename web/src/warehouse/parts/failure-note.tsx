import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { failureOf, isHopeless } from '../offline/failures.ts';
import type { Command } from '../offline/model.ts';
import { useFailures } from '../use-desk.ts';
import { GiveUp } from './conflict-card.tsx';
import { useFailureWords } from './failure-words.ts';
import classes from './notes.module.css';

/** Why a step still waits though the server is there, and after several tries the way to give it up. */
export function FailureNote({ command }: { command: Command }) {
  const { t } = useTranslation('warehouse');
  const words = useFailureWords();
  const failure = failureOf(useFailures(), command);
  if (!failure) return null;
  return (
    <div className={classes.note} data-tone="warn">
      <Stack gap="sm">
        <Text>{words(failure)}</Text>
        {isHopeless(failure) && (
          <>
            <Text>{t('waiting.hopeless')}</Text>
            <GiveUp returnId={command.returnId} refused={command} />
          </>
        )}
      </Stack>
    </div>
  );
}
