import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';

type Row = ItemOf<'GET /bank-statements'>;

/** Every statement that was read, with how much of it still waits. */
export function StatementList() {
  const { t } = useTranslation('payments');
  const list = useApiList('GET /bank-statements', {}, { live: ['payments'] });
  const columns: Column<Row>[] = [
    { key: 'id', label: t('bank.statement'), render: (row) => row.statementId, csv: (row) => row.statementId },
    { key: 'to', label: t('bank.upTo'), render: (row) => <Day on={row.toDate} />, csv: (row) => row.toDate },
    {
      key: 'entries',
      label: t('bank.entries'),
      numeric: true,
      render: (row) => row.entries,
      csv: (row) => row.entries,
    },
    {
      key: 'open',
      label: t('bank.waiting'),
      numeric: true,
      render: (row) => row.openEntries,
      csv: (row) => row.openEntries,
    },
    {
      ...{ key: 'closing', label: t('bank.closing'), numeric: true },
      render: ({ closingMinor }) => <Money minor={closingMinor} />,
      csv: ({ closingMinor }) => (closingMinor === null ? null : closingMinor / 100),
    },
    {
      key: 'at',
      label: t('bank.importedAt'),
      render: (row) => <DateTime at={row.importedAt} />,
      csv: (row) => row.importedAt,
    },
    {
      key: 'file',
      label: t('bank.file'),
      render: (row) => row.filename ?? '–',
      csv: (row) => row.filename,
      hidden: true,
    },
  ];
  return (
    <DataList
      name="bank-statements"
      list={list}
      columns={columns}
      keyOf={({ id }) => id}
      empty={{ title: t('bank.noStatements'), text: t('bank.noStatementsText') }}
    />
  );
}
