import { Group, Select, Skeleton, Stack, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { monthOf } from '../../../../shared/kernel/dates.ts';
import { sumMinor } from '../../../../shared/kernel/money.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ErrorState } from '../../shared/error-state.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { houseToday } from '../runs/cutoffs.ts';
import { ExportFindings } from './export-findings.tsx';
import { MakeButton } from './make-button.tsx';
import { KINDS, monthsBack, periodOf, quartersBack, takesQuarters, type Kind, type Preview } from './periods.ts';
import { Repeats } from './repeats.tsx';
import { SalesList } from './sales-list.tsx';
import { useExportWords } from './words.ts';

/** Chooses what and of which period, shows what the file would hold, and makes it. */
export function MakeExport() {
  const { t } = useTranslation('exports');
  const { values, change } = useUrlFilters(['kind', 'period']);
  const kind = KINDS.find((one) => one === values.kind) ?? 'postings';
  const period = periodOf(kind, values.period, monthOf(houseToday()));
  const preview = useApi('GET /exports/preview', { kind, period }, { live: ['exports', 'invoices', 'runs'] });
  return (
    <Stack gap="lg">
      <Section title={t('what')}>
        <Group align="flex-end" gap="md">
          <Select
            label={t('kind')}
            size="md"
            w={{ base: '100%', sm: 300 }}
            allowDeselect={false}
            value={kind}
            onChange={(next) => change({ kind: next })}
            data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <PeriodSelect kind={kind} value={period} onChange={(next) => change({ period: next })} />
        </Group>
        <Text c="dimmed">{t(`kindHint.${kind}`)}</Text>
      </Section>
      {preview.error && !preview.data && <ErrorState error={preview.error} onRetry={preview.refetch} />}
      {!preview.data && !preview.error && <Skeleton h={240} radius="md" />}
      {preview.data && <Inside key={`${kind} ${period}`} preview={preview.data} />}
    </Stack>
  );
}

interface PeriodSelectProps {
  kind: Kind;
  value: string;
  onChange: (period: string | null) => void;
}

function PeriodSelect({ kind, value, onChange }: PeriodSelectProps) {
  const { t } = useTranslation('exports');
  const { period } = useExportWords();
  const today = monthOf(houseToday());
  const known = [...monthsBack(today), ...quartersBack(today)];
  const option = (one: string) => ({ value: one, label: period(one) });
  const months = known.includes(value) || value.includes('Q') ? monthsBack(today) : [value, ...monthsBack(today)];
  const quarters =
    known.includes(value) || !value.includes('Q') ? quartersBack(today) : [value, ...quartersBack(today)];
  return (
    <Select
      label={t('period')}
      size="md"
      w={{ base: '100%', sm: 240 }}
      searchable
      allowDeselect={false}
      value={value}
      onChange={onChange}
      data={[
        { group: t('months'), items: months.map(option) },
        ...(takesQuarters(kind) ? [{ group: t('quarters'), items: quarters.map(option) }] : []),
      ]}
    />
  );
}

/** What the file would hold now. */
function Inside({ preview }: { preview: Preview }) {
  const { t } = useTranslation('exports');
  const [onlyNew, setOnlyNew] = useState(false);
  const { kind, repeats, findings, blockedBy, newSums } = preview;
  const sums = onlyNew ? newSums : preview.sums;
  const repeated = new Set(repeats.map(({ invoiceId }) => invoiceId)).size;
  return (
    <>
      {blockedBy && (
        <Notice tone={blockedBy === 'NOTHING_TO_EXPORT' ? 'info' : 'warn'}>{t(`blocked.${blockedBy}`)}</Notice>
      )}
      <Repeats kind={kind} documents={repeats} title={t('repeats', { count: repeated })} />
      <Section title={t('inside')} aside={<MakeButton preview={preview} onlyNew={onlyNew} />}>
        {repeated > 0 && kind !== 'ecSales' && (
          <Switch
            size="md"
            label={t('onlyNew')}
            description={t('onlyNewHint', { count: newSums.documents })}
            checked={onlyNew}
            onChange={({ currentTarget }) => setOnlyNew(currentTarget.checked)}
          />
        )}
        <Sums kind={kind} sums={sums} salesList={preview.salesList} />
      </Section>
      {preview.salesList.length > 0 && <SalesList rows={preview.salesList} />}
      <ExportFindings findings={findings} />
    </>
  );
}

interface SumsProps {
  kind: Kind;
  sums: Preview['sums'];
  /** What the EC sales list reports, where it is known. */
  salesList?: Preview['salesList'];
}

/** Counts and amounts of an export; master data have none. */
export function Sums({ kind, sums, salesList }: SumsProps) {
  const { t } = useTranslation('exports');
  const { euros } = useFormats();
  const documents = kind === 'debtors' || kind === 'bundle' ? null : String(sums.documents);
  const reported = salesList && euros(sumMinor(salesList.map(({ reportedMinor }) => reportedMinor ?? 0)));
  const amounts =
    kind === 'ecSales'
      ? ([
          [t('reportedSum'), reported],
          [t('netExact'), <Money key="net" minor={sums.netMinor} />],
        ] as const)
      : ([
          [t('net'), <Money key="net" minor={sums.netMinor} />],
          [t('vat'), <Money key="vat" minor={sums.vatMinor} />],
          [t('gross'), <Money key="gross" minor={sums.grossMinor} />],
        ] as const);
  return (
    <Facts
      facts={[
        [t('documents'), documents],
        [t(`rows.${kind}`), String(sums.rows)],
        ...(kind === 'debtors' ? [] : amounts),
      ]}
    />
  );
}
