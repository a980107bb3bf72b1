import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Money } from '../../shared/money.tsx';

type Row = ItemOf<'GET /open-accounts'>;
const AGES = ['notDue', 'upTo30', 'upTo60', 'upTo90', 'over90'] as const;

/** Every merchant with something open, by how long it is overdue. */
export function OpenAccounts() {
  const { t } = useTranslation('payments');
  const list = useApiList('GET /open-accounts', {}, { live: ['payments', 'invoices'] });
  return (
    <DataList
      name="open-accounts"
      list={list}
      columns={useColumns()}
      keyOf={({ id }) => id}
      linkOf={({ merchantId }) => `/finance/open-items?view=items&merchantId=${merchantId}`}
      empty={{ title: t('open.emptyTitle'), text: t('open.emptyText') }}
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('payments');
  const amount = (key: string, label: string, of: (row: Row) => number): Column<Row> => ({
    ...{ key, label, numeric: true },
    render: (row) => <Money minor={of(row) || null} />,
    csv: (row) => of(row) / 100,
  });
  return [
    {
      ...{ key: 'merchant', label: t('merchant') },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    amount('open', t('open.open'), ({ openMinor }) => openMinor),
    ...AGES.map((age) => amount(age, t(`ages.${age}`), ({ ages }) => ages[age])),
    amount('loose', t('open.unallocated'), ({ unallocatedMinor }) => unallocatedMinor),
    amount('balance', t('balance'), ({ balanceMinor }) => balanceMinor),
  ];
}
