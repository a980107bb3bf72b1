import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';

interface FieldsProps {
  consequence: ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
}

export interface ReasonStepProps extends FieldsProps {
  label: string;
  question: string;
  danger?: boolean;
  /** Small within a row. */
  size?: 'xs' | 'sm';
}

/** A step that says why it is done. */
export function ReasonStep({ consequence, onConfirm, ...asks }: ReasonStepProps) {
  return (
    <StepButton size="xs" {...asks}>
      <Fields consequence={consequence} onConfirm={onConfirm} />
    </StepButton>
  );
}

function Fields({ consequence, onConfirm }: FieldsProps) {
  const { t } = useTranslation('payments');
  const [reason, setReason] = useState('');
  return (
    <StepForm consequence={consequence} canConfirm={reason.trim() !== ''} onConfirm={() => onConfirm(reason.trim())}>
      <ReasonField value={reason} onChange={setReason} label={t('reason')} />
    </StepForm>
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
