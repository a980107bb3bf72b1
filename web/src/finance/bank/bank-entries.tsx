import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { ErrorState } from '../../shared/error-state.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useMoneyMutation } from '../payments/money-mutation.ts';
import { EntrySteps } from './entry-steps.tsx';
import { Suggested } from './suggested.tsx';
import { TakeSure } from './take-sure.tsx';

type Entry = ItemOf<'GET /bank-entries'>;

/** Entries of the account of one state. */
export function BankEntries({ state }: { state: Entry['state'] }) {
  const { t } = useTranslation('payments');
  const { values, change, clear, isFiltered } = useUrlFilters(['q']);
  const filters = { state, ...values } as Filters<'GET /bank-entries'>;
  const list = useApiList('GET /bank-entries', filters, { live: ['payments', 'invoices'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[{ name: 'q', label: t('search'), kind: 'text' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      {state === 'open' && <TakeSure entries={list.items} />}
      <DataList
        name={`bank-${state}`}
        list={list}
        columns={useColumns(state)}
        keyOf={({ id }) => id}
        empty={{ title: t(`bank.empty.${state}`), ...(state === 'open' ? { text: t('bank.emptyText') } : {}) }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function useColumns(state: Entry['state']): Column<Entry>[] {
  const { t } = useTranslation('payments');
  const who = ({ counterpartyName, counterpartyIban, bookingText }: Entry) =>
    counterpartyName ?? counterpartyIban ?? bookingText ?? '–';
  return [
    { key: 'who', label: t('bank.who'), render: who, csv: who },
    { key: 'day', label: t('bank.day'), render: (row) => <Day on={row.bookingDate} />, csv: (row) => row.bookingDate },
    {
      ...{ key: 'text', label: t('remittance'), wide: true },
      render: (entry) => <Said entry={entry} />,
      csv: ({ remittance }) => remittance,
    },
    {
      ...{ key: 'amount', label: t('amount'), numeric: true },
      render: ({ amountMinor, currency }) => <Money minor={amountMinor} currency={currency} />,
      csv: ({ amountMinor }) => amountMinor / 100,
    },
    {
      ...{ key: 'steps', label: t(state === 'open' ? 'bank.suggested' : 'steps'), wide: true },
      render: (entry) => <Decided entry={entry} />,
    },
  ];
}

function Said({ entry: { remittance, returnReason, reversal } }: { entry: Entry }) {
  const { t } = useTranslation('payments');
  return (
    <Stack gap={2}>
      <Text fz="sm" style={{ overflowWrap: 'anywhere' }}>
        {remittance || '–'}
      </Text>
      {returnReason && (
        <Text fz="sm" c="var(--k-bad)">
          {t('bank.returned', { code: returnReason })}
        </Text>
      )}
      {reversal && (
        <Text fz="sm" c="var(--k-bad)">
          {t('bank.reversal')}
        </Text>
      )}
    </Stack>
  );
}

function Decided({ entry }: { entry: Entry }) {
  const { t } = useTranslation('payments');
  const reopen = useMoneyMutation('POST /bank-entries/{id}/reopen');
  const { id, state, paymentId, dismissReason } = entry;
  if (state === 'booked')
    return (
      <Anchor component={Link} to={`/finance/payments/${paymentId}`}>
        {t('bank.toPayment')}
      </Anchor>
    );
  if (state === 'dismissed')
    return (
      <Stack gap="xs">
        <Group gap="xs">
          <Text fz="sm">{dismissReason}</Text>
          <Button size="xs" variant="default" loading={reopen.isPending} onClick={() => reopen.mutate({ id })}>
            {t('bank.reopen')}
          </Button>
        </Group>
        {reopen.error && <ErrorState error={reopen.error} />}
      </Stack>
    );
  return (
    <Stack gap="xs">
      {entry.suggestions.map((suggestion, index) => (
        <Suggested key={index} entry={entry} suggestion={suggestion} />
      ))}
      {!entry.suggestions.length && (
        <Text fz="sm" c="dimmed">
          {t('bank.noSuggestion')}
        </Text>
      )}
      <EntrySteps entry={entry} />
    </Stack>
  );
}
