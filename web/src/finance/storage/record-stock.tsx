import { Autocomplete, Button, FileInput, Group, List, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import { ApiError, type FieldProblem } from '../../app/api/errors.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';

const DEFAULT_WAREHOUSE = 'main';
/** Fields that a column of the file has another name for. */
const COLUMN_OF: Record<string, string> = { merchantNumber: 'merchant' };
const COLUMNS = 'merchant,day,bin,sku,storageType,quantity,volumeM3';

/** Records the stock of days from a CSV file: all of it, or nothing with what is wrong by its line (F9). */
export function RecordStock({ warehouses }: { warehouses: readonly string[] }) {
  const { t } = useTranslation('finance');
  const client = useQueryClient();
  const [file, setFile] = useState<File | null>(null);
  const [warehouse, setWarehouse] = useState(warehouses[0] ?? DEFAULT_WAREHOUSE);
  const [state, setState] = useState<{ busy: boolean; error?: unknown }>({ busy: false });
  const send = async (chosen: File) => {
    setState({ busy: true });
    try {
      const fields = { warehouse: warehouse.trim() };
      const answer = await upload('POST /storage-snapshots/csv', fields, { file: chosen, filename: chosen.name });
      setFile(null);
      setState({ busy: false });
      notifications.show({ message: t('stockFile.done', { count: answer.recorded, unchanged: answer.unchanged }) });
      await client.invalidateQueries({
        predicate: ({ queryKey }) => String(queryKey[0]).startsWith('GET /storage-snapshots'),
      });
    } catch (error) {
      setState({ busy: false, error });
    }
  };
  return (
    <Section title={t('stockFile.title')}>
      <Text c="dimmed">{t('stockFile.lead')}</Text>
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {t('stockFile.columns')} <code>{COLUMNS}</code>
      </Text>
      <Group align="flex-end" gap="sm">
        <FileInput
          size="md"
          label={t('stockFile.file')}
          placeholder={t('stockFile.choose')}
          accept=".csv,text/csv"
          w={{ base: '100%', sm: 300 }}
          value={file}
          onChange={(chosen) => {
            setFile(chosen);
            setState({ busy: false });
          }}
        />
        <Autocomplete
          label={t('storage.warehouse')}
          data={[...new Set([...warehouses, DEFAULT_WAREHOUSE])]}
          maxLength={40}
          w={{ base: '100%', sm: 220 }}
          value={warehouse}
          onChange={setWarehouse}
        />
        <Button disabled={!file || !warehouse.trim()} loading={state.busy} onClick={() => file && void send(file)}>
          {t('stockFile.submit')}
        </Button>
      </Group>
      {state.error !== undefined && <Refused error={state.error} />}
    </Section>
  );
}

function Refused({ error }: { error: unknown }) {
  const { t } = useTranslation('finance');
  const words = useFaultWords();
  if (!(error instanceof ApiError) || !error.errors.length) return <ErrorState error={error} />;
  return (
    <Notice tone="bad" role="alert" title={t('stockFile.refused')}>
      <List spacing={2}>
        {error.errors.map((problem, index) => (
          <List.Item key={`${problem.path}-${index}`}>{words(problem)}</List.Item>
        ))}
      </List>
    </Notice>
  );
}

/** What is wrong, with its line and column where it has one: `lines.3.day`. */
function useFaultWords() {
  const { t, i18n } = useTranslation('finance');
  const { t: c } = useTranslation();
  const faultOf = (code: string): string => {
    if (i18n.exists(`finance:stockFile.fault.${code}`)) return String(t(`stockFile.fault.${code}` as never));
    return i18n.exists(`fieldError.${code}`)
      ? String(c(`fieldError.${code}` as never))
      : `${c('fieldError.CUSTOM')} (${code})`;
  };
  return ({ path, code }: FieldProblem): string => {
    const fault = faultOf(code);
    const [, line, column] = /^lines\.(\d+)(?:\.(.+))?$/.exec(path) ?? [];
    if (!line) return fault;
    if (!column) return t('stockFile.atLine', { line, fault });
    return t('stockFile.atColumn', { line, column: COLUMN_OF[column] ?? column, fault });
  };
}
