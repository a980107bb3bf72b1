import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { currentLanguage } from '../../app/i18n/texts.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { DownloadButton } from '../../shared/download-button.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

type Row = ItemOf<'GET /open-items'>;
const AGES = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'over90'] as const;

/** Document by document, longest due first. */
export function OpenItems() {
  const { t } = useTranslation('payments');
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId', 'age']);
  const filters = values as Filters<'GET /open-items'>;
  const list = useApiList('GET /open-items', filters, { live: ['payments', 'invoices'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('merchant'), kind: 'merchant' },
          {
            ...{ name: 'age', label: t('open.age'), kind: 'select' },
            options: AGES.map((value) => ({ value, label: t(`ages.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <Group justify="flex-end">
        <DownloadButton route="GET /open-items.csv" input={{ ...filters, language: currentLanguage() }}>
          {t('open.csv')}
        </DownloadButton>
      </Group>
      <DataList
        name="open-items"
        list={list}
        columns={useColumns()}
        keyOf={({ invoiceId }) => invoiceId}
        linkOf={({ invoiceId }) => `/finance/invoices/${invoiceId}`}
        empty={{ title: t('open.emptyTitle'), text: t('open.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('payments');
  const overdue = ({ daysOverdue }: Row) => (daysOverdue ? t('open.days', { count: daysOverdue }) : t('ages.notDue'));
  return [
    { key: 'number', label: t('open.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      ...{ key: 'merchant', label: t('merchant') },
      render: ({ merchantName }) => merchantName,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    { key: 'due', label: t('open.due'), render: (row) => <Day on={row.dueDate} />, csv: (row) => row.dueDate },
    {
      ...{ key: 'overdue', label: t('open.overdue') },
      render: (row) => (
        <Text span {...(row.daysOverdue ? { c: 'var(--k-bad)' } : {})}>
          {overdue(row)}
        </Text>
      ),
      csv: ({ daysOverdue }) => daysOverdue,
    },
    {
      ...{ key: 'gross', label: t('open.gross'), numeric: true },
      render: ({ grossMinor }) => <Money minor={grossMinor} />,
      csv: ({ grossMinor }) => grossMinor / 100,
    },
    {
      ...{ key: 'open', label: t('open.open'), numeric: true },
      render: ({ openMinor }) => <Money minor={openMinor} />,
      csv: ({ openMinor }) => openMinor / 100,
    },
  ];
}
