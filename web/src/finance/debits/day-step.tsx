import { TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { StepButton, StepForm } from '../../shared/confirm-button.tsx';

interface FieldsProps {
  consequence: ReactNode;
  /** What the day is called. */
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

function Fields({ consequence, dayLabel, firstDay, onConfirm }: FieldsProps) {
  const [day, setDay] = useState(firstDay);
  return (
    <StepForm consequence={consequence} canConfirm={day !== ''} onConfirm={() => onConfirm(day)}>
      <TextInput
        type="date"
        label={dayLabel}
        value={day}
        onChange={({ currentTarget }) => setDay(currentTarget.value)}
      />
    </StepForm>
  );
}
