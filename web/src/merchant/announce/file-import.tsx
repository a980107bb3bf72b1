import { Button, Card, FileInput, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { DryRun, type Checked, type FileWords } from './dry-run.tsx';

export interface FileImportProps {
  words: FileWords;
  /** Where it is left to, and what the lists shown there begin with. */
  back: string;
  changes: `GET /${string}`;
  upload: (file: File, dryRun: 'true' | 'false') => Promise<Checked>;
  template?: ReactNode;
}

/** Announces many things by a file: checked first, with every mistake by its line, then taken as a whole. */
export function FileImport({ words, back, changes, upload, template }: FileImportProps) {
  const { t } = useTranslation('merchant');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [checked, setChecked] = useState<Checked>();
  const [state, setState] = useState<{ busy: boolean; error?: unknown; done?: Checked }>({ busy: false });
  const send = async (chosen: File, dryRun: 'true' | 'false') => {
    setState({ busy: true });
    try {
      const answer = await upload(chosen, dryRun);
      setState(dryRun === 'true' ? { busy: false } : { busy: false, done: answer });
      setChecked(dryRun === 'true' ? answer : undefined);
      if (dryRun === 'true') return;
      setFile(null);
      notifications.show({ message: t(`${words}.done`, { count: answer.created }) });
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith(changes) });
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
      <PageHeader title={t(`${words}.title`)} lead={t(`${words}.lead`)} back={back} />
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
            {template}
          </Group>
          <Text fz="sm" c="dimmed" mt="sm">
            {t(`${words}.hint`)}
          </Text>
        </Card>
        {state.error !== undefined && <ErrorState error={state.error} />}
        {state.busy && !checked && <Text role="status">{t('import.checking')}</Text>}
        {checked && <DryRun words={words} checked={checked} />}
        {checked && file && !checked.errors.length && checked.created > 0 && (
          <Group>
            <Button size="lg" loading={state.busy} onClick={() => void send(file, 'false')}>
              {t(`${words}.submit`, { count: checked.created })}
            </Button>
          </Group>
        )}
        {state.done && <Text role="status">{t(`${words}.doneText`, { count: state.done.created })}</Text>}
      </Stack>
    </>
  );
}
