import { Button, Card, FileInput, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { DryRun } from '../announce/dry-run.tsx';
import { useMerchant } from '../merchants.ts';
import { DownloadButton } from '../../shared/download-button.tsx';

type Checked = Output<'POST /returns/announcements'>;

/** Announces many returns by a file: checked first, with every mistake by its line, then taken as a whole. */
export function ImportPage() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [checked, setChecked] = useState<Checked>();
  const [state, setState] = useState<{ busy: boolean; error?: unknown; done?: Checked }>({ busy: false });
  const send = async (chosen: File, dryRun: 'true' | 'false') => {
    setState({ busy: true });
    try {
      const options = { file: chosen, filename: chosen.name };
      const answer = await upload('POST /returns/announcements', { merchantId, dryRun }, options);
      setState(dryRun === 'true' ? { busy: false } : { busy: false, done: answer });
      setChecked(dryRun === 'true' ? answer : undefined);
      if (dryRun === 'true') return;
      setFile(null);
      notifications.show({ message: t('import.done', { count: answer.created }) });
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /returns') });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const choose = (chosen: File | null) => {
    setFile(chosen);
    setChecked(undefined);
    setState({ busy: false });
    if (chosen) void send(chosen, 'true');
  };
  return (
    <>
      <PageHeader title={t('import.title')} lead={t('import.lead')} back="/merchant/returns" />
      <Stack gap="lg" maw={820}>
        <Card>
          <Group align="flex-end" gap="sm">
            <FileInput
              size="md"
              label={t('import.file')}
              placeholder={t('import.choose')}
              accept=".csv,text/csv"
              leftSection={<IconFileSpreadsheet size={20} aria-hidden />}
              value={file}
              onChange={choose}
              flex={1}
              miw={220}
            />
            <DownloadButton
              route="GET /returns/announcements/template.csv"
              input={{ language: currentLanguage() }}
              variant="subtle"
            >
              {t('import.template')}
            </DownloadButton>
          </Group>
          <Text fz="sm" c="dimmed" mt="sm">
            {t('import.hint')}
          </Text>
        </Card>
        {state.error !== undefined && <ErrorState error={state.error} />}
        {state.busy && !checked && <Text role="status">{t('import.checking')}</Text>}
        {checked && <DryRun checked={checked} />}
        {checked && file && !checked.errors.length && checked.created > 0 && (
          <Group>
            <Button size="lg" loading={state.busy} onClick={() => void send(file, 'false')}>
              {t('import.submit', { count: checked.created })}
            </Button>
          </Group>
        )}
        {state.done && <Text role="status">{t('import.doneText', { count: state.done.created })}</Text>}
      </Stack>
    </>
  );
}
