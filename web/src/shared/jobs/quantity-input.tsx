import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface QuantityInputProps extends Omit<NumberInputProps, 'value' | 'onChange'> {
  value: number | '';
  onChange: (value: number | '') => void;
}

/** A number as it is written in the language in use. */
export function QuantityInput({ onChange, ...input }: QuantityInputProps) {
  const { i18n } = useTranslation();
  return (
    <NumberInput
      hideControls
      size="lg"
      decimalScale={6}
      decimalSeparator={i18n.language === 'en' ? '.' : ','}
      {...input}
      onChange={(value) => onChange(value === '' || value === '-' ? '' : Number(value))}
    />
  );
}
