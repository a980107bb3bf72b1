import { TextInput } from '@mantine/core';
import { currentLanguage } from '../../app/i18n/texts.ts';

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

/** The country that a code means, so that a slip of the finger is seen. */
function nameOf(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const name = new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code);
  return name === code ? undefined : name;
}
