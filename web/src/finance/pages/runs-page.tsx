import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';

type Run = ItemOf<'GET /billing-runs'>;

export function RunsPage() {
  const { t } = useTranslation('finance');
  const list = useApiList('GET /billing-runs', {}, { live: true });
  return (
    <>
      <PageHeader title={t('runs.title')} lead={t('runs.lead')} />
      <DataList
        name="billing-runs"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('runs.emptyTitle'), text: t('runs.emptyText') }}
      />
    </>
  );
}

function useColumns(): Column<Run>[] {
  const { t } = useTranslation('finance');
  const { t: c } = useTranslation();
  return [
    { key: 'cutoff', label: t('runs.cutoff'), render: ({ cutoff }) => <Day on={cutoff} />, csv: (run) => run.cutoff },
    {
      key: 'state',
      label: t('runs.state'),
      render: ({ state }) => <StateBadge of="run" value={state} />,
      csv: ({ state }) => c(`states.run.${state}`),
    },
    { key: 'merchants', label: t('runs.merchants'), numeric: true, render: merchantsIn, csv: merchantsIn },
    {
      key: 'net',
      label: t('runs.net'),
      numeric: true,
      render: ({ netMinor, currency }) => <Money minor={netMinor} currency={currency} />,
      csv: ({ netMinor }) => (netMinor / 100).toFixed(2),
    },
    {
      key: 'gross',
      label: t('runs.gross'),
      numeric: true,
      render: ({ grossMinor, currency }) => <Money minor={grossMinor} currency={currency} />,
      csv: ({ grossMinor }) => (grossMinor / 100).toFixed(2),
    },
    {
      key: 'started',
      label: t('runs.started'),
      render: ({ createdAt }) => <DateTime at={createdAt} />,
      csv: ({ createdAt }) => createdAt,
    },
    { key: 'by', label: t('runs.startedBy'), render: ({ startedKind }) => t(`runs.${startedKind}`), hidden: true },
  ];
}

const merchantsIn = ({ counts }: Run): number => Object.values(counts).reduce((sum, count) => sum + count, 0);
