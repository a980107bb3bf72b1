import { Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { AllocationFields } from '../payments/allocation-fields.tsx';
import type { Allocation } from '../payments/allocations.ts';
import { useMoneyMutation } from '../payments/money-mutation.ts';
import { ReasonStep } from '../../shared/reason-step.tsx';
import { useAllocations } from '../payments/use-allocations.ts';

type Entry = ItemOf<'GET /bank-entries'>;

/** What a person decides about an entry that no suggestion fits. */
export function EntrySteps({ entry }: { entry: Entry }) {
  const { t } = useTranslation('payments');
  const dismiss = useMoneyMutation('POST /bank-entries/{id}/dismiss');
  const { id } = entry;
  return (
    <Group gap="xs">
      <BookByHand entry={entry} />
      <ReasonStep
        label={t('bank.dismiss')}
        question={t('bank.dismissQuestion')}
        consequence={t('bank.dismissConsequence')}
        danger={false}
        onConfirm={(reason) => dismiss.mutateAsync({ id, reason })}
      />
    </Group>
  );
}

function BookByHand({ entry: { id, amountMinor, currency } }: { entry: Entry }) {
  const { t } = useTranslation('payments');
  const { money } = useFormats();
  const book = useMoneyMutation('POST /bank-entries/{id}/book');
  return (
    <StepButton
      label={t('bank.book')}
      question={t('bank.bookQuestion', { amount: money(amountMinor, currency) })}
      danger={false}
      size="xs"
    >
      <BookFields amountMinor={amountMinor} onConfirm={(said) => book.mutateAsync({ id, ...said })} />
    </StepButton>
  );
}

interface BookFieldsProps {
  amountMinor: number;
  onConfirm: (said: { merchantId: string; allocations: Allocation[] }) => Promise<unknown>;
}

function BookFields({ amountMinor, onConfirm }: BookFieldsProps) {
  const { t } = useTranslation('payments');
  const [merchantId, setMerchantId] = useState<string | null>(null);
  const draft = useAllocations(merchantId, amountMinor);
  const { allocations } = draft;
  return (
    <StepForm
      consequence={t('bank.bookConsequence')}
      canConfirm={merchantId !== null && allocations !== undefined}
      onConfirm={async () => {
        if (merchantId && allocations) await onConfirm({ merchantId, allocations });
      }}
    >
      <MerchantSelect label={t('merchant')} value={merchantId} onChange={setMerchantId} withNumber required />
      {merchantId && <AllocationFields draft={draft} />}
    </StepForm>
  );
}
