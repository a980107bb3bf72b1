import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { MandateBadge } from './badges.tsx';
import { groupedIban } from './grouped-iban.ts';

type Row = ItemOf<'GET /mandates'>;

/** What merchants signed. */
export function MandateList() {
  const { t } = useTranslation('dunning');
  const list = useApiList('GET /mandates', {}, { live: ['direct-debits'] });
  return (
    <DataList
      name="mandates"
      list={list}
      columns={useColumns()}
      keyOf={({ id }) => id}
      linkOf={({ id }) => `/finance/mandates/${id}`}
      empty={{ title: t('mandates.emptyTitle'), text: t('mandates.emptyText') }}
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    {
      ...{ key: 'reference', label: t('mandates.reference'), csv: ({ reference }) => reference },
      render: ({ reference }) => reference,
    },
    {
      ...{ key: 'merchant', label: t('debits.merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      ...{ key: 'iban', label: t('mandates.iban'), csv: ({ iban }) => iban },
      render: ({ iban }) => groupedIban(iban),
    },
    { key: 'scheme', label: t('mandates.scheme'), render: ({ scheme }) => scheme, csv: ({ scheme }) => scheme },
    {
      ...{ key: 'signed', label: t('mandates.signedOn'), csv: ({ signedOn }) => signedOn },
      render: ({ signedOn }) => <Day on={signedOn} />,
    },
    {
      ...{ key: 'until', label: t('mandates.until'), csv: ({ usableUntil }) => usableUntil, hidden: true },
      render: ({ usableUntil }) => <Day on={usableUntil} />,
    },
    {
      ...{ key: 'state', label: t('mandates.state'), csv: ({ state }) => t(`mandates.states.${state}`) },
      render: ({ state }) => <MandateBadge state={state} />,
    },
  ];
}
