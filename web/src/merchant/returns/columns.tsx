import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import type { Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { StateBadge } from '../../shared/state-badge.tsx';

type Row = ItemOf<'GET /returns'>;

export function useReturnColumns(): Column<Row>[] {
  const { t } = useTranslation('merchant');
  const { t: c } = useTranslation();
  return [
    { key: 'number', label: t('returns.number'), render: ({ number }) => number, csv: ({ number }) => number },
    {
      key: 'state',
      label: t('returns.state'),
      render: ({ state }) => <StateBadge of="return" value={state} />,
      csv: ({ state }) => c(`states.return.${state}`),
    },
    {
      key: 'order',
      label: t('returns.order'),
      render: ({ orderNumber }) => orderNumber ?? '–',
      csv: ({ orderNumber }) => orderNumber,
    },
    {
      key: 'rma',
      label: t('returns.rma'),
      render: ({ externalNumber }) => externalNumber ?? '–',
      csv: ({ externalNumber }) => externalNumber,
    },
    {
      key: 'kind',
      label: t('returns.kind'),
      render: ({ kind }) => t(`returns.kinds.${kind}`),
      csv: ({ kind }) => t(`returns.kinds.${kind}`),
      hidden: true,
    },
    { key: 'pieces', label: t('returns.pieces'), numeric: true, render: (one) => one.pieces, csv: (one) => one.pieces },
    { key: 'photos', label: t('returns.photos'), numeric: true, render: (one) => one.photos, csv: (one) => one.photos },
    {
      key: 'received',
      label: t('returns.received'),
      render: ({ receivedAt }) => <DateTime at={receivedAt} />,
      csv: ({ receivedAt }) => receivedAt,
    },
    {
      key: 'tracking',
      label: t('returns.tracking'),
      render: ({ trackingNumber }) => trackingNumber ?? '–',
      csv: ({ trackingNumber }) => trackingNumber,
      hidden: true,
    },
    {
      key: 'due',
      label: t('returns.due'),
      render: ({ decisionDueAt }) => <DateTime at={decisionDueAt} house />,
      csv: ({ decisionDueAt }) => decisionDueAt,
      hidden: true,
    },
  ];
}
