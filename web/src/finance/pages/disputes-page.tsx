import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { useMerchantNames } from '../../shared/merchant-names.ts';
import { PageHeader } from '../../shared/page-header.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

const VIEWS = ['disputed', 'resolved'] as const;
type Batch = ItemOf<'GET /rtv-batches'>;

/** What merchants dispute, oldest first: finance settles it where money may be owed (C8). */
export function DisputesPage() {
  const { t } = useTranslation('finance');
  const { values, change, clear } = useUrlFilters(['view', 'merchantId']);
  const view = VIEWS.find((one) => one === values.view) ?? 'disputed';
  const { merchantId } = values;
  const list = useApiList(
    'GET /rtv-batches',
    {
      state: view,
      sort: view === 'disputed' ? 'createdAt' : '-createdAt',
      ...(merchantId ? { merchantId } : {}),
    },
    { live: true },
  );
  return (
    <>
      <PageHeader title={t('disputes.title')} lead={t('disputes.lead')} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('disputes.view')}
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`disputes.views.${value}`) }))}
        />
        <FilterBar
          fields={[{ name: 'merchantId', label: t('run.merchant'), kind: 'merchant' }]}
          values={values}
          onChange={change}
          onClear={clear}
        />
        <DataList
          name="disputes"
          list={list}
          columns={useColumns(view)}
          keyOf={({ id }) => id}
          linkOf={({ id }) => `/finance/disputes/${id}`}
          empty={
            view === 'disputed'
              ? { title: t('disputes.emptyTitle'), text: t('disputes.emptyText') }
              : { title: t('disputes.emptyTitleSolved') }
          }
          isFiltered={Boolean(merchantId)}
          onClearFilters={() => change({ merchantId: undefined })}
        />
        <Text fz="sm" c="dimmed">
          {t('disputes.heldText')}{' '}
          <Anchor component={Link} to="/finance/charges" search={{ view: 'held' } as never} underline="always" inherit>
            {t('disputes.held')}
          </Anchor>
        </Text>
      </Stack>
    </>
  );
}

function useColumns(view: (typeof VIEWS)[number]): Column<Batch>[] {
  const { t } = useTranslation('finance');
  const { labelOf } = useMerchantNames();
  const at = ({ disputedAt, resolvedAt }: Batch) => (view === 'disputed' ? disputedAt : resolvedAt);
  return [
    { key: 'number', label: t('disputes.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ merchantId }) => labelOf(merchantId) ?? '–',
      csv: ({ merchantId }) => labelOf(merchantId),
    },
    { key: 'state', label: t('run.state'), render: ({ state }) => <StateBadge of="batch" value={state} /> },
    ...(view === 'disputed'
      ? [
          {
            key: 'disputed',
            label: t('disputes.pieces'),
            numeric: true,
            render: ({ disputedPieces }: Batch) => disputedPieces,
            csv: ({ disputedPieces }: Batch) => disputedPieces,
          },
        ]
      : []),
    {
      key: 'pieces',
      label: t('disputes.all'),
      numeric: true,
      render: ({ pieces }) => pieces,
      csv: ({ pieces }) => pieces,
    },
    {
      key: 'since',
      label: t(view === 'disputed' ? 'disputes.since' : 'disputes.solved'),
      render: (batch) => <DateTime at={at(batch)} />,
      csv: at,
    },
  ];
}
