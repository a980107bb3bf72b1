import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currentLanguage } from '../../app/i18n/texts.ts';
import type { Draft } from './draft.ts';

type Address = Draft['address'];
export const EMPTY_ADDRESS: Address = { name: '', street: '', postalCode: '', city: '', country: 'DE' };

export interface AddressFieldsProps {
  legend: string;
  value: Address;
  onChange: (value: Address) => void;
  errorOf: (field: keyof Address) => string | undefined;
}

export function AddressFields({ legend, value, onChange, errorOf }: AddressFieldsProps) {
  const { t } = useTranslation('admin');
  const { extra, ...rest } = value;
  const props = (field: keyof Address, maxLength: number) => ({
    label: t(`address.${field}`),
    maxLength,
    value: value[field] ?? '',
    onChange: ({ currentTarget }: { currentTarget: { value: string } }) =>
      onChange({ ...value, [field]: currentTarget.value }),
    error: errorOf(field),
  });
  return (
    <Fieldset legend={legend} radius="md">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput {...props('name', 120)} required />
        <TextInput
          {...props('extra', 120)}
          value={extra ?? ''}
          onChange={({ currentTarget }) =>
            onChange(currentTarget.value ? { ...rest, extra: currentTarget.value } : rest)
          }
        />
        <TextInput {...props('street', 120)} required />
        <SimpleGrid cols={2}>
          <TextInput {...props('postalCode', 20)} required />
          <TextInput {...props('city', 80)} required />
        </SimpleGrid>
        <TextInput
          {...props('country', 2)}
          required
          description={nameOf(value.country)}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={({ currentTarget }) => onChange({ ...value, country: currentTarget.value.toUpperCase() })}
        />
      </SimpleGrid>
    </Fieldset>
  );
}

/** The country that a code means, so that a slip of the finger is seen. */
function nameOf(code: string): string | undefined {
  if (!/^[A-Z]{2}$/.test(code)) return undefined;
  const name = new Intl.DisplayNames(currentLanguage(), { type: 'region' }).of(code);
  return name === code ? undefined : name;
}
