import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { MESSAGE_KINDS, MESSAGE_TONES } from '../messages/kinds.ts';
import { useMerchant } from '../merchants.ts';

/** What was mailed to the merchant. */
export function MessagesPage() {
  const { t } = useTranslation('merchant');
  const { id: merchantId } = useMerchant();
  const { values, change, clear, isFiltered } = useUrlFilters(['kind']);
  const list = useApiList('GET /messages', { merchantId, ...values } as Filters<'GET /messages'>, { live: true });
  return (
    <>
      <PageHeader title={t('messages.title')} lead={t('messages.lead')} />
      <FilterBar
        fields={[
          {
            name: 'kind',
            label: t('messages.kind'),
            kind: 'select',
            options: MESSAGE_KINDS.map((value) => ({ value, label: t(`messages.kinds.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="merchant-messages"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        linkOf={({ id }) => `/merchant/messages/${id}`}
        empty={{ title: t('messages.emptyTitle'), text: t('messages.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </>
  );
}

function useColumns(): Column<ItemOf<'GET /messages'>>[] {
  const { t } = useTranslation('merchant');
  return [
    { key: 'subject', label: t('messages.subject'), render: ({ subject }) => subject, csv: ({ subject }) => subject },
    {
      key: 'kind',
      label: t('messages.kind'),
      render: ({ kind }) => t(`messages.kinds.${kind}`),
      csv: ({ kind }) => t(`messages.kinds.${kind}`),
    },
    {
      key: 'recipient',
      label: t('messages.recipient'),
      render: ({ recipient }) => recipient,
      csv: ({ recipient }) => recipient,
    },
    {
      key: 'state',
      label: t('messages.state'),
      render: ({ state }) => <ToneBadge tone={MESSAGE_TONES[state]} label={t(`messages.states.${state}`)} />,
      csv: ({ state }) => t(`messages.states.${state}`),
    },
    {
      key: 'sent',
      label: t('messages.sent'),
      render: ({ sentAt }) => <DateTime at={sentAt} />,
      csv: ({ sentAt }) => sentAt,
    },
  ];
}
