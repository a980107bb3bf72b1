import { Anchor, Stack } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';
import { DebitBadge } from './badges.tsx';
import { useReasonWords } from './reason-words.ts';
import { useStep } from './step-mutation.ts';

const STATES = ['announced', 'held', 'disputed', 'undelivered', 'collecting', 'settled'] as const;
type Row = ItemOf<'GET /direct-debits'>;

/** Invoices that are to be collected, and those that came back. */
export function DebitList() {
  const { t } = useTranslation('dunning');
  const { values, change, clear } = useUrlFilters(['merchantId', 'state']);
  const list = useApiList('GET /direct-debits', values as Filters<'GET /direct-debits'>, {
    live: ['direct-debits', 'payments', 'invoices'],
  });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[
          { name: 'merchantId', label: t('debits.merchant'), kind: 'merchant' },
          {
            ...{ name: 'state', label: t('debits.state'), kind: 'select' },
            options: STATES.map((value) => ({ value, label: t(`debits.states.${value}`) })),
          },
        ]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <DataList
        name="direct-debits"
        list={list}
        columns={useColumns()}
        keyOf={({ invoiceId }) => invoiceId}
        empty={{ title: t('debits.emptyTitle'), text: t('debits.emptyText') }}
        isFiltered={Boolean(values.merchantId ?? values.state)}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('dunning');
  const words = useReasonWords();
  const why = (row: Row) =>
    row.state === 'undelivered' ? t('debits.undelivered') : (words(row.heldReason ?? row.returnReason) ?? '–');
  return [
    {
      ...{ key: 'number', label: t('debits.invoice'), csv: ({ number }) => number },
      render: ({ invoiceId, number }) => (
        <Anchor component={Link} to={`/finance/invoices/${invoiceId}`} inherit>
          {number}
        </Anchor>
      ),
    },
    {
      ...{ key: 'merchant', label: t('debits.merchant') },
      render: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
      csv: ({ merchantName }) => merchantName,
    },
    {
      ...{ key: 'mandate', label: t('debits.mandate'), csv: ({ mandateReference }) => mandateReference },
      render: ({ mandateId, mandateReference }) => (
        <Anchor component={Link} to={`/finance/mandates/${mandateId}`} inherit>
          {mandateReference}
        </Anchor>
      ),
    },
    {
      ...{ key: 'day', label: t('debits.collectOn'), csv: ({ collectOn }) => collectOn },
      render: ({ collectOn }) => <Day on={collectOn} />,
    },
    {
      ...{ key: 'open', label: t('debits.open'), numeric: true, csv: ({ openMinor }) => openMinor / 100 },
      render: ({ openMinor }) => <Money minor={openMinor} />,
    },
    {
      ...{ key: 'state', label: t('debits.state'), csv: ({ state }) => t(`debits.states.${state}`) },
      render: ({ state }) => <DebitBadge state={state} />,
    },
    { key: 'why', label: t('debits.because'), render: why, csv: why },
    {
      ...{ key: 'step', label: t('debits.steps') },
      render: (row) => (isWaiting(row) || row.state === 'held') && <Step debit={row} />,
    },
  ];
}

/** It can still be held. */
const isWaiting = ({ state }: Row): boolean => state === 'announced' || state === 'undelivered';

function Step({ debit }: { debit: Row }) {
  const { invoiceId: id, number } = debit;
  const { t } = useTranslation('dunning');
  const hold = useStep('POST /direct-debits/{id}/hold');
  const release = useStep('POST /direct-debits/{id}/release');
  if (isWaiting(debit))
    return (
      <ReasonStep
        label={t('debits.hold')}
        question={t('debits.holdQuestion', { number })}
        consequence={t('debits.holdConsequence')}
        danger={false}
        onConfirm={(reason) => hold.mutateAsync({ id, reason })}
      />
    );
  return (
    <ConfirmButton
      label={t('debits.release')}
      question={t('debits.releaseQuestion', { number })}
      consequence={t('debits.releaseConsequence')}
      danger={false}
      size="xs"
      onConfirm={() => release.mutateAsync({ id })}
    />
  );
}
