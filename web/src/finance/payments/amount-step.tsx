import { Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { MoneyInput } from '../../shared/figure-input.tsx';
import { MerchantSelect } from '../../shared/merchant-select.tsx';
import { useStepError } from '../../shared/step-context.ts';
import type { Typed } from '../../shared/typed-figure.ts';
import { houseToday } from './house-today.ts';
import { ReasonField } from '../../shared/reason-step.tsx';

interface Said {
  amountMinor: number;
  reason: string;
  valueDate: string;
}

interface FieldsProps {
  consequence: ReactNode;
  /** What the field is filled with. */
  mostMinor?: number;
  /** Asks for the day on which the money went. */
  dated?: boolean;
  onConfirm: (said: Said) => Promise<unknown>;
}

export interface AmountStepProps extends FieldsProps {
  label: string;
  question: string;
}

/** A step with an amount and the reason for it. */
export function AmountStep({ label, question, ...fields }: AmountStepProps) {
  return (
    <StepButton label={label} question={question} danger={false}>
      <Fields {...fields} />
    </StepButton>
  );
}

export interface MerchantAmountStepProps extends Omit<AmountStepProps, 'onConfirm'> {
  onConfirm: (said: Said & { merchantId: string }) => Promise<unknown>;
  /** What helps with the amount once the merchant is chosen. */
  beside?: (merchantId: string) => ReactNode;
}

/** The same for a merchant who is chosen with it. */
export function MerchantAmountStep({ label, question, ...fields }: MerchantAmountStepProps) {
  return (
    <StepButton label={label} question={question} danger={false}>
      <MerchantFields {...fields} />
    </StepButton>
  );
}

function MerchantFields({ onConfirm, beside, ...fields }: Omit<MerchantAmountStepProps, 'label' | 'question'>) {
  const { t } = useTranslation('payments');
  const wrong = useFieldErrors(useStepError());
  const [merchantId, setMerchantId] = useState<string | null>(null);
  return (
    <Fields
      {...fields}
      canConfirm={merchantId !== null}
      onConfirm={(said) => onConfirm({ merchantId: merchantId!, ...said })}
    >
      <MerchantSelect
        label={t('merchant')}
        value={merchantId}
        error={wrong('merchantId')}
        onChange={setMerchantId}
        withNumber
        required
      />
      {merchantId && beside?.(merchantId)}
    </Fields>
  );
}

type AllFieldsProps = FieldsProps & { children?: ReactNode; canConfirm?: boolean };

function Fields({ consequence, mostMinor, dated = false, children, canConfirm = true, onConfirm }: AllFieldsProps) {
  const { t } = useTranslation('payments');
  const wrong = useFieldErrors(useStepError());
  const [amountMinor, setAmount] = useState<Typed<number>>(mostMinor);
  const [reason, setReason] = useState('');
  const [valueDate, setValueDate] = useState(houseToday);
  const isSaid = canConfirm && reason.trim() !== '' && (!dated || valueDate !== '');
  return (
    <StepForm
      consequence={consequence}
      canConfirm={isSaid && typeof amountMinor === 'number'}
      onConfirm={async () => {
        if (typeof amountMinor === 'number') await onConfirm({ amountMinor, reason: reason.trim(), valueDate });
      }}
    >
      <Stack gap="sm">
        {children}
        <MoneyInput
          label={t('amount')}
          value={amountMinor}
          error={wrong('amountMinor')}
          onChange={setAmount}
          required
        />
        {dated && (
          <TextInput
            type="date"
            label={t('valueDate')}
            value={valueDate}
            error={wrong('valueDate')}
            required
            onChange={({ currentTarget }) => setValueDate(currentTarget.value)}
          />
        )}
        <ReasonField value={reason} onChange={setReason} />
      </Stack>
    </StepForm>
  );
}
