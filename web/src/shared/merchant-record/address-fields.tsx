import { Fieldset, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CountryInput } from '../country-input.tsx';
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
        <CountryInput
          label={t('address.country')}
          value={value.country}
          onChange={(country) => onChange({ ...value, country })}
          error={errorOf('country')}
        />
      </SimpleGrid>
    </Fieldset>
  );
}
