import { Skeleton, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { Facts } from '../../shared/facts.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { ExportFindings } from '../exports/export-findings.tsx';
import { RepeatBadge } from '../exports/history.tsx';
import { Sums } from '../exports/make-export.tsx';
import type { Made } from '../exports/periods.ts';
import { Repeats } from '../exports/repeats.tsx';
import { useExportWords } from '../exports/words.ts';
import { useLocalList } from '../parts/local-list.ts';

/** An export as it was made: its file, its documents, and which of them an earlier one had. */
export function ExportPage() {
  const { t } = useTranslation('exports');
  const { id } = useParams({ from: '/session/finance/exports/$id' });
  const { data, error, refetch } = useApi('GET /exports/{id}', { id });
  const words = useExportWords();
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/exports" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  const { kind, period, repeatCount } = data;
  return (
    <>
      <PageHeader
        title={`${t(`kinds.${kind}`)} ${words.period(period)}`}
        back="/finance/exports?view=history"
        lead={data.filename}
        aside={kind === 'debtors' ? undefined : <RepeatBadge kind={kind} repeatCount={repeatCount} />}
        actions={
          <DownloadButton route="GET /exports/{id}/file" input={{ id }} variant="filled">
            {t('download')}
          </DownloadButton>
        }
      />
      <Stack gap="lg">
        <Repeats kind={kind} documents={data.documents} title={t('repeated', { count: repeatCount })} />
        <Summary made={data} />
        <ExportFindings findings={data.findings} />
        {kind !== 'debtors' && <Documents made={data} />}
      </Stack>
    </>
  );
}

function Summary({ made }: { made: Made }) {
  const { t } = useTranslation('exports');
  const { bytes } = useFormats();
  return (
    <Section title={t('inside')}>
      <Sums kind={made.kind} sums={made.sums} />
      <Facts
        facts={[
          [t('made'), <DateTime key="at" at={made.madeAt} />],
          [t('by'), made.madeByName],
          [t('size'), bytes(made.bytes)],
        ]}
      />
      <Text fz="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {t('hash')}: {made.sha256}
      </Text>
    </Section>
  );
}

function Documents({ made: { kind, documents } }: { made: Made }) {
  const { t } = useTranslation('exports');
  const { dateTime } = useFormats();
  const words = useExportWords();
  const list = useLocalList(documents);
  const first = ({ repeatOf }: Made['documents'][number]) =>
    repeatOf ? `${dateTime(repeatOf.madeAt)}, ${repeatOf.madeByName}` : '–';
  const columns: Column<Made['documents'][number]>[] = [
    { key: 'which', label: t('which'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'merchant',
      label: t('merchant'),
      render: ({ merchantName }) => merchantName,
      csv: ({ merchantName }) => merchantName,
    },
    {
      key: 'month',
      label: t('month'),
      render: ({ month }) => words.period(month),
      csv: ({ month }) => month,
      hidden: kind !== 'ecSales',
    },
    { key: 'first', label: t('firstIn'), render: first, csv: first },
  ];
  return (
    <Section title={t('documents')}>
      <DataList
        name={`export-documents-${kind}`}
        list={list}
        columns={columns}
        keyOf={({ invoiceId, month }) => `${invoiceId} ${month}`}
        linkOf={({ invoiceId }) => `/finance/invoices/${invoiceId}`}
        empty={{ title: t('noneTitle'), text: t('noneText') }}
      />
    </Section>
  );
}
