import { NumberInput, type NumberInputProps } from '@mantine/core';

export interface IntInputProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  value: number | null;
  /** `null`: nothing is written there. */
  onChange: (value: number | null) => void;
}

/** A whole number, or none. What is not allowed the server says, with its reason. */
export function IntInput({ value, onChange, ...input }: IntInputProps) {
  return (
    <NumberInput
      allowDecimal={false}
      allowNegative={false}
      hideControls
      inputMode="numeric"
      {...input}
      value={value ?? ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : null)}
    />
  );
}
