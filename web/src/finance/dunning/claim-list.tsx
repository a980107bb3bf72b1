import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ClaimBadge } from './badges.tsx';
import { ClaimSteps } from './claim-steps.tsx';

type Row = ItemOf<'GET /dunning-claims'>;
const STATES = ['open', 'paid', 'waived'] as const;

/** What is claimed beside the invoices, and what became of it. */
export function ClaimList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear } = useUrlFilters(['merchantId', 'state']);
  const list = useApiList('GET /dunning-claims', values as Filters<'GET /dunning-claims'>, { live: ['dunning'] });
  return (
    <Stack gap="md">
      <Text c="dimmed">{t('claim.lead')}</Text>
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('merchant'), kind: 'merchant' },
          {
            ...{ name: 'state', label: t('claim.state'), kind: 'select' },
            options: STATES.map((value) => ({ value, label: t(`claim.states.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="dunning-claims"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('claim.emptyTitle'), text: t('claim.emptyText') }}
        isFiltered={Boolean(values.merchantId ?? values.state)}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  const of = ({ invoiceNumber, letterNumber }: Row) => invoiceNumber ?? letterNumber ?? '–';
  return [
    {
      ...{ key: 'kind', label: t('claim.kind'), csv: ({ kind }) => t(`claim.kinds.${kind}`) },
      render: ({ kind }) => t(`claim.kinds.${kind}`),
    },
    {
      ...{ key: 'merchant', label: t('merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantName }) => merchantName,
    },
    { key: 'of', label: t('claim.of'), render: of, csv: of },
    {
      ...{ key: 'on', label: t('claim.on'), csv: ({ claimedOn }) => claimedOn },
      render: ({ claimedOn }) => <Day on={claimedOn} />,
    },
    {
      ...{ key: 'amount', label: t('claim.amount'), numeric: true, csv: ({ amountMinor }) => amountMinor / 100 },
      render: ({ amountMinor }) => <Money minor={amountMinor} />,
    },
    {
      ...{ key: 'state', label: t('claim.state'), csv: ({ state }) => t(`claim.states.${state}`) },
      render: ({ state, settledReason, recounted, credited }) => (
        <Stack gap={2} align="flex-start">
          <ClaimBadge state={state} />
          {(credited || settledReason) && (
            <Text fz="sm" c="dimmed">
              {credited ? t('claim.credited') : recounted ? t('claim.recounted') : settledReason}
            </Text>
          )}
        </Stack>
      ),
    },
    { key: 'step', label: t('actions'), render: (claim) => <ClaimSteps claim={claim} /> },
  ];
}
