import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Section } from '../../shared/section.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useLocalList } from '../parts/local-list.ts';
import type { Finding } from './periods.ts';
import { useExportWords } from './words.ts';

/** What a person should know of an export, and whether it keeps something out of the file. */
export function ExportFindings({ findings }: { findings: readonly Finding[] }) {
  const { t } = useTranslation('exports');
  const words = useExportWords();
  const list = useLocalList(findings);
  if (!findings.length) return null;
  const place = ({ excluded }: Finding) => t(excluded ? 'excluded' : 'included');
  const columns: Column<Finding>[] = [
    { key: 'what', label: t('what'), render: words.finding, csv: words.finding, wide: true },
    {
      key: 'merchant',
      label: t('merchant'),
      render: ({ merchantName }) => merchantName,
      csv: ({ merchantName }) => merchantName,
    },
    {
      key: 'which',
      label: t('which'),
      render: ({ invoiceId, number }) =>
        invoiceId ? (
          <Anchor component={Link} to={`/finance/invoices/${invoiceId}`}>
            {number}
          </Anchor>
        ) : (
          '–'
        ),
      csv: ({ number }) => number,
    },
    {
      key: 'inFile',
      label: t('inFile'),
      render: (finding) => <ToneBadge tone={finding.excluded ? 'bad' : 'good'} label={place(finding)} />,
      csv: place,
    },
  ];
  return (
    <Section title={t('findings', { count: findings.length })}>
      <DataList
        name="export-findings"
        list={list}
        columns={columns}
        keyOf={(finding) => `${finding.code} ${finding.invoiceId ?? finding.merchantId} ${finding.detail}`}
        empty={{ title: t('findingsNone'), text: '' }}
      />
    </Section>
  );
}
