import { FileButton, Button, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { ApiError } from '../../app/api/errors.ts';
import { Day } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { useProblemWords } from './problem-words.ts';

type Doubtful = Output<'POST /bank-statements'>['statements'][number]['takenAsKnown'];

/** Reads a file of the bank; what is known of it changes nothing, so nothing is asked before. */
export function ImportStatements() {
  const { t } = useTranslation('payments');
  const client = useQueryClient();
  const imported = useImported();
  const reset = useRef<() => void>(null);
  const [state, setState] = useState<{ busy: boolean; error?: unknown; doubtful?: Doubtful }>({ busy: false });
  const send = async (file: File | null) => {
    if (!file) return;
    // otherwise the browser takes the same file, chosen again, for no choice
    reset.current?.();
    setState({ busy: true });
    try {
      const told = await upload('POST /bank-statements', {}, { file, filename: file.name });
      notifications.show({ message: imported(told) });
      setState({ busy: false, doubtful: told.statements.flatMap(({ takenAsKnown }) => takenAsKnown) });
    } catch (error) {
      setState({ busy: false, error });
    }
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /bank-') });
  };
  return (
    <Stack gap="xs" maw="28rem">
      <FileButton resetRef={reset} accept=".xml,application/xml,text/xml" onChange={(file) => void send(file)}>
        {(button) => (
          <Button
            {...button}
            w={{ sm: 'fit-content' }}
            loading={state.busy}
            leftSection={<IconFileImport size={20} aria-hidden />}
          >
            {t('bank.import')}
          </Button>
        )}
      </FileButton>
      {state.error !== undefined && <Refused error={state.error} />}
      {state.doubtful && state.doubtful.length > 0 && (
        <TakenAsKnown entries={state.doubtful} onClose={() => setState({ busy: false })} />
      )}
    </Stack>
  );
}

/** What came of a file; announced entries are not taken, so that nobody looks for them in vain. */
function useImported() {
  const { t } = useTranslation('payments');
  return ({ added, known, statements }: Output<'POST /bank-statements'>) => {
    const pending = statements.reduce((sum, one) => sum + one.pending, 0);
    const all = [
      t('bank.added', { count: added }),
      known > 0 && t('bank.known', { count: known }),
      pending > 0 && t('bank.pending', { count: pending }),
    ];
    return t('bank.imported', { all: all.filter(Boolean).join(', ') });
  };
}

const MOST_TOLD = 5;

/** Why a file was not taken; mistakes within it are named with their places. */
function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('payments');
  const words = useProblemWords();
  const problems = error instanceof ApiError ? error.errors.map(words) : [];
  if (!problems.length || problems.includes(undefined)) return <ErrorState error={error} />;
  const more = problems.length - MOST_TOLD;
  return (
    <Notice tone="bad" role="alert" title={t('bank.problems')}>
      <List size="sm">
        {problems.slice(0, MOST_TOLD).map((problem) => (
          <List.Item key={problem}>{problem}</List.Item>
        ))}
      </List>
      {more > 0 && <Text fz="sm">{t('bank.moreProblems', { count: more })}</Text>}
    </Notice>
  );
}

/** What was left out because another statement told the same: without a reference of the bank only a person can tell. */
function TakenAsKnown({ entries, onClose }: { entries: Doubtful; onClose: () => void }) {
  const { t } = useTranslation('payments');
  return (
    <Notice tone="warn" role="status" title={t('bank.takenAsKnown', { count: entries.length })} onClose={onClose}>
      <Text>{t('bank.takenAsKnownText')}</Text>
      {entries.map(({ bookingDate, amountMinor, counterpartyName, remittance, bookingText }, index) => (
        <Text key={index} fz="sm">
          <Day on={bookingDate} /> <Money minor={amountMinor} /> {counterpartyName ?? bookingText} {remittance}
        </Text>
      ))}
    </Notice>
  );
}
