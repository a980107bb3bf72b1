import { SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList } from '../../shared/data-list.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useMerchantNames } from '../../shared/merchant-names.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { useChargeColumns } from '../charges/charge-columns.tsx';
import { ChargeSteps } from '../charges/charge-steps.tsx';
import { CHARGE_TYPES } from '../charges/charge-types.ts';

const VIEWS = ['unrated', 'held', 'unbilled', 'all'] as const;
const STREAMS = ['fulfilment', 'monthly'] as const;
type View = (typeof VIEWS)[number];
const FILTERS: Record<View, Filters<'GET /charges'>> = {
  unrated: { state: 'unrated' },
  held: { state: 'held' },
  unbilled: { unbilled: 'true' },
  all: {},
};

/** The worklists of finance: what has no price, what is held, what is not billed yet, and everything. */
export function ChargesPage() {
  const { t } = useTranslation('finance');
  const { values, change } = useUrlFilters(['view']);
  const view = VIEWS.find((one) => one === values.view) ?? 'unrated';
  return (
    <>
      <PageHeader title={t('charges.title')} lead={t(`charges.leadOf.${view}`)} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('charges.view')}
          fullWidth
          withItemsBorders={false}
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`charges.views.${value}`) }))}
        />
        <Worklist key={view} view={view} />
      </Stack>
    </>
  );
}

function Worklist({ view }: { view: View }) {
  const { t } = useTranslation('finance');
  const { typeOf } = useChargeWords();
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId', 'chargeType', 'stream', 'from', 'to']);
  const list = useApiList('GET /charges', { ...values, ...FILTERS[view] } as Filters<'GET /charges'>, { live: true });
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const { nameOf } = useMerchantNames();
  const toggle = (id: string, isChosen: boolean) =>
    setChosen((old) => new Set(isChosen ? [...old, id] : [...old].filter((one) => one !== id)));
  return (
    <>
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('charges.merchant'), kind: 'merchant' },
          {
            name: 'chargeType',
            label: t('charges.type'),
            kind: 'select',
            options: CHARGE_TYPES.map((value) => ({ value, label: typeOf(value) })),
          },
          {
            name: 'stream',
            label: t('start.streams'),
            kind: 'select',
            options: STREAMS.map((value) => ({ value, label: t(`streams.${value}`) })),
          },
          { name: 'from', label: t('charges.from'), kind: 'day' },
          { name: 'to', label: t('charges.to'), kind: 'day' },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <ChargeSteps charges={list.items.filter(({ id }) => chosen.has(id))} onDone={() => setChosen(new Set())} />
      <DataList
        name={`charges-${view}`}
        list={list}
        columns={useChargeColumns({ nameOf, chosen, onChoose: toggle })}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/finance/charges/${id}`}
        empty={{ title: t(`charges.emptyTitleOf.${view}`), text: t(`charges.emptyTextOf.${view}`) }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}
