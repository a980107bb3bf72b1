import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { useStepError } from '../../shared/step-context.ts';

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

/** Within the dialog of a step. */
export function ReasonField({
  value,
  onChange,
  label,
}: {
  value: string;
  onChange: (reason: string) => void;
  label: string;
}) {
  const wrong = useFieldErrors(useStepError());
  return (
    <TextInput
      label={label}
      value={value}
      error={wrong('reason')}
      maxLength={200}
      required
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
    />
  );
}
