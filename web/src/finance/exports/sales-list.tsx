import { useTranslation } from 'react-i18next';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';
import { useLocalList } from '../parts/local-list.ts';
import type { Preview } from './periods.ts';
import { useExportWords } from './words.ts';

type Row = Preview['salesList'][number];

/** Who received services under reverse charge, by the month in which the documents were issued. */
export function SalesList({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('exports');
  const { period } = useExportWords();
  const list = useLocalList(rows);
  const columns: Column<Row>[] = [
    { key: 'vatId', label: t('vatId'), render: ({ vatId }) => vatId, csv: ({ vatId }) => vatId },
    {
      key: 'merchant',
      label: t('merchant'),
      render: ({ merchantName }) => merchantName,
      csv: ({ merchantName }) => merchantName,
    },
    {
      key: 'issued',
      label: t('issueMonth'),
      render: ({ issueMonth }) => period(issueMonth),
      csv: ({ issueMonth }) => issueMonth,
    },
    {
      key: 'net',
      label: t('net'),
      numeric: true,
      render: ({ netMinor }) => <Money minor={netMinor} />,
      csv: ({ netMinor }) => netMinor / 100,
    },
  ];
  return (
    <Section title={t('salesList')}>
      <DataList
        name="ec-sales-list"
        list={list}
        columns={columns}
        keyOf={({ vatId, issueMonth }) => `${vatId} ${issueMonth}`}
        empty={{ title: '', text: '' }}
      />
    </Section>
  );
}
