import { Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { isLocalDate } from '../../../../shared/kernel/dates.ts';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { useChargeWords } from '../../shared/evidence/words.ts';
import { Money } from '../../shared/money.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Change } from '../parts/change.tsx';
import { useFindingWords } from '../runs/finding-words.ts';
import classes from '../runs/findings.module.css';
import { Findings } from '../runs/findings.tsx';
import { houseToday } from '../runs/cutoffs.ts';
import { PreviewTotals } from '../runs/preview-totals.tsx';
import { StartRun } from '../runs/start-run.tsx';

type Row = ItemOf<'GET /billing-runs/preview'>;

/** What a run of a cut-off would bill now, without writing anything (G2). */
export function PreviewPage() {
  const { t } = useTranslation('finance');
  const { day } = useFormats();
  const { cutoff } = useParams({ from: '/session/finance/preview/$cutoff' });
  const list = useApiList('GET /billing-runs/preview', { cutoff }, { pageSize: 20 });
  return (
    <>
      <PageHeader
        title={t('preview.title', { cutoff: isLocalDate(cutoff) ? day(cutoff) : cutoff })}
        back="/finance"
        lead={t('preview.lead')}
        // a day that is still to come has no run
        actions={cutoff <= houseToday() && <StartRun cutoff={cutoff} />}
      />
      <PreviewTotals rows={list.items} hasMore={list.hasMore} />
      <DataList
        name="run-preview"
        list={list}
        columns={useColumns(cutoff)}
        keyOf={({ id }) => id}
        empty={{ title: t('preview.emptyTitle'), text: t('preview.emptyText') }}
      />
    </>
  );
}

function useColumns(cutoff: string): Column<Row>[] {
  const { t } = useTranslation('finance');
  const { number } = useFormats();
  const words = useFindingWords();
  return [
    {
      key: 'merchant',
      label: t('run.merchant'),
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      key: 'sections',
      label: t('preview.sections'),
      wide: true,
      render: ({ sections, previous }) => <Sections sections={sections} previous={previous} />,
    },
    {
      key: 'net',
      label: t('run.net'),
      numeric: true,
      render: ({ netMinor }) => <Money minor={netMinor} />,
      csv: ({ netMinor }) => netMinor / 100,
    },
    {
      key: 'gross',
      label: t('run.gross'),
      numeric: true,
      render: ({ grossMinor }) => <Money minor={grossMinor} />,
      csv: ({ grossMinor }) => grossMinor / 100,
    },
    {
      key: 'change',
      label: t('preview.change'),
      numeric: true,
      render: ({ netMinor, previous }) => (
        <Change minor={netMinor} beforeMinor={previous?.netMinor} beforeCutoff={previous?.cutoff} />
      ),
      csv: ({ netMinor, previous }) => (previous ? (netMinor - previous.netMinor) / 100 : null),
    },
    {
      key: 'charges',
      label: t('run.charges'),
      numeric: true,
      render: ({ chargeCount }) => number(chargeCount),
      csv: ({ chargeCount }) => chargeCount,
      hidden: true,
    },
    {
      key: 'findings',
      label: t('run.findings'),
      wide: true,
      render: (row) => (row.findings.length ? <Findings row={row} cutoff={cutoff} /> : '–'),
      csv: ({ findings }) => findings.map(words).join(' | '),
    },
  ];
}

/** Each section with its change against the last comparable run. */
function Sections({ sections, previous }: Pick<Row, 'sections' | 'previous'>) {
  const { sectionOf } = useChargeWords();
  return (
    <ul className={classes.list}>
      {sections.map(({ section, netMinor, previousNetMinor }) => (
        <li key={section}>
          <Text fz="sm" component="span">
            {sectionOf(section)}: <Money minor={netMinor} /> (
            <Change minor={netMinor} beforeMinor={previousNetMinor} beforeCutoff={previous?.cutoff} />)
          </Text>
        </li>
      ))}
    </ul>
  );
}
