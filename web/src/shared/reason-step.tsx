import { Textarea, TextInput, type ButtonProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { StepButton, StepForm } from './confirm-button.tsx';
import { useFieldErrors } from './field-errors.ts';
import { useStepError } from './step-context.ts';

interface AskedReason {
  /** Who will read it. */
  hint?: string | undefined;
  /** Room for sentences: 500 characters instead of 200. */
  isLong?: boolean | undefined;
}

interface FieldsProps extends AskedReason {
  consequence: ReactNode;
  onConfirm: (reason: string) => Promise<unknown>;
}

export interface ReasonStepProps extends FieldsProps, Pick<ButtonProps, 'size'> {
  label: string;
  question: string;
  danger?: boolean;
}

/** A step that says why it is done. It begins anew each time: the reason for one thing is none for the next. */
export function ReasonStep({ consequence, onConfirm, hint, isLong, ...asks }: ReasonStepProps) {
  return (
    <StepButton size="xs" {...asks}>
      <Fields {...{ consequence, onConfirm, hint, isLong }} />
    </StepButton>
  );
}

function Fields({ consequence, onConfirm, ...asked }: FieldsProps) {
  const [reason, setReason] = useState('');
  return (
    <StepForm consequence={consequence} canConfirm={reason.trim() !== ''} onConfirm={() => onConfirm(reason.trim())}>
      <ReasonField {...asked} isFirst value={reason} onChange={setReason} />
    </StepForm>
  );
}

export interface ReasonFieldProps extends AskedReason {
  /** Has the focus when the dialog opens. */
  isFirst?: boolean;
  value: string;
  onChange: (reason: string) => void;
}

/** Within the dialog of a step. */
export function ReasonField({ value, onChange, hint, isLong = false, isFirst = false }: ReasonFieldProps) {
  const { t } = useTranslation();
  const wrong = useFieldErrors(useStepError());
  const field = {
    ...{ label: t('reason'), description: hint, value, error: wrong('reason'), required: true },
    'data-autofocus': isFirst || undefined,
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) => onChange(currentTarget.value),
  };
  return isLong ? (
    <Textarea autosize minRows={2} maxLength={500} {...field} />
  ) : (
    <TextInput maxLength={200} {...field} />
  );
}
