import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDecimal, readingsOf, writtenDecimal } from '../../../shared/read-decimal.ts';

export interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Decimal text as the API has it; nothing where there is none. */
  value: string | undefined;
  /** Is told nothing as long as it cannot be said which number is meant; whoever applies it asks `hasNumberFault`. */
  onChange: (value: string | undefined) => void;
}

/** A decimal number, written with the comma of the reader and kept as the text it is: no place of a price is lost. */
export function DecimalInput({ value, onChange, error, ...input }: DecimalInputProps) {
  const { t } = useTranslation('records');
  const { language } = useTranslation().i18n;
  const [text, setText] = useState(writtenDecimal(value, language));
  const isKept = (readDecimal(text, language).value ?? '') === (value ?? '');
  const shown = isKept ? text : writtenDecimal(value, language);
  const { fault } = readDecimal(shown, language);
  return (
    <TextInput
      inputMode="decimal"
      {...input}
      value={shown}
      error={fault ? t(`decimalFault.${fault}`, readingsOf(shown, language)) : error}
      data-out-of-range={fault ? true : undefined}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(readDecimal(currentTarget.value, language).value);
      }}
    />
  );
}
