import { FigureInput, type FigureInputProps } from '../figure-input.tsx';
import { asQuantity } from './job.ts';

export interface QuantityInputProps extends Omit<FigureInputProps, 'value' | 'onChange' | 'places'> {
  value: number | '';
  /** Is told nothing of what cannot be read; a form asks `hasNumberFault` before it sends. */
  onChange: (value: number | '') => void;
  /** Minutes and pieces have no places. */
  whole?: boolean;
}

/** A quantity as it is written in the language in use; what may be thousands or decimal places is taken for neither. */
export function QuantityInput({ value, onChange, whole = false, ...input }: QuantityInputProps) {
  return (
    <FigureInput
      size="lg"
      {...input}
      places={whole ? 0 : 6}
      value={value === '' ? undefined : asQuantity(value)}
      onChange={(typed) => onChange(typeof typed === 'string' ? Number(typed) : '')}
    />
  );
}
