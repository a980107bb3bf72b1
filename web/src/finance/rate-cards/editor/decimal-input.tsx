import { TextInput, type TextInputProps } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange'> {
  /** Decimal text as the API has it; nothing where there is none. */
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** A decimal number, written with the comma of the reader and kept as the text it is: no place of a price is lost. */
export function DecimalInput({ value, onChange, ...input }: DecimalInputProps) {
  const { i18n } = useTranslation();
  const shown = (text: string | undefined) => (i18n.language === 'de' ? text?.replace('.', ',') : text) ?? '';
  const [text, setText] = useState(shown(value));
  const kept = normal(text, i18n.language) === value ? text : shown(value);
  return (
    <TextInput
      inputMode="decimal"
      {...input}
      value={kept}
      onChange={({ currentTarget }) => {
        setText(currentTarget.value);
        onChange(normal(currentTarget.value, i18n.language));
      }}
    />
  );
}

/** `1.234,5` as a German writes it, `1234.5` as the API reads it; what is no number the API says. */
function normal(text: string, language: string): string | undefined {
  const written = text.trim();
  if (!written) return undefined;
  if (language !== 'de') return written.replaceAll(',', '');
  return written.includes(',') ? written.replaceAll('.', '').replace(',', '.') : written;
}
