import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { MandateBadge } from './badges.tsx';
import { groupedIban } from './grouped-iban.ts';

const STATES = ['active', 'blocked', 'revoked', 'lapsed'] as const satisfies readonly Row['state'][];
type Row = ItemOf<'GET /mandates'>;

/** What merchants signed. */
export function MandateList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId', 'state']);
  const list = useApiList('GET /mandates', values as Filters<'GET /mandates'>, { live: ['direct-debits'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('debits.merchant'), kind: 'merchant' },
          {
            ...{ name: 'state', label: t('mandates.state'), kind: 'select' },
            options: STATES.map((value) => ({ value, label: t(`mandates.states.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="mandates"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/mandates/${id}`}
        empty={{ title: t('mandates.emptyTitle'), text: t('mandates.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    {
      ...{ key: 'reference', label: t('mandates.reference'), csv: ({ reference }) => reference },
      render: ({ reference }) => reference,
    },
    {
      ...{ key: 'merchant', label: t('debits.merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      ...{ key: 'iban', label: t('mandates.iban'), csv: ({ iban }) => iban },
      render: ({ iban }) => groupedIban(iban),
    },
    { key: 'scheme', label: t('mandates.scheme'), render: ({ scheme }) => scheme, csv: ({ scheme }) => scheme },
    {
      ...{ key: 'signed', label: t('mandates.signedOn'), csv: ({ signedOn }) => signedOn },
      render: ({ signedOn }) => <Day on={signedOn} />,
    },
    {
      ...{ key: 'until', label: t('mandates.until'), csv: ({ usableUntil }) => usableUntil, hidden: true },
      render: ({ usableUntil }) => <Day on={usableUntil} />,
    },
    {
      ...{ key: 'state', label: t('mandates.state'), csv: ({ state }) => t(`mandates.states.${state}`) },
      render: ({ state }) => <MandateBadge state={state} />,
    },
  ];
}
