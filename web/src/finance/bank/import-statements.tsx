import { FileButton, Button, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileImport } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import { ErrorState } from '../../shared/error-state.tsx';

/** Reads a file of the bank; what is known of it changes nothing, so nothing is asked before. */
export function ImportStatements() {
  const { t } = useTranslation('payments');
  const client = useQueryClient();
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const send = async (file: File | null) => {
    if (!file) return;
    setState({ busy: true });
    try {
      const { added, known } = await upload('POST /bank-statements', {}, { file, filename: file.name });
      notifications.show({ message: t('bank.imported', { added, known }) });
      setState({ busy: false });
    } catch (error) {
      setState({ busy: false, error });
    }
    await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /bank-') });
  };
  return (
    <Stack gap="xs">
      <FileButton accept=".xml,application/xml,text/xml" onChange={(file) => void send(file)}>
        {(button) => (
          <Button {...button} loading={state.busy} leftSection={<IconFileImport size={20} aria-hidden />}>
            {t('bank.import')}
          </Button>
        )}
      </FileButton>
      {state.error !== undefined && <ErrorState error={state.error} />}
    </Stack>
  );
}
