import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { Money } from '../../shared/money.tsx';
import { ToneBadge } from '../../shared/state-badge.tsx';
import { useLocalList } from '../parts/local-list.ts';
import { ItemBadge } from './badges.tsx';
import { useReasonWords } from './reason-words.ts';
import { ReturnDebit } from './return-debit.tsx';
import { useStep } from './step-mutation.ts';

type Run = Output<'GET /collection-runs/{id}'>;
type Entry = Run['entries'][number];

/** What a file collects, item by item. */
export function CollectionEntries({ run }: { run: Run }) {
  const { t } = useTranslation('dunning');
  const words = useReasonWords();
  const columns: Column<Entry>[] = [
    {
      ...{ key: 'number', label: t('debits.invoice'), csv: ({ number }) => number },
      render: ({ invoiceId, number }) => (
        <Anchor component={Link} to={`/finance/invoices/${invoiceId}`} inherit>
          {number}
        </Anchor>
      ),
    },
    {
      ...{ key: 'merchant', label: t('debits.merchant'), csv: ({ merchantName }) => merchantName },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    {
      ...{ key: 'day', label: t('debits.collectOn'), csv: ({ collectOn }) => collectOn },
      render: ({ collectOn }) => <Day on={collectOn} />,
    },
    {
      ...{ key: 'sequence', label: t('runs.sequence'), csv: ({ sequence }) => sequence },
      render: ({ sequence, scheme }) => `${t(`runs.sequences.${sequence}`)}, ${scheme}`,
    },
    {
      ...{ key: 'mandate', label: t('debits.mandate'), csv: ({ mandateReference }) => mandateReference, hidden: true },
      render: ({ mandateReference }) => mandateReference,
    },
    {
      ...{ key: 'amount', label: t('runs.amount'), numeric: true, csv: ({ amountMinor }) => amountMinor / 100 },
      render: ({ amountMinor }) => <Money minor={amountMinor} />,
    },
    {
      ...{ key: 'open', label: t('runs.openNow'), numeric: true, csv: ({ openMinor }) => openMinor / 100 },
      render: (entry) => (
        <>
          <Money minor={entry.openMinor} />
          {differs(entry) && (
            <div>
              <ToneBadge tone="warn" label={t('runs.differs')} />
            </div>
          )}
        </>
      ),
    },
    {
      ...{ key: 'state', label: t('runs.state'), csv: ({ state }) => t(`runs.itemStates.${state}`) },
      render: ({ state, returnReason }) => (
        <Stack gap={2} align="flex-start">
          <ItemBadge state={state} />
          {returnReason && (
            <Text fz="sm" c="dimmed">
              {words(returnReason)}
            </Text>
          )}
        </Stack>
      ),
    },
    { key: 'step', label: t('debits.steps'), render: (entry) => stepOf(run, entry) },
  ];
  return (
    <DataList
      name="collection"
      list={useLocalList(run.entries)}
      columns={columns}
      keyOf={({ id }) => id}
      empty={{ title: t('runs.none') }}
    />
  );
}

/** What was paid or credited since the proposal; nothing else is in it any more. */
const differs = ({ state, amountMinor, openMinor }: Entry): boolean => state === 'open' && amountMinor !== openMinor;

/** Nothing where nothing can be done, so that a card on a phone does not name it. */
function stepOf(run: Run, entry: Entry) {
  if (run.state === 'proposed') return <TakeOut entry={entry} />;
  const canReturn = run.state === 'submitted' && (entry.state === 'open' || entry.state === 'collected');
  return canReturn ? <ReturnDebit entry={entry} /> : null;
}

function TakeOut({ entry }: { entry: Entry }) {
  const { t } = useTranslation('dunning');
  const remove = useStep('POST /collection-items/{id}/remove');
  return (
    <ConfirmButton
      label={t('runs.remove')}
      question={`${t('runs.remove')}: ${entry.number}`}
      consequence={t('runs.removeConsequence')}
      danger={false}
      size="xs"
      onConfirm={() => remove.mutateAsync({ id: entry.id })}
    />
  );
}
