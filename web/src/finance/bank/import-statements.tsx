import { FileButton, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { Day } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';

type Doubtful = Output<'POST /bank-statements'>['statements'][number]['takenAsKnown'];

/** Reads a file of the bank; what is known of it changes nothing, so nothing is asked before. */
export function ImportStatements() {
  const { t } = useTranslation('payments');
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error?: unknown; doubtful?: Doubtful }>({ busy: false });
  const send = async (file: File | null) => {
    if (!file) return;
    setState({ busy: true });
    try {
      const { added, known, statements } = await upload('POST /bank-statements', {}, { file, filename: file.name });
      notifications.show({ message: t('bank.imported', { added, known }) });
      setState({ busy: false, doubtful: statements.flatMap(({ takenAsKnown }) => takenAsKnown) });
    } catch (error) {
      setState({ busy: false, error });
    }
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /bank-') });
  };
  return (
    <Stack gap="xs">
      <FileButton accept=".xml,application/xml,text/xml" onChange={(file) => void send(file)}>
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
      {state.error !== undefined && <ErrorState error={state.error} />}
      {state.doubtful && state.doubtful.length > 0 && (
        <TakenAsKnown entries={state.doubtful} onClose={() => setState({ busy: false })} />
      )}
    </Stack>
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
