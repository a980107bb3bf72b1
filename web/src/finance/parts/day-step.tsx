import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';
import { useFieldErrors } from '../../shared/field-errors.ts';
import { useStepError } from '../../shared/step-context.ts';

interface FieldsProps {
  consequence: ReactNode;
  /** What the API calls the day, for what it says about it. */
  field: string;
  /** What people call it. */
  dayLabel: string;
  /** The day it begins with, asked for each time the dialog opens. */
  firstDay: () => string;
  onConfirm: (day: string) => Promise<unknown>;
}

export interface DayStepProps extends FieldsProps {
  label: string;
  question: string;
}

/** A step that asks for a day. */
export function DayStep({ label, question, ...fields }: DayStepProps) {
  return (
    <StepButton variant="filled" label={label} question={question} danger={false}>
      <Fields {...fields} />
    </StepButton>
  );
}

function Fields({ consequence, field, dayLabel, firstDay, onConfirm }: FieldsProps) {
  const wrong = useFieldErrors(useStepError());
  const [day, setDay] = useState(firstDay);
  return (
    <StepForm consequence={consequence} canConfirm={day !== ''} onConfirm={() => onConfirm(day)}>
      <TextInput
        type="date"
        label={dayLabel}
        value={day}
        error={wrong(field)}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
    </StepForm>
  );
}
