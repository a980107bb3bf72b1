import { useTranslation } from 'react-i18next';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Money } from '../../shared/money.tsx';
import { Section } from '../../shared/section.tsx';
import { useLocalList } from '../parts/local-list.ts';
import type { Preview } from './periods.ts';
import { useExportWords } from './words.ts';

type Row = Preview['salesList'][number];

/** Who received services under reverse charge: what is reported of each, and of which documents it comes. */
export function SalesList({ rows }: { rows: readonly Row[] }) {
  const { t } = useTranslation('exports');
  const { period } = useExportWords();
  const { euros, money } = useFormats();
  const list = useLocalList(rows);
  const columns: Column<Row>[] = [
    { key: 'vatId', label: t('vatId'), render: ({ vatId }) => vatId, csv: ({ vatId }) => vatId },
    {
      key: 'merchant',
      label: t('merchant'),
      render: ({ merchantNames }) => merchantNames.join(', '),
      csv: ({ merchantNames }) => merchantNames.join(', '),
    },
    {
      key: 'issued',
      label: t('issueMonth'),
      wide: true,
      render: ({ issued }) =>
        issued.length === 1
          ? period(issued[0]!.month)
          : issued.map(({ month, netMinor }) => (
              <div key={month}>{t('ofMonth', { month: period(month), amount: money(netMinor) })}</div>
            )),
      csv: ({ issued }) => issued.map(({ month }) => month).join(', '),
    },
    {
      key: 'reported',
      label: t('reported'),
      numeric: true,
      render: ({ reportedMinor }) => (reportedMinor === null ? t('noLine') : <b>{euros(reportedMinor)}</b>),
      csv: ({ reportedMinor }) => (reportedMinor === null ? null : reportedMinor / 100),
    },
    {
      key: 'net',
      label: t('netExact'),
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
        keyOf={({ vatId }) => vatId}
        empty={{ title: '', text: '' }}
      />
    </Section>
  );
}
