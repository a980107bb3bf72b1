import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../shared/kernel/dates.ts';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';
import { houseToday } from '../payments/house-today.ts';
import { CollectionBadge } from './badges.tsx';
import { DayStep } from '../parts/day-step.tsx';
import { useStep } from './step-mutation.ts';

type Row = ItemOf<'GET /collection-runs'>;
/** A week of collections in one file. */
const AHEAD = 7;

/** The files for the bank, from proposal to hand-in. */
export function CollectionList() {
  const { t } = useTranslation('dunning');
  const list = useApiList('GET /collection-runs', {}, { live: ['direct-debits'] });
  return (
    <DataList
      name="collections"
      list={list}
      columns={useColumns()}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/finance/direct-debits/${id}`}
      empty={{ title: t('runs.emptyTitle'), text: t('runs.emptyText') }}
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    { key: 'number', label: t('runs.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      ...{ key: 'created', label: t('runs.created'), csv: ({ createdAt }) => createdAt },
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
    {
      ...{ key: 'until', label: t('runs.until'), csv: ({ collectUntil }) => collectUntil },
      render: ({ collectUntil }) => <Day on={collectUntil} />,
    },
    {
      ...{ key: 'items', label: t('runs.items'), numeric: true, csv: ({ items }) => items },
      render: ({ items }) => items,
    },
    {
      ...{ key: 'total', label: t('runs.total'), numeric: true, csv: ({ totalMinor }) => totalMinor / 100 },
      render: ({ totalMinor }) => <Money minor={totalMinor} />,
    },
    {
      ...{ key: 'state', label: t('runs.state'), csv: ({ state }) => t(`runs.states.${state}`) },
      render: ({ state }) => <CollectionBadge state={state} />,
    },
  ];
}

/** Asks up to which day, and shows what would be collected. */
export function ProposeCollection({ label }: { label?: string }) {
  const { t } = useTranslation('dunning');
  const navigate = useNavigate();
  const propose = useStep('POST /collection-runs');
  return (
    <DayStep
      label={label ?? t('runs.propose')}
      question={t('runs.proposeQuestion')}
      consequence={t('runs.proposeText')}
      field="collectUntil"
      dayLabel={t('runs.until')}
      firstDay={() => addDays(houseToday(), AHEAD)}
      onConfirm={async (collectUntil) => {
        const { id } = await propose.mutateAsync({ collectUntil });
        await navigate({ to: `/finance/direct-debits/${id}` });
      }}
    />
  );
}
