import { Anchor, SegmentedControl, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { LineDisputeBadge, WaitingBadge, type LineDispute } from '../../shared/line-disputes/dispute-badge.tsx';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';

const VIEWS = ['open', 'settled'] as const;
type View = (typeof VIEWS)[number];

/** Lines of invoices that merchants dispute, the oldest first (H11). Disputed batches have a page of their own. */
export function LineDisputesPage() {
  const { t } = useTranslation('disputes');
  const { values, change, clear } = useUrlFilters(['view', 'merchantId']);
  const view = VIEWS.find((one) => one === values.view) ?? 'open';
  const { merchantId } = values;
  const list = useApiList('GET /line-disputes', { state: view, ...(merchantId ? { merchantId } : {}) }, { live: true });
  return (
    <>
      <PageHeader title={t('finance.title')} lead={t('finance.lead')} />
      <Stack gap="md">
        <SegmentedControl
          aria-label={t('finance.view')}
          value={view}
          onChange={(next) => change({ view: next })}
          data={VIEWS.map((value) => ({ value, label: t(`finance.views.${value}`) }))}
        />
        <FilterBar
          fields={[{ name: 'merchantId', label: t('finance.merchant'), kind: 'merchant' }]}
          values={values}
          onChange={change}
          onClear={clear}
        />
        <DataList
          name="line-disputes"
          list={list}
          columns={useColumns(view)}
          keyOf={({ id }) => id}
          linkOf={({ id }) => `/finance/line-disputes/${id}`}
          empty={
            view === 'open'
              ? { title: t('finance.emptyTitle'), text: t('finance.emptyText') }
              : { title: t('finance.emptySettled') }
          }
          isFiltered={Boolean(merchantId)}
          onClearFilters={() => change({ merchantId: undefined })}
        />
        <Text fz="sm" c="dimmed">
          {t('finance.batchesText')}{' '}
          <Anchor component={Link} to="/finance/disputes" underline="always" inherit>
            {t('finance.batches')}
          </Anchor>
        </Text>
      </Stack>
    </>
  );
}

function useColumns(view: View): Column<LineDispute>[] {
  const { t } = useTranslation('disputes');
  const isOpen = view === 'open';
  const amountOf = ({ disputedNetMinor, lineNetMinor }: LineDispute) => disputedNetMinor ?? lineNetMinor;
  return [
    {
      key: 'line',
      label: t('position'),
      render: ({ label }) => label,
      csv: ({ label }) => label,
    },
    {
      key: 'merchant',
      label: t('finance.merchant'),
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
      csv: ({ merchantName }) => merchantName,
    },
    {
      key: 'invoice',
      label: t('finance.invoice'),
      render: ({ invoiceNumber }) => invoiceNumber,
      csv: ({ invoiceNumber }) => invoiceNumber,
    },
    {
      key: 'reason',
      label: t('reason'),
      render: ({ reason }) => t(`reasons.${reason}`),
      csv: ({ reason }) => t(`reasons.${reason}`),
    },
    {
      key: 'amount',
      label: t('amount'),
      numeric: true,
      render: (dispute) => <Money minor={amountOf(dispute)} currency={dispute.currency} />,
      csv: (dispute) => amountOf(dispute) / 100,
    },
    {
      key: 'state',
      label: t(isOpen ? 'finance.waitsFor' : 'state'),
      render: (dispute) => (isOpen ? <WaitingBadge dispute={dispute} /> : <LineDisputeBadge state={dispute.state} />),
    },
    {
      key: 'at',
      label: t(isOpen ? 'since' : 'finance.settled'),
      render: ({ openedAt, settledAt }) => <DateTime at={isOpen ? openedAt : settledAt} />,
      csv: ({ openedAt, settledAt }) => (isOpen ? openedAt : settledAt),
    },
  ];
}
