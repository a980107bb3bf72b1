import { Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { KINDS } from './periods.ts';
import { useExportWords } from './words.ts';

type Item = ItemOf<'GET /exports'>;

/** Every export with who made it when, and whether it repeats earlier ones. */
export function ExportHistory() {
  const { t } = useTranslation('exports');
  const { values, change, clear } = useUrlFilters(['of']);
  const kind = KINDS.find((one) => one === values.of);
  const filters = (kind ? { kind } : {}) as Filters<'GET /exports'>;
  const list = useApiList('GET /exports', filters, { live: true });
  return (
    <Stack gap="md">
      <Select
        aria-label={t('kind')}
        size="md"
        w={{ base: '100%', sm: 300 }}
        placeholder={t('everything')}
        clearable
        value={kind ?? null}
        onChange={(of) => change({ of })}
        data={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
      />
      <DataList
        name="exports"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/exports/${id}`}
        isFiltered={kind !== undefined}
        onClearFilters={clear}
        empty={{ title: t('historyEmptyTitle'), text: t('historyEmptyText') }}
      />
    </Stack>
  );
}

function useColumns(): Column<Item>[] {
  const { t } = useTranslation('exports');
  const { period } = useExportWords();
  return [
    { key: 'file', label: t('file'), render: ({ filename }) => filename, csv: ({ filename }) => filename },
    {
      key: 'kind',
      label: t('kind'),
      render: ({ kind }) => t(`kinds.${kind}`),
      csv: ({ kind }) => t(`kinds.${kind}`),
    },
    {
      key: 'period',
      label: t('period'),
      render: (item) => period(item.period),
      csv: (item) => item.period,
    },
    { key: 'made', label: t('made'), render: ({ madeAt }) => <DateTime at={madeAt} />, csv: ({ madeAt }) => madeAt },
    { key: 'by', label: t('by'), render: ({ madeByName }) => madeByName, csv: ({ madeByName }) => madeByName },
    {
      key: 'documents',
      label: t('documents'),
      numeric: true,
      render: ({ sums }) => sums.documents,
      csv: ({ sums }) => sums.documents,
    },
    {
      key: 'repeats',
      label: t('repetition'),
      render: (item) => <RepeatBadge {...item} />,
      csv: ({ repeatCount }) => repeatCount,
    },
  ];
}

/** Whether what is in an export was in an earlier one; master data are no documents. */
export function RepeatBadge({ kind, repeatCount }: Pick<Item, 'kind' | 'repeatCount'>) {
  const { t } = useTranslation('exports');
  if (kind === 'debtors') return <>–</>;
  return repeatCount > 0 ? (
    <ToneBadge tone="warn" label={t('repeatedCount', { count: repeatCount })} />
  ) : (
    <ToneBadge tone="good" label={t('allNew')} />
  );
}
