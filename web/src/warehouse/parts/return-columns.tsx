import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import type { Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { StateBadge, ToneBadge } from '../../shared/state-badge.tsx';
import { useSettings } from '../use-desk.ts';

export type Summary = ItemOf<'GET /returns'>;

/** What a table of returns tells. @param hasDue  how long there is time for the inspection, too */
export function useReturnColumns(hasDue: boolean): Column<Summary>[] {
  const { t } = useTranslation('warehouse');
  const { t: c } = useTranslation();
  const settings = useSettings();
  const merchantOf = (id: string | null) =>
    settings?.merchants.find(({ merchantId }) => merchantId === id)?.name ?? t('return.noMerchant');
  const due: Column<Summary> = {
    key: 'due',
    label: t('list.due'),
    render: ({ inspectionDueAt }) =>
      inspectionDueAt && inspectionDueAt < new Date().toISOString() ? (
        <ToneBadge tone="bad" label={t('list.late')} />
      ) : (
        <DateTime at={inspectionDueAt} format="relative" />
      ),
    csv: ({ inspectionDueAt }) => inspectionDueAt,
  };
  return [
    {
      key: 'number',
      label: t('list.number'),
      render: ({ number }) => <span style={{ whiteSpace: 'nowrap' }}>{number}</span>,
      csv: ({ number }) => number,
    },
    {
      key: 'merchant',
      label: t('list.merchant'),
      render: ({ merchantId }) => merchantOf(merchantId),
      csv: ({ merchantId }) => merchantOf(merchantId),
    },
    {
      key: 'state',
      label: t('list.state'),
      render: ({ state }) => <StateBadge of="return" value={state} />,
      csv: ({ state }) => c(`states.return.${state}`),
    },
    ...(hasDue ? [due] : []),
    {
      key: 'order',
      label: t('list.order'),
      render: ({ orderNumber }) => orderNumber ?? '–',
      csv: ({ orderNumber }) => orderNumber,
    },
    {
      key: 'tracking',
      label: t('list.tracking'),
      render: ({ trackingNumber }) => trackingNumber ?? '–',
      csv: ({ trackingNumber }) => trackingNumber,
    },
    { key: 'pieces', label: t('list.pieces'), numeric: true, render: (one) => one.pieces, csv: (one) => one.pieces },
    { key: 'photos', label: t('list.photos'), numeric: true, render: (one) => one.photos, csv: (one) => one.photos },
    {
      key: 'received',
      label: t('list.received'),
      render: ({ receivedAt }) => <DateTime at={receivedAt} />,
      csv: ({ receivedAt }) => receivedAt,
    },
  ];
}
