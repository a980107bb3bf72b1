import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters, ItemOf } from '../../app/api/contract.ts';
import { useApi, useApiList } from '../../app/api/queries.ts';
import { DataList, type Column } from '../../shared/data-list.tsx';
import { Day } from '../../shared/date-time.tsx';
import { FilterBar } from '../../shared/filter-bar.tsx';
import { Money } from '../../shared/money.tsx';
import { useUrlFilters } from '../../shared/url-filters.ts';
import { useReasonWords } from '../debits/reason-words.ts';
import { MerchantAmountStep } from './amount-step.tsx';
import { useMoneyMutation } from './money-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';

type Row = ItemOf<'GET /credit-entries'>;

/** What made the credit balances what they are, and the steps that change them. */
export function CreditLedger() {
  const { t } = useTranslation('payments');
  const { values, change, clear, isFiltered } = useUrlFilters(['merchantId']);
  const filters = values as Filters<'GET /credit-entries'>;
  const list = useApiList('GET /credit-entries', filters, { live: ['payments', 'invoices'] });
  return (
    <Stack gap="md">
      <FilterBar
        fields={[{ name: 'merchantId', label: t('merchant'), kind: 'merchant' }]}
        values={values}
        onChange={change}
        onClear={clear}
      />
      <Group justify="space-between">
        {values.merchantId ? <Balance merchantId={values.merchantId} /> : <span />}
        <Group>
          <GrantCredit />
          <PayOut />
        </Group>
      </Group>
      <DataList
        name="credit-entries"
        list={list}
        columns={useColumns()}
        keyOf={({ id }) => id}
        empty={{ title: t('credit.emptyTitle'), text: t('credit.emptyText') }}
        isFiltered={isFiltered}
        onClearFilters={clear}
      />
    </Stack>
  );
}

function Balance({ merchantId }: { merchantId: string }) {
  const { t } = useTranslation('payments');
  const { data } = useApi('GET /merchants/{id}/credit-balance', { id: merchantId }, { live: ['payments', 'invoices'] });
  return (
    <Text fw={600} role="status">
      {t('balance')}: <Money minor={data?.balanceMinor} />
    </Text>
  );
}

function GrantCredit() {
  const { t } = useTranslation('payments');
  const grant = useMoneyMutation('POST /credit-entries');
  return (
    <MerchantAmountStep
      label={t('credit.grant')}
      question={t('credit.grantQuestion')}
      consequence={t('credit.grantConsequence')}
      onConfirm={({ merchantId, amountMinor, reason }) => grant.mutateAsync({ merchantId, amountMinor, reason })}
    />
  );
}

function PayOut() {
  const { t } = useTranslation('payments');
  const payOut = useMoneyMutation('POST /credit-payouts');
  return (
    <MerchantAmountStep
      label={t('credit.payOut')}
      question={t('credit.payOutQuestion')}
      consequence={t('credit.payOutConsequence')}
      dated
      onConfirm={(said) => payOut.mutateAsync(said)}
      beside={(merchantId) => <Balance merchantId={merchantId} />}
    />
  );
}

function useColumns(): Column<Row>[] {
  const { t } = useTranslation('payments');
  const words = useReasonWords();
  const takeBack = useMoneyMutation('POST /credit-entries/{id}/take-back');
  const what = ({ kind, invoiceNumber }: Row) => [t(`credit.kinds.${kind}`), invoiceNumber].filter(Boolean).join(' ');
  return [
    {
      ...{ key: 'merchant', label: t('merchant') },
      render: ({ merchantName }) => merchantName,
      csv: ({ merchantNumber, merchantName }) => `${merchantNumber} ${merchantName}`,
    },
    { key: 'day', label: t('credit.day'), render: (row) => <Day on={row.bookedOn} />, csv: (row) => row.bookedOn },
    { key: 'kind', label: t('credit.kind'), render: what, csv: what },
    { key: 'reason', label: t('reason'), render: (row) => words(row.reason) ?? '–', csv: (row) => words(row.reason) },
    {
      ...{ key: 'amount', label: t('amount'), numeric: true },
      render: ({ amountMinor }) => <Money minor={amountMinor} />,
      csv: ({ amountMinor }) => amountMinor / 100,
    },
    {
      ...{ key: 'steps', label: t('steps') },
      render: ({ id, kind, reversed }) =>
        reversed
          ? t('credit.reversed')
          : (kind === 'grant' || kind === 'payout') && (
              <ReasonStep
                label={t('credit.takeBack')}
                question={t('credit.takeBackQuestion')}
                consequence={t('credit.takeBackConsequence')}
                onConfirm={(reason) => takeBack.mutateAsync({ id, reason })}
              />
            ),
    },
  ];
}
