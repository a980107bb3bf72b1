import { Anchor, Grid, Group, Skeleton, Stack, Text } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Output } from '../../app/api/contract.ts';
import { useApi } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { DateTime, Day } from '../../shared/date-time.tsx';
import { Facts } from '../../shared/facts.tsx';
import { Money } from '../../shared/money.tsx';
import { Notice } from '../../shared/notice.tsx';
import { PageError } from '../../shared/page-error.tsx';
import { PageHeader } from '../../shared/page-header.tsx';
import { Section } from '../../shared/section.tsx';
import { StaleNotice } from '../../shared/stale-notice.tsx';
import { groupedIban } from '../debits/grouped-iban.ts';
import { PaymentBadge, paymentState } from '../payments/badges.tsx';
import { useMoneyMutation } from '../payments/money-mutation.ts';
import { PaymentSteps } from '../payments/payment-steps.tsx';
import { ReasonStep } from '../../shared/reason-step.tsx';

type Payment = Output<'GET /payments/{id}'>;

/** A payment with what it pays, and what can be done with the rest. */
export function PaymentPage() {
  const { t } = useTranslation('payments');
  const { money } = useFormats();
  const { id } = useParams({ from: '/session/finance/payments/$id' });
  const { data, error, refetch } = useApi('GET /payments/{id}', { id }, { live: true });
  if (error && !data) return <PageError error={error} onRetry={refetch} back="/finance/payments" />;
  if (!data) return <Skeleton h={320} radius="md" />;
  return (
    <>
      <StaleNotice error={error} refetch={refetch} />
      <PageHeader
        title={t(data.amountMinor < 0 ? 'paymentOut' : 'paymentIn', { amount: money(Math.abs(data.amountMinor)) })}
        back="/finance/payments"
        lead={data.merchantName ? `${data.merchantNumber} ${data.merchantName}` : t('unknownMerchant')}
        aside={<PaymentBadge payment={data} />}
      />
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, md: 7 }}>
          <Stack gap="lg">
            <Returns payment={data} />
            <Allocations payment={data} />
            {data.state !== 'void' && <PaymentSteps payment={data} />}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 5 }}>
          <Told payment={data} />
        </Grid.Col>
      </Grid>
    </>
  );
}

/** What the bank took back of it, or what this takes back. */
function Returns({ payment: { returns, takesBack, currency } }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const { day, money } = useFormats();
  const parts = [
    ...returns.map((one) => ({ ...one, words: 'takenBack', link: 'toReturn' }) as const),
    ...(takesBack ? [{ ...takesBack, words: 'takesBack', link: 'toTakenBack' } as const] : []),
  ];
  return parts.map(({ id, valueDate, amountMinor, words, link }) => (
    <Notice key={id} tone="warn">
      {t(words, { amount: money(Math.abs(amountMinor), currency), day: day(valueDate) })}{' '}
      <Anchor component={Link} to={`/finance/payments/${id}`}>
        {t(link)}
      </Anchor>
    </Notice>
  ));
}

function Allocations({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  const unmatch = useMoneyMutation('POST /payments/{id}/unmatch');
  const { id, allocations, creditMinor, claimsMinor, unallocatedMinor, currency } = payment;
  return (
    <Section title={t(payment.takesBack ? 'paysNoMore' : 'pays')}>
      {allocations.length === 0 && <Text c="dimmed">{t(nothingOf(payment))}</Text>}
      {allocations.length > 0 && (
        <Stack gap="sm" mb="md">
          {allocations.map(({ invoiceId, number, amountMinor }) => (
            <Group key={invoiceId} justify="space-between" gap="xs">
              <Anchor component={Link} to={`/finance/invoices/${invoiceId}`}>
                {number}
              </Anchor>
              <Group gap="md">
                <Money minor={amountMinor} currency={currency} />
                <ReasonStep
                  label={t('unmatch.action')}
                  question={t('unmatch.question', { number })}
                  consequence={t('unmatch.consequence')}
                  onConfirm={(reason) => unmatch.mutateAsync({ id, invoiceId, reason })}
                />
              </Group>
            </Group>
          ))}
        </Stack>
      )}
      <Facts
        facts={[
          [t('inBalance'), creditMinor !== 0 && <Money key="credit" minor={creditMinor} currency={currency} />],
          [t('onClaims'), claimsMinor !== 0 && <Money key="claims" minor={claimsMinor} currency={currency} />],
          [t('left'), <Money key="left" minor={unallocatedMinor} currency={currency} />],
        ]}
      />
    </Section>
  );
}

/** Why there is no document that it pays. */
function nothingOf(payment: Payment): 'paidNothing' | 'paysNothingMore' | 'paysNothing' {
  if (payment.takesBack) return 'paidNothing';
  return ['returned', 'void'].includes(paymentState(payment)) ? 'paysNothingMore' : 'paysNothing';
}

function Told({ payment }: { payment: Payment }) {
  const { t } = useTranslation('payments');
  return (
    <Section title={t('told')}>
      <Facts
        facts={[
          [t('valueDate'), <Day key="day" on={payment.valueDate} />],
          [t('source'), t(`sources.${payment.source}`)],
          [t('payerName'), payment.payerName],
          [t('payerIban'), payment.payerIban && groupedIban(payment.payerIban)],
          [t('remittance'), payment.remittance],
          [t('endToEndId'), payment.endToEndId],
          [t('note'), payment.note],
          [t('recorded'), <DateTime key="at" at={payment.recordedAt} />],
          [t('voided'), payment.voidReason === 'moved' ? t('movedAway') : payment.voidReason],
        ]}
      />
      {payment.bankEntryId && (
        <Group>
          <Anchor component={Link} to="/finance/bank" search={{ view: 'booked' } as never}>
            {t('toBank')}
          </Anchor>
        </Group>
      )}
    </Section>
  );
}
