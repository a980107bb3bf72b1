import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Input, Output } from '../../app/api/contract.ts';
import { useFormats } from '../../app/i18n/formats.ts';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MoneyInput } from '../../shared/figure-input.tsx';
import { useStepError } from '../../shared/step-context.ts';
import { isUnreadable, type Typed } from '../../shared/typed-figure.ts';
import { houseToday } from '../payments/house-today.ts';
import { RETURN_REASONS, useReasonWords, type ReturnReason } from './reason-words.ts';
import { useStep } from './step-mutation.ts';

type Entry = Output<'GET /collection-runs/{id}'>['entries'][number];
type Said = Omit<Input<'POST /collection-items/{id}/return'>, 'id'>;

/** A direct debit that the bank gave back. */
export function ReturnDebit({ entry }: { entry: Entry }) {
  const { t } = useTranslation('dunning');
  const giveBack = useStep('POST /collection-items/{id}/return');
  return (
    <StepButton label={t('runs.giveBack')} question={t('runs.returnQuestion', { number: entry.number })} size="xs">
      <Fields entry={entry} onConfirm={(said) => giveBack.mutateAsync({ id: entry.id, ...said })} />
    </StepButton>
  );
}

function Fields({ entry, onConfirm }: { entry: Entry; onConfirm: (said: Said) => Promise<unknown> }) {
  const { t } = useTranslation('dunning');
  const { day, money } = useFormats();
  const words = useReasonWords();
  const wrong = useFieldErrors(useStepError());
  const [reason, setReason] = useState<ReturnReason>('AM04');
  const [returnedOn, setReturnedOn] = useState(houseToday);
  const [charge, setCharge] = useState<Typed<number>>();
  const [passOn, setPassOn] = useState(false);
  return (
    <StepForm
      consequence={
        isPaidOtherwise(entry)
          ? t('runs.returnPaidOtherwise', { open: money(entry.openMinor) })
          : t('runs.returnConsequence')
      }
      canConfirm={returnedOn !== '' && !isUnreadable(charge) && (!passOn || charge !== undefined)}
      onConfirm={async () => {
        if (isUnreadable(charge)) return;
        await onConfirm({ reason, returnedOn, passOn, ...(charge === undefined ? {} : { bankChargeMinor: charge }) });
      }}
    >
      <Select
        label={t('runs.reason')}
        value={reason}
        allowDeselect={false}
        searchable
        data={RETURN_REASONS.map((value) => ({ value, label: words(value) ?? value }))}
        onChange={(value) => setReason(value as ReturnReason)}
      />
      <Group grow align="flex-start">
        <TextInput
          type="date"
          label={t('runs.returnedOn')}
          description={`${t('debits.collectOn')} ${day(entry.collectOn)}`}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={returnedOn}
          error={wrong('returnedOn')}
          onChange={({ currentTarget }) => setReturnedOn(currentTarget.value)}
        />
        <MoneyInput label={t('runs.charge')} value={charge} error={wrong('bankChargeMinor')} onChange={setCharge} />
      </Group>
      <Checkbox
        label={t('runs.passOn')}
        checked={passOn}
        onChange={({ currentTarget }) => setPassOn(currentTarget.checked)}
      />
    </StepForm>
  );
}

/** A payment that nobody said was the money of the collection: it is not taken off the invoice by the return. */
const isPaidOtherwise = ({ state, amountMinor, openMinor }: Entry): boolean =>
  state === 'open' && openMinor < amountMinor;
