import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';
import { DayStep } from '../parts/day-step.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { houseToday } from '../payments/house-today.ts';
import { DunningRunBadge } from './badges.tsx';

type Row = ItemOf<'GET /dunning-runs'>;

/** Proposals and what was issued of them. */
export function DunningRunList() {
  const { t } = useTranslation('dunning');
  const list = useApiList('GET /dunning-runs', {}, { live: ['dunning'] });
  return (
    <DataList
      name="dunning-runs"
      list={list}
      columns={useColumns()}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/finance/dunning/${id}`}
      empty={{ title: t('run.emptyTitle'), text: t('run.emptyText') }}
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    { key: 'asOf', label: t('run.asOf'), render: ({ asOf }) => <Day on={asOf} />, csv: ({ asOf }) => asOf },
    {
      ...{ key: 'created', label: t('runs.created'), csv: ({ createdAt }) => createdAt },
      render: ({ createdAt }) => <DateTime at={createdAt} />,
    },
    {
      ...{ key: 'selected', label: t('run.selected'), numeric: true, csv: ({ selected }) => selected },
      render: ({ selected }) => selected,
    },
    {
      ...{ key: 'open', label: t('run.open'), numeric: true, csv: ({ openMinor }) => openMinor / 100 },
      render: ({ openMinor }) => <Money minor={openMinor} />,
    },
    {
      ...{ key: 'letters', label: t('run.letters'), numeric: true, csv: ({ letters }) => letters },
      render: ({ letters }) => letters,
    },
    {
      ...{ key: 'state', label: t('run.state'), csv: ({ state }) => t(`run.states.${state}`) },
      render: ({ state }) => <DunningRunBadge state={state} />,
    },
  ];
}

/** Asks for the day, and shows whom a run would dun. */
export function ProposeDunning() {
  const { t } = useTranslation('dunning');
  const navigate = useNavigate();
  const propose = useStep('POST /dunning-runs');
  return (
    <DayStep
      label={t('run.propose')}
      question={t('run.proposeQuestion')}
      consequence={t('run.proposeText')}
      field="asOf"
      dayLabel={t('run.asOf')}
      firstDay={houseToday}
      onConfirm={async (asOf) => {
        const { id } = await propose.mutateAsync({ asOf });
        await navigate({ to: `/finance/dunning/${id}` });
      }}
    />
  );
}
