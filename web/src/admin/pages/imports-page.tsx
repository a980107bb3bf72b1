import { Button, FileInput, Group, Select, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { upload } from '../../app/api/client.ts';
import type { ItemOf } from '../../app/api/contract.ts';
import { queryClient, useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';
import { Section } from '../parts/section.tsx';
import { SyncLog } from '../parts/sync-log.tsx';

type Import = ItemOf<'GET /imports'>;
const TONES: Record<Import['state'], Tone> = { queued: 'info', running: 'info', done: 'good', failed: 'bad' };

/** Files of other systems that were taken in, and the logbook of everything that came and went. */
export function ImportsPage() {
  const { t } = useTranslation('admin');
  const list = useApiList('GET /imports', {}, { live: true });
  return (
    <>
      <PageHeader title={t('imports.title')} lead={t('imports.lead')} />
      <Stack gap="lg">
        <Start />
        <DataList
          name="imports"
          list={list}
          columns={useColumns()}
          keyOf={({ id }) => id}
          empty={{ title: t('imports.emptyTitle'), text: t('imports.emptyText') }}
        />
        <SyncLog />
      </Stack>
    </>
  );
}

/** Chooses a file and how to read it; a trial run changes nothing. */
function Start() {
  const { t } = useTranslation('admin');
  const profiles = useApiList('GET /import-profiles', {}, { pageSize: 200 });
  const [profile, setProfile] = useState<string | null>(null);
  const [file, setFile] = useState<File | null>(null);
  const [isTrial, setTrial] = useState(true);
  const [state, setState] = useState<{ share?: number; error?: unknown }>({});
  const start = async () => {
    if (!file || !profile) return;
    setState({ share: 0 });
    try {
      await upload(
        'POST /imports',
        { profile, dryRun: isTrial ? 'true' : 'false' },
        { file, filename: file.name, onProgress: (share) => setState({ share }) },
      );
      setState({});
      setFile(null);
      notifications.show({ message: t('imports.started') });
    } catch (error) {
      setState({ error });
    }
    await queryClient.invalidateQueries({
      predicate: ({ queryKey }) => /^GET \/(imports|sync)/.test(String(queryKey[0])),
    });
  };
  return (
    <Section title={t('imports.start')} lead={t('imports.startLead')}>
      {profiles.error && <ErrorState error={profiles.error} onRetry={profiles.refetch} />}
      <Group align="flex-end" gap="sm">
        <Select
          label={t('imports.profile')}
          data={profiles.items.map(({ name }) => name)}
          value={profile}
          onChange={setProfile}
          allowDeselect={false}
          w={{ base: '100%', xs: 240 }}
        />
        <FileInput
          size="md"
          label={t('imports.file')}
          placeholder={t('imports.noFile')}
          accept=".csv,text/csv"
          value={file}
          onChange={setFile}
          clearable
          clearButtonProps={{ 'aria-label': t('imports.noFile') }}
          w={{ base: '100%', xs: 300 }}
        />
        <Button disabled={!file || !profile} loading={state.share !== undefined} onClick={() => void start()}>
          {t(isTrial ? 'imports.try' : 'imports.take')}
        </Button>
      </Group>
      <Switch
        label={t('imports.trial')}
        description={t('imports.trialHint')}
        checked={isTrial}
        onChange={({ currentTarget }) => setTrial(currentTarget.checked)}
      />
      {state.share !== undefined && (
        <Text role="status">{t('imports.sending', { share: Math.round(state.share * 100) })}</Text>
      )}
      {state.error !== undefined && <ErrorState error={state.error} />}
    </Section>
  );
}

function useColumns(): Column<Import>[] {
  const { t } = useTranslation('admin');
  const rows = ({ counts }: Import) => counts.rows;
  return [
    {
      key: 'file',
      label: t('imports.file'),
      render: ({ filename, profile, dryRun }) => (
        <>
          {filename ?? profile}
          {dryRun && ` (${t('imports.trialShort')})`}
        </>
      ),
      csv: ({ filename }) => filename,
    },
    { key: 'profile', label: t('imports.profile'), render: ({ profile }) => profile, csv: ({ profile }) => profile },
    {
      key: 'state',
      label: t('imports.state'),
      render: ({ state, finding }) => (
        <>
          <ToneBadge tone={TONES[state]} label={t(`imports.states.${state}`)} />
          {finding && <Text fz="sm">{finding.message}</Text>}
        </>
      ),
      csv: ({ state }) => t(`imports.states.${state}`),
    },
    { key: 'rows', label: t('imports.rows'), numeric: true, render: rows, csv: rows },
    {
      key: 'reported',
      label: t('imports.reported'),
      numeric: true,
      render: (one) => <Reported entry={one} />,
      csv: ({ counts }) => counts.rowsReported,
    },
    {
      key: 'at',
      label: t('imports.at'),
      render: ({ createdAt }) => <DateTime at={createdAt} />,
      csv: ({ createdAt }) => createdAt,
    },
  ];
}

function Reported({ entry }: { entry: Import }) {
  const { t } = useTranslation('admin');
  const count = entry.counts.rowsReported;
  if (!count) return 0;
  return (
    <DownloadButton
      route="GET /imports/{id}/errors.csv"
      input={{ id: entry.id }}
      variant="subtle"
      size="compact-md"
      aria-label={t('imports.errorsOf', { count })}
    >
      {count}
    </DownloadButton>
  );
}
