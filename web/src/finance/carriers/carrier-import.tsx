import { Button, Card, FileInput, Group, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { Output } from '../../app/api/contract.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { CarrierFileCheck } from './carrier-file-check.tsx';

type Checked = Output<'POST /carrier-invoices/csv'>;
interface Said {
  carrier: string;
  number: string;
  invoicedOn: string;
}

/** The file of a carrier: checked first, with every mistake by its line, then taken as a whole. */
export function CarrierImport() {
  const { t } = useTranslation('carriers');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [said, setSaid] = useState<Said>({ carrier: '', number: '', invoicedOn: '' });
  const [checked, setChecked] = useState<Checked>();
  const [state, setState] = useState<{ busy: boolean; error?: unknown; done?: Checked }>({ busy: false });
  const send = async (chosen: File, dryRun: 'true' | 'false') => {
    setState({ busy: true });
    try {
      const answer = await upload(
        'POST /carrier-invoices/csv',
        { ...filled(said), dryRun },
        { file: chosen, filename: chosen.name },
      );
      setState(dryRun === 'true' ? { busy: false } : { busy: false, done: answer });
      setChecked(dryRun === 'true' ? answer : undefined);
      if (dryRun === 'true') return;
      setFile(null);
      await client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /carrier-') });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  const startOver = () => {
    setChecked(undefined);
    setState({ busy: false });
  };
  const field = (name: keyof Said, type = 'text') => (
    <TextInput
      label={t(`column.${name}`)}
      type={type}
      value={said[name]}
      onChange={({ currentTarget }) => {
        setSaid({ ...said, [name]: currentTarget.value });
        startOver();
      }}
    />
  );
  const fresh = checked?.invoices.some(({ isNew }) => isNew);
  return (
    <Stack gap="lg" maw={820}>
      <Card>
        <Stack gap="sm">
          <FileInput
            size="md"
            label={t('import.file')}
            placeholder={t('import.choose')}
            accept=".csv,text/csv"
            leftSection={<IconFileSpreadsheet size={20} aria-hidden />}
            value={file}
            onChange={(chosen) => {
              setFile(chosen);
              startOver();
            }}
          />
          <Text fz="sm" c="dimmed">
            {t('import.hint')}
          </Text>
          <Text fz="sm">{t('import.missing')}</Text>
          <SimpleGrid cols={{ base: 1, sm: 3 }}>
            {field('carrier')}
            {field('number')}
            {field('invoicedOn', 'date')}
          </SimpleGrid>
          <Group>
            <Button disabled={!file} loading={state.busy && !checked} onClick={() => file && void send(file, 'true')}>
              {t('import.check')}
            </Button>
          </Group>
        </Stack>
      </Card>
      {state.error !== undefined && <ErrorState error={state.error} />}
      {checked && <CarrierFileCheck checked={checked} />}
      {checked && file && fresh && !checked.errors.length && (
        <Group>
          <Button size="lg" loading={state.busy} onClick={() => void send(file, 'false')}>
            {t('import.submit')}
          </Button>
        </Group>
      )}
      {state.done && (
        <Notice role="status" tone="good">
          {t('import.done', {
            invoices: state.done.invoices.map(({ carrier, number }) => `${carrier} ${number}`).join(', '),
          })}
        </Notice>
      )}
    </Stack>
  );
}

/** What is left empty is not said. */
const filled = (said: Said): Partial<Said> =>
  Object.fromEntries(Object.entries(said).flatMap(([key, value]) => (value.trim() ? [[key, value.trim()]] : [])));
