import { Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

import { ConfirmButton } from '../../shared/confirm-button.tsx';
import { DecimalInput } from '../rate-cards/editor/decimal-input.tsx';
import { centsOf, decimalOf } from './amount.ts';
import { houseToday } from './house-today.ts';
import { ReasonField } from './reason-step.tsx';

export interface AmountStepProps {
  label: string;
  question: string;
  consequence: ReactNode;
  /** What the field is filled with. */
  mostMinor?: number;
  /** Asks for the day on which the money went. */
  dated?: boolean;
  children?: ReactNode;
  canConfirm?: boolean;
  onConfirm: (said: { amountMinor: number; reason: string; valueDate: string }) => Promise<unknown>;
}

/** A step with an amount and the reason for it. */
export function AmountStep({
  mostMinor,
  dated = false,
  children,
  canConfirm = true,
  onConfirm,
  ...asks
}: AmountStepProps) {
  const { t } = useTranslation('payments');
  const [amount, setAmount] = useState(mostMinor === undefined ? undefined : decimalOf(mostMinor));
  const [reason, setReason] = useState('');
  const [valueDate, setValueDate] = useState(houseToday);
  const amountMinor = centsOf(amount);
  return (
    <ConfirmButton
      {...asks}
      danger={false}
      canConfirm={canConfirm && amountMinor !== undefined && reason.trim() !== '' && (!dated || valueDate !== '')}
      onConfirm={() => onConfirm({ amountMinor: amountMinor!, reason: reason.trim(), valueDate })}
    >
      <Stack gap="sm">
        {children}
        <DecimalInput label={t('amount')} value={amount} onChange={setAmount} required rightSection="€" />
        {dated && (
          <TextInput
            type="date"
            label={t('valueDate')}
            value={valueDate}
            required
            onChange={({ currentTarget }) => setValueDate(currentTarget.value)}
          />
        )}
        <ReasonField value={reason} onChange={setReason} label={t('reason')} />
      </Stack>
    </ConfirmButton>
  );
}
