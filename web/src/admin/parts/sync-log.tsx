import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { DateTime } from '../../shared/date-time.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import type { Tone } from '../../shared/tone.ts';
import { Section } from './section.tsx';

type Entry = ItemOf<'GET /sync/log'>;
const TONES: Record<Entry['outcome'], Tone> = {
  started: 'info',
  done: 'good',
  sent: 'good',
  retrying: 'warn',
  failed: 'bad',
};

/** What came in and went out, newest first. */
export function SyncLog() {
  const { t } = useTranslation('admin');
  const list = useApiList('GET /sync/log', {}, { pageSize: 20 });
  const columns: Column<Entry>[] = [
    { key: 'subject', label: t('log.subject'), render: ({ subject }) => subject, csv: ({ subject }) => subject },
    {
      key: 'outcome',
      label: t('log.outcome'),
      render: ({ outcome }) => <ToneBadge tone={TONES[outcome]} label={t(`log.outcomes.${outcome}`)} />,
      csv: ({ outcome }) => t(`log.outcomes.${outcome}`),
    },
    {
      key: 'detail',
      label: t('log.detail'),
      render: ({ detail }) => <span style={{ overflowWrap: 'anywhere' }}>{detail ?? '–'}</span>,
      csv: ({ detail }) => detail,
    },
    { key: 'at', label: t('imports.at'), render: ({ at }) => <DateTime at={at} />, csv: ({ at }) => at },
  ];
  return (
    <Section title={t('log.title')} lead={t('log.lead')}>
      <DataList
        name="sync-log"
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={{ title: t('log.emptyTitle') }}
      />
    </Section>
  );
}
