import { Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemOf } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { AllocationFields, allocationsOf, isAllocable, type Typed } from '../payments/allocation-fields.tsx';
import { useMoneyMutation } from '../payments/money-mutation.ts';
import { ReasonStep } from '../payments/reason-step.tsx';

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
  const [merchantId, setMerchantId] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  return (
    <ConfirmButton
      label={t('bank.book')}
      question={t('bank.bookQuestion', { amount: money(amountMinor, currency) })}
      consequence={t('bank.bookConsequence')}
      danger={false}
      size="xs"
      canConfirm={merchantId !== null && isAllocable(typed, amountMinor)}
      onConfirm={() => book.mutateAsync({ id, merchantId: merchantId!, allocations: allocationsOf(typed) })}
    >
      <MerchantSelect
        label={t('merchant')}
        value={merchantId}
        onChange={(chosen) => {
          setMerchantId(chosen);
          setTyped({});
        }}
        withNumber
        required
      />
      {merchantId && (
        <AllocationFields merchantId={merchantId} mostMinor={amountMinor} typed={typed} onChange={setTyped} />
      )}
    </ConfirmButton>
  );
}
