import { Group, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useApiAll } from '../../app/api/queries.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { useErrorText } from '../../shared/error-text.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useStep } from '../debits/step-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';

type Claim = ItemOf<'GET /dunning-claims'>;

/** What finance does with a claim: note it as paid or waive it, and take back that it was paid. */
export function ClaimSteps({ claim: { id, state, credited, merchantId, amountMinor } }: { claim: Claim }) {
  const { t } = useTranslation('dunning');
  const waive = useStep('POST /dunning-claims/{id}/waive');
  const reopen = useStep('POST /dunning-claims/{id}/reopen');
  if (state === 'waived' || credited) return null;
  if (state === 'paid')
    return (
      <ReasonStep
        label={t('claim.reopen')}
        question={t('claim.reopenQuestion')}
        consequence={t('claim.reopenConsequence')}
        onConfirm={(reason) => reopen.mutateAsync({ id, reason })}
      />
    );
  return (
    <Group gap="xs">
      <Pay id={id} merchantId={merchantId} amountMinor={amountMinor} />
      <ReasonStep
        label={t('claim.waive')}
        question={t('claim.waiveQuestion')}
        consequence={t('claim.waiveConsequence')}
        onConfirm={(reason) => waive.mutateAsync({ id, reason })}
      />
    </Group>
  );
}

function Pay({ id, ...claim }: Pick<Claim, 'id' | 'merchantId' | 'amountMinor'>) {
  const { t } = useTranslation('dunning');
  const pay = useStep('POST /dunning-claims/{id}/paid');
  return (
    <StepButton label={t('claim.pay')} question={t('claim.payQuestion')} danger={false} size="xs">
      <PayFields {...claim} onConfirm={(paymentId) => pay.mutateAsync({ id, paymentId })} />
    </StepButton>
  );
}

interface PayFieldsProps extends Pick<Claim, 'merchantId' | 'amountMinor'> {
  onConfirm: (paymentId: string | null) => Promise<unknown>;
}

function PayFields({ onConfirm, ...claim }: PayFieldsProps) {
  const { t } = useTranslation('dunning');
  const [paymentId, setPaymentId] = useState<string | null>(null);
  return (
    <StepForm consequence={t('claim.payConsequence')} onConfirm={() => onConfirm(paymentId)}>
      <PaymentChoice {...claim} value={paymentId} onChange={setPaymentId} />
    </StepForm>
  );
}

interface PaymentChoiceProps extends Pick<Claim, 'merchantId' | 'amountMinor'> {
  value: string | null;
  onChange: (paymentId: string | null) => void;
}

/** The payments of the merchant that have enough left, latest first; looked for once somebody asks. */
function PaymentChoice({ merchantId, amountMinor, ...field }: PaymentChoiceProps) {
  const { t } = useTranslation('dunning');
  const { day, money } = useFormats();
  const errorText = useErrorText();
  const untouched = useApiAll('GET /payments', { merchantId, state: 'unallocated' });
  const begun = useApiAll('GET /payments', { merchantId, state: 'partly' });
  const payments = [...(untouched.data ?? []), ...(begun.data ?? [])];
  const error = untouched.error ?? begun.error;
  const isPending = untouched.isPending || begun.isPending;
  const fitting = payments
    .toSorted((a, b) => b.valueDate.localeCompare(a.valueDate))
    .filter(({ unallocatedMinor }) => unallocatedMinor >= amountMinor);
  return (
    <Select
      {...field}
      clearable
      label={t('claim.payment')}
      description={error || isPending ? undefined : fitting.length ? t('claim.paymentHint') : t('claim.noPayment')}
      error={error && errorText(error)}
      disabled={!fitting.length}
      data={fitting.map((payment) => ({
        value: payment.id,
        label: t('claim.paymentOf', {
          day: day(payment.valueDate),
          amount: money(payment.amountMinor),
          left: money(payment.unallocatedMinor),
        }),
      }))}
    />
  );
}
