import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmButton } from '../../shared/confirm-button.tsx';

export interface ReasonStepProps {
  label: string;
  question: string;
  consequence: ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
  danger?: boolean;
  /** Small within a row. */
  size?: 'xs' | 'sm';
}

/** A step that says why it is done. */
export function ReasonStep({ onConfirm, ...asks }: ReasonStepProps) {
  const { t } = useTranslation('payments');
  const [reason, setReason] = useState('');
  return (
    <ConfirmButton
      size="xs"
      {...asks}
      canConfirm={reason.trim() !== ''}
      onConfirm={async () => {
        await onConfirm(reason.trim());
        setReason('');
      }}
    >
      <ReasonField value={reason} onChange={setReason} label={t('reason')} />
    </ConfirmButton>
  );
}

export const ReasonField = ({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (reason: string) => void;
  label: string;
}) => (
  <TextInput
    label={label}
    value={value}
    maxLength={200}
    required
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
  />
);
