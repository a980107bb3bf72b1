import { Anchor, Checkbox, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { useLevelWords } from '../../shared/dunning/level-words.ts';
import { useErrorText } from '../../shared/error-text.ts';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { Section } from '../../shared/section.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { useLocalList } from '../parts/local-list.ts';

type Run = Output<'GET /dunning-runs/{id}'>;
type Row = Run['rows'][number];

/** Whom a run duns, to be deselected while it is a proposal, and whom it does not, with the reason. */
export function DunningRows({ run }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const toDun = useLocalList(run.rows.filter(({ level }) => level !== null));
  const others = useLocalList(run.rows.filter(({ level }) => level === null));
  const [dunned, hindered] = [useDunnedColumns(run), useHinderedColumns()];
  const someCovered = toDun.items.some(({ freeMinor }) => freeMinor > 0);
  const someUndelivered = toDun.items.some(({ undelivered }) => undelivered !== null);
  const someAstray = toDun.items.some(({ lastLetter }) => lastLetter !== null);
  return (
    <>
      {run.state === 'proposed' && someCovered && <Notice tone="warn">{t('run.freeHint')}</Notice>}
      {run.state === 'proposed' && someUndelivered && <Notice tone="warn">{t('run.undeliveredHint')}</Notice>}
      {run.state === 'proposed' && someAstray && <Notice tone="warn">{t('run.lastLetterHint')}</Notice>}
      <Section title={t('run.toDun')}>
        <DataList
          name="dunning-rows"
          list={toDun}
          columns={dunned}
          keyOf={({ invoiceId }) => invoiceId}
          empty={{ title: t('run.nobody') }}
        />
      </Section>
      {others.items.length > 0 && (
        <Section title={t('run.notDunned')}>
          <DataList
            name="dunning-hindered"
            list={others}
            columns={hindered}
            keyOf={({ invoiceId }) => invoiceId}
            empty={{ title: t('run.nobody') }}
          />
        </Section>
      )}
    </>
  );
}

function useDunnedColumns(run: Run): Column<Row>[] {
  const { t } = useTranslation('dunning');
  const level = useLevelWords();
  const outcome: Column<Row> = {
    ...{ key: 'outcome', label: t('run.outcome') },
    render: (row) => (row.outcome ? t(`run.outcomes.${row.outcome}`) : '–'),
    csv: (row) => row.outcome,
  };
  const choice: Column<Row> = {
    key: 'choice',
    label: t('run.choose'),
    render: (row) => <Choice run={run} row={row} />,
  };
  return [
    ...useInvoiceColumns(),
    {
      ...{ key: 'before', label: t('run.before'), csv: ({ lastLevel }) => lastLevel },
      render: ({ lastLevel, lastLetter, undelivered }) => (
        <>
          {level(lastLevel)}
          {undelivered && <Fault>{t(`run.undelivereds.${undelivered}`)}</Fault>}
          {lastLetter && <Fault>{t(`run.lastLetters.${lastLetter}`)}</Fault>}
        </>
      ),
    },
    {
      // with the level in sight, and by itself in an export
      ...{ key: 'undelivered', label: t('run.undelivered'), hidden: true },
      csv: ({ undelivered }) => undelivered && t(`run.undelivereds.${undelivered}`),
      render: ({ undelivered }) => (undelivered ? t(`run.undelivereds.${undelivered}`) : '–'),
    },
    {
      // as above
      ...{ key: 'lastLetter', label: t('run.lastLetter'), hidden: true },
      csv: ({ lastLetter }) => lastLetter && t(`run.lastLetters.${lastLetter}`),
      render: ({ lastLetter }) => (lastLetter ? t(`run.lastLetters.${lastLetter}`) : '–'),
    },
    { key: 'level', label: t('run.level'), render: (row) => level(row.level), csv: (row) => row.level },
    {
      ...{ key: 'interest', label: t('run.interest'), numeric: true, csv: ({ interestMinor }) => interestMinor / 100 },
      render: ({ interestMinor }) => <Money minor={interestMinor} />,
    },
    {
      ...{ key: 'free', label: t('run.free'), numeric: true, csv: ({ freeMinor }) => freeMinor / 100 },
      render: ({ freeMinor }) => (freeMinor > 0 ? <Money minor={freeMinor} /> : '–'),
    },
    run.state === 'proposed' ? choice : outcome,
  ];
}

const Fault = ({ children }: { children: string }) => (
  <Text fz="sm" fw={600} c="var(--k-bad)">
    {children}
  </Text>
);

function useHinderedColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  const why = ({ hindrance }: Row) => (hindrance ? t(`hindrances.${hindrance}`) : '–');
  return [...useInvoiceColumns(), { key: 'why', label: t('run.why'), render: why, csv: why }];
}

function useInvoiceColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  return [
    {
      ...{ key: 'number', label: t('run.invoice'), csv: ({ number }) => number },
      render: ({ invoiceId, number }) => (
        <Anchor component={Link} to={`/finance/invoices/${invoiceId}`} inherit>
          {number}
        </Anchor>
      ),
    },
    {
      ...{ key: 'merchant', label: t('merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      ...{ key: 'due', label: t('run.due'), csv: ({ dueDate }) => dueDate },
      render: ({ dueDate }) => <Day on={dueDate} />,
    },
    {
      ...{ key: 'overdue', label: t('run.overdue'), numeric: true, csv: ({ daysOverdue }) => daysOverdue },
      render: ({ daysOverdue }) => t('run.days', { count: daysOverdue }),
    },
    {
      ...{ key: 'open', label: t('run.open'), numeric: true, csv: ({ openMinor }) => openMinor / 100 },
      render: ({ openMinor }) => <Money minor={openMinor} />,
    },
  ];
}

function Choice({ run: { id }, row: { invoiceId, number, selected } }: { run: Run; row: Row }) {
  const { t } = useTranslation('dunning');
  const select = useStep('POST /dunning-runs/{id}/selection');
  const errorText = useErrorText();
  return (
    <Checkbox
      aria-label={t('run.select', { number })}
      checked={select.isPending ? !selected : selected}
      error={select.error && errorText(select.error)}
      onChange={({ currentTarget }) => select.mutate({ id, invoiceIds: [invoiceId], selected: currentTarget.checked })}
    />
  );
}
