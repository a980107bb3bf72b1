import { TextInput } from '@mantine/core';
import { COUNTRIES } from '../../../shared/kernel/countries.ts';
import { currentLanguage } from '../app/i18n/texts.ts';

export interface CountryInputProps {
  label: string;
  /** ISO 3166 alpha-2. */
  value: string;
  onChange: (code: string) => void;
  error: string | undefined;
}

/** The code of a country, with what it means below. */
export function CountryInput({ label, value, onChange, error }: CountryInputProps) {
  return (
    <TextInput
      label={label}
      required
      maxLength={2}
      value={value}
      description={nameOf(value)}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={error}
      onChange={({ currentTarget }) => onChange(currentTarget.value.toUpperCase())}
    />
  );
}

/** The country that a code means, so that a slip of the finger is seen. Browsers name some codes that are none: UK. */
const nameOf = (code: string): string | undefined =>
  COUNTRIES.has(code) ? new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code) : undefined;
