import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

const STATES = ['accrued', 'unrated', 'held', 'waived'] as const;

export function ChargesPage() {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId', 'state', 'from', 'to']);
  const merchants = useApi('GET /merchants', { limit: 200 }, { staleTimeMs: 60_000 }).data?.items ?? [];
  const list = useApiList('GET /charges', values as Filters<'GET /charges'>);
  const names = new Map(merchants.map(({ id, name }) => [id, name]));
  return (
    <>
      <PageHeader title={t('charges.title')} lead={t('charges.lead')} />
      <FilterBar
        fields={[
          {
            name: 'merchantId',
            label: t('charges.merchant'),
            kind: 'select',
            options: merchants.map(({ id, name, number }) => ({ value: id, label: `${number} ${name}` })),
          },
          {
            name: 'state',
            label: t('charges.state'),
            kind: 'select',
            options: STATES.map((value) => ({ value, label: c(`states.charge.${value}`) })),
          },
          { name: 'from', label: t('charges.from'), kind: 'day' },
          { name: 'to', label: t('charges.to'), kind: 'day' },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="charges"
        list={list}
        columns={useColumns(names)}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/charges/${id}`}
        empty={{ title: t('charges.emptyTitle'), text: t('charges.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(names: ReadonlyMap<string, string>): Column<ItemOf<'GET /charges'>>[] {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  const words = useChargeWords();
  return [
    {
      key: 'day',
      label: t('charges.day'),
      render: ({ serviceDate }) => <Day on={serviceDate} />,
      csv: ({ serviceDate }) => serviceDate,
    },
    {
      key: 'merchant',
      label: t('charges.merchant'),
      render: ({ merchantId }) => names.get(merchantId) ?? '–',
      csv: ({ merchantId }) => names.get(merchantId) ?? merchantId,
    },
    {
      key: 'section',
      label: t('charges.section'),
      render: ({ section }) => words.sectionOf(section),
      csv: ({ section }) => words.sectionOf(section),
    },
    {
      key: 'type',
      label: t('charges.type'),
      render: ({ chargeType }) => words.typeOf(chargeType),
      csv: ({ chargeType }) => words.typeOf(chargeType),
    },
    {
      key: 'quantity',
      label: t('charges.quantity'),
      numeric: true,
      render: ({ quantity, unit }) => `${words.quantityOf(quantity)} ${words.unitOf(unit, quantity)}`,
      csv: ({ quantity }) => quantity,
    },
    {
      key: 'state',
      label: t('charges.state'),
      render: ({ state }) => <StateBadge of="charge" value={state} />,
      csv: ({ state }) => c(`states.charge.${state}`),
    },
  ];
}
