import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../app/i18n/formats.ts';
import { numberFault, type NumberRange } from './number-range.ts';

export interface ExactNumberProps extends Omit<NumberInputProps, 'value' | 'onChange' | 'min' | 'max'>, NumberRange {
  /** `null`: nothing is written there. */
  value: number | null;
  /** Is told numbers outside of the range, too; whoever sends them asks `numberFault` first. */
  onChange: (value: number | null) => void;
}

/** A number that stays as it was typed, and says what is wrong with it. */
export function ExactNumber({ value, onChange, min, max, places = 0, error, ...input }: ExactNumberProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  // what is being typed ("1,", "12345678901234567890") is more than a number can hold
  const [typed, setTyped] = useState<number | string>(value ?? '');
  const shown = asNumber(typed) === value || (typed === '' && !value) ? typed : (value ?? '');
  const fault = numberFault(shown, {
    places,
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
  });
  const words = fault && t(`number.${fault}`, { min: number(min ?? 0), max: number(max ?? 0), places });
  return (
    <NumberInput
      size="md"
      inputMode={places ? 'decimal' : 'numeric'}
      {...input}
      clampBehavior="none"
      decimalSeparator={t('number.decimal')}
      allowedDecimalSeparators={[',', '.']}
      {...(min === undefined ? {} : { min })}
      {...(max === undefined ? {} : { max })}
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(asNumber(next));
      }}
      error={words ?? error}
      data-out-of-range={fault ? true : undefined}
    />
  );
}

const asNumber = (typed: number | string): number | null =>
  typed === '' || Number.isNaN(Number(typed)) ? null : Number(typed);
